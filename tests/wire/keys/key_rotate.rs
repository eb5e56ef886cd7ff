//! `POST /v1/keys/{id}/rotate`: K90.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, Refused, Success, UnknownId},
    Request, Seed, Server, Setup,
};
use serde_json::json;

use super::{NO_KEY, OWN, blamed, item, secrets, text, verdict, viewed, with};

const OP: &str = "key_rotate";

pub(super) fn rotate(token: &str, path: &str, body: &str) -> Request {
    Request::post(format!("{path}/rotate"))
        .bearer(token)
        .json(body)
}

/// The format of a new secret is the origin's, and everything but the secret and the time of change stays.
#[tokio::test]
async fn k90_the_key_stays_and_its_secret_is_another() {
    let (server, token) = with(Role::Write).await;
    for (outcome, seed) in [
        ("k90_own", Seed::own("a").end("2030-01-01 00:00:00")),
        ("k90_personal", Seed::personal("b")),
        ("k90_named", Seed::named("c")),
        ("k90_recoverable", Seed::own("d").recoverable()),
    ] {
        let key = server.plant(seed).await;
        assert_eq!(verdict(&server, &token, &key.secret).await, "valid");
        assert!(server.accepts(&key.secret).await);
        let (mut before, tag) = viewed(&server, &token, &item(&key)).await;
        server.clock.advance(60);
        let request = rotate(&token, &item(&key), "{}");
        let answer = server.record(OP, Success, outcome, &request).await;
        let answer = answer.expect(200);
        assert_eq!(answer.header("cache-control"), Some("no-store"), "K8");
        let body = answer.json();
        let (after, new_tag) = viewed(&server, &token, &item(&key)).await;
        assert_eq!(body["key"], after);
        assert_eq!(answer.header("etag"), Some(&*new_tag));
        assert_ne!(tag, new_tag, "K54");
        assert_ne!(before["updated_at"], after["updated_at"]);
        before["updated_at"] = after["updated_at"].clone();
        before["last_used_at"] = after["last_used_at"].clone();
        assert_eq!(before, after, "{outcome}");
        let secret = text(&body, "secret");
        let form = |secret: &str| (secret.len(), secret.contains('_'));
        assert_eq!(form(secret), form(&key.secret), "{outcome}");
        assert_eq!(verdict(&server, &token, secret).await, "valid");
        assert!(server.accepts(secret).await);
        assert_eq!(verdict(&server, &token, &key.secret).await, "not_found");
        assert!(!server.accepts(&key.secret).await);
        let listed = secrets(&server, &token, &key).await;
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0]["id"], body["secret_id"]);
    }
}

/// The prefix that the key was made with stays that of its secrets.
#[tokio::test]
async fn k90_a_new_secret_has_the_prefix_of_the_key() {
    let (server, token) = with(Role::Write).await;
    let body = r#"{"name":"x","prefix":"acme"}"#;
    let made = Request::post(OWN).bearer(&token).json(body);
    let made = server.send(&made).await.expect(201);
    let path = made.header("location").expect("a location");
    let rotated = server.send(&rotate(&token, path, "{}")).await.expect(200);
    let secret = text(&rotated.json(), "secret").to_owned();
    assert!(secret.starts_with("acme_"), "{secret}");
    assert_eq!(verdict(&server, &token, &secret).await, "valid");
}

/// Whoever rotates the key that it asks with goes on with the new secret.
#[tokio::test]
async fn k90_a_key_may_rotate_itself() {
    let (server, _) = with(Role::Write).await;
    let own = server.plant(Seed::caller(Role::Write)).await;
    let request = rotate(&own.secret, &item(&own), r#"{"overlap_seconds":null}"#);
    let answer = server.record(OP, BadInput, "k90_null", &request).await;
    let secret = text(&answer.expect(200).json(), "secret").to_owned();
    server.send(&request).await.expect(401);
    server
        .send(&rotate(&secret, &item(&own), "{}"))
        .await
        .expect(200);
}

/// The last root key too: its new secret is as good as the old one.
#[tokio::test]
async fn k9_k90_the_last_root_key_can_be_rotated() {
    let server = Server::start().await;
    let last = server.plant(Seed::caller(Role::Root)).await;
    let request = rotate(&last.secret, &item(&last), "{}");
    let answer = server.record(OP, Success, "k90_last_root", &request).await;
    let secret = text(&answer.expect(200).json(), "secret").to_owned();
    let request = Request::get(OWN).bearer(&secret);
    server.send(&request).await.expect(200);
}

#[tokio::test]
async fn k90_a_key_that_is_not_active_gets_no_secret() {
    let (server, token) = with(Role::Write).await;
    let (past, future) = ("2024-08-09 13:05:50", "2024-08-09 13:05:51");
    for (outcome, seed) in [
        ("k90_revoked", Seed::own("a").revoked()),
        ("k90_disabled", Seed::own("b").disabled()),
        ("k90_expired", Seed::own("c").end(past)),
        ("k90_pending", Seed::own("d").start(future)),
    ] {
        let key = server.plant(seed).await;
        let before = secrets(&server, &token, &key).await;
        let request = rotate(&token, &item(&key), r#"{"overlap_seconds":60}"#);
        let answer = server.record(OP, Refused, outcome, &request).await;
        assert_eq!(answer.expect(409).json()["error_code"], "key_inactive");
        assert_eq!(secrets(&server, &token, &key).await, before);
    }
}

#[tokio::test]
async fn k90_what_is_no_overlap_is_400() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x")).await;
    let bound = "overlap_seconds must be a whole number from 0 to 2592000";
    for (outcome, body, reason) in [
        ("k90_negative", r#"{"overlap_seconds":-1}"#, bound),
        ("k90_fraction", r#"{"overlap_seconds":1.5}"#, bound),
        ("k90_exponent", r#"{"overlap_seconds":1e3}"#, bound),
        ("k90_too_long", r#"{"overlap_seconds":2592001}"#, bound),
        (
            "k90_huge",
            r#"{"overlap_seconds":99999999999999999999}"#,
            bound,
        ),
        ("k90_text", r#"{"overlap_seconds":"60"}"#, bound),
        ("k90_list", r#"{"overlap_seconds":[60]}"#, bound),
        (
            "k90_misspelt",
            r#"{"overlap":60}"#,
            "body must not have the member `overlap`: there are overlap_seconds",
        ),
        (
            "k90_twice",
            r#"{"overlap_seconds":1,"overlap_seconds":1}"#,
            "body must not name a member twice",
        ),
    ] {
        let request = rotate(&token, &item(&key), body);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        assert_eq!(blamed(&answer.expect(400)), [reason], "{outcome}");
    }
    assert!(server.accepts(&key.secret).await, "nothing was done");
}

#[tokio::test]
async fn k5_an_unknown_key_is_not_rotated() {
    let (server, token) = with(Role::Root).await;
    for (outcome, path) in [("k5_unknown", NO_KEY), ("k5_word", "/v1/keys/x")] {
        let request = rotate(&token, path, "{}");
        let answer = server.record(OP, UnknownId, outcome, &request).await;
        answer.expect(404);
    }
}

/// A server that keeps no sealed copies keeps none of a new secret either.
#[tokio::test]
async fn k90_without_sealing_a_rotated_key_cannot_be_revealed() {
    let server = Setup::default().unsealed().start().await;
    let token = server.caller(Role::Write).await;
    let body = json!({ "name": "x", "recoverable": true }).to_string();
    let made = Request::post(OWN).bearer(&token).json(body);
    let made = server.send(&made).await.expect(201);
    let path = made.header("location").expect("a location");
    server.send(&rotate(&token, path, "{}")).await.expect(200);
    let reveal = Request::post(format!("{path}/reveal")).bearer(&token);
    let answer = server.send(&reveal).await.expect(409);
    assert_eq!(answer.json()["error_code"], "not_recoverable");
}
