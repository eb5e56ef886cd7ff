//! `POST /v0/api_keys` with a role: F15.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, Refused, Success},
    Request, Server,
};

use super::{KEYS, item, listed, text, writer};

const OP: &str = "key_create";

fn with_role(token: &str, name: &str, role: &str) -> Request {
    let body = format!(r#"{{"name":"{name}","role":{role}}}"#);
    Request::post(KEYS).bearer(token).json(body)
}

/// The role of a key, as its view has it.
async fn role_of(server: &Server, token: &str, name: &str) -> String {
    let view = Request::get(item(name)).bearer(token);
    let key = server.send(&view).await.expect(200).json();
    key[0]["role"].as_str().expect("a role").to_owned()
}

#[tokio::test]
async fn f15_a_key_has_the_role_that_was_asked_for_and_write_if_none_was() {
    let (server, token) = writer().await;
    for (class, outcome, name, role, stored) in [
        // The document does not offer it.
        (BadInput, "f15_null", "null", "null", "write"),
        (Success, "f15_read", "read", r#""read""#, "read"),
        (Success, "f15_write", "write", r#""write""#, "write"),
        (Success, "f15_escaped", "escaped", r#""r\u0065ad""#, "read"),
    ] {
        let request = with_role(&token, name, role);
        let answer = server.record(OP, class, outcome, &request).await;
        let secret = text(&answer.expect(201), "api_key");
        assert_eq!(role_of(&server, &token, name).await, stored, "{outcome}");
        let own = Request::get(KEYS).bearer(secret);
        let may = server.send(&own).await.status == 200;
        assert_eq!(may, stored == "write", "{outcome}: and does what it says");
    }
}

#[tokio::test]
async fn f15_a_stronger_maker_makes_no_stronger_key() {
    let server = Server::start().await;
    for role in [Role::Write, Role::Admin, Role::Root] {
        let token = server.caller(role).await;
        let request = super::create(&token, role.name());
        server.send(&request).await.expect(201);
        assert_eq!(role_of(&server, &token, role.name()).await, "write");
    }
}

#[tokio::test]
async fn f15_owner_and_admin_cannot_be_given_to_a_key_not_even_by_root() {
    let server = Server::start().await;
    let root = server.caller(Role::Root).await;
    for (outcome, role) in [("f15_owner", r#""owner""#), ("f15_admin", r#""admin""#)] {
        let request = with_role(&root, "x", role);
        let answer = server.record(OP, Refused, outcome, &request).await;
        let body = answer.expect(403).json();
        assert_eq!(body["error_code"], "OwnerAdminNotMintableAsApiKey");
        assert!(body["details"].is_null());
    }
    assert_eq!(listed(&server, &root).await, [""; 0]);
}

#[tokio::test]
async fn f15_any_other_role_is_a_malformed_body() {
    let server = Server::start().await;
    let root = server.caller(Role::Root).await;
    for (outcome, role) in [
        ("f15_root", r#""root""#),
        ("f15_none", r#""none""#),
        ("f15_verify", r#""verify""#),
        ("f15_capital", r#""Write""#),
        ("f15_capitals", r#""OWNER""#),
        ("f15_padded", r#"" read""#),
        ("f15_empty", r#""""#),
        ("f15_number", "1"),
        ("f15_boolean", "true"),
        ("f15_array", r#"["read"]"#),
        ("f15_object", r#"{"read":null}"#),
    ] {
        let request = with_role(&root, "x", role);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        let body = answer.expect(400).json();
        assert_eq!(body["error_code"], "InvalidRequestBody", "{outcome}");
    }
    assert_eq!(listed(&server, &root).await, [""; 0]);
}
