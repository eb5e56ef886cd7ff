//! K2: who is let in.

use bitting_core::{Origin, Role};
use bitting_tests::{
    COMPANIES,
    Class::{NoCredential, Success},
    Request, Seed, Server,
};

use super::{every_operation, with};

/// Keeps the exchange, which must be refused as K2 and K4 have it.
async fn refused(server: &Server, operation: &str, outcome: &str, request: &Request) {
    let answer = server
        .record(operation, NoCredential, outcome, request)
        .await
        .expect(401);
    assert_eq!(answer.json()["error_code"], "unauthenticated");
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
}

#[tokio::test]
async fn k2_without_a_credential_every_operation_is_401() {
    let server = Server::start().await;
    for (operation, request, _) in every_operation(&server).await {
        refused(&server, operation, "k2_none", &request).await;
    }
}

#[tokio::test]
async fn k2_a_malformed_credential_is_401() {
    let (server, token) = with(Role::Root).await;
    let get = || Request::get(COMPANIES);
    let with = |value: &str| get().header("authorization", value);
    for (outcome, request) in [
        ("k2_empty", with("")),
        ("k2_scheme_only", with("Bearer")),
        ("k2_token_only", with(&token)),
        ("k2_other_scheme", with(&format!("Token {token}"))),
        ("k2_basic", with("Basic YWRtaW46YWRtaW4=")),
        ("k2_two_tokens", with(&format!("Bearer {token} {token}"))),
        ("k2_twice", get().bearer(&token).bearer(&token)),
        ("k2_quoted", with(&format!("Bearer \"{token}\""))),
        ("k2_other_header", get().header("x-api-key", &token)),
    ] {
        refused(&server, "company_list", outcome, &request).await;
    }
}

#[tokio::test]
async fn k2_what_is_no_active_key_is_401() {
    let (server, token) = with(Role::Root).await;
    let caller = || Seed::caller(Role::Root);
    let mut secrets = vec![
        ("k2_mistyped", format!("{}x", &token[..token.len() - 1])),
        ("k2_cut_short", token[..token.len() - 1].to_owned()),
        (
            "k2_unknown",
            "0123456789abcdef0123456789abcdef01234567".to_owned(),
        ),
        (
            "k2_login_token",
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.".to_owned(),
        ),
    ];
    for (outcome, seed) in [
        ("k2_pending", caller().start("2024-08-09 13:05:51")),
        ("k2_expired", caller().end("2024-08-09 13:05:50")),
        ("k2_revoked", caller().revoked()),
        ("k2_disabled", caller().disabled()),
    ] {
        secrets.push((outcome, server.plant(seed).await.secret));
    }
    for (outcome, secret) in secrets {
        let request = Request::get(COMPANIES).bearer(secret);
        refused(&server, "company_list", outcome, &request).await;
    }
}

#[tokio::test]
async fn k2_a_key_of_any_surface_is_a_credential_and_the_scheme_has_no_case() {
    let server = Server::start().await;
    for (outcome, origin, scheme) in [
        ("k2_made_on_keys", Origin::Keys, "bearer"),
        ("k2_made_on_feldera", Origin::Feldera, "BEARER"),
        ("k2_made_on_ocamba", Origin::Ocamba, "bEaReR"),
    ] {
        // No surface but this one makes root keys; what counts is that the key is found.
        let seed = Seed::named("x").role(Role::Root).made_on(origin);
        let secret = server.plant(seed).await.secret;
        let request = Request::get(COMPANIES).header("authorization", format!("{scheme} {secret}"));
        let answer = server
            .record("company_list", Success, outcome, &request)
            .await;
        answer.expect(200);
    }
}
