//! `PUT /v1/keys/{id}`: K55.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, Success, UnknownId},
    Request, Seed, Server,
};
use serde_json::{Value, json};

use super::{NO_KEY, blamed, item, plain, sent_back, text, verdict, viewed, with, with_members};

const OP: &str = "key_update";

/// A server, the secret of an admin's key, and the path of a key with everything set.
async fn planted() -> (Server, String, String) {
    let (server, token) = with(Role::Admin).await;
    let seed = Seed::own("before")
        .description("before")
        .role(Role::Read)
        .start("2024-02-01 00:00:00")
        .end("2025-01-01 00:00:00")
        .scopes(&["a", "b"])
        .addresses(&["192.0.2.0/24"])
        .metadata(r#"{"plan":"pro"}"#);
    let path = item(&server.plant(seed).await);
    (server, token, path)
}

fn put(token: &str, path: &str, settings: &Value) -> Request {
    Request::put(path).bearer(token).json(settings.to_string())
}

/// Sends back what was read with some members changed, keeps the exchange, and compares all of the key.
async fn changes(outcome: &str, changed: &[(&str, Value)], different: &[(&str, Value)]) {
    let (server, token, path) = planted().await;
    let (before, tag) = viewed(&server, &token, &path).await;
    let settings = with_members(sent_back(&before), changed);
    let request = put(&token, &path, &settings);
    let answer = server
        .record(OP, Success, outcome, &request)
        .await
        .expect(200);
    let mut expected = with_members(before, different);
    expected["updated_at"] = json!("2024-08-09T13:05:50Z");
    assert_eq!(answer.json(), expected, "{outcome}");
    let (after, new) = viewed(&server, &token, &path).await;
    assert_eq!(after, expected, "{outcome}");
    assert_eq!(answer.header("etag"), Some(&*new));
    assert_ne!(new, tag, "{outcome}: a change has another tag");
}

#[tokio::test]
async fn k55_what_was_read_can_be_sent_back() {
    changes("k55_same", &[], &[]).await;
}

#[tokio::test]
async fn k55_each_member_replaces_what_the_key_has() {
    for (outcome, member, value) in [
        ("k55_name", "name", json!(" after ")),
        ("k55_description", "description", json!("")),
        ("k55_start", "starts_at", json!("2024-03-01T00:00:00Z")),
        ("k55_end", "expires_at", json!("2024-12-01T00:00:00Z")),
        ("k55_role", "role", json!("admin")),
        ("k55_scopes", "scopes", json!(["c"])),
        ("k55_metadata", "metadata", json!({"z": [], "a": {}})),
        (
            "k55_addresses",
            "allowed_addresses",
            json!(["198.51.100.7"]),
        ),
    ] {
        let changed = [(member, value)];
        changes(outcome, &changed, &changed).await;
    }
    let off = [("enabled", json!(false))];
    let disabled = [("enabled", json!(false)), ("status", json!("disabled"))];
    changes("k55_disabled", &off, &disabled).await;
}

#[tokio::test]
async fn k55_null_clears() {
    let nulls = [
        "description",
        "starts_at",
        "expires_at",
        "scopes",
        "metadata",
        "allowed_addresses",
    ];
    let cleared = [
        ("description", json!(null)),
        ("starts_at", json!("2024-01-01T00:00:00Z")),
        ("expires_at", json!(null)),
        ("scopes", json!([])),
        ("metadata", json!({})),
        ("allowed_addresses", json!([])),
    ];
    changes(
        "k55_nulls",
        &nulls.map(|member| (member, Value::Null)),
        &cleared,
    )
    .await;
}

/// What it says is so from then on: the next verification finds it.
#[tokio::test]
async fn k55_a_change_holds_at_once() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x")).await;
    let path = item(&key);
    for (member, value, found) in [
        ("enabled", json!(false), "disabled"),
        ("enabled", json!(true), "valid"),
        ("expires_at", json!("2024-08-09T13:05:50Z"), "expired"),
        ("expires_at", json!("2024-08-09T13:05:51Z"), "valid"),
        ("starts_at", json!("2024-08-09T13:05:51Z"), "pending"),
        (
            "allowed_addresses",
            json!(["192.0.2.7"]),
            "address_not_allowed",
        ),
    ] {
        let settings = with_members(plain("x"), &[(member, value)]);
        server
            .send(&put(&token, &path, &settings))
            .await
            .expect(200);
        assert_eq!(
            verdict(&server, &token, &key.secret).await,
            found,
            "{settings}"
        );
        assert_eq!(
            server.accepts(&key.secret).await,
            matches!(found, "valid" | "address_not_allowed")
        );
    }
}

#[tokio::test]
async fn k55_every_member_is_required() {
    let (server, token, path) = planted().await;
    let (before, _) = viewed(&server, &token, &path).await;
    for (member, outcome, reason) in [
        ("name", "k55_no_name", "name is required"),
        (
            "description",
            "k55_no_description",
            "description is required: null clears it",
        ),
        (
            "starts_at",
            "k55_no_start",
            "starts_at is required: null clears it",
        ),
        (
            "expires_at",
            "k55_no_end",
            "expires_at is required: null clears it",
        ),
        ("enabled", "k55_no_enabled", "enabled is required"),
        ("role", "k55_no_role", "role is required"),
        (
            "scopes",
            "k55_no_scopes",
            "scopes is required: null clears it",
        ),
        (
            "metadata",
            "k55_no_metadata",
            "metadata is required: null clears it",
        ),
        (
            "allowed_addresses",
            "k55_no_addresses",
            "allowed_addresses is required: null clears it",
        ),
    ] {
        let mut settings = sent_back(&before);
        settings.as_object_mut().expect("an object").remove(member);
        let answer = server
            .record(OP, BadInput, outcome, &put(&token, &path, &settings))
            .await;
        assert_eq!(blamed(&answer.expect(400)), [reason]);
    }
    for (member, outcome, reason) in [
        ("name", "k55_name_null", "name must not be null"),
        ("enabled", "k55_enabled_null", "enabled must not be null"),
        ("role", "k55_role_null", "role must not be null"),
    ] {
        let settings = with_members(sent_back(&before), &[(member, Value::Null)]);
        let answer = server
            .record(OP, BadInput, outcome, &put(&token, &path, &settings))
            .await;
        assert_eq!(blamed(&answer.expect(400)), [reason]);
    }
    assert_eq!(
        viewed(&server, &token, &path).await.0,
        before,
        "nothing was changed"
    );
}

#[tokio::test]
async fn k55_what_is_wrong_is_named_as_in_a_create() {
    let (server, token, path) = planted().await;
    let (before, _) = viewed(&server, &token, &path).await;
    let later = "expires_at must be later than the start";
    let known = "body must not have the member `id`: there are name, description, starts_at, expires_at, enabled, role, scopes, metadata, allowed_addresses";
    for (outcome, changed, wrong) in [
        ("k55_unknown_member", vec![("id", json!("x"))], vec![known]),
        (
            "k55_reversed",
            vec![("expires_at", json!("2024-02-01T00:00:00Z"))],
            vec![later],
        ),
        // Without a start of its own it starts when it was made.
        (
            "k55_end_before_made",
            vec![
                ("starts_at", json!(null)),
                ("expires_at", json!("2024-01-01T00:00:00Z")),
            ],
            vec![later],
        ),
        (
            "k55_several",
            vec![
                ("name", json!(" ")),
                ("enabled", json!(1)),
                ("scopes", json!([7])),
                ("allowed_addresses", json!(["192.0.2.7/24"])),
            ],
            vec![
                "name must not be empty",
                "enabled must be true or false",
                "scopes scopes[0] must be a string",
                "allowed_addresses allowed_addresses[0] must have no bits set after its prefix: did you mean 192.0.2.0/24?",
            ],
        ),
    ] {
        let settings = with_members(sent_back(&before), &changed);
        let answer = server
            .record(OP, BadInput, outcome, &put(&token, &path, &settings))
            .await;
        assert_eq!(blamed(&answer.expect(400)), wrong, "{outcome}");
    }
    assert_eq!(
        viewed(&server, &token, &path).await.0,
        before,
        "nothing was changed"
    );
}

#[tokio::test]
async fn k5_an_unknown_key_is_not_updated() {
    let (server, token) = with(Role::Root).await;
    for (outcome, path) in [("k5_unknown", NO_KEY), ("k5_word", "/v1/keys/x")] {
        let request = put(&token, path, &plain("x"));
        let answer = server.record(OP, UnknownId, outcome, &request).await;
        answer.expect(404);
    }
}

#[tokio::test]
async fn k55_a_revoked_key_is_updated_and_stays_revoked() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x").revoked()).await;
    let request = put(&token, &item(&key), &plain("y"));
    let answer = server.record(OP, Success, "k55_revoked", &request).await;
    let body = answer.expect(200).json();
    assert_eq!(
        (text(&body, "name"), text(&body, "status")),
        ("y", "revoked")
    );
    assert_eq!(body["revoked_at"], "2024-06-01T00:00:00Z");
    assert_eq!(verdict(&server, &token, &key.secret).await, "revoked");
}
