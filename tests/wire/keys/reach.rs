//! K7: who sees what.

use bitting_core::Role;
use bitting_tests::{
    COMPANIES,
    Class::{ForeignCompany, Success, UnknownId},
    Request, Server,
};
use serde_json::json;

use super::{
    MEMBER, MEMBERS, NO_COMPANYS_MEMBERS, OURS, THEIR_MEMBERS, THEIRS, counts, ids, stranger, with,
};

#[tokio::test]
async fn k7_root_reaches_every_company() {
    let server = Server::start().await;
    let root = stranger(&server, Role::Root).await;
    for (operation, request, status) in [
        (
            "company_create",
            Request::post(COMPANIES).json(r#"{"name":"Acme"}"#),
            201,
        ),
        ("company_list", Request::get(COMPANIES), 200),
        ("company_view", Request::get(OURS), 200),
        (
            "member_create",
            Request::post(MEMBERS).json(r#"{"name":"Dana","role":"root"}"#),
            201,
        ),
        ("member_list", Request::get(MEMBERS), 200),
        ("member_view", Request::get(MEMBER), 200),
    ] {
        let request = request.bearer(&root);
        let answer = server
            .record(operation, ForeignCompany, "k7_root", &request)
            .await;
        answer.expect(status);
    }
}

#[tokio::test]
async fn k7_an_admin_sees_nothing_of_another_company() {
    let server = Server::start().await;
    let admin = stranger(&server, Role::Admin).await;
    let before = counts(&server);
    for (operation, request) in [
        (
            "member_create",
            Request::post(MEMBERS).json(r#"{"name":"Dana"}"#),
        ),
        ("member_list", Request::get(MEMBERS)),
        ("member_view", Request::get(MEMBER)),
    ] {
        let request = request.bearer(&admin);
        let answer = server
            .record(operation, ForeignCompany, "k7_admin", &request)
            .await;
        answer.expect(404);
    }
    assert_eq!(counts(&server), before, "something was made");
    let request = Request::get(THEIR_MEMBERS).bearer(&admin);
    assert_eq!(ids(&server.send(&request).await.expect(200)), [20_001]);
}

/// Byte for byte: nobody learns which companies there are.
#[tokio::test]
async fn k7_another_company_looks_as_one_that_does_not_exist() {
    let (server, admin) = with(Role::Admin).await;
    for (path, none) in [
        (THEIR_MEMBERS, NO_COMPANYS_MEMBERS),
        (
            "/v1/companies/7000001/members/20001",
            "/v1/companies/999/members/20001",
        ),
    ] {
        let answer = async |request: Request| {
            let answer = server.send(&request.bearer(&admin)).await.expect(404);
            let id = answer.request_id().to_owned();
            let names: Vec<_> = answer
                .headers
                .iter()
                .map(|(name, _)| name.clone())
                .collect();
            (answer.text().replace(&id, ""), names)
        };
        assert_eq!(
            answer(Request::get(path)).await,
            answer(Request::get(none)).await
        );
    }
    let body = |path: &str| Request::post(path).bearer(&admin).json(r#"{"name":"x"}"#);
    for path in [THEIR_MEMBERS, NO_COMPANYS_MEMBERS] {
        let answer = server.send(&body(path)).await.expect(404);
        assert_eq!(answer.json()["error_code"], "not_found");
    }
}

#[tokio::test]
async fn k7_a_member_of_another_company_does_not_exist_there() {
    let (server, root) = with(Role::Root).await;
    for (outcome, path) in [
        ("k7_their_member_here", format!("{MEMBERS}/20001")),
        ("k7_our_member_there", format!("{THEIR_MEMBERS}/10001")),
    ] {
        let request = Request::get(path).bearer(&root);
        let answer = server
            .record("member_view", UnknownId, outcome, &request)
            .await;
        answer.expect(404);
    }
}

#[tokio::test]
async fn k7_an_admin_reaches_all_of_its_own_company() {
    let (server, admin) = with(Role::Admin).await;
    for (operation, request, status) in [
        (
            "member_create",
            Request::post(MEMBERS).json(r#"{"name":"Dana","role":"admin"}"#),
            201,
        ),
        ("member_list", Request::get(MEMBERS), 200),
        ("member_view", Request::get(format!("{MEMBERS}/10002")), 200),
    ] {
        let request = request.bearer(&admin);
        let answer = server
            .record(operation, Success, "k7_admin", &request)
            .await;
        answer.expect(status);
    }
    // Companies as such are root's, one's own as well.
    for path in [OURS, THEIRS, COMPANIES] {
        let answer = server.send(&Request::get(path).bearer(&admin)).await;
        let details = json!({ "required": "root", "actual": "admin" });
        assert_eq!(answer.expect(403).json()["details"], details, "{path}");
    }
}
