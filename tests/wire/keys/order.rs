//! K2: which refusal is given when several apply. 405, 401, 403 for the caller's role, 413 or 415, 400, 404, 403 for
//! what is granted.

use bitting_core::Role;
use bitting_tests::{
    COMPANIES,
    Class::{BadInput, ForeignCompany, NoCredential, Refused, UnknownId, WeakRole},
    Connection, Request, Server,
};

use super::{
    MEMBERS, NO_COMPANY, NO_COMPANYS_MEMBERS, NO_MEMBER, THEIR_MEMBERS, stranger, text, with,
};

/// A create with a body of this many bytes, of which none is sent.
fn announced(path: &str) -> Request {
    Request::post(path)
        .header("content-type", "application/json")
        .header("content-length", "65537")
}

/// Requests with which more is wrong than the caller.
fn wrong() -> [(&'static str, &'static str, Request); 9] {
    [
        ("company_create", "k2_before_413", announced(COMPANIES)),
        (
            "company_create",
            "k2_before_415",
            Request::post(COMPANIES).body("{"),
        ),
        (
            "company_create",
            "k2_before_400",
            Request::post(COMPANIES).json("{"),
        ),
        (
            "company_list",
            "k2_before_400",
            Request::get(format!("{COMPANIES}?limit=0")),
        ),
        ("company_view", "k2_before_404", Request::get(NO_COMPANY)),
        (
            "member_create",
            "k2_before_400",
            Request::post(MEMBERS).json("{"),
        ),
        (
            "member_create",
            "k2_before_404",
            Request::post(NO_COMPANYS_MEMBERS).json(r#"{"name":"x"}"#),
        ),
        (
            "member_list",
            "k2_before_400",
            Request::get(format!("{MEMBERS}?x=1")),
        ),
        ("member_view", "k2_before_404", Request::get(NO_MEMBER)),
    ]
}

#[tokio::test]
async fn k2_405_before_401() {
    let server = Server::start().await;
    for (outcome, request) in [
        ("k2_before_401", Request::new("PUT", COMPANIES).json("{")),
        (
            "k2_before_401_bad_credential",
            Request::patch(NO_MEMBER).bearer("nonsense"),
        ),
    ] {
        let answer = server.record("methods", Refused, outcome, &request).await;
        answer.expect(405);
    }
}

#[tokio::test]
async fn k2_401_before_whatever_is_wrong_with_the_request() {
    let server = Server::start().await;
    for (operation, outcome, request) in wrong() {
        let answer = server
            .record(operation, NoCredential, outcome, &request)
            .await;
        answer.expect(401);
    }
}

#[tokio::test]
async fn k2_403_for_the_role_before_whatever_is_wrong_with_the_request() {
    let (server, token) = with(Role::Write).await;
    for (operation, outcome, request) in wrong() {
        let request = request.bearer(&token);
        let answer = server.record(operation, WeakRole, outcome, &request).await;
        let body = answer.expect(403).json();
        assert_eq!(body["error_code"], "insufficient_role", "{outcome}");
    }
}

#[tokio::test]
async fn k2_413_and_415_before_400_and_404() {
    let (server, token) = with(Role::Root).await;
    let head = announced(NO_COMPANYS_MEMBERS).bearer(&token);
    let mut connection = Connection::open(server.address).await;
    connection.send(&head.head_bytes()).await;
    connection.send(&b"[".repeat(100)).await;
    let answer = connection.answer("POST").await.expect("an answer");
    server
        .keep("member_create", Refused, "k2_413_before_400", &head, answer)
        .expect(413);
    for (operation, path) in [
        ("company_create", COMPANIES),
        ("member_create", NO_COMPANYS_MEMBERS),
    ] {
        let request = Request::post(path).bearer(&token).body("{");
        let answer = server
            .record(operation, Refused, "k2_415_before_400", &request)
            .await;
        answer.expect(415);
    }
}

#[tokio::test]
async fn k2_400_before_404() {
    let (server, token) = with(Role::Root).await;
    for (operation, outcome, request) in [
        (
            "member_create",
            "k2_before_404",
            Request::post(NO_COMPANYS_MEMBERS).json(r#"{"name":""}"#),
        ),
        (
            "member_create",
            "k2_before_404_no_id",
            Request::post("/v1/companies/x/members").json("[]"),
        ),
        (
            "member_list",
            "k2_before_404",
            Request::get(format!("{NO_COMPANYS_MEMBERS}?limit=0")),
        ),
        (
            "member_list",
            "k2_before_404_no_id",
            Request::get("/v1/companies/x/members?limt=1"),
        ),
    ] {
        let request = request.bearer(&token);
        let answer = server.record(operation, BadInput, outcome, &request).await;
        answer.expect(400);
    }
    let admin = server.caller(Role::Admin).await;
    let request = Request::post(THEIR_MEMBERS).bearer(&admin).json("{}");
    let answer = server
        .record("member_create", BadInput, "k2_before_404_foreign", &request)
        .await;
    answer.expect(400);
}

#[tokio::test]
async fn k2_404_before_403_for_what_is_granted() {
    let (server, _) = with(Role::Root).await;
    let admin = stranger(&server, Role::Admin).await;
    let body = r#"{"name":"x","role":"root"}"#;
    for (class, outcome, path, status, code) in [
        (
            UnknownId,
            "k2_before_403",
            NO_COMPANYS_MEMBERS,
            404,
            "not_found",
        ),
        (ForeignCompany, "k2_before_403", MEMBERS, 404, "not_found"),
        (
            Refused,
            "k2_403_in_the_own_company",
            THEIR_MEMBERS,
            403,
            "role_exceeds_creator",
        ),
    ] {
        let request = Request::post(path).bearer(&admin).json(body);
        let answer = server
            .record("member_create", class, outcome, &request)
            .await;
        assert_eq!(text(&answer.expect(status).json(), "error_code"), code);
    }
}
