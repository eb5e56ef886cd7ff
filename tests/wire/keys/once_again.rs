//! K101: what the same request is, and who may send it again.

use bitting_core::Role;
use bitting_tests::{Class::Refused, Request, Seed};
use serde_json::json;

use super::{
    counts, item,
    once::{create, rotate, told},
    plain, secrets, text, with, with_members,
};

#[tokio::test]
async fn k101_another_request_by_the_same_name_is_409() {
    let (server, token) = with(Role::Write).await;
    let first = create(&token, "n", r#"{"name":"y"}"#);
    let first = server.send(&first).await.expect(201);
    let before = counts(&server);
    for (outcome, body) in [
        ("k101_other_name", r#"{"name":"z"}"#),
        ("k101_white_space", r#"{"name": "y"}"#),
    ] {
        let request = create(&token, "n", body);
        let answer = server
            .record("key_create", Refused, outcome, &request)
            .await;
        assert_eq!(
            answer.expect(409).json()["error_code"],
            "idempotency_mismatch"
        );
    }
    // What is wrong with the other one is said first (K2).
    let wrong = create(&token, "n", r#"{"name":7}"#);
    server.send(&wrong).await.expect(400);
    assert_eq!(counts(&server), before, "nothing was made");
    let again = create(&token, "n", r#"{"name":"y"}"#);
    assert_eq!(told(&server.send(&again).await), told(&first));

    let (one, two) = (
        server.plant(Seed::own("one")).await,
        server.plant(Seed::own("two")).await,
    );
    server
        .send(&rotate(&token, "n", &item(&one)))
        .await
        .expect(200);
    let request = rotate(&token, "n", &item(&two));
    let answer = server
        .record("key_rotate", Refused, "k101_other_key", &request)
        .await;
    assert_eq!(
        answer.expect(409).json()["error_code"],
        "idempotency_mismatch"
    );
    assert_eq!(secrets(&server, &token, &two).await.len(), 1);
    let none = rotate(&token, "n", super::NO_KEY);
    server.send(&none).await.expect(404);
}

/// Each time anew: neither a weaker caller nor a stronger key lets an old answer out.
#[tokio::test]
async fn k101_who_may_no_more_is_told_no_more() {
    let (server, root) = with(Role::Root).await;
    let caller = server.plant(Seed::caller(Role::Write)).await;
    let request = create(&caller.secret, "n", r#"{"name":"y"}"#);
    let first = server.send(&request).await.expect(201);
    let path = first.header("location").expect("a location").to_owned();
    let role = async |path: &str, role: &str| {
        let settings = with_members(plain("y"), &[("role", json!(role))]);
        let put = Request::put(path).bearer(&root).json(settings.to_string());
        server.send(&put).await.expect(200);
    };
    role(&path, "admin").await;
    let answer = server
        .record("key_create", Refused, "k101_above", &request)
        .await;
    assert_eq!(
        answer.expect(403).json()["error_code"],
        "key_above_own_role"
    );
    role(&path, "none").await;
    assert_eq!(told(&server.send(&request).await), told(&first));
    role(&item(&caller), "read").await;
    let answer = server.send(&request).await.expect(403);
    assert_eq!(text(&answer.json(), "error_code"), "insufficient_role");
    role(&item(&caller), "write").await;
    assert_eq!(told(&server.send(&request).await), told(&first));
}

/// An admin who is one no more does not get a colleague's key out of an old answer.
#[tokio::test]
async fn k101_k102_a_key_out_of_reach_is_told_no_more() {
    let (server, root) = with(Role::Root).await;
    let admin = server.plant(Seed::caller(Role::Admin)).await;
    let body = r#"{"name":"y","owner_id":"10002"}"#;
    let request = create(&admin.secret, "n", body);
    server.send(&request).await.expect(201);
    let settings = with_members(plain("was admin"), &[("role", json!("write"))]);
    let put = Request::put(item(&admin)).bearer(&root);
    let put = put.json(settings.to_string());
    server.send(&put).await.expect(200);
    let answer = server
        .record("key_create", Refused, "k102_out_of_reach", &request)
        .await;
    assert_eq!(
        answer.expect(409).json()["error_code"],
        "idempotency_expired"
    );
}
