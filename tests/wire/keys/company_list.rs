//! `GET /v1/companies`: K32.

use bitting_core::Role;
use bitting_tests::{Answer, COMPANIES, Class::Success, Request};

use super::{ids, with};

#[tokio::test]
async fn k32_a_page_of_all_companies_by_ascending_id() {
    let (server, token) = with(Role::Root).await;
    let request = Request::get(COMPANIES).bearer(&token);
    let answer = server
        .record("company_list", Success, "k32_two", &request)
        .await
        .expect(200);
    assert_eq!(Answer::members(answer.text()), ["items", "next_page"]);
    assert_eq!(ids(&answer), [6_197_120, 7_000_001]);
    let first =
        r#"{"id":"6197120","name":"company","enabled":true,"created_at":"2024-08-09T13:05:50Z"}"#;
    assert!(
        answer
            .text()
            .starts_with(&format!(r#"{{"items":[{first},"#)),
        "K31, K6: {}",
        answer.text()
    );
    assert!(answer.json()["next_page"].is_null());
}

#[tokio::test]
async fn k31_a_company_that_is_switched_off_is_there_and_says_so() {
    let (server, token) = with(Role::Root).await;
    server
        .database()
        .execute("UPDATE company SET enabled = 0 WHERE id = 7000001", [])
        .expect("it is switched off");
    let request = Request::get(COMPANIES).bearer(&token);
    let answer = server
        .record("company_list", Success, "k31_switched_off", &request)
        .await;
    let page = answer.expect(200).json();
    assert_eq!(page["items"][0]["enabled"], true);
    assert_eq!(page["items"][1]["enabled"], false);
}
