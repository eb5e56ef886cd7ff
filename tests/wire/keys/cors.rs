//! O11 on this surface: pages of other origins.

use bitting_core::Role;
use bitting_tests::{
    COMPANIES,
    Class::{Refused, Success},
    Request, Server,
    cors::{ORIGIN, permitted, permitting, preflight},
};

use super::{
    BATCH, IMPORTS, INTROSPECT, MEMBER, MEMBERS, NO_COMPANY, NO_KEY, OURS, OWN, SELF_REVOKE,
    VERIFY, WHOAMI,
};

const OP: &str = "cors";

#[tokio::test]
async fn o11_preflights_of_a_permitted_origin_succeed() {
    let server = permitting().await;
    for (outcome, path, method) in [
        ("o11_companies", COMPANIES, "POST"),
        ("o11_company", OURS, "GET"),
        ("o11_members", MEMBERS, "POST"),
        ("o11_member", MEMBER, "GET"),
        ("o11_keys", OWN, "POST"),
        ("o11_key", NO_KEY, "PUT"),
        ("o11_key_delete", NO_KEY, "DELETE"),
        ("o11_key_revoke", &format!("{NO_KEY}/revoke"), "POST"),
        ("o11_company_update", OURS, "PUT"),
        ("o11_member_delete", MEMBER, "DELETE"),
        ("o11_key_rotate", &format!("{NO_KEY}/rotate"), "POST"),
        ("o11_secrets", &format!("{NO_KEY}/secrets"), "GET"),
        ("o11_audit", "/v1/audit", "GET"),
        ("o11_verify", VERIFY, "POST"),
        ("o11_batch", BATCH, "POST"),
        ("o11_imports", IMPORTS, "POST"),
        ("o11_introspect", INTROSPECT, "POST"),
        ("o11_whoami", WHOAMI, "GET"),
        ("o11_self_revoke", SELF_REVOKE, "POST"),
    ] {
        let request = preflight(path, method, ORIGIN);
        let answer = server
            .record(OP, Success, outcome, &request)
            .await
            .expect(204);
        assert_eq!(permitted(&answer), Some(ORIGIN));
        assert_eq!(answer.header("vary"), Some("Origin"));
        let allowed = |name: &str| answer.header(name).unwrap_or_default().to_lowercase();
        let methods = allowed("access-control-allow-methods");
        assert!(methods.contains(&method.to_lowercase()), "{methods}");
        assert_eq!(
            allowed("access-control-allow-headers"),
            "authorization, content-type, if-match, idempotency-key"
        );
    }
}

#[tokio::test]
async fn o11_a_preflight_of_another_origin_or_unconfigured_gets_no_permission() {
    let server = permitting().await;
    let request = preflight(COMPANIES, "POST", "https://evil.example");
    let answer = server
        .record(OP, Refused, "o11_other_origin", &request)
        .await
        .expect(405);
    assert_eq!(permitted(&answer), None);
    assert_eq!(answer.header("vary"), Some("Origin"));
    let server = Server::start().await;
    let request = preflight(COMPANIES, "POST", ORIGIN);
    let answer = server
        .record(OP, Refused, "o11_off", &request)
        .await
        .expect(405);
    assert_eq!((permitted(&answer), answer.header("vary")), (None, None));
}

#[tokio::test]
async fn o11_a_permitted_page_reads_every_answer_and_its_headers() {
    let server = permitting().await;
    let token = server.caller(Role::Root).await;
    let from = |request: Request| request.header("origin", ORIGIN);
    for (operation, class, request, status) in [
        (
            "company_create",
            Success,
            Request::post(COMPANIES)
                .bearer(&token)
                .json(r#"{"name":"Acme"}"#),
            201,
        ),
        (
            "company_list",
            Success,
            Request::get(COMPANIES).bearer(&token),
            200,
        ),
        (
            "member_create",
            Refused,
            Request::post(MEMBERS).bearer(&token).json("{"),
            400,
        ),
        ("member_list", Refused, Request::get(MEMBERS), 401),
        (
            "company_view",
            Refused,
            Request::get(NO_COMPANY).bearer(&token),
            404,
        ),
        (
            "key_create",
            Success,
            Request::post(OWN).bearer(&token).json(r#"{"name":"x"}"#),
            201,
        ),
        ("whoami", Success, Request::get(WHOAMI).bearer(&token), 200),
        ("cors", Refused, Request::new("PUT", COMPANIES), 405),
    ] {
        let request = from(request);
        let answer = server
            .record(operation, class, "o11_permitted", &request)
            .await;
        let answer = answer.expect(status);
        assert_eq!(permitted(&answer), Some(ORIGIN));
        assert_eq!(answer.header("vary"), Some("Origin"));
        let exposed = answer.header("access-control-expose-headers");
        let exposed = exposed.unwrap_or_default().to_lowercase();
        for name in ["x-request-id", "retry-after", "location"] {
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
    let token = server.caller(Role::Root).await;
    let request = Request::get(OURS)
        .bearer(&token)
        .header("origin", "https://evil.example");
    let answer = server
        .record("company_view", Success, "o11_other_page", &request)
        .await;
    let answer = answer.expect(200);
    assert_eq!(permitted(&answer), None);
    assert_eq!(answer.header("vary"), Some("Origin"), "a cache must know");
}
