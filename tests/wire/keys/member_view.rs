//! `GET /v1/companies/{company}/members/{member}`: K43, K41.

use bitting_core::{Clock as _, CompanyId, DisplayName, Login, Role, audit::Trail};
use bitting_store::{LoginCreate, LoginSeek, LoginState};
use bitting_tests::{
    Class::{BadInput, Success},
    Request, Seed, Server, Switch, cast,
};

use super::{MEMBER, MEMBERS, with};

const OP: &str = "member_view";

#[tokio::test]
async fn k43_a_member_as_it_was_made() {
    let (server, token) = with(Role::Admin).await;
    let request = Request::get(MEMBER).bearer(&token);
    let answer = server.record(OP, Success, "k43_itself", &request).await;
    assert_eq!(
        answer.expect(200).text(),
        r#"{"id":"10001","company_id":"6197120","name":"member","login":null,"enabled":true,"created_at":"2024-08-09T13:05:50Z"}"#
    );
}

#[tokio::test]
async fn k43_location_leads_to_what_was_made() {
    let (server, token) = with(Role::Admin).await;
    server.clock.set("2030-12-31 23:59:59");
    let create = Request::post(MEMBERS)
        .bearer(&token)
        .json(r#"{"name":"Dana"}"#);
    let made = server.send(&create).await.expect(201);
    let location = made.header("location").expect("a location");
    let view = Request::get(location).bearer(&token);
    let seen = server.send(&view).await.expect(200).json();
    assert_eq!(seen, made.json()["member"]);
    assert_eq!(seen["created_at"], "2030-12-31T23:59:59Z", "K6");
}

/// A member as a login token makes it when it is first seen.
async fn logged_in(server: &Server) -> i64 {
    let seek = LoginSeek {
        company: CompanyId::new(cast::COMPANY).expect("an id"),
        login: Login {
            issuer: "https://login.example/realms/x".to_owned(),
            subject: "7f1d2c \"é\"".to_owned(),
        },
    };
    let new = LoginCreate {
        seek,
        name: DisplayName::new("Dana".to_owned()).expect("a name"),
        now: server.clock.now(),
        trail: Trail {
            at_millis: server.clock.now_millis(),
            request: "login".to_owned(),
            remote: String::new(),
        },
    };
    match server.store.create_login(new).await.expect("it is made") {
        LoginState::Known(member) => member.get(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn k41_a_member_that_logs_in_says_as_whom() {
    let (server, token) = with(Role::Admin).await;
    let member = logged_in(&server).await;
    let request = Request::get(format!("{MEMBERS}/{member}")).bearer(&token);
    let answer = server.record(OP, Success, "k41_login", &request).await;
    let login = r#""name":"Dana","login":{"issuer":"https://login.example/realms/x","subject":"7f1d2c \"é\""},"enabled":true"#;
    let answer = answer.expect(200);
    assert!(answer.text().contains(login), "{}", answer.text());
}

#[tokio::test]
async fn k41_while_a_member_is_switched_off_none_of_its_keys_works() {
    let (server, token) = with(Role::Admin).await;
    let seed = Seed::caller(Role::Admin).of(cast::COLLEAGUE);
    let theirs = server.plant(seed).await.secret;
    let path = format!("{MEMBERS}/10002");
    let request = Request::get(&path).bearer(&token);
    assert!(server.accepts(&theirs).await);
    server.switch(cast::COLLEAGUE, Switch::Disable).await;
    let answer = server
        .record(OP, Success, "k41_switched_off", &request)
        .await;
    assert_eq!(answer.expect(200).json()["enabled"], false);
    assert!(!server.accepts(&theirs).await);
    server.switch(cast::COLLEAGUE, Switch::Enable).await;
    let seen = server.send(&request).await.expect(200).json();
    assert_eq!(seen["enabled"], true);
    assert!(server.accepts(&theirs).await);
}

#[tokio::test]
async fn k43_a_query_and_a_body_are_not_looked_at() {
    let (server, token) = with(Role::Admin).await;
    for (outcome, request) in [
        ("k43_query", Request::get(format!("{MEMBER}?limit=0&%FF"))),
        ("k43_body", Request::get(MEMBER).json("{")),
    ] {
        let request = request.bearer(&token);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        answer.expect(200);
    }
}
