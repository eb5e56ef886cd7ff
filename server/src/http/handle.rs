//! The one way from a request to its answer: authenticate, authorise, do, record.

use std::{
    panic::AssertUnwindSafe,
    sync::Arc,
    time::{Duration, Instant},
};

use bitting_api::{
    dialect::Dialect,
    operations::{Access, Operation, Surface},
    wire::Reply,
};
use bitting_core::{Denial, Principal, Refusal, secret::is_login_token};
use dropshot::{Body, HttpResponse, RequestContext};
use futures::FutureExt;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use slog::{FnValue, error, info};

use super::{
    App,
    presented::{bearer, presented},
    rate::Allowance,
};
use crate::engine::{Asked, Caller};

type Request = RequestContext<Arc<App>>;

/// Answers a request for `operation`: `work` is done for a caller who may, and reads the body only then.
///
/// The order is that of O2 and F3: the credential, the rate, the role, then whatever `work` finds. Nothing here
/// changes anything, and `work` changes things only through the store, so that a request dropped at any
/// point leaves a change made whole or not at all.
pub(crate) async fn handle<D, T, E, W>(
    request: &Request,
    operation: &'static Operation,
    work: W,
) -> Result<Reply<T>, E>
where
    D: Dialect,
    T: HttpResponse,
    W: AsyncFnOnce(&App, Caller<'_>) -> Result<Reply<T>, Refusal>,
{
    let mut told = Told::default();
    let attempt = async {
        let app = request.context();
        let caller = authenticate(app, request, operation).await?;
        told.principal = Some(Arc::clone(&caller.principal));
        if operation.surface == Surface::Ocamba {
            told.allowance = app
                .limiter
                .take(caller.principal.company, caller.now)
                .map_err(|retry_after| Refusal::RateLimited { retry_after })?;
        }
        authorise(operation, &caller)?;
        work(app, caller).await
    };
    let unanswered = Unanswered::new(request, operation);
    let outcome = guard(request, operation, attempt).await;
    Ok(answer::<D, T>(unanswered, outcome, &told))
}

/// Answers a request for `operation` that needs no credential; what is sent along is not looked at.
pub(crate) async fn handle_public<D, T, E, W>(
    request: &Request,
    operation: &'static Operation,
    work: W,
) -> Result<Reply<T>, E>
where
    D: Dialect,
    T: HttpResponse,
    W: AsyncFnOnce(&App) -> Result<Reply<T>, Refusal>,
{
    let attempt = async {
        if operation.access != Access::Public {
            return Err(Refusal::Internal);
        }
        work(request.context()).await
    };
    let unanswered = Unanswered::new(request, operation);
    let outcome = guard(request, operation, attempt).await;
    Ok(answer::<D, T>(unanswered, outcome, &Told::default()))
}

/// Answers a request for `operation` that presents a key for `work` to judge: there is no other credential.
pub(crate) async fn handle_presented<D, T, E, W>(
    request: &Request,
    operation: &'static Operation,
    work: W,
) -> Result<Reply<T>, E>
where
    D: Dialect,
    T: HttpResponse,
    W: AsyncFnOnce(&App, &str, Asked<'_>) -> Result<Reply<T>, Refusal>,
{
    let attempt = async {
        if operation.access != Access::Presented {
            return Err(Refusal::Internal);
        }
        let key = presented(request.request.headers())?;
        let app = request.context();
        work(app, key, asked(app, request)).await
    };
    let unanswered = Unanswered::new(request, operation);
    let outcome = guard(request, operation, attempt).await;
    Ok(answer::<D, T>(unanswered, outcome, &Told::default()))
}

/// What an answer and the log tell besides the outcome.
#[derive(Default)]
struct Told {
    principal: Option<Arc<Principal>>,
    allowance: Option<Allowance>,
}

/// Turns a panic into a refusal. Not an `async fn`: it would hold `attempt` twice, and every request pays for the
/// size of its future.
fn guard<T>(
    request: &Request,
    operation: &Operation,
    attempt: impl Future<Output = Result<T, Refusal>>,
) -> impl Future<Output = Result<T, Refusal>> {
    AssertUnwindSafe(attempt).catch_unwind().map(|caught| {
        caught.unwrap_or_else(|_| {
            error!(request.context().engine.log, "a handler panicked";
                "request_id" => &request.request_id, "operation" => operation.id);
            Err(Refusal::Internal)
        })
    })
}

fn answer<D: Dialect, T: HttpResponse>(
    unanswered: Unanswered<'_>,
    outcome: Result<Reply<T>, Refusal>,
    told: &Told,
) -> Reply<T> {
    let (request, operation, started) =
        (unanswered.request, unanswered.operation, unanswered.started);
    let app = request.context();
    let (mut reply, refusal) = match outcome {
        Ok(reply) => (reply, None),
        Err(refusal) => (
            Reply::raw(D::refuse(&refusal, &request.request_id)),
            Some(refusal),
        ),
    };
    if let Some(allowance) = told.allowance {
        tell(allowance, reply.headers_mut());
    }
    app.cors
        .decorate(request.request.headers(), reply.headers_mut());
    unanswered.answered();
    if operation.frequent && refusal.is_none() {
        return reply;
    }
    let principal = told.principal.as_deref();
    // Neither the path nor the query: people paste secrets into both.
    info!(app.engine.log, "request";
        "request_id" => &request.request_id,
        "operation" => operation.id,
        "status" => reply.status_code().as_u16(),
        "company" => principal.map(|p| p.company.get()),
        "member" => principal.map(|p| p.member.get()),
        // Written out only where the line is.
        "via" => principal.map(|p| FnValue(|_| p.via.to_string())),
        "remote" => %request.request.remote_addr().ip(),
        "refused" => refusal.as_ref().map(Refusal::name),
        "us" => started.map(|started| micros(started.elapsed())));
    reply
}

/// Tells the log of a request whose client went away before its answer, when it is dropped.
struct Unanswered<'a> {
    request: &'a Request,
    operation: &'static Operation,
    /// `None` for what is not logged when all is well, and asked so often that even a look at the clock counts.
    started: Option<Instant>,
    answered: bool,
}

impl<'a> Unanswered<'a> {
    fn new(request: &'a Request, operation: &'static Operation) -> Self {
        Self {
            request,
            operation,
            started: (!operation.frequent).then(Instant::now),
            answered: false,
        }
    }

    fn answered(mut self) {
        self.answered = true;
    }
}

impl Drop for Unanswered<'_> {
    fn drop(&mut self) {
        if !self.answered {
            info!(self.request.context().engine.log, "request dropped by its client";
                "request_id" => &self.request.request_id,
                "operation" => self.operation.id,
                "remote" => %self.request.request.remote_addr().ip());
        }
    }
}

/// Answers a request that is refused before any credential is looked at.
pub(crate) fn refuse<D: Dialect, T>(request: &Request, refusal: &Refusal) -> Reply<T> {
    let mut reply = Reply::raw(D::refuse(refusal, &request.request_id));
    let app = request.context();
    app.cors
        .decorate(request.request.headers(), reply.headers_mut());
    reply
}

/// Answers a method that a path does not have: a preflight, where CORS is on, or 405.
pub(super) fn refuse_method<D: Dialect>(
    request: &Request,
    allow: &'static [&'static str],
) -> Response<Body> {
    let app = request.context();
    let headers = request.request.headers();
    let mut answer = app
        .cors
        .preflight(request.request.method(), headers, allow)
        .unwrap_or_else(|| D::refuse(&Refusal::WrongMethod { allow }, &request.request_id));
    decorate(request, &mut answer);
    answer
}

/// Answers `OPTIONS` where there is no dialect to refuse it in: with what the path allows.
pub(super) fn allow(methods: &[&str]) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::NO_CONTENT;
    if let Ok(allow) = HeaderValue::from_str(&methods.join(", ")) {
        answer.headers_mut().insert(header::ALLOW, allow);
    }
    answer
}

/// Adds what lets a permitted page read the answer.
fn decorate(request: &Request, answer: &mut Response<Body>) {
    let headers = request.request.headers();
    let cors = &request.context().cors;
    cors.decorate(headers, answer.headers_mut());
}

async fn authenticate<'r>(
    app: &App,
    request: &'r Request,
    operation: &Operation,
) -> Result<Caller<'r>, Refusal> {
    let presented = bearer(request.request.headers()).ok_or(Refusal::Unauthenticated)?;
    if operation.access == Access::AnyKey && is_login_token(presented) {
        return Err(Refusal::Unauthenticated);
    }
    let asked = asked(app, request);
    match app.engine.recall(presented, asked) {
        Some(known) => known,
        // In a box: what few requests need, all would carry.
        None => Box::pin(app.engine.authenticate(presented, asked)).await,
    }
}

fn asked<'r>(app: &App, request: &'r Request) -> Asked<'r> {
    Asked {
        at_millis: app.engine.clock.now_millis(),
        request: &request.request_id,
        remote: request.request.remote_addr().ip(),
    }
}

fn authorise(operation: &Operation, caller: &Caller<'_>) -> Result<(), Refusal> {
    let actual = caller.principal.role;
    match operation.access {
        access if access.permits(actual) => Ok(()),
        Access::Role(required) => Err(Refusal::Forbidden(Denial::RoleTooWeak { required, actual })),
        Access::Public | Access::Any | Access::AnyKey | Access::Presented => Err(Refusal::Internal),
    }
}

fn tell(allowance: Allowance, headers: &mut HeaderMap) {
    let told = [
        ("x-ratelimit-limit", allowance.limit),
        ("x-ratelimit-remaining", allowance.remaining),
        ("x-ratelimit-reset", allowance.reset),
    ];
    for (name, value) in told {
        headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
    }
}

fn micros(elapsed: Duration) -> u64 {
    u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX)
}
