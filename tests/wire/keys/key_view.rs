//! `GET /v1/keys/{id}`: K54, K50, K5.

use bitting_core::{Origin, Role};
use bitting_tests::{
    Class::{BadInput, Success, UnknownId},
    Request, Seed, Server,
};
use serde_json::json;

use super::{NO_KEY, OWN, item, viewed, with};

const OP: &str = "key_view";

#[tokio::test]
async fn k50_a_key_of_each_surface_as_it_is() {
    let (server, token) = with(Role::Read).await;
    for (outcome, seed, origin, prefix) in [
        ("k50_of_keys", Seed::own("a"), "keys", json!("bit")),
        ("k50_of_ocamba", Seed::personal("b"), "ocamba", json!(null)),
        ("k50_of_feldera", Seed::named("c"), "feldera", json!(null)),
    ] {
        let key = server.plant(seed).await;
        let request = Request::get(item(&key)).bearer(&token);
        let answer = server.record(OP, Success, outcome, &request).await;
        let answer = answer.expect(200);
        let body = answer.json();
        assert_eq!(
            (&body["origin"], &body["prefix"]),
            (&json!(origin), &prefix)
        );
        assert!(!answer.text().contains(&key.secret), "K8");
    }
}

#[tokio::test]
async fn k50_a_status_is_the_first_that_holds() {
    let (server, token) = with(Role::Read).await;
    let (past, future) = ("2024-08-09 13:05:50", "2024-08-09 13:05:51");
    let seed = |name| Seed::own(name);
    for (outcome, seed, status) in [
        ("k50_active", seed("a").end(future), "active"),
        ("k50_pending", seed("b").start(future), "pending"),
        ("k50_expired", seed("c").end(past), "expired"),
        ("k50_disabled", seed("d").end(past).disabled(), "disabled"),
        (
            "k50_revoked",
            seed("e").end(past).disabled().revoked(),
            "revoked",
        ),
        (
            "k50_revoked_pending",
            seed("f").start(future).revoked(),
            "revoked",
        ),
    ] {
        let key = server.plant(seed).await;
        let request = Request::get(item(&key)).bearer(&token);
        let answer = server.record(OP, Success, outcome, &request).await;
        assert_eq!(answer.expect(200).json()["status"], status, "{outcome}");
    }
}

/// A status is the clock's, and no change: the tag stays.
#[tokio::test]
async fn k54_the_tag_is_another_after_a_change_and_not_after_use_or_time() {
    let (server, token) = with(Role::Read).await;
    let key = server
        .plant(Seed::own("x").end("2024-08-09 13:10:00"))
        .await;
    let (before, tag) = viewed(&server, &token, &item(&key)).await;
    assert!(
        tag.starts_with('"') && tag.ends_with('"') && tag.len() == 34,
        "{tag}"
    );
    assert!(server.accepts(&key.secret).await);
    server.clock.set("2024-08-09 13:20:00");
    let (after, same) = viewed(&server, &token, &item(&key)).await;
    assert_eq!(
        (&before["status"], &after["status"]),
        (&json!("active"), &json!("expired"))
    );
    assert_eq!(tag, same);
    let twin = server
        .plant(Seed::own("x").end("2024-08-09 13:10:00"))
        .await;
    assert_ne!(
        viewed(&server, &token, &item(&twin)).await.1,
        tag,
        "another key, another tag"
    );
}

#[tokio::test]
async fn k5_what_is_no_id_of_a_key_is_404() {
    let (server, token) = with(Role::Root).await;
    let key = server.plant(Seed::own("x")).await;
    let id = key.id.to_string();
    for (outcome, path) in [
        ("k5_unknown", NO_KEY.to_owned()),
        ("k5_capitals", format!("{OWN}/{}", id.to_uppercase())),
        ("k5_no_hyphens", format!("{OWN}/{}", id.replace('-', ""))),
        ("k5_braces", format!("{OWN}/%7B{id}%7D")),
        ("k5_urn", format!("{OWN}/urn:uuid:{id}")),
        ("k5_padded", format!("{OWN}/%20{id}")),
        ("k5_number", format!("{OWN}/{}", key.number)),
        ("k5_word", format!("{OWN}/x")),
        ("k5_nul", format!("{OWN}/{id}%00")),
        ("k5_list", format!("{OWN}/{id},{id}")),
    ] {
        let request = Request::get(path).bearer(&token);
        let answer = server.record(OP, UnknownId, outcome, &request).await;
        answer.expect(404);
    }
    let escaped = format!("{OWN}/%{:02x}{}", id.as_bytes()[0], &id[1..]);
    server
        .send(&Request::get(escaped).bearer(&token))
        .await
        .expect(200);
}

#[tokio::test]
async fn k54_a_query_and_a_body_are_not_looked_at() {
    let (server, token): (Server, _) = with(Role::Read).await;
    let key = server.plant(Seed::own("x").made_on(Origin::Keys)).await;
    for (outcome, request) in [
        (
            "k54_query",
            Request::get(format!("{}?limit=0&%FF", item(&key))),
        ),
        ("k54_body", Request::get(item(&key)).json("{")),
    ] {
        let answer = server
            .record(OP, BadInput, outcome, &request.bearer(&token))
            .await;
        answer.expect(200);
    }
}
