//! O11: pages of other origins.

use bitting_core::Role;
use bitting_tests::{
    Class::{Refused, Success},
    KEYS, Request, Server,
    cors::{ORIGIN, permitted, permitting, preflight},
};

use super::{NOBODY, list};

const OP: &str = "cors";

#[tokio::test]
async fn o11_preflights_of_a_permitted_origin_succeed() {
    let server = permitting().await;
    let roll = format!("{NOBODY}/roll");
    let validate = format!("{KEYS}/validate");
    for (outcome, path, method) in [
        ("o11_collection", KEYS, "POST"),
        ("o11_item", NOBODY, "PATCH"),
        ("o11_roll", &roll, "POST"),
        ("o11_validate", &validate, "POST"),
    ] {
        let request = preflight(path, method, ORIGIN);
        let answer = server
            .record(OP, Success, outcome, &request)
            .await
            .expect(204);
        assert_eq!(permitted(&answer), Some(ORIGIN));
        assert_eq!(answer.header("vary"), Some("Origin"));
        let allowed = |name: &str| answer.header(name).unwrap_or_default().to_lowercase();
        assert!(allowed("access-control-allow-methods").contains(&method.to_lowercase()));
        assert_eq!(
            allowed("access-control-allow-headers"),
            "authorization, content-type, if-match, idempotency-key"
        );
    }
}

#[tokio::test]
async fn o11_a_preflight_of_another_origin_gets_no_permission() {
    let server = permitting().await;
    for (outcome, origin) in [
        ("o11_other_origin", "https://evil.example"),
        ("o11_other_scheme", "http://app.example"),
        ("o11_other_port", "https://app.example:444"),
        ("o11_longer_host", "https://app.example.evil.example"),
        ("o11_null_origin", "null"),
    ] {
        let request = preflight(KEYS, "POST", origin);
        let answer = server
            .record(OP, Refused, outcome, &request)
            .await
            .expect(405);
        assert_eq!(permitted(&answer), None);
        assert_eq!(answer.header("vary"), Some("Origin"));
    }
}

#[tokio::test]
async fn o11_options_that_is_no_preflight_is_405() {
    let server = permitting().await;
    let request = Request::new("OPTIONS", KEYS).header("origin", ORIGIN);
    let answer = server
        .record(OP, Refused, "o11_no_preflight", &request)
        .await;
    answer.expect(405);
}

#[tokio::test]
async fn o11_a_permitted_page_reads_every_answer_and_its_headers() {
    let server = permitting().await;
    let token = server.caller(Role::Write).await;
    let from = |request: Request| request.header("origin", ORIGIN);
    for (operation, class, outcome, request, status) in [
        (
            "key_list",
            Success,
            "o11_permitted",
            from(list(&token, &[])),
            200,
        ),
        (
            "key_create",
            Success,
            "o11_permitted",
            from(Request::post(KEYS).bearer(&token).json(r#"{"name":"x"}"#)),
            201,
        ),
        (
            "key_create",
            Refused,
            "o11_permitted",
            from(Request::post(KEYS).bearer(&token).json("{")),
            400,
        ),
        (
            "key_list",
            Refused,
            "o11_permitted",
            from(Request::get(KEYS)),
            401,
        ),
        (
            "key_view",
            Refused,
            "o11_permitted",
            from(Request::get(NOBODY).bearer(&token)),
            404,
        ),
        (
            "cors",
            Refused,
            "o11_405",
            from(Request::new("PUT", KEYS)),
            405,
        ),
    ] {
        let answer = server.record(operation, class, outcome, &request).await;
        let answer = answer.expect(status);
        assert_eq!(permitted(&answer), Some(ORIGIN));
        assert_eq!(answer.header("vary"), Some("Origin"));
        let exposed = answer
            .header("access-control-expose-headers")
            .unwrap_or_default();
        let exposed = exposed.to_lowercase();
        for name in [
            "x-request-id",
            "retry-after",
            "location",
            "x-ratelimit-limit",
            "x-ratelimit-remaining",
            "x-ratelimit-reset",
        ] {
            assert!(
                exposed.split(", ").any(|e| e == name),
                "{name} in {exposed}"
            );
        }
    }
}

#[tokio::test]
async fn o11_another_page_reads_nothing() {
    let server = permitting().await;
    let token = server.caller(Role::Write).await;
    for (outcome, request) in [
        (
            "o11_other_origin",
            list(&token, &[]).header("origin", "https://evil.example"),
        ),
        ("o11_no_origin", list(&token, &[])),
    ] {
        let answer = server.record("key_list", Success, outcome, &request).await;
        let answer = answer.expect(200);
        assert_eq!(permitted(&answer), None);
        assert_eq!(answer.header("vary"), Some("Origin"), "a cache must know");
    }
}

#[tokio::test]
async fn o11_is_off_unless_configured() {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    let request = preflight(KEYS, "POST", ORIGIN);
    let answer = server
        .record(OP, Refused, "o11_off", &request)
        .await
        .expect(405);
    assert_eq!((permitted(&answer), answer.header("vary")), (None, None));
    let answer = server
        .send(&list(&token, &[]).header("origin", ORIGIN))
        .await;
    assert_eq!((permitted(&answer), answer.header("vary")), (None, None));
}

/// The documents are everybody's, whatever the configuration.
#[tokio::test]
async fn o11_every_page_reads_the_document() {
    let server = permitting().await;
    let request = Request::get("/openapi/ocamba.json").header("origin", ORIGIN);
    let answer = server.send(&request).await.expect(200);
    assert_eq!(permitted(&answer), Some("*"), "\n{}", answer.line);
}
