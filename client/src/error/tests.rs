#![allow(clippy::unwrap_used)]
//! Against a server that answers one request with given bytes.

use tokio::{net::TcpListener, task::JoinHandle};

use super::*;
use crate::{
    KeyUpdate, Ocamba, Retry, Token,
    fixtures::{self, ID, answer, once},
    ocamba::{self, types::KeyCreate},
};

const SECRET: &str = "5ec7e75ec7e75ec7e75ec7e75ec7e75ec7e75ec7";

/// A client of a server that answers `answer` once, and what the server was sent.
async fn server(answer: String) -> (Ocamba, JoinHandle<String>) {
    let (url, sent) = fixtures::server(answer).await;
    let client = Ocamba::new(&url, once()).unwrap();
    (client, sent)
}

async fn refused(answer: String) -> Error {
    let (client, _) = server(answer).await;
    let result = client.key_view().id("1").send().await;
    result.map_err(Error::from).unwrap_err()
}

#[tokio::test]
async fn a_refusal_keeps_all_that_the_server_said() {
    let body = r#"{"code":400,"title":"Bad request.","message":"The request body is not valid.","trace_id":"t","errors":[{"field":"page","reason":"is odd"}]}"#;
    let error = refused(answer("400 Bad Request", "", body)).await;
    let refusal = error.refused().unwrap();
    assert_eq!(refusal.status, 400);
    assert_eq!(refusal.title, "Bad request.");
    assert_eq!(refusal.request_id.as_deref(), Some("t"));
    assert_eq!(refusal.fields[0].field, "page");
    assert_eq!(
        error.to_string(),
        "400: The request body is not valid. (page is odd) [request t]"
    );
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn a_500_has_its_id_from_the_header() {
    let body =
        r#"{"code":500,"title":"Internal server error.","message":"Internal server error."}"#;
    let error = refused(answer("500 Internal Server Error", "", body)).await;
    assert_eq!(error.refused().unwrap().request_id.as_deref(), Some(ID));
}

#[tokio::test]
async fn a_429_says_when_to_come_again() {
    let body = r#"{"code":429,"title":"Too many requests.","message":"Too many requests.","trace_id":"t"}"#;
    let error = refused(answer("429 Too Many Requests", "retry-after: 7\r\n", body)).await;
    assert_eq!(
        error.refused().unwrap().retry_after,
        Some(Duration::from_secs(7))
    );
    assert!(error.is_retryable());
}

#[tokio::test]
async fn a_gateways_page_keeps_its_status_whether_the_document_has_it_or_not() {
    for (line, status, retryable) in [
        ("401 Unauthorized", 401, false),
        ("404 Not Found", 404, false),
        ("502 Bad Gateway", 502, true),
        ("503 Service Unavailable", 503, true),
        ("418 Teapot", 418, false),
    ] {
        for body in ["<html>no</html>", "", "{}", r#"{"message":"x"}"#] {
            let error = refused(answer(line, "retry-after: 3\r\n", body)).await;
            assert_eq!(error.status().unwrap(), status, "{body}");
            assert_eq!(error.is_retryable(), retryable, "{line}");
            assert_eq!(error.is_not_found(), status == 404, "{line}");
            let refusal = error.refused().unwrap();
            assert_eq!(refusal.request_id.as_deref(), Some(ID));
            assert_eq!(refusal.retry_after, Some(Duration::from_secs(3)));
        }
    }
}

#[tokio::test]
async fn a_success_that_cannot_be_read_shows_nothing_of_it() {
    let body = format!(r#"{{"secret":"{SECRET}","status":"{SECRET}"}}"#);
    let error = refused(answer("200 OK", "", &body)).await;
    assert!(matches!(error, Error::Answer(_)), "{error:?}");
    assert!(!format!("{error} {error:?}").contains(SECRET), "{error:?}");
    assert!(matches!(
        refused(answer("202 Accepted", "", "")).await,
        Error::Answer(_)
    ));
}

#[tokio::test]
async fn a_connection_that_fails_is_said_to() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = Ocamba::new(&url, once()).unwrap();
    let result = client.key_list().send().await;
    let error = result.map_err(Error::from).unwrap_err();
    assert!(matches!(error, Error::Connection(_)), "{error:?}");
    assert!(error.is_retryable());
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
}

#[tokio::test]
async fn a_request_without_its_parts_is_not_sent() {
    let client = Ocamba::new("http://127.0.0.1:9", &Token::new("x").unwrap()).unwrap();
    let result = client.key_create().send().await;
    let error = result.map_err(Error::from).unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error:?}");
}

#[tokio::test]
async fn a_request_carries_the_token_the_agent_and_the_body() {
    let (client, sent) = server(answer("204 No Content", "", "")).await;
    let update = KeyUpdate::new().clear_description();
    client
        .key_update()
        .id("7")
        .body(update)
        .send()
        .await
        .unwrap();
    let sent = sent.await.unwrap();
    assert!(
        sent.starts_with("PATCH /v2/ocamba/personal-api-keys/7 HTTP/1.1\r\n"),
        "{sent}"
    );
    assert!(sent.contains("authorization: Bearer hunter2\r\n"), "{sent}");
    let agent = concat!("user-agent: bitting-client/", env!("CARGO_PKG_VERSION"));
    let document = <ocamba::Client as ocamba::ClientInfo<Retry>>::api_version();
    let agent = format!("{agent} ocamba/{document}\r\n");
    assert!(sent.contains(&agent), "{sent}");
    assert!(sent.ends_with(r#"{"description":null}"#), "{sent}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let error = refused(answer("302 Found", "location: http://127.0.0.1:9/\r\n", "")).await;
    assert_eq!(error.status().unwrap(), 302);
}

#[tokio::test]
async fn what_is_optional_is_left_out() {
    let body = format!(
        r#"{{"id":"1","company_id":"2","name":"n","description":null,"status":"active","secret":"{SECRET}","start_time":"2026-01-01 00:00:00","end_time":null,"create_time":"2026-01-01 00:00:00","update_time":"2026-01-01 00:00:00"}}"#
    );
    let (client, sent) = server(answer("201 Created", "", &body)).await;
    let create = KeyCreate::builder().name("n");
    let made = client.key_create().body(create).send().await.unwrap();
    assert_eq!(made.secret.expose(), SECRET);
    assert!(!format!("{made:?}").contains(SECRET));
    assert!(sent.await.unwrap().ends_with(r#"{"name":"n"}"#));
}
