//! `POST /v1/companies/{company}/members`: K40, K41, K9.

use bitting_core::Role;
use bitting_tests::{
    Answer,
    Class::{BadInput, Refused, Success, UnknownId},
    Request, Server,
};
use serde_json::json;

use super::{MEMBERS, NO_COMPANYS_MEMBERS, counts, text, with};

const OP: &str = "member_create";

/// Makes a member and keeps the exchange.
async fn made(server: &Server, token: &str, outcome: &str, body: &str) -> Answer {
    let request = Request::post(MEMBERS).bearer(token).json(body);
    let answer = server
        .record(OP, Success, outcome, &request)
        .await
        .expect(201);
    let location = format!("{MEMBERS}/{}", text(&answer.json()["member"], "id"));
    assert_eq!(answer.header("location"), Some(&*location));
    answer
}

#[tokio::test]
async fn k40_a_member_gets_a_key_that_writes() {
    let (server, token) = with(Role::Admin).await;
    let answer = made(&server, &token, "k40_name_only", r#"{"name":"Dana"}"#).await;
    assert_eq!(Answer::members(answer.text()), ["member", "key"]);
    let body = answer.json();
    let member = &body["member"];
    assert_eq!(
        *member,
        json!({
            "id": text(member, "id"),
            "company_id": "6197120",
            "name": "Dana",
            "login": null,
            "enabled": true,
            "created_at": "2024-08-09T13:05:50Z",
        })
    );
    assert_eq!(body["key"]["role"], "write");
    assert!(server.accepts(text(&body["key"], "secret")).await);
}

#[tokio::test]
async fn k40_the_key_has_the_role_that_was_asked_for() {
    let (server, token) = with(Role::Root).await;
    for (outcome, role) in [
        ("k40_none", "none"),
        ("k40_verify", "verify"),
        ("k40_read", "read"),
        ("k40_write", "write"),
        ("k40_admin", "admin"),
        ("k40_root", "root"),
    ] {
        let body = format!(r#"{{"name":"Dana","role":"{role}","first_key":true}}"#);
        let answer = made(&server, &token, outcome, &body).await;
        assert_eq!(answer.json()["key"]["role"], role);
    }
}

#[tokio::test]
async fn k40_without_a_first_key_the_role_has_no_effect() {
    let (server, token) = with(Role::Admin).await;
    let (_, _, keys) = counts(&server);
    for (outcome, body) in [
        ("k40_no_first_key", r#"{"name":"Dana","first_key":false}"#),
        // K9 is about what is granted, and here nothing is.
        (
            "k40_role_has_no_effect",
            r#"{"name":"Dana","first_key":false,"role":"root"}"#,
        ),
    ] {
        let answer = made(&server, &token, outcome, body).await;
        assert!(answer.json()["key"].is_null());
        assert_eq!(answer.header("cache-control"), Some("no-store"), "K8");
    }
    assert_eq!(counts(&server).2, keys);
}

#[tokio::test]
async fn k9_nobody_grants_a_role_above_its_own() {
    let (server, admin) = with(Role::Admin).await;
    let before = counts(&server);
    let request = Request::post(MEMBERS)
        .bearer(&admin)
        .json(r#"{"name":"Dana","role":"root"}"#);
    let answer = server
        .record(OP, Refused, "k9_root_by_admin", &request)
        .await
        .expect(403);
    assert_eq!(answer.json()["error_code"], "role_exceeds_creator");
    let details = r#""details":{"requested":"root","creator":"admin"}}"#;
    assert!(answer.text().ends_with(details), "{}", answer.text());
    assert_eq!(counts(&server), before, "something was made");
    for role in ["none", "verify", "read", "write", "admin"] {
        let body = format!(r#"{{"name":"Dana","role":"{role}"}}"#);
        let request = Request::post(MEMBERS).bearer(&admin).json(body);
        server.send(&request).await.expect(201);
    }
}

/// Nor by way of a member that it makes: what it makes is as weak as itself.
#[tokio::test]
async fn k9_the_key_that_an_admin_makes_grants_no_more_than_the_admin() {
    let (server, admin) = with(Role::Admin).await;
    let request = Request::post(MEMBERS)
        .bearer(&admin)
        .json(r#"{"name":"Dana","role":"admin"}"#);
    let made = server.send(&request).await.expect(201).json();
    let second = text(&made["key"], "secret");
    let request = Request::post(MEMBERS)
        .bearer(second)
        .json(r#"{"name":"Eve","role":"root"}"#);
    server.send(&request).await.expect(403);
}

#[tokio::test]
async fn k10_null_is_as_good_as_left_out() {
    let (server, token) = with(Role::Admin).await;
    let body = r#"{"first_key":null,"role":null,"name":"Dana"}"#;
    let request = Request::post(MEMBERS).bearer(&token).json(body);
    // The document does not offer it.
    let answer = server.record(OP, BadInput, "k10_nulls", &request).await;
    assert_eq!(answer.expect(201).json()["key"]["role"], "write");
}

#[tokio::test]
async fn k7_a_company_that_does_not_exist_gets_no_member() {
    let (server, root) = with(Role::Root).await;
    let before = counts(&server);
    for (outcome, path) in [
        ("k7_unknown", NO_COMPANYS_MEMBERS),
        ("k5_not_canonical", "/v1/companies/06197120/members"),
        ("k5_word", "/v1/companies/acme/members"),
    ] {
        let request = Request::post(path).bearer(&root).json(r#"{"name":"Dana"}"#);
        let answer = server.record(OP, UnknownId, outcome, &request).await;
        answer.expect(404);
    }
    assert_eq!(counts(&server), before);
}
