//! F1, F2: who is let in.

use bitting_core::Role;
use bitting_tests::{Class::NoCredential, Request, Seed, Server};

use super::{CONFIG, KEYS, NOBODY};

const UNAUTHORIZED: &str =
    r#"{"message":"Unauthorized API key","error_code":"AuthenticationFailed","details":null}"#;

/// Keeps the exchange, which must be refused as F2 has it to the byte.
async fn refused(server: &Server, operation: &str, outcome: &str, request: &Request) {
    let answer = server
        .record(operation, NoCredential, outcome, request)
        .await
        .expect(401);
    assert_eq!(answer.text(), UNAUTHORIZED);
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
}

#[tokio::test]
async fn f2_without_a_credential_every_operation_is_401_to_the_byte() {
    let server = Server::start().await;
    for (operation, request) in [
        ("key_create", Request::post(KEYS).json(r#"{"name":"x"}"#)),
        ("key_list", Request::get(KEYS)),
        ("key_view", Request::get(NOBODY)),
        ("key_delete", Request::delete(NOBODY)),
        ("config_view", Request::get(CONFIG)),
    ] {
        refused(&server, operation, "f2_none", &request).await;
    }
}

#[tokio::test]
async fn f1_a_malformed_credential_is_401() {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    let get = || Request::get(KEYS);
    let with = |value: &str| get().header("authorization", value);
    for (outcome, request) in [
        ("f1_empty", with("")),
        ("f1_scheme_only", with("Bearer")),
        ("f1_scheme_and_space", with("Bearer ")),
        ("f1_token_only", with(&token)),
        ("f1_other_scheme", with(&format!("Token {token}"))),
        ("f1_basic", with("Basic YWRtaW46YWRtaW4=")),
        ("f1_two_tokens", with(&format!("Bearer {token} {token}"))),
        ("f1_twice", get().bearer(&token).bearer(&token)),
        (
            "f1_in_the_query",
            Request::get(format!("{KEYS}?api_key={token}")),
        ),
        ("f1_other_header", get().header("x-api-key", &token)),
        (
            "f1_no_ascii",
            get().header("authorization", b"Bearer \xff\xfe"),
        ),
    ] {
        refused(&server, "key_list", outcome, &request).await;
    }
}

#[tokio::test]
async fn f1_what_is_no_active_key_is_401() {
    let server = Server::start().await;
    let named = || Seed::named("x");
    let good = server.named("good").await.secret;
    let pending = server.plant(named().start("2024-08-09 13:05:51")).await;
    for (outcome, secret) in [
        ("f1_unknown", format!("apikey:{}", "a".repeat(128))),
        ("f1_cut_short", good[..good.len() - 1].to_owned()),
        ("f1_longer", format!("{good}a")),
        ("f1_without_prefix", good["apikey:".len()..].to_owned()),
        ("f1_prefix_only", "apikey:".to_owned()),
        ("f1_other_prefix", good.replace("apikey:", "APIKEY:")),
        (
            "f1_login_token",
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.".to_owned(),
        ),
        ("f1_pending", pending.secret),
    ] {
        let request = Request::get(KEYS).bearer(secret);
        refused(&server, "key_list", outcome, &request).await;
    }
    for (outcome, seed) in [
        (
            "f1_expired",
            Seed::named("expired").end("2024-08-09 13:05:50"),
        ),
        ("f1_revoked", Seed::named("revoked").revoked()),
        ("f1_disabled", Seed::named("disabled").disabled()),
    ] {
        let secret = server.plant(seed).await.secret;
        let request = Request::get(KEYS).bearer(secret);
        refused(&server, "key_list", outcome, &request).await;
    }
}
