//! F3: which refusal is given when several apply. 405, 401, 403, 413 or 415, 400 for the body, 403 for the role,
//! 400 for the name, 404 or 409.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, NoCredential, Refused, WeakRole},
    Connection, Request, Server,
};

use super::{KEYS, NOBODY, writer};

/// A create with a body of this many bytes, of which none is sent.
fn announced(length: &str) -> Request {
    Request::post(KEYS)
        .header("content-type", "application/json")
        .header("content-length", length)
}

#[tokio::test]
async fn f3_405_before_401() {
    let server = Server::start().await;
    for (outcome, request) in [
        ("f3_before_401", Request::new("PUT", KEYS).json("{")),
        (
            "f3_before_401_bad_credential",
            Request::new("PATCH", NOBODY).bearer("nonsense"),
        ),
    ] {
        let answer = server.record("methods", Refused, outcome, &request).await;
        answer.expect(405);
    }
}

#[tokio::test]
async fn f3_401_before_whatever_is_wrong_with_the_request() {
    let server = Server::start().await;
    let body = |text: &str| Request::post(KEYS).json(text).bearer("nonsense");
    for (operation, outcome, request) in [
        ("key_create", "f3_before_413", announced("65537")),
        ("key_create", "f3_before_415", Request::post(KEYS).body("{")),
        ("key_create", "f3_before_body", body("{")),
        (
            "key_create",
            "f3_before_role",
            body(r#"{"name":"x","role":"owner"}"#),
        ),
        ("key_create", "f3_before_name", body(r#"{"name":""}"#)),
        ("key_view", "f3_before_404", Request::get(NOBODY)),
        ("key_delete", "f3_before_404", Request::delete(NOBODY)),
    ] {
        let answer = server
            .record(operation, NoCredential, outcome, &request)
            .await;
        answer.expect(401);
    }
}

#[tokio::test]
async fn f3_403_before_whatever_is_wrong_with_the_request() {
    let server = Server::start().await;
    server.named("taken").await;
    let reader = server.caller(Role::Read).await;
    let body = |text: &str| Request::post(KEYS).json(text);
    for (operation, outcome, request) in [
        ("key_create", "f3_before_413", announced("65537")),
        ("key_create", "f3_before_415", Request::post(KEYS).body("{")),
        ("key_create", "f3_before_body", body("{")),
        (
            "key_create",
            "f3_before_role",
            body(r#"{"name":"x","role":"owner"}"#),
        ),
        ("key_create", "f3_before_name", body(r#"{"name":""}"#)),
        ("key_create", "f3_before_409", body(r#"{"name":"taken"}"#)),
        ("key_view", "f3_before_404", Request::get(NOBODY)),
        ("key_delete", "f3_before_404", Request::delete(NOBODY)),
    ] {
        let request = request.bearer(&reader);
        let answer = server.record(operation, WeakRole, outcome, &request).await;
        let answer = answer.expect(403);
        assert_eq!(answer.json()["error_code"], "InsufficientPermissions");
    }
}

#[tokio::test]
async fn f3_413_and_415_before_the_body() {
    let (server, token) = writer().await;
    let head = announced("65537").bearer(&token);
    let mut connection = Connection::open(server.address).await;
    connection.send(&head.head_bytes()).await;
    connection.send(&b"[".repeat(100)).await;
    let answer = connection.answer("POST").await.expect("an answer");
    server
        .keep("key_create", Refused, "f3_413_before_body", &head, answer)
        .expect(413);
    for (outcome, body) in [
        ("f3_415_before_body", "{"),
        ("f3_415_before_role", r#"{"name":"x","role":"admin"}"#),
        ("f3_415_before_name", r#"{"name":""}"#),
    ] {
        let request = Request::post(KEYS).bearer(&token).body(body);
        let answer = server
            .record("key_create", Refused, outcome, &request)
            .await;
        answer.expect(415);
    }
}

#[tokio::test]
async fn f3_the_body_before_the_role_before_the_name_before_409() {
    let (server, token) = writer().await;
    server.named("taken").await;
    for (class, outcome, body, status, code) in [
        (
            BadInput,
            "f3_body_before_role",
            r#"{"role":"owner"}"#,
            400,
            "InvalidRequestBody",
        ),
        (
            BadInput,
            "f3_body_after_role_in_the_text",
            r#"{"role":"admin","name":7}"#,
            400,
            "InvalidRequestBody",
        ),
        (
            BadInput,
            "f3_body_before_name",
            r#"{"name":"","role":7}"#,
            400,
            "InvalidRequestBody",
        ),
        (
            BadInput,
            "f3_body_before_409",
            r#"{"name":"taken","role":"root"}"#,
            400,
            "InvalidRequestBody",
        ),
        (
            Refused,
            "f3_role_before_name",
            r#"{"name":"","role":"owner"}"#,
            403,
            "OwnerAdminNotMintableAsApiKey",
        ),
        (
            Refused,
            "f3_role_before_409",
            r#"{"name":"taken","role":"admin"}"#,
            403,
            "OwnerAdminNotMintableAsApiKey",
        ),
        (
            BadInput,
            "f3_name",
            r#"{"name":"","role":"read"}"#,
            400,
            "EmptyName",
        ),
        (
            Refused,
            "f3_409",
            r#"{"name":"taken","role":"read"}"#,
            409,
            "DuplicateName",
        ),
    ] {
        let request = Request::post(KEYS).bearer(&token).json(body);
        let answer = server.record("key_create", class, outcome, &request).await;
        assert_eq!(answer.expect(status).json()["error_code"], code, "{body}");
    }
}
