//! `POST /v1/keys/{id}/revoke`: K56.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, Success, UnknownId},
    Request, Seed, Server,
};
use serde_json::{Value, json};

use super::{NO_KEY, SELF_REVOKE, blamed, item, verdict, viewed, with};

const OP: &str = "key_revoke";

fn revoke(token: &str, path: &str, body: &str) -> Request {
    Request::post(format!("{path}/revoke"))
        .bearer(token)
        .json(body)
}

#[tokio::test]
async fn k56_it_works_no_more_and_says_why() {
    let (server, token) = with(Role::Write).await;
    let longest = "é".repeat(1_000);
    for (outcome, reason) in [
        ("k56_reason", json!(" found in a \"public\" repository ")),
        ("k56_reason_of_1000", json!(longest)),
        ("k56_no_reason", Value::Null),
    ] {
        let key = server.plant(Seed::own("x")).await;
        assert_eq!(verdict(&server, &token, &key.secret).await, "valid");
        assert!(server.accepts(&key.secret).await);
        let body = if reason.is_null() {
            json!({})
        } else {
            json!({ "reason": reason })
        };
        let request = revoke(&token, &item(&key), &body.to_string());
        let answer = server.record(OP, Success, outcome, &request).await;
        let answer = answer.expect(200);
        let body = answer.json();
        assert_eq!(body["status"], "revoked");
        assert_eq!(body["revoked_reason"], reason);
        assert_eq!(body["revoked_at"], "2024-08-09T13:05:50Z");
        assert_eq!(body["updated_at"], "2024-08-09T13:05:50Z");
        assert!(!server.accepts(&key.secret).await);
        assert_eq!(verdict(&server, &token, &key.secret).await, "revoked");
        let (seen, tag) = viewed(&server, &token, &item(&key)).await;
        assert_eq!((answer.header("etag"), body), (Some(&*tag), seen));
    }
}

/// Null is as good as leaving it out (K10), which the document does not offer.
#[tokio::test]
async fn k10_k56_a_reason_may_be_null() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x")).await;
    let body = r#"{"reason":null}"#;
    let request = revoke(&token, &item(&key), body);
    let answer = server.record(OP, BadInput, "k56_null", &request).await;
    assert_eq!(answer.expect(200).json()["revoked_reason"], Value::Null);
    let own = server.caller(Role::None).await;
    let request = Request::post(SELF_REVOKE).bearer(own).json(body);
    let answer = server
        .record("self_revoke", BadInput, "k56_null", &request)
        .await;
    assert_eq!(answer.expect(200).json()["revoked_reason"], Value::Null);
}

#[tokio::test]
async fn k56_what_is_revoked_stays_as_it_is() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x")).await;
    let first = revoke(&token, &item(&key), r#"{"reason":"first"}"#);
    let first = server.send(&first).await.expect(200);
    server.clock.advance(60);
    let request = revoke(&token, &item(&key), r#"{"reason":"second"}"#);
    let answer = server.record(OP, Success, "k56_again", &request).await;
    let answer = answer.expect(200);
    assert_eq!(answer.text(), first.text());
    assert_eq!(answer.header("etag"), first.header("etag"));
}

#[tokio::test]
async fn k56_keys_of_every_surface_and_status_can_be_revoked() {
    let (server, token) = with(Role::Write).await;
    for (outcome, seed) in [
        ("k56_personal", Seed::personal("a")),
        ("k56_named", Seed::named("b")),
        ("k56_expired", Seed::own("c").end("2024-02-01 00:00:00")),
        ("k56_pending", Seed::own("d").start("2030-01-01 00:00:00")),
        ("k56_disabled", Seed::own("e").disabled()),
    ] {
        let key = server.plant(seed).await;
        let request = revoke(&token, &item(&key), "{}");
        let answer = server.record(OP, Success, outcome, &request).await;
        assert_eq!(answer.expect(200).json()["status"], "revoked");
        assert_eq!(verdict(&server, &token, &key.secret).await, "revoked");
    }
}

#[tokio::test]
async fn k56_k81_what_is_no_reason_is_400() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x")).await;
    let own = server.plant(Seed::caller(Role::None)).await.secret;
    let long = json!({ "reason": "é".repeat(1_001) }).to_string();
    for (outcome, body, reason) in [
        (
            "k56_reason_empty",
            r#"{"reason":""}"#,
            "reason must not be empty",
        ),
        (
            "k56_reason_blank",
            r#"{"reason":" \u3000"}"#,
            "reason must not be empty",
        ),
        (
            "k56_reason_of_1001",
            &long,
            "reason must have at most 1000 characters",
        ),
        (
            "k56_reason_number",
            r#"{"reason":7}"#,
            "reason must be a string",
        ),
        (
            "k56_reason_nul",
            r#"{"reason":"a\u0000"}"#,
            "reason must not contain U+0000",
        ),
        (
            "k56_misspelt",
            r#"{"reson":"a"}"#,
            "body must not have the member `reson`: there are reason",
        ),
        (
            "k56_twice",
            r#"{"reason":"a","reason":"a"}"#,
            "body must not name a member twice",
        ),
    ] {
        let request = revoke(&token, &item(&key), body);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        assert_eq!(blamed(&answer.expect(400)), [reason]);
        let request = Request::post(SELF_REVOKE).bearer(&own).json(body);
        let answer = server
            .record("self_revoke", BadInput, outcome, &request)
            .await;
        assert_eq!(blamed(&answer.expect(400)), [reason]);
    }
    assert!(server.accepts(&key.secret).await && server.accepts(&own).await);
}

#[tokio::test]
async fn k5_an_unknown_key_is_not_revoked() {
    let (server, token): (Server, _) = with(Role::Root).await;
    for (outcome, path) in [("k5_unknown", NO_KEY), ("k5_word", "/v1/keys/x")] {
        let request = revoke(&token, path, "{}");
        let answer = server.record(OP, UnknownId, outcome, &request).await;
        answer.expect(404);
    }
}
