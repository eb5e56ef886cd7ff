//! K9: the last active root key stays.

use bitting_core::Role;
use bitting_tests::{Class::Refused, Planted, Request, Seed, Server};
use serde_json::{Value, json};

use super::{SELF_REVOKE, item, plain, viewed, with_members};

/// Settings of a root key with some others in place.
fn put(key: &Planted, changed: &[(&str, Value)]) -> Request {
    let root = with_members(plain("last"), &[("role", json!("root"))]);
    Request::put(item(key)).json(with_members(root, changed).to_string())
}

/// Whatever would take it away.
fn every_way(key: &Planted) -> [(&'static str, &'static str, Request); 8] {
    let put = |member, value| put(key, &[(member, value)]);
    [
        ("key_update", "k9_last_demoted", put("role", json!("admin"))),
        (
            "key_update",
            "k9_last_disabled",
            put("enabled", json!(false)),
        ),
        (
            "key_update",
            "k9_last_ended",
            put("expires_at", json!("2024-08-09T13:05:50Z")),
        ),
        (
            "key_update",
            "k9_last_to_end",
            put("expires_at", json!("2090-01-01T00:00:00Z")),
        ),
        (
            "key_update",
            "k9_last_postponed",
            put("starts_at", json!("2024-08-09T13:05:51Z")),
        ),
        (
            "key_revoke",
            "k9_last",
            Request::post(format!("{}/revoke", item(key))).json("{}"),
        ),
        (
            "self_revoke",
            "k9_last",
            Request::post(SELF_REVOKE).json("{}"),
        ),
        ("key_delete", "k9_last", Request::delete(item(key))),
    ]
}

#[tokio::test]
async fn k9_taking_the_last_root_key_away_is_409() {
    let server = Server::start().await;
    let key = server.plant(Seed::caller(Role::Root)).await;
    // Not active, and so no other.
    server.plant(Seed::caller(Role::Root).disabled()).await;
    server.plant(Seed::caller(Role::Root).revoked()).await;
    server
        .plant(Seed::caller(Role::Root).end("2024-08-09 13:05:50"))
        .await;
    server
        .plant(Seed::caller(Role::Root).start("2024-08-09 13:05:51"))
        .await;
    let (before, tag) = viewed(&server, &key.secret, &item(&key)).await;
    for (operation, outcome, request) in every_way(&key) {
        let request = request.bearer(&key.secret);
        let answer = server.record(operation, Refused, outcome, &request).await;
        assert_eq!(
            answer.expect(409).json()["error_code"],
            "last_root_key",
            "{outcome}"
        );
    }
    let (mut after, same) = viewed(&server, &key.secret, &item(&key)).await;
    after["last_used_at"] = before["last_used_at"].clone();
    assert_eq!((after, same), (before, tag));
}

#[tokio::test]
async fn k9_what_takes_nothing_from_it_is_done() {
    let server = Server::start().await;
    let key = server.plant(Seed::caller(Role::Root)).await;
    let request = put(
        &key,
        &[("name", json!("renamed")), ("scopes", json!(["a"]))],
    );
    server.send(&request.bearer(&key.secret)).await.expect(200);
}

#[tokio::test]
async fn k9_one_of_two_root_keys_may_go() {
    for place in 0..8 {
        let server = Server::start().await;
        let key = server.plant(Seed::caller(Role::Root)).await;
        server.caller(Role::Root).await;
        let (_, outcome, request) = every_way(&key)[place].clone();
        let answer = server.send(&request.bearer(&key.secret)).await;
        assert!(answer.status < 300, "{outcome}\n{answer:?}");
    }
}

/// Two that would each leave the other behind: one of them is told that it is the last.
#[tokio::test]
async fn k9_of_two_at_once_one_stays() {
    let server = Server::start().await;
    let (one, two) = (
        server.plant(Seed::caller(Role::Root)).await,
        server.plant(Seed::caller(Role::Root)).await,
    );
    let revoke = |key: &Planted| Request::post(SELF_REVOKE).bearer(&key.secret).json("{}");
    let (first, second) = (revoke(&one), revoke(&two));
    let (first, second) = tokio::join!(server.send(&first), server.send(&second));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}
