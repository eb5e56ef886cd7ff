//! `POST /v1/keys/{id}/reveal`: K93.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, Refused, Success, UnknownId},
    Planted, Request, Seed, Setup,
    probe::{Fault, Step},
};

use super::{NO_KEY, item, secrets, text, with};

const OP: &str = "key_reveal";

fn reveal(token: &str, key: &Planted) -> Request {
    Request::post(format!("{}/reveal", item(key))).bearer(token)
}

#[tokio::test]
async fn k93_the_secret_of_a_recoverable_key_is_shown_again() {
    let (server, token) = with(Role::Write).await;
    for (outcome, seed) in [
        ("k93_own", Seed::own("a").recoverable()),
        ("k93_personal", Seed::personal("b")),
        ("k93_revoked", Seed::own("c").recoverable().revoked()),
    ] {
        let key = server.plant(seed).await;
        let answer = server
            .record(OP, Success, outcome, &reveal(&token, &key))
            .await;
        let answer = answer.expect(200);
        assert_eq!(answer.header("cache-control"), Some("no-store"), "K8");
        let body = answer.json();
        assert_eq!(text(&body, "secret"), key.secret);
        let listed = secrets(&server, &token, &key).await;
        assert_eq!(listed[0]["id"], body["secret_id"]);
    }
}

#[tokio::test]
async fn k93_what_is_not_kept_cannot_be_shown() {
    let (server, token) = with(Role::Write).await;
    for (outcome, seed) in [
        ("k93_not_recoverable", Seed::own("a")),
        ("k93_named", Seed::named("b")),
    ] {
        let key = server.plant(seed).await;
        let answer = server
            .record(OP, Refused, outcome, &reveal(&token, &key))
            .await;
        assert_eq!(answer.expect(409).json()["error_code"], "not_recoverable");
    }
    // What was sealed before sealing was turned off stays sealed.
    let server = Setup::default().unsealed().start().await;
    let token = server.caller(Role::Write).await;
    let key = server.plant(Seed::own("c").recoverable()).await;
    let answer = server
        .record(OP, Refused, "k93_sealing_off", &reveal(&token, &key))
        .await;
    assert_eq!(answer.expect(409).json()["error_code"], "not_recoverable");
}

#[tokio::test]
async fn k93_what_leaves_no_record_is_not_shown() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x").recoverable()).await;
    server.probe.fail(Step::Shown, Fault::NotDurable);
    let answer = server
        .record(OP, Refused, "k93_no_record", &reveal(&token, &key))
        .await;
    assert!(!answer.expect(503).text().contains(&key.secret));
}

/// A copy that was damaged, or moved from another key, is no secret and no panic.
#[tokio::test]
async fn k93_a_damaged_copy_is_a_fault_of_ours() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x").recoverable()).await;
    let changed = server
        .database()
        .execute(
            "UPDATE secret SET sealed = x'01' WHERE key = ?1",
            [key.number.get()],
        )
        .expect("a change");
    assert_eq!(changed, 1);
    let answer = server
        .record(OP, Refused, "k93_damaged", &reveal(&token, &key))
        .await;
    answer.expect(500);
}

#[tokio::test]
async fn k93_a_query_and_a_body_are_not_looked_at() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x").recoverable()).await;
    for (outcome, request) in [
        (
            "k93_query",
            Request::post(format!("{}/reveal?all=1&%FF", item(&key))),
        ),
        (
            "k93_body",
            Request::post(format!("{}/reveal", item(&key))).json("{"),
        ),
    ] {
        let request = request.bearer(&token);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        answer.expect(200);
    }
}

#[tokio::test]
async fn k5_an_unknown_key_is_not_revealed() {
    let (server, token) = with(Role::Root).await;
    for (outcome, path) in [("k5_unknown", NO_KEY), ("k5_word", "/v1/keys/x")] {
        let request = Request::post(format!("{path}/reveal")).bearer(&token);
        let answer = server.record(OP, UnknownId, outcome, &request).await;
        answer.expect(404);
    }
}
