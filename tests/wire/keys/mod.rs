//! Bitting's own API (`server/api/contracts/keys.md`). Tests are named after its rules.

mod audit;
mod body;
mod client;
mod company_create;
mod company_list;
mod company_view;
mod cors;
mod credentials;
mod faults;
mod first_key;
mod form;
mod ids;
mod invalid;
mod member_create;
mod member_list;
mod member_view;
mod methods;
mod names;
mod order;
mod page_tokens;
mod pages;
mod reach;
mod roles;
mod secret;
mod unrouted;

use bitting_core::Role;
use bitting_tests::{Answer, COMPANIES, Request, Seed, Server, cast};
use serde_json::Value;

/// The company of the cast, its members and one of them.
const OURS: &str = "/v1/companies/6197120";
const MEMBERS: &str = "/v1/companies/6197120/members";
const MEMBER: &str = "/v1/companies/6197120/members/10001";
/// The other company of the cast.
const THEIRS: &str = "/v1/companies/7000001";
const THEIR_MEMBERS: &str = "/v1/companies/7000001/members";
/// What there is not.
const NO_COMPANY: &str = "/v1/companies/999";
const NO_COMPANYS_MEMBERS: &str = "/v1/companies/999/members";
const NO_MEMBER: &str = "/v1/companies/6197120/members/999";

/// A server, and the secret of a key with this role.
async fn with(role: Role) -> (Server, String) {
    let server = Server::start().await;
    let token = server.caller(role).await;
    (server, token)
}

/// The secret of a key of the other company.
async fn stranger(server: &Server, role: Role) -> String {
    let seed = Seed::caller(role).of(cast::STRANGER);
    server.plant(seed).await.secret
}

/// A request for each operation, which succeeds for whoever may.
fn every_operation() -> [(&'static str, Request, Role); 6] {
    [
        (
            "company_create",
            Request::post(COMPANIES).json(r#"{"name":"Acme"}"#),
            Role::Root,
        ),
        ("company_list", Request::get(COMPANIES), Role::Root),
        ("company_view", Request::get(OURS), Role::Root),
        (
            "member_create",
            Request::post(MEMBERS).json(r#"{"name":"Dana"}"#),
            Role::Admin,
        ),
        ("member_list", Request::get(MEMBERS), Role::Admin),
        ("member_view", Request::get(MEMBER), Role::Admin),
    ]
}

/// How many companies, members and keys there are.
fn counts(server: &Server) -> (i64, i64, i64) {
    server
        .database()
        .query_row(
            "SELECT (SELECT count(*) FROM company), (SELECT count(*) FROM member),
                    (SELECT count(*) FROM api_key)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .expect("counts")
}

/// The ids of the items of a page.
fn ids(answer: &Answer) -> Vec<i64> {
    let page = answer.json();
    let items = page["items"].as_array().expect("items").iter();
    items
        .map(|item| text(item, "id").parse().expect("digits"))
        .collect()
}

/// A member of a JSON object that is a string.
fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member]
        .as_str()
        .unwrap_or_else(|| panic!("{member} of {value}"))
}

/// What is wrong with a request, each as `field reason`.
fn blamed(answer: &Answer) -> Vec<String> {
    let body = answer.json();
    assert_eq!(body["error_code"], "invalid_request", "{body}");
    let errors = body["details"]["errors"].as_array().expect("errors").iter();
    errors
        .map(|error| format!("{} {}", text(error, "field"), text(error, "reason")))
        .collect()
}
