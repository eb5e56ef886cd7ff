//! K90: old secrets beside a new one.

use bitting_core::Role;
use bitting_tests::{
    Class::{Refused, Success},
    Request, Seed,
};
use serde_json::{Value, json};

use super::{item, key_rotate::rotate, rotated, secrets, text, verdict, with};

const OP: &str = "key_rotate";

#[tokio::test]
async fn k90_both_secrets_work_until_the_overlap_is_over() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x")).await;
    let request = rotate(&token, &item(&key), r#"{"overlap_seconds":60}"#);
    let answer = server.record(OP, Success, "k90_overlap", &request).await;
    let new = text(&answer.expect(200).json(), "secret").to_owned();
    for (after, old) in [
        (0, "valid"),
        (59, "valid"),
        (1, "not_found"),
        (3_600, "not_found"),
    ] {
        server.clock.advance(after);
        assert_eq!(verdict(&server, &token, &key.secret).await, old, "{after}");
        assert_eq!(server.accepts(&key.secret).await, old == "valid", "{after}");
        assert_eq!(verdict(&server, &token, &new).await, "valid");
        assert!(server.accepts(&new).await);
    }
    // A clock that goes back finds the old one as it was.
    server.clock.advance(-3_601);
    assert_eq!(verdict(&server, &token, &key.secret).await, "valid");
}

#[tokio::test]
async fn k90_the_longest_overlap_is_30_days() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x")).await;
    let request = rotate(&token, &item(&key), r#"{"overlap_seconds":2592000}"#);
    let answer = server.record(OP, Success, "k90_longest", &request).await;
    answer.expect(200);
    let listed = secrets(&server, &token, &key).await;
    assert_eq!(listed[1]["retires_at"], "2024-09-08T13:05:50Z");
}

/// Neither the key's own end nor what an earlier rotation said is put off.
#[tokio::test]
async fn k90_nothing_works_longer_for_a_rotation() {
    let (server, token) = with(Role::Write).await;
    let key = server
        .plant(Seed::own("x").end("2024-08-09 13:06:50"))
        .await;
    let (second, _) = rotated(&server, &token, &key, 10).await;
    rotated(&server, &token, &key, 3_600).await;
    let retires = |listed: Vec<Value>| -> Vec<_> {
        listed
            .iter()
            .map(|secret| secret["retires_at"].clone())
            .collect()
    };
    assert_eq!(
        retires(secrets(&server, &token, &key).await),
        [
            Value::Null,
            json!("2024-08-09T13:06:50Z"),
            json!("2024-08-09T13:06:00Z")
        ]
    );
    server.clock.advance(10);
    assert_eq!(verdict(&server, &token, &key.secret).await, "not_found");
    assert_eq!(verdict(&server, &token, &second).await, "valid");
    server.clock.advance(50);
    assert_eq!(verdict(&server, &token, &second).await, "not_found");
}

/// With 0, the old ones end however many they are.
#[tokio::test]
async fn k90_a_key_has_at_most_ten_secrets_that_work() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x")).await;
    let mut all = vec![key.secret.clone()];
    for _ in 0..9 {
        all.push(rotated(&server, &token, &key, 60).await.0);
    }
    for secret in &all {
        assert_eq!(verdict(&server, &token, secret).await, "valid");
    }
    let request = rotate(&token, &item(&key), r#"{"overlap_seconds":60}"#);
    let answer = server.record(OP, Refused, "k90_eleventh", &request).await;
    assert_eq!(answer.expect(409).json()["error_code"], "too_many_secrets");
    assert_eq!(secrets(&server, &token, &key).await.len(), 10);
    // One that does not work any more does not count.
    let last = secrets(&server, &token, &key).await.pop().expect("one");
    let path = format!("{}/secrets/{}", item(&key), text(&last, "id"));
    let retire = Request::delete(path).bearer(&token);
    server.send(&retire).await.expect(204);
    rotated(&server, &token, &key, 60).await;
    rotated(&server, &token, &key, 0).await;
    assert_eq!(secrets(&server, &token, &key).await.len(), 1);
    for secret in &all {
        assert_eq!(verdict(&server, &token, secret).await, "not_found");
    }
}

/// What is shown again is the secret that stays, however close together the rotations were.
#[tokio::test]
async fn k90_k93_a_sealed_copy_is_of_the_newest() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x").recoverable()).await;
    for _ in 0..4 {
        let (secret, _) = rotated(&server, &token, &key, 60).await;
        let request = Request::post(format!("{}/reveal", item(&key))).bearer(&token);
        let answer = server.send(&request).await.expect(200);
        assert_eq!(text(&answer.json(), "secret"), secret);
    }
}
