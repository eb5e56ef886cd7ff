//! The other doors to verification, in as few steps as that has.

use bitting_api::{
    keys::{
        decode,
        encode::{Active, introspection},
        types::{Introspect, Introspection},
    },
    wire::{EmptyOk, FormBody, Reply},
};
use bitting_core::{Cost, Refusal, Scopes, Verdict};
use dropshot::HttpResponseOk;
use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::{
    NO_STORE,
    verify::{json, question},
};
use crate::{
    engine::{Asked, Caller, Question, Remembered},
    http::App,
};

/// What the answer about a key with a few scopes fits in.
const ANSWER: usize = 512;
const KEY: HeaderName = HeaderName::from_static("x-bitting-key-id");
const COMPANY: HeaderName = HeaderName::from_static("x-bitting-company-id");
const MEMBER: HeaderName = HeaderName::from_static("x-bitting-member-id");
const SCOPES: HeaderName = HeaderName::from_static("x-bitting-scopes");
/// What stands for nothing: some gateways pass on what a client sent under the name of a header that is empty.
const NOTHING: HeaderValue = HeaderValue::from_static("-");

pub(super) async fn introspect(
    app: &App,
    caller: &Caller<'_>,
    body: FormBody<Introspect>,
) -> Result<Reply<HttpResponseOk<Introspection>>, Refusal> {
    let body = body.read().await?;
    let asked = decode::introspect(&body)?;
    let answer = app.engine.verify(caller, question(&asked)).await?;
    let good = answer.key.filter(|_| answer.verdict == Verdict::Valid);
    let mut out = Vec::with_capacity(ANSWER);
    introspection(&mut out, good.as_ref().map(active).as_ref());
    Ok(json(out))
}

fn active(key: &Remembered) -> Active<'_> {
    let facts = key.facts();
    Active {
        id: key.id(),
        company: key.company(),
        member: key.member(),
        scopes: facts.scopes,
        start: facts.start,
        end: facts.until(),
    }
}

/// `headers` are those of the request, for the word of a trusted proxy.
pub(super) async fn forward_auth(
    app: &App,
    key: &str,
    asked: Asked<'_>,
    query: &str,
    headers: &HeaderMap,
) -> Result<Reply<EmptyOk>, Refusal> {
    let wanted = decode::forward_auth(query)?;
    let question = Question {
        key,
        scopes: &wanted.scopes,
        client: app.settings.trusted_proxies.client(asked.remote, headers),
        cost: Cost::default(),
    };
    let key = app.engine.let_in(wanted.company, question, asked).await?;
    Ok(Reply::typed(EmptyOk)
        .with_header(KEY, text(key.id().to_string())?)
        .with_header(COMPANY, key.company().get().into())
        .with_header(MEMBER, key.member().get().into())
        .with_header(SCOPES, joined(key.scopes())?)
        .with_header(header::CACHE_CONTROL, NO_STORE))
}

fn joined(scopes: &Scopes) -> Result<HeaderValue, Refusal> {
    if scopes.is_empty() {
        return Ok(NOTHING);
    }
    let mut joined = String::new();
    for scope in scopes.iter() {
        if !joined.is_empty() {
            joined.push(',');
        }
        joined.push_str(scope.as_str());
    }
    text(joined)
}

/// None of what is told has a character that a header cannot have; were there one, nobody would be let in.
fn text(text: String) -> Result<HeaderValue, Refusal> {
    HeaderValue::try_from(text).map_err(|_| Refusal::Internal)
}
