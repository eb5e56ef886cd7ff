//! What the server remembers of a credential that it has seen never outlives an acknowledged change: O50, O60, O70,
//! F40, K41.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use bitting_core::Role;
use bitting_tests::{
    Connection, KEYS, NAMED_KEYS, Planted, Request, Seed, Server, Switch, cast,
    probe::{
        Held,
        Moment::{After, Before, During},
        Step,
    },
};
use tokio::task::JoinSet;

/// What ends a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Roll,
    Update,
    Delete,
    DeleteNamed,
    /// Not a request: the store is told, as it will be by one.
    Disable,
}

const ALL: [End; 5] = [
    End::Roll,
    End::Update,
    End::Delete,
    End::DeleteNamed,
    End::Disable,
];

impl End {
    /// A key that this ends: a colleague's, where the colleague is what ends.
    async fn plant(self, server: &Server) -> Planted {
        match self {
            Self::Roll | Self::Update | Self::Delete => server.personal("x").await,
            Self::DeleteNamed => server.named("x").await,
            Self::Disable => {
                let seed = Seed::caller(Role::Write).of(cast::COLLEAGUE);
                server.plant(seed).await
            }
        }
    }

    /// The request, its step in the store and the status of its success.
    fn request(self, key: &Planted) -> Option<(Request, Step, u16)> {
        let item = format!("{KEYS}/{}", key.number);
        match self {
            Self::Roll => Some((Request::post(item + "/roll"), Step::Roll, 200)),
            Self::Update => {
                let body =
                    r#"{"start_time":"2024-01-01 00:00:00","end_time":"2024-08-09 13:05:50"}"#;
                Some((Request::patch(item).json(body), Step::Update, 204))
            }
            Self::Delete => Some((Request::delete(item), Step::Delete, 204)),
            Self::DeleteNamed => {
                let request = Request::delete(format!("{NAMED_KEYS}/x"));
                Some((request, Step::Delete, 200))
            }
            Self::Disable => None,
        }
    }

    /// Ends the key's secret, and returns when that is acknowledged.
    async fn end(self, server: &Server, key: &Planted, token: &str) {
        match self.request(key) {
            Some((request, _, status)) => {
                server.send(&request.bearer(token)).await.expect(status);
            }
            None => server.switch(cast::COLLEAGUE, Switch::Disable).await,
        }
    }

    /// Lets there be another key to end.
    async fn undo(self, server: &Server) {
        if self == Self::Disable {
            server.switch(cast::COLLEAGUE, Switch::Enable).await;
        }
    }
}

fn validate(secret: &str) -> Request {
    Request::post(format!("{KEYS}/validate")).bearer(secret)
}

/// A request as [`Connection`]s ask it again and again.
async fn ask(connection: &mut Connection, request: &Request) -> u16 {
    connection.send(&request.bytes()).await;
    let answer = connection.answer(request.method()).await;
    answer.expect("the server answers").status
}

#[tokio::test]
async fn what_was_cached_is_refused_by_the_very_next_request() {
    for end in ALL {
        let server = Server::start().await;
        let token = server.caller(Role::Write).await;
        for _ in 0..10 {
            let key = end.plant(&server).await;
            // On several connections, and on every surface.
            for _ in 0..3 {
                assert!(server.accepts(&key.secret).await, "{end:?}");
            }
            end.end(&server, &key, &token).await;
            for request in [
                validate(&key.secret),
                Request::get("/v0/config").bearer(&key.secret),
                Request::get("/v1/companies").bearer(&key.secret),
            ] {
                let answer = server.send(&request).await;
                assert_eq!(answer.status, 401, "{end:?} {}", request.target());
            }
            end.undo(&server).await;
        }
    }
}

/// The request that ends a secret may be that secret's own.
#[tokio::test]
async fn a_key_that_ends_itself_is_refused_by_the_very_next_request() {
    for end in [End::Roll, End::Update, End::Delete, End::DeleteNamed] {
        let server = Server::start().await;
        let key = end.plant(&server).await;
        assert!(server.accepts(&key.secret).await);
        end.end(&server, &key, &key.secret).await;
        assert!(!server.accepts(&key.secret).await, "{end:?}");
        if let Some((request, ..)) = end.request(&key) {
            let again = server.send(&request.bearer(&key.secret)).await;
            assert_eq!(again.status, 401, "{end:?}");
        }
    }
}

/// Sends `request` and drops the connection when it has come to where it is held.
async fn drop_at(server: &Server, held: Held, request: &Request) {
    let guard = Duration::from_secs(60);
    let mut connection = Connection::open(server.address).await;
    connection.send(&request.bytes()).await;
    let reached = tokio::time::timeout(guard, held.reached()).await;
    reached.expect("the request comes to the step");
    drop(connection);
    let left = tokio::time::timeout(guard, held.left()).await;
    left.expect("the request is dropped with its connection");
    // The store's writer does one thing after the other: when this is done, so is whatever came before it.
    server.caller(Role::None).await;
}

/// Nobody waits for the answer any more; what was done is done, and nobody is let in by what was remembered.
#[tokio::test]
async fn a_key_that_was_used_is_refused_although_whoever_ended_it_went_away() {
    for end in [End::Roll, End::Update, End::Delete, End::DeleteNamed] {
        for (moment, ended) in [(Before, false), (During, true), (After, true)] {
            let server = Server::start().await;
            let token = server.caller(Role::Write).await;
            let key = end.plant(&server).await;
            assert!(server.accepts(&key.secret).await);
            let (request, step, _) = end.request(&key).expect("a request");
            let held = server.probe.hold(step, moment);
            drop_at(&server, held, &request.bearer(&token)).await;
            let accepted = server.accepts(&key.secret).await;
            assert_eq!(accepted, !ended, "{end:?} {moment:?}");
            server.assert_log_tells_no_secret();
        }
    }
}

/// A look-up that began before a change may end after it, with what was true before. It serves the request that
/// it was made for, which came before the change was acknowledged, and no other.
#[tokio::test]
async fn what_a_change_overtook_is_not_remembered() {
    for end in ALL {
        for moment in [Before, During, After] {
            let server = Server::start().await;
            let token = server.caller(Role::Write).await;
            assert!(server.accepts(&token).await);
            let key = end.plant(&server).await;
            let held = server.probe.hold(Step::Credential, moment);
            let mut slow = Connection::open(server.address).await;
            slow.send(&validate(&key.secret).bytes()).await;
            held.reached().await;
            end.end(&server, &key, &token).await;
            assert!(!server.accepts(&key.secret).await, "{end:?} {moment:?}");
            held.release();
            let answer = slow.answer("POST").await.expect("an answer");
            // Not asked yet, the store tells the truth; asked before, it may tell what was.
            let told: &[u16] = if moment == Before {
                &[401]
            } else {
                &[204, 401]
            };
            assert!(
                told.contains(&answer.status),
                "{end:?} {moment:?} {answer:?}"
            );
            for _ in 0..3 {
                assert!(!server.accepts(&key.secret).await, "{end:?} {moment:?}");
            }
        }
    }
}

/// How many present the key at once.
const PRESENTERS: usize = 3;
/// How often each of them must have been let in before the key is ended, and refused before it stops.
const TIMES: usize = 20;

/// Presents a key until it is refused; whatever is sent after its end was acknowledged must be.
async fn present(mut connection: Connection, request: Request, seen: Arc<Seen>) {
    let mut refused = 0;
    while refused < TIMES {
        let ended = seen.ended.load(SeqCst);
        match ask(&mut connection, &request).await {
            204 => {
                assert!(!ended, "let in by a key that had ended");
                assert_eq!(refused, 0, "let in again");
                seen.let_in.fetch_add(1, SeqCst);
            }
            401 => refused += 1,
            status => panic!("neither 204 nor 401 but {status}"),
        }
    }
}

#[derive(Default)]
struct Seen {
    let_in: AtomicUsize,
    ended: AtomicBool,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_let_in_by_a_key_whose_end_was_acknowledged_however_fast_they_ask() {
    let server = Arc::new(Server::start().await);
    let token = server.caller(Role::Write).await;
    for round in 0..40 {
        let end = ALL[round % ALL.len()];
        let key = end.plant(&server).await;
        let seen = Arc::new(Seen::default());
        let mut tasks = JoinSet::new();
        for _ in 0..PRESENTERS {
            let connection = Connection::open(server.address).await;
            tasks.spawn(present(
                connection,
                validate(&key.secret),
                Arc::clone(&seen),
            ));
        }
        let all_in = async {
            while seen.let_in.load(SeqCst) < TIMES {
                tokio::task::yield_now().await;
            }
        };
        let guard = Duration::from_secs(60);
        let all_in = tokio::time::timeout(guard, all_in).await;
        all_in.expect("a good key is let in");
        end.end(&server, &key, &token).await;
        seen.ended.store(true, SeqCst);
        while let Some(presented) = tasks.join_next().await {
            presented.unwrap_or_else(|wrong| panic!("{end:?} in round {round}: {wrong}"));
        }
        end.undo(&server).await;
    }
}

/// The other side of it: a key that was refused is let in by the very next request after it has become good.
#[tokio::test]
async fn a_key_that_was_refused_a_moment_ago_is_let_in_when_it_has_become_good() {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    let seed = Seed::personal("x").start("2030-01-01 00:00:00");
    let key = server.plant(seed).await;
    assert!(!server.accepts(&key.secret).await && !server.accepts(&key.secret).await);
    let update = Request::patch(format!("{KEYS}/{}", key.number))
        .bearer(&token)
        .json(r#"{"start_time":"2024-01-01 00:00:00"}"#);
    server.send(&update).await.expect(204);
    assert!(server.accepts(&key.secret).await);
    server.switch(cast::MEMBER, Switch::Disable).await;
    assert!(!server.accepts(&key.secret).await && !server.accepts(&key.secret).await);
    server.switch(cast::MEMBER, Switch::Enable).await;
    assert!(server.accepts(&key.secret).await);
}
