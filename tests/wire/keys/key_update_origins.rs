//! K9, K55: a key keeps the rules of the surface that it was made on, and is seen there as it was changed here.

use bitting_core::{Origin, Role};
use bitting_tests::{
    Class::{BadInput, Refused, Success},
    KEYS as PERSONAL, NAMED_KEYS, Request, Seed, Server,
};
use serde_json::{Value, json};

use super::{blamed, item, plain, verdict, viewed, with, with_members};

const OP: &str = "key_update";

fn put(token: &str, path: &str, name: &str, changed: &[(&str, Value)]) -> Request {
    let settings = with_members(plain(name), changed);
    Request::put(path).bearer(token).json(settings.to_string())
}

#[tokio::test]
async fn k9_a_named_key_keeps_its_rules() {
    let (server, token) = with(Role::Root).await;
    let key = server.named("before").await;
    server.named("taken").await;
    let path = item(&key);
    let (before, tag) = viewed(&server, &token, &path).await;
    let write = ("role", json!("write"));
    for (outcome, role, status) in [
        ("k9_none", "none", 403),
        ("k9_verify", "verify", 403),
        ("k9_admin", "admin", 403),
        ("k9_root", "root", 403),
    ] {
        let request = put(&token, &path, "x", &[("role", json!(role))]);
        let answer = server.record(OP, Refused, outcome, &request).await;
        assert_eq!(
            answer.expect(status).json()["error_code"],
            "role_not_mintable"
        );
    }
    let long = "n".repeat(101);
    for (outcome, name, reason) in [
        (
            "k9_space",
            "a b",
            "name must have no characters but A-Z, a-z, 0-9, _ and -",
        ),
        (
            "k9_other_letters",
            "é",
            "name must have no characters but A-Z, a-z, 0-9, _ and -",
        ),
        ("k9_of_101", &long, "name must have at most 100 bytes"),
    ] {
        let request = put(&token, &path, name, std::slice::from_ref(&write));
        let answer = server.record(OP, BadInput, outcome, &request).await;
        assert_eq!(blamed(&answer.expect(400)), [reason]);
    }
    let request = put(&token, &path, "taken", std::slice::from_ref(&write));
    let answer = server.record(OP, Refused, "k9_taken", &request).await;
    assert_eq!(answer.expect(409).json()["error_code"], "name_taken");
    assert_eq!(
        viewed(&server, &token, &path).await,
        (before, tag),
        "nothing was changed"
    );
}

#[tokio::test]
async fn k55_a_named_key_is_seen_on_its_surface_as_it_was_changed_here() {
    let (server, token) = with(Role::Write).await;
    let key = server.named("before").await;
    server.plant(Seed::own("own")).await;
    let request = put(&token, &item(&key), "after", &[("role", json!("read"))]);
    let answer = server.record(OP, Success, "k55_named", &request).await;
    answer.expect(200);
    let view = |name: &str| Request::get(format!("{NAMED_KEYS}/{name}")).bearer(&token);
    let seen = server.send(&view("after")).await.expect(200).json();
    assert_eq!(
        (&seen[0]["name"], &seen[0]["scopes"]),
        (&json!("after"), &json!(["Read"]))
    );
    server.send(&view("before")).await.expect(404);
    // Its own name is not taken, and its old one is free.
    let again = put(&token, &item(&key), "after", &[("role", json!("write"))]);
    server.send(&again).await.expect(200);
    let create = Request::post(NAMED_KEYS)
        .bearer(&token)
        .json(r#"{"name":"before"}"#);
    server.send(&create).await.expect(201);
    // A key of another surface may be called as a named one is.
    let own = server.plant(Seed::own("other")).await;
    server
        .send(&put(&token, &item(&own), "after", &[]))
        .await
        .expect(200);
}

#[tokio::test]
async fn k55_a_personal_key_is_seen_on_its_surface_as_it_was_changed_here() {
    let (server, token) = with(Role::Write).await;
    let key = server.personal("before").await;
    let changed = [
        ("expires_at", json!("2030-01-01T00:00:00Z")),
        ("description", json!("d")),
    ];
    let request = put(&token, &item(&key), "after", &changed);
    let answer = server.record(OP, Success, "k55_personal", &request).await;
    assert_eq!(answer.expect(200).json()["origin"], "ocamba");
    let view = Request::get(format!("{PERSONAL}/{}?view=full", key.number)).bearer(&token);
    let seen = server.send(&view).await.expect(200).json();
    for (member, value) in [
        ("name", "after"),
        ("description", "d"),
        ("end_time", "2030-01-01 00:00:00"),
        ("status", "active"),
        ("secret", &key.secret),
    ] {
        assert_eq!(seen[member], value, "{member}");
    }
    // Switched off or revoked here, it works nowhere.
    server
        .send(&put(
            &token,
            &item(&key),
            "after",
            &[("enabled", json!(false))],
        ))
        .await
        .expect(200);
    assert!(!server.accepts(&key.secret).await);
    assert_eq!(verdict(&server, &token, &key.secret).await, "disabled");
}

/// The other way round: what its own surface changes has another tag here.
#[tokio::test]
async fn k54_a_change_on_another_surface_is_one_of_the_tag() {
    let (server, token) = with(Role::Write).await;
    let key = server.personal("before").await;
    let (_, tag) = viewed(&server, &token, &item(&key)).await;
    let patch = Request::patch(format!("{PERSONAL}/{}", key.number));
    server
        .send(&patch.bearer(&token).json(r#"{"name":"after"}"#))
        .await
        .expect(204);
    let stale = put(&token, &item(&key), "x", &[]).header("if-match", tag);
    server.send(&stale).await.expect(412);
    assert_eq!(
        viewed(&server, &token, &item(&key)).await.0["name"],
        "after"
    );
}

/// A new secret of a personal key: the old one is none any more, for verification neither.
#[tokio::test]
async fn k71_a_secret_that_was_replaced_is_not_found() {
    let (server, token): (Server, _) = with(Role::Write).await;
    let key = server
        .plant(Seed::personal("x").made_on(Origin::Ocamba))
        .await;
    assert_eq!(verdict(&server, &token, &key.secret).await, "valid");
    let roll = Request::post(format!("{PERSONAL}/{}/roll", key.number)).bearer(&token);
    let rolled = server.send(&roll).await.expect(200).json();
    let new = super::text(&rolled, "secret");
    assert_eq!(verdict(&server, &token, &key.secret).await, "not_found");
    assert_eq!(verdict(&server, &token, new).await, "valid");
}

/// Below `admin`: scopes of the key that asks, and of the key in question, and no others.
#[tokio::test]
async fn k9_scopes_that_a_key_has_may_stay() {
    let server = Server::start().await;
    let token = server
        .plant(Seed::caller(Role::Write).scopes(&["mine"]))
        .await
        .secret;
    let key = server.plant(Seed::own("x").scopes(&["its"])).await;
    let scoped = |scopes: &[&str]| put(&token, &item(&key), "x", &[("scopes", json!(scopes))]);
    let answer = server
        .record(OP, Success, "k9_scopes_stay", &scoped(&["its", "mine"]))
        .await;
    assert_eq!(answer.expect(200).json()["scopes"], json!(["its", "mine"]));
    let answer = server
        .record(OP, Refused, "k9_scopes", &scoped(&["its", "other"]))
        .await;
    assert_eq!(answer.expect(403).json()["error_code"], "not_grantable");
    server.send(&scoped(&[])).await.expect(200);
    // What it has not any more cannot stay.
    server.send(&scoped(&["its"])).await.expect(403);
}
