//! `PUT /v1/keys/{id}/limits`: K140, K141.

use bitting_core::Role;
use bitting_tests::{
    Class::{ForeignCompany, Refused, Success, UnknownId, WeakRole},
    Request, Seed, Server,
};
use serde_json::{Value, json};

use super::{NO_KEY, OWN, item, stranger, text, viewed, with, with_members};

const OP: &str = "key_limits_update";

fn put(token: &str, path: &str, body: &Value) -> Request {
    let request = Request::put(format!("{path}/limits"));
    request.bearer(token).json(body.to_string())
}

fn limit(name: &str, limit: u64, window: u64) -> Value {
    json!({ "name": name, "limit": limit, "window_seconds": window })
}

/// A server, the secret of an admin's key, and the path of a key without limits.
async fn planted() -> (Server, String, String) {
    let (server, token) = with(Role::Admin).await;
    let path = item(&server.plant(Seed::own("x")).await);
    (server, token, path)
}

#[tokio::test]
async fn k141_limits_and_quota_replace_what_the_key_has() {
    let (server, token, path) = planted().await;
    for (outcome, limits, quota, shown) in [
        (
            "k141_both",
            json!([limit("minute", 100, 60), limit("burst", 5, 1)]),
            json!({ "remaining": 9, "refill_amount": 10, "refill_interval_seconds": 60 }),
            json!({
                "remaining": 9,
                "refill_amount": 10,
                "refill_interval_seconds": 60,
                "refills_at": "2024-08-09T13:06:50Z",
            }),
        ),
        (
            "k141_largest",
            json!([limit(&"n".repeat(50), 1_000_000_000, 2_678_400)]),
            json!({
                "remaining": 1_000_000_000_000_u64,
                "refill_amount": 1_000_000_000_000_u64,
                "refill_interval_seconds": 34_560_000,
            }),
            json!({
                "remaining": 1_000_000_000_000_u64,
                "refill_amount": 1_000_000_000_000_u64,
                "refill_interval_seconds": 34_560_000,
                "refills_at": "2025-09-13T13:05:50Z",
            }),
        ),
        (
            "k141_quota_without_refill",
            json!([]),
            json!({ "remaining": 0 }),
            json!({
                "remaining": 0,
                "refill_amount": null,
                "refill_interval_seconds": null,
                "refills_at": null,
            }),
        ),
        ("k141_taken_away", json!(null), json!(null), json!(null)),
    ] {
        let (before, tag) = viewed(&server, &token, &path).await;
        let request = put(&token, &path, &json!({ "limits": limits, "quota": quota }));
        let answer = server.record(OP, Success, outcome, &request).await;
        let answer = answer.expect(200);
        let mut sorted = limits.as_array().cloned().unwrap_or_default();
        sorted.sort_by_key(|limit| text(limit, "name").to_owned());
        let changed = [
            ("limits", json!(sorted)),
            ("quota", shown),
            ("updated_at", json!("2024-08-09T13:05:50Z")),
        ];
        let expected = with_members(before, &changed);
        assert_eq!(answer.json(), expected, "{outcome}");
        let (after, new) = viewed(&server, &token, &path).await;
        assert_eq!(after, expected, "{outcome}");
        assert_eq!(answer.header("etag"), Some(&*new));
        assert_ne!(new, tag, "{outcome}: a change has another tag");
    }
}

#[tokio::test]
async fn k140_a_new_key_has_the_limits_that_an_admin_asks_for() {
    let (server, token) = with(Role::Admin).await;
    let body = json!({
        "name": "x",
        "limits": [limit("minute", 100, 60)],
        "quota": { "remaining": 5 },
    });
    let request = Request::post(OWN).bearer(&token).json(body.to_string());
    let answer = server
        .record("key_create", Success, "k140_metered", &request)
        .await
        .expect(201);
    let key = &answer.json()["key"];
    assert_eq!(key["limits"], body["limits"]);
    assert_eq!(key["quota"]["remaining"], 5);
}

#[tokio::test]
async fn k9_below_admin_nobody_sets_limits_or_a_quota() {
    let (server, token) = with(Role::Write).await;
    for (outcome, member, value) in [
        ("k9_limits", "limits", json!([limit("a", 1, 1)])),
        ("k9_quota", "quota", json!({ "remaining": 1 })),
    ] {
        let body = json!({ "name": "x", member: value }).to_string();
        let request = Request::post(OWN).bearer(&token).json(body);
        let answer = server
            .record("key_create", Refused, outcome, &request)
            .await;
        let code = answer.expect(403).json()["error_code"].take();
        assert_eq!(code, "not_grantable");
    }
    // None at all are nobody's to grant.
    let none = json!({ "name": "x", "limits": [], "quota": null });
    let request = Request::post(OWN).bearer(&token).json(none.to_string());
    server.send(&request).await.expect(201);
    let path = item(&server.plant(Seed::own("x")).await);
    let request = put(&token, &path, &json!({ "limits": [], "quota": null }));
    let answer = server.record(OP, WeakRole, "k2_write", &request).await;
    answer.expect(403);
}

#[tokio::test]
async fn k9_nobody_sets_the_limits_of_a_key_above_its_own_role() {
    let (server, token) = with(Role::Admin).await;
    let path = item(&server.plant(Seed::caller(Role::Root)).await);
    let request = put(&token, &path, &json!({ "limits": [], "quota": null }));
    let answer = server.record(OP, Refused, "k9_above", &request).await;
    let code = answer.expect(403).json()["error_code"].take();
    assert_eq!(code, "key_above_own_role");
}

#[tokio::test]
async fn k7_another_companys_key_is_as_one_that_there_is_not() {
    let (server, token, path) = planted().await;
    let nothing = json!({ "limits": [], "quota": null });
    let request = put(&token, NO_KEY, &nothing);
    let answer = server.record(OP, UnknownId, "k5_unknown", &request).await;
    answer.expect(404);
    let theirs = stranger(&server, Role::Admin).await;
    let request = put(&theirs, &path, &nothing);
    let answer = server
        .record(OP, ForeignCompany, "k7_foreign", &request)
        .await;
    answer.expect(404);
}

#[tokio::test]
async fn k141_nothing_is_changed_if_no_tag_matches() {
    let (server, token, path) = planted().await;
    let (before, tag) = viewed(&server, &token, &path).await;
    let body = json!({ "limits": [limit("a", 1, 1)], "quota": null });
    let other = put(&token, &path, &body).header("if-match", "\"0\"");
    let answer = server.record(OP, Refused, "k141_stale", &other).await;
    answer.expect(412);
    assert_eq!(viewed(&server, &token, &path).await, (before, tag.clone()));
    let current = put(&token, &path, &body).header("if-match", tag);
    server.send(&current).await.expect(200);
    server.send(&current).await.expect(412);
}
