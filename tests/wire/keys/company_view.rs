//! `GET /v1/companies/{company}`: K33.

use bitting_core::Role;
use bitting_tests::{
    COMPANIES,
    Class::{BadInput, Success},
    Request,
};

use super::{OURS, THEIRS, text, with};

const OP: &str = "company_view";

#[tokio::test]
async fn k33_a_company_as_it_was_made() {
    let (server, token) = with(Role::Root).await;
    let request = Request::get(OURS).bearer(&token);
    let answer = server.record(OP, Success, "k33_ours", &request).await;
    assert_eq!(
        answer.expect(200).text(),
        r#"{"id":"6197120","name":"company","enabled":true,"created_at":"2024-08-09T13:05:50Z"}"#
    );
    let request = Request::get(THEIRS).bearer(&token);
    let answer = server.record(OP, Success, "k33_theirs", &request).await;
    assert_eq!(answer.expect(200).json()["id"], "7000001");
}

#[tokio::test]
async fn k33_k6_location_leads_to_what_was_made_when_it_was_made() {
    let (server, token) = with(Role::Root).await;
    server.clock.set("2030-12-31 23:59:59");
    let create = Request::post(COMPANIES)
        .bearer(&token)
        .json(r#"{"name":"Acme"}"#);
    let made = server.send(&create).await.expect(201);
    let location = made.header("location").expect("a location");
    server.clock.set("2031-01-01 00:00:00");
    let view = Request::get(location).bearer(&token);
    let seen = server.send(&view).await.expect(200).json();
    assert_eq!(seen, made.json()["company"]);
    assert_eq!(text(&seen, "created_at"), "2030-12-31T23:59:59Z", "K6");
}

#[tokio::test]
async fn k31_while_a_company_is_switched_off_none_of_its_keys_works() {
    let (server, token) = with(Role::Root).await;
    let theirs = super::stranger(&server, Role::Root).await;
    server
        .database()
        .execute("UPDATE company SET enabled = 0 WHERE id = 7000001", [])
        .expect("it is switched off");
    let request = Request::get(THEIRS).bearer(&token);
    let answer = server
        .record(OP, Success, "k31_switched_off", &request)
        .await;
    assert_eq!(answer.expect(200).json()["enabled"], false);
    assert!(!server.accepts(&theirs).await);
}

/// K20 refuses unknown parameters of lists. A view has no parameters at all, and is no list.
#[tokio::test]
async fn k33_a_query_and_a_body_are_not_looked_at() {
    let (server, token) = with(Role::Root).await;
    for (outcome, request) in [
        ("k33_query", Request::get(format!("{OURS}?limit=0&%FF"))),
        ("k33_body", Request::get(OURS).json("{")),
    ] {
        let request = request.bearer(&token);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        answer.expect(200);
    }
}
