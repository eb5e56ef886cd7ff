//! `GET /v1/keys/{id}/secrets`: K91.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, Success, UnknownId},
    Request, Seed,
};
use serde_json::Value;

use super::{NO_KEY, item, rotated, secrets, text, with};

const OP: &str = "secret_list";

fn list(token: &str, path: &str) -> Request {
    Request::get(format!("{path}/secrets")).bearer(token)
}

#[tokio::test]
async fn k91_the_one_that_the_key_keeps_first_and_then_the_newest() {
    let (server, token) = with(Role::Write).await;
    let read = server.caller(Role::Read).await;
    let key = server.plant(Seed::own("x")).await;
    let request = list(&read, &item(&key));
    let answer = server.record(OP, Success, "k91_one", &request).await;
    assert!(!answer.expect(200).text().contains(&key.secret), "K8");
    let mut hints = vec![format!("…{}", &key.secret[key.secret.len() - 4..])];
    for overlap in [600, 300] {
        server.clock.advance(1);
        let (secret, _) = rotated(&server, &token, &key, overlap).await;
        hints.insert(0, format!("…{}", &secret[secret.len() - 4..]));
    }
    let answer = server.record(OP, Success, "k91_three", &request).await;
    let body = answer.expect(200).json();
    let items = body["items"].as_array().expect("items");
    let shown: Vec<_> = items.iter().map(|item| text(item, "hint")).collect();
    assert_eq!(shown, hints);
    let retires: Vec<_> = items.iter().map(|item| &item["retires_at"]).collect();
    assert_eq!(*retires[0], Value::Null);
    assert_eq!(*retires[1], "2024-08-09T13:10:52Z");
    assert_eq!(
        *retires[2], "2024-08-09T13:10:52Z",
        "not later than the first said"
    );
    // What does not work any more is not listed.
    server.clock.advance(300);
    let answer = server.record(OP, Success, "k91_over", &request).await;
    assert_eq!(answer.expect(200).json()["items"][0], items[0]);
    assert_eq!(secrets(&server, &read, &key).await.len(), 1);
}

/// Which of the two is in use is what somebody wants to know who retires one.
#[tokio::test]
async fn k91_each_secret_was_last_used_when_it_was() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x")).await;
    let (new, _) = rotated(&server, &token, &key, 600).await;
    assert!(server.accepts(&key.secret).await);
    server.clock.advance(60);
    assert!(server.accepts(&new).await);
    // Uses are written behind the requests; both of these in one go or in two.
    for _ in 0..200 {
        let listed = secrets(&server, &token, &key).await;
        if listed
            .iter()
            .all(|secret| !secret["last_used_at"].is_null())
        {
            assert_eq!(listed[0]["last_used_at"], "2024-08-09T13:06:50Z");
            assert_eq!(listed[1]["last_used_at"], "2024-08-09T13:05:50Z");
            // Another rotation loses neither, nor that of the key.
            let (_, used) = rotated(&server, &token, &key, 600).await;
            let listed = secrets(&server, &token, &key).await;
            assert_eq!(listed[0]["last_used_at"], Value::Null);
            assert_eq!(text(&listed[1], "id"), used);
            assert_eq!(listed[1]["last_used_at"], "2024-08-09T13:06:50Z");
            assert_eq!(listed[2]["last_used_at"], "2024-08-09T13:05:50Z");
            let (seen, _) = super::viewed(&server, &token, &item(&key)).await;
            assert_eq!(seen["last_used_at"], "2024-08-09T13:06:50Z");
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("uses are never written");
}

#[tokio::test]
async fn k91_a_query_and_a_body_are_not_looked_at() {
    let (server, token) = with(Role::Read).await;
    let key = server.plant(Seed::own("x")).await;
    for (outcome, request) in [
        (
            "k91_query",
            Request::get(format!("{}/secrets?limit=0&%FF", item(&key))),
        ),
        (
            "k91_body",
            Request::get(format!("{}/secrets", item(&key))).json("{"),
        ),
    ] {
        let request = request.bearer(&token);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        answer.expect(200);
    }
}

#[tokio::test]
async fn k5_an_unknown_key_has_no_secrets() {
    let (server, token) = with(Role::Root).await;
    for (outcome, path) in [("k5_unknown", NO_KEY), ("k5_word", "/v1/keys/x")] {
        let request = list(&token, path);
        let answer = server.record(OP, UnknownId, outcome, &request).await;
        answer.expect(404);
    }
}
