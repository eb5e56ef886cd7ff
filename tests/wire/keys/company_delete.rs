//! `DELETE /v1/companies/{company}`: K35.

use bitting_core::Role;
use bitting_tests::{
    COMPANIES,
    Class::{BadInput, ForeignCompany, Refused, Success, UnknownId},
    Request, Server,
};

use super::{NO_COMPANY, THEIRS, counts, made, text, with};

const OP: &str = "company_delete";

async fn empty(server: &Server, root: &str) -> String {
    let body = r#"{"name":"empty","first_key":false}"#;
    made(server, Request::post(COMPANIES).bearer(root).json(body)).await
}

#[tokio::test]
async fn k35_it_is_gone_for_good_and_so_is_its_id() {
    let (server, root) = with(Role::Root).await;
    let path = empty(&server, &root).await;
    let request = Request::delete(&path).bearer(&root);
    let answer = server.record(OP, Success, "k35_empty", &request).await;
    assert!(answer.expect(204).body.is_empty());
    let answer = server.record(OP, UnknownId, "k35_gone", &request).await;
    answer.expect(404);
    for gone in [path.clone(), format!("{path}/members")] {
        let view = Request::get(gone).bearer(&root);
        server.send(&view).await.expect(404);
    }
    assert_ne!(empty(&server, &root).await, path, "no other gets its id");
}

#[tokio::test]
async fn k35_a_company_that_has_members_stays() {
    let (server, root) = with(Role::Root).await;
    let before = counts(&server);
    let request = Request::delete(THEIRS).bearer(&root);
    let answer = server.record(OP, Refused, "k35_members", &request).await;
    assert_eq!(answer.expect(409).json()["error_code"], "has_members");
    assert_eq!(counts(&server), before);
    // When the last of them is gone it goes, with what a member leaves behind who logged in.
    let member = Request::delete(format!("{THEIRS}/members/20001")).bearer(&root);
    server.send(&member).await.expect(204);
    server
        .database()
        .execute(
            "INSERT INTO login (company, issuer, subject) VALUES (7000001, 'i', 's')",
            [],
        )
        .expect("a trace");
    let answer = server.record(OP, ForeignCompany, "k7_root", &request).await;
    answer.expect(204);
}

#[tokio::test]
async fn k35_a_query_and_a_body_are_not_looked_at() {
    let (server, root) = with(Role::Root).await;
    for (outcome, query, body) in [("k35_query", "?force=1&%FF", ""), ("k35_body", "", "{")] {
        let path = empty(&server, &root).await;
        let request = Request::delete(format!("{path}{query}")).bearer(&root);
        let request = if body.is_empty() {
            request
        } else {
            request.json(body)
        };
        let answer = server.record(OP, BadInput, outcome, &request).await;
        answer.expect(204);
    }
}

#[tokio::test]
async fn k5_k35_an_unknown_company_is_404() {
    let (server, root) = with(Role::Root).await;
    for (outcome, path) in [("k5_unknown", NO_COMPANY), ("k5_word", "/v1/companies/x")] {
        let request = Request::delete(path).bearer(&root);
        let answer = server.record(OP, UnknownId, outcome, &request).await;
        let answer = answer.expect(404);
        assert_eq!(text(&answer.json(), "error_code"), "not_found");
    }
}
