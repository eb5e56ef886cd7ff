//! `POST /v2/ocamba/personal-api-keys/validate`

use bitting_core::{Origin, Role};
use bitting_tests::{
    Class::{BadInput, ForeignCompany, NoCredential, Success},
    KEYS, Request, Seed, Server, cast,
};

const OP: &str = "key_validate";

fn validate(secret: &str) -> Request {
    Request::post(format!("{KEYS}/validate")).bearer(secret)
}

#[tokio::test]
async fn o80_an_active_key_of_any_role_is_good() {
    let server = Server::start().await;
    for (outcome, role) in [
        ("o80_none", Role::None),
        ("o80_verify", Role::Verify),
        ("o80_read", Role::Read),
        ("o80_write", Role::Write),
        ("o80_admin", Role::Admin),
        ("o80_root", Role::Root),
    ] {
        let secret = server.caller(role).await;
        let answer = server
            .record(OP, Success, outcome, &validate(&secret))
            .await;
        answer.expect(204);
    }
}

#[tokio::test]
async fn o80_an_active_key_of_any_surface_is_good() {
    let server = Server::start().await;
    for (outcome, origin) in [
        ("o80_made_on_keys", Origin::Keys),
        ("o80_made_on_ocamba", Origin::Ocamba),
        ("o80_made_on_feldera", Origin::Feldera),
    ] {
        let secret = server
            .plant(Seed::caller(Role::None).made_on(origin))
            .await
            .secret;
        let answer = server
            .record(OP, Success, outcome, &validate(&secret))
            .await;
        answer.expect(204);
    }
}

#[tokio::test]
async fn o80_a_key_of_any_company_is_good() {
    let server = Server::start().await;
    let secret = server
        .plant(Seed::caller(Role::Read).of(cast::STRANGER))
        .await
        .secret;
    let answer = server
        .record(OP, ForeignCompany, "o80_good", &validate(&secret))
        .await;
    answer.expect(204);
}

#[tokio::test]
async fn o80_the_body_is_ignored() {
    let server = Server::start().await;
    let secret = server.caller(Role::None).await;
    for (outcome, request) in [
        ("o80_bad_json", validate(&secret).json("{\"name\":")),
        ("o80_body_without_type", validate(&secret).body("\u{0}")),
        (
            "o80_query",
            Request::post(format!("{KEYS}/validate?view=x&fields=,&%FF")).bearer(&secret),
        ),
    ] {
        let answer = server.record(OP, BadInput, outcome, &request).await;
        answer.expect(204);
    }
}

#[tokio::test]
async fn o80_anything_else_is_401() {
    let server = Server::start().await;
    let pending = server
        .plant(Seed::caller(Role::Write).start("2024-08-09 13:05:51"))
        .await;
    let expired = server
        .plant(Seed::caller(Role::Write).end("2024-08-09 13:05:50"))
        .await;
    for (outcome, request) in [
        (
            "o80_no_credential",
            Request::post(format!("{KEYS}/validate")),
        ),
        (
            "o80_unknown",
            validate("0123456789abcdef0123456789abcdef01234567"),
        ),
        (
            "o80_login_token",
            validate("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2ln"),
        ),
        ("o80_pending", validate(&pending.secret)),
        ("o80_expired", validate(&expired.secret)),
    ] {
        let answer = server.record(OP, NoCredential, outcome, &request).await;
        answer.expect(401);
    }
}

#[tokio::test]
async fn o80_the_literal_path_may_be_encoded_and_end_with_a_slash() {
    let server = Server::start().await;
    let secret = server.caller(Role::None).await;
    for (outcome, path) in [
        ("o80_encoded_path", format!("{KEYS}/%76alidate")),
        ("o1_trailing_slash", format!("{KEYS}/validate/")),
    ] {
        let request = Request::post(path).bearer(&secret);
        let answer = server.record(OP, Success, outcome, &request).await;
        answer.expect(204);
    }
}
