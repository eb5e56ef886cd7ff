#![allow(clippy::unwrap_used)]
//! What is left of each surface's errors when they have come through the generated client.

use std::time::Duration;

use serde_json::json;

use super::*;
use crate::{
    Api, Error, Feldera, Keys, Options, Surface,
    fixtures::{ID, answer, once, server},
};

/// A client of a server that answers `answer` once.
async fn client<S: Surface>(answer: String) -> Api<S> {
    let (url, _) = server(answer).await;
    Api::new(&url, once()).unwrap()
}

async fn of_feldera(answer: String) -> Error {
    let client: Feldera = client(answer).await;
    Error::from(client.key_view().name("n").send().await.unwrap_err())
}

async fn of_keys(answer: String) -> Error {
    let client: Keys = client(answer).await;
    Error::from(client.company_list().send().await.unwrap_err())
}

#[tokio::test]
async fn feldera_has_codes_and_details() {
    let body =
        r#"{"message":"Unknown API key 'n'","error_code":"UnknownApiKey","details":{"name":"n"}}"#;
    let error = of_feldera(answer("404 Not Found", "", body)).await;
    assert!(error.is_not_found());
    assert_eq!(error.code(), Some("UnknownApiKey"));
    let refused = error.refused().unwrap();
    assert_eq!(refused.details.as_ref().unwrap()["name"], "n");
    assert_eq!(refused.request_id.as_deref(), Some(ID));
    assert_eq!(
        error.to_string(),
        format!("404 UnknownApiKey: Unknown API key 'n' [request {ID}]")
    );

    let body =
        r#"{"message":"Unauthorized API key","error_code":"AuthenticationFailed","details":null}"#;
    let error = of_feldera(answer("401 Unauthorized", "", body)).await;
    assert_eq!(error.code(), Some("AuthenticationFailed"));
    assert_eq!(error.refused().unwrap().details, None);
}

#[tokio::test]
async fn keys_has_codes_details_fields_and_an_id() {
    let body = r#"{"error_code":"invalid_request","message":"Mend it.","request_id":"t","details":{"errors":[{"field":"limit","reason":"is odd"},{"field":"query","reason":"is odder"},7]}}"#;
    let error = of_keys(answer("400 Bad Request", "", body)).await;
    let refused = error.refused().unwrap();
    assert_eq!(refused.code.as_deref(), Some("invalid_request"));
    assert_eq!(refused.request_id.as_deref(), Some("t"));
    let named: Vec<_> = refused.fields.iter().map(|f| f.field.as_str()).collect();
    assert_eq!(named, ["limit", "query"]);
    assert_eq!(
        error.to_string(),
        "400 invalid_request: Mend it. (limit is odd; query is odder) [request t]"
    );

    let body = r#"{"error_code":"insufficient_role","message":"m","request_id":"t","details":{"required":"root","actual":"admin"}}"#;
    let error = of_keys(answer("403 Forbidden", "", body)).await;
    let details = error.refused().unwrap().details.clone().unwrap();
    assert_eq!(
        Value::Object(details),
        json!({"required":"root","actual":"admin"})
    );
}

#[tokio::test]
async fn a_code_of_a_later_version_is_told_as_it_is() {
    let body = r#"{"error_code":"out_of_cheese","message":"m","request_id":"t","details":{"x":[1]},"hint":"y"}"#;
    let headers = "retry-after: 7\r\n";
    let error = of_keys(answer("503 Service Unavailable", headers, body)).await;
    assert_eq!(error.code(), Some("out_of_cheese"));
    assert!(error.is_retryable());
    let wait = error.refused().unwrap().retry_after;
    assert_eq!(wait, Some(Duration::from_secs(7)));
}

#[tokio::test]
async fn a_gateways_page_has_no_code_and_keeps_its_status() {
    for (line, status) in [("401 Unauthorized", 401), ("502 Bad Gateway", 502)] {
        for body in [
            "<html>no</html>",
            "",
            "{}",
            r#"{"request_id":"t","message":"x"}"#,
        ] {
            for error in [
                of_feldera(answer(line, "", body)).await,
                of_keys(answer(line, "", body)).await,
            ] {
                assert_eq!(error.status().unwrap(), status, "{body}");
                assert_eq!(error.code(), None, "{body}");
                let refused = error.refused().unwrap();
                assert_eq!(refused.request_id.as_deref(), Some(ID), "{body}");
                assert!(!refused.message.is_empty());
            }
        }
    }
}

#[tokio::test]
async fn a_success_without_a_body_is_one() {
    let client: Feldera = client(answer("200 OK", "", "")).await;
    client.key_delete().name("n").send().await.unwrap();
}

#[tokio::test]
async fn what_needs_no_credential_is_asked_without_one() {
    let (url, sent) = server(answer("200 OK", "", r#"{"status":"healthy"}"#)).await;
    let client = Feldera::new(&url, Options::new()).unwrap();
    let health = client.health_view().send().await.unwrap();
    assert_eq!(health.status, "healthy");
    let sent = sent.await.unwrap();
    assert!(sent.starts_with("GET /healthz HTTP/1.1\r\n"), "{sent}");
    assert!(!sent.contains("authorization"), "{sent}");
}

#[tokio::test]
async fn what_was_made_shows_its_secret_to_those_who_ask() {
    const SECRET: &str = "5ec7e7";
    let id = "01913f2e-7a6c-7b4e-9d21-5c0f8e3a6b17";
    let body = format!(r#"{{"id":"{id}","name":"n","api_key":"{SECRET}"}}"#);
    let named: Feldera = client(answer("201 Created", "", &body)).await;
    let create = feldera::types::KeyCreate::builder().name("n");
    let made = named.key_create().body(create).send().await.unwrap();
    assert_eq!(
        (made.api_key.expose(), made.id.to_string()),
        (SECRET, id.to_owned())
    );

    let time = "2026-01-01T08:30:00Z";
    let member = format!(
        r#"{{"id":"3","company_id":"2","name":"Dana","login":null,"enabled":true,"created_at":"{time}"}}"#
    );
    let key = format!(r#"{{"id":"{id}","role":"write","secret":"{SECRET}"}}"#);
    let body = format!(r#"{{"member":{member},"key":{key}}}"#);
    let own: Keys = client(answer("201 Created", "", &body)).await;
    let create = keys::types::MemberCreate::builder().name("Dana");
    let other = own
        .member_create()
        .company("2")
        .body(create)
        .send()
        .await
        .unwrap();
    assert_eq!(
        other.member.created_at.to_rfc3339(),
        "2026-01-01T08:30:00+00:00"
    );
    assert_eq!(other.member.id.as_str(), "3");
    assert_eq!(other.key.as_ref().unwrap().secret.expose(), SECRET);
    let shown = format!("{made:?} {other:?}");
    assert!(!shown.contains(SECRET), "{shown}");
}
