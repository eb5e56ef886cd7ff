//! What ends a key ends it for verification, before whoever ended it is answered: O60, O70, K56, K60, K61.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use bitting_core::{Role, secret::Digest};
use bitting_tests::{
    Connection, KEYS, Planted, Request, Seed, Server, Switch, cast,
    probe::{
        Moment::{After, Before, During},
        Step,
    },
};
use serde_json::json;
use tokio::task::JoinSet;

use super::{dropped::drop_at, text};

/// What ends a key, or its secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Revoke,
    RevokeItself,
    Disable,
    Expire,
    Delete,
    Roll,
    /// Without an overlap.
    Rotate,
    /// Of an old secret, before its overlap is over.
    Retire,
    /// Of the key's owner, who is switched off.
    Member,
}

const ALL: [End; 9] = [
    End::Revoke,
    End::RevokeItself,
    End::Disable,
    End::Expire,
    End::Delete,
    End::Roll,
    End::Rotate,
    End::Retire,
    End::Member,
];

impl End {
    async fn plant(self, server: &Server) -> Planted {
        let seed = Seed::personal("x");
        let colleague = self == Self::Member;
        let seed = if colleague {
            seed.of(cast::COLLEAGUE)
        } else {
            seed
        };
        let key = server.plant(seed).await;
        if self == Self::Retire {
            let rotate = Request::post(format!("/v1/keys/{}/rotate", key.id));
            let root = server.caller(Role::Root).await;
            let body = r#"{"overlap_seconds":3600}"#;
            server
                .send(&rotate.bearer(root).json(body))
                .await
                .expect(200);
        }
        key
    }

    /// The secret of `key` that was there first.
    fn old(server: &Server, key: &Planted) -> String {
        let digest = Digest::of(&key.secret);
        let id: [u8; 16] = server
            .database()
            .query_row(
                "SELECT id FROM secret WHERE digest = ?1",
                [digest.as_bytes()],
                |row| row.get(0),
            )
            .expect("the secret");
        uuid::Uuid::from_bytes(id).to_string()
    }

    /// What a verification says afterwards.
    fn code(self) -> &'static str {
        match self {
            Self::Revoke | Self::RevokeItself => "revoked",
            Self::Disable | Self::Member => "disabled",
            Self::Expire => "expired",
            Self::Delete | Self::Roll | Self::Rotate | Self::Retire => "not_found",
        }
    }

    /// The request, its step in the store and the status of its success.
    fn request(self, server: &Server, key: &Planted, admin: &str) -> (Request, Step, u16) {
        let item = format!("/v1/keys/{}", key.id);
        let (request, step, status) = match self {
            Self::Revoke => {
                let request = Request::post(item + "/revoke").json("{}");
                (request, Step::Revoke, 200)
            }
            Self::RevokeItself => {
                let request = Request::post("/v1/whoami/revoke").json("{}");
                return (request.bearer(&key.secret), Step::Revoke, 200);
            }
            Self::Disable => (put(item, false, None), Step::Replace, 200),
            Self::Expire => {
                let end = Some("2024-08-09T13:05:50Z");
                (put(item, true, end), Step::Replace, 200)
            }
            Self::Delete => (Request::delete(item), Step::Delete, 204),
            Self::Roll => {
                let request = Request::post(format!("{KEYS}/{}/roll", key.number));
                (request, Step::Roll, 200)
            }
            Self::Rotate => {
                let request = Request::post(item + "/rotate").json("{}");
                (request, Step::Rotate, 200)
            }
            Self::Retire => {
                let old = Self::old(server, key);
                let request = Request::delete(format!("{item}/secrets/{old}"));
                (request, Step::Retire, 204)
            }
            Self::Member => {
                let member = format!(
                    "/v1/companies/{}/members/{}",
                    cast::COMPANY,
                    cast::COLLEAGUE
                );
                let off = r#"{"name":"member","enabled":false}"#;
                (Request::put(member).json(off), Step::MemberUpdate, 200)
            }
        };
        (request.bearer(admin), step, status)
    }

    /// Ends the key, and returns when that is acknowledged.
    async fn end(self, server: &Server, key: &Planted, admin: &str) {
        let (request, _, status) = self.request(server, key, admin);
        server.send(&request).await.expect(status);
    }

    /// Lets there be another key to end.
    async fn undo(self, server: &Server) {
        if self == Self::Member {
            server.switch(cast::COLLEAGUE, Switch::Enable).await;
        }
    }
}

fn put(item: String, enabled: bool, end: Option<&str>) -> Request {
    let body = json!({
        "name": "x", "description": null, "starts_at": null, "expires_at": end, "enabled": enabled,
        "role": "write", "scopes": null, "metadata": null, "allowed_addresses": null,
    });
    Request::put(item).json(body.to_string())
}

fn question(secret: &str) -> Request {
    Request::post("/v1/verify").json(json!({"key": secret}).to_string())
}

/// What a verification finds.
pub(super) async fn code(server: &Server, secret: &str, token: &str) -> String {
    let answer = server.send(&question(secret).bearer(token)).await;
    text(&answer.expect(200).json(), "code").to_owned()
}

/// A server whose memory was filled, so that nothing but a question brings a key into it.
async fn filled() -> (Server, String) {
    let server = Server::start().await;
    server.filled().await;
    let admin = server.caller(Role::Admin).await;
    (server, admin)
}

#[tokio::test]
async fn the_very_next_verification_knows_that_a_key_has_ended() {
    for end in ALL {
        let (server, admin) = filled().await;
        for _ in 0..10 {
            let key = end.plant(&server).await;
            for _ in 0..2 {
                assert_eq!(code(&server, &key.secret, &admin).await, "valid", "{end:?}");
            }
            end.end(&server, &key, &admin).await;
            let found = code(&server, &key.secret, &admin).await;
            assert_eq!(found, end.code(), "{end:?}");
            end.undo(&server).await;
        }
    }
}

/// Nobody waits for the answer any more; memory was told all the same.
#[tokio::test]
async fn a_key_is_not_valid_although_whoever_ended_it_went_away() {
    for end in ALL {
        for (moment, ended) in [(Before, false), (During, true), (After, true)] {
            let (server, admin) = filled().await;
            let key = end.plant(&server).await;
            assert_eq!(code(&server, &key.secret, &admin).await, "valid");
            let (request, step, _) = end.request(&server, &key, &admin);
            let held = server.probe.hold(step, moment);
            drop_at(&server, held, &request).await;
            let found = code(&server, &key.secret, &admin).await;
            let expected = if ended { end.code() } else { "valid" };
            assert_eq!(found, expected, "{end:?} {moment:?}");
            server.assert_log_tells_no_secret();
        }
    }
}

/// The store has told memory by the time it tells its caller, however long the answer then takes.
#[tokio::test]
async fn a_key_is_not_valid_from_when_its_end_is_committed() {
    for end in ALL {
        let (server, admin) = filled().await;
        let key = end.plant(&server).await;
        assert_eq!(code(&server, &key.secret, &admin).await, "valid");
        let (request, step, status) = end.request(&server, &key, &admin);
        let held = server.probe.hold(step, After);
        let mut slow = Connection::open(server.address).await;
        slow.send(&request.bytes()).await;
        held.reached().await;
        assert_eq!(
            code(&server, &key.secret, &admin).await,
            end.code(),
            "{end:?}"
        );
        held.release();
        let answer = slow.answer(request.method()).await.expect("an answer");
        answer.expect(status);
        assert_eq!(
            code(&server, &key.secret, &admin).await,
            end.code(),
            "{end:?}"
        );
    }
}

/// A look-up that began before a change may end after it, with what was true before. It serves the question that
/// it was made for, which came before the change was acknowledged, and no other.
#[tokio::test]
async fn a_look_up_that_a_change_overtook_is_not_remembered() {
    for end in ALL {
        for moment in [Before, During, After] {
            let (server, admin) = filled().await;
            assert!(server.accepts(&admin).await);
            let key = end.plant(&server).await;
            if end == End::RevokeItself {
                assert!(server.accepts(&key.secret).await, "known as a credential");
            }
            let held = server.probe.hold(Step::Credential, moment);
            let mut slow = Connection::open(server.address).await;
            slow.send(&question(&key.secret).bearer(&admin).bytes())
                .await;
            held.reached().await;
            end.end(&server, &key, &admin).await;
            assert_eq!(code(&server, &key.secret, &admin).await, end.code());
            held.release();
            let answer = slow.answer("POST").await.expect("an answer").json();
            let told = text(&answer, "code");
            // Not asked yet, the store tells the truth; asked before, it may tell what was.
            let truth = told == end.code();
            assert!(
                truth || (moment != Before && told == "valid"),
                "{end:?} {moment:?} {told}"
            );
            for _ in 0..3 {
                let found = code(&server, &key.secret, &admin).await;
                assert_eq!(found, end.code(), "{end:?} {moment:?}");
            }
        }
    }
}

/// How often each of those who ask must have seen the key valid before it is ended, and ended before it stops.
const TIMES: usize = 20;

#[derive(Default)]
struct Seen {
    valid: AtomicUsize,
    ended: AtomicBool,
}

/// Asks until the key has ended; whatever is asked after its end was acknowledged must be told so.
async fn keep_asking(mut connection: Connection, request: Request, end: End, seen: Arc<Seen>) {
    let mut after = 0;
    while after < TIMES {
        let ended = seen.ended.load(SeqCst);
        connection.send(&request.bytes()).await;
        let answer = connection.answer("POST").await.expect("an answer");
        let answer = answer.expect(200).json();
        let found = text(&answer, "code");
        if found == "valid" {
            assert!(!ended, "valid after the end was acknowledged");
            assert_eq!(after, 0, "valid again");
            seen.valid.fetch_add(1, SeqCst);
        } else {
            assert_eq!(found, end.code());
            after += 1;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_verification_says_valid_after_an_end_was_acknowledged_however_fast_they_come() {
    let (server, admin) = filled().await;
    for round in 0..27 {
        let end = ALL[round % ALL.len()];
        let key = end.plant(&server).await;
        let seen = Arc::new(Seen::default());
        let mut tasks = JoinSet::new();
        for _ in 0..3 {
            let connection = Connection::open(server.address).await;
            let request = question(&key.secret).bearer(&admin);
            tasks.spawn(keep_asking(connection, request, end, Arc::clone(&seen)));
        }
        let all_valid = async {
            while seen.valid.load(SeqCst) < TIMES {
                tokio::task::yield_now().await;
            }
        };
        let all_valid = tokio::time::timeout(Duration::from_secs(60), all_valid).await;
        all_valid.expect("a good key is valid");
        end.end(&server, &key, &admin).await;
        seen.ended.store(true, SeqCst);
        while let Some(asked) = tasks.join_next().await {
            asked.unwrap_or_else(|wrong| panic!("{end:?} in round {round}: {wrong}"));
        }
        end.undo(&server).await;
    }
}
