//! `GET /v1/companies/{company}/members`: K42.

use bitting_core::Role;
use bitting_tests::{
    Answer,
    Class::{Success, UnknownId},
    Request, Switch, cast,
};

use super::{MEMBERS, NO_COMPANYS_MEMBERS, ids, with};

const OP: &str = "member_list";

#[tokio::test]
async fn k42_a_page_of_the_members_of_one_company_by_ascending_id() {
    let (server, token) = with(Role::Admin).await;
    let request = Request::get(MEMBERS).bearer(&token);
    let answer = server
        .record(OP, Success, "k42_two", &request)
        .await
        .expect(200);
    assert_eq!(Answer::members(answer.text()), ["items", "next_page"]);
    assert_eq!(ids(&answer), [10_001, 10_002]);
    let first = r#"{"id":"10001","company_id":"6197120","name":"member","login":null,"enabled":true,"created_at":"2024-08-09T13:05:50Z"}"#;
    assert!(
        answer
            .text()
            .starts_with(&format!(r#"{{"items":[{first},"#)),
        "K41: {}",
        answer.text()
    );
}

#[tokio::test]
async fn k42_a_company_without_members_has_an_empty_page() {
    let (server, token) = with(Role::Root).await;
    let create = Request::post(bitting_tests::COMPANIES)
        .bearer(&token)
        .json(r#"{"name":"Acme","first_key":false}"#);
    let made = server.send(&create).await.expect(201);
    let members = format!("{}/members", made.header("location").expect("a location"));
    let request = Request::get(members).bearer(&token);
    let answer = server.record(OP, Success, "k42_none", &request).await;
    assert_eq!(
        answer.expect(200).text(),
        r#"{"items":[],"next_page":null}"#
    );
}

#[tokio::test]
async fn k41_a_member_that_is_switched_off_is_there_and_says_so() {
    let (server, token) = with(Role::Admin).await;
    server.switch(cast::COLLEAGUE, Switch::Disable).await;
    let request = Request::get(MEMBERS).bearer(&token);
    let answer = server
        .record(OP, Success, "k41_switched_off", &request)
        .await;
    let page = answer.expect(200).json();
    assert_eq!(page["items"][0]["enabled"], true);
    assert_eq!(page["items"][1]["enabled"], false);
}

#[tokio::test]
async fn k7_a_company_that_does_not_exist_has_no_list() {
    let (server, token) = with(Role::Root).await;
    for (outcome, path) in [
        ("k7_unknown", NO_COMPANYS_MEMBERS),
        ("k5_not_canonical", "/v1/companies/06197120/members"),
        ("k5_word", "/v1/companies/acme/members"),
        ("k5_zero", "/v1/companies/0/members"),
    ] {
        let request = Request::get(path).bearer(&token);
        let answer = server.record(OP, UnknownId, outcome, &request).await;
        answer.expect(404);
    }
}
