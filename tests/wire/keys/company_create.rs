//! `POST /v1/companies`: K30, K31.

use bitting_core::Role;
use bitting_tests::{Answer, COMPANIES, Class::Success, Request, Server};
use serde_json::{Value, json};

use super::{counts, text, with};

const OP: &str = "company_create";

/// Makes a company and keeps the exchange.
async fn made(server: &Server, token: &str, outcome: &str, body: &str) -> Answer {
    let request = Request::post(COMPANIES).bearer(token).json(body);
    let answer = server
        .record(OP, Success, outcome, &request)
        .await
        .expect(201);
    let company = answer.json()["company"].clone();
    let location = format!("{COMPANIES}/{}", text(&company, "id"));
    assert_eq!(answer.header("location"), Some(&*location));
    answer
}

#[tokio::test]
async fn k30_a_company_gets_a_first_member_with_a_key() {
    let (server, token) = with(Role::Root).await;
    let answer = made(&server, &token, "k30_name_only", r#"{"name":"Acme"}"#).await;
    assert_eq!(Answer::members(answer.text()), ["company", "member", "key"]);
    let body = answer.json();
    let (company, member, key) = (&body["company"], &body["member"], &body["key"]);
    let now = "2024-08-09T13:05:50Z";
    let id = text(company, "id");
    assert_eq!(
        *company,
        json!({ "id": id, "name": "Acme", "enabled": true, "created_at": now })
    );
    assert_eq!(
        *member,
        json!({
            "id": text(member, "id"),
            "company_id": id,
            "name": "Administrator",
            "login": null,
            "enabled": true,
            "created_at": now,
        })
    );
    assert_eq!(key["role"], "admin");
    assert!(server.accepts(text(key, "secret")).await);
}

/// K31, K41: members of objects come in the order of the rules, which JSON values do not show.
#[tokio::test]
async fn k30_k31_members_come_in_order() {
    let (server, token) = with(Role::Root).await;
    let request = Request::post(COMPANIES)
        .bearer(&token)
        .json(r#"{"name":"Acme"}"#);
    let answer = server.send(&request).await.expect(201);
    let text = answer.text();
    let body = answer.json();
    let whole = |name: &str| {
        // From the member's name to the end of its object, which holds no other.
        let start = text.find(&format!("\"{name}\":{{")).expect("an object") + name.len() + 3;
        let end = start + text[start..].find('}').expect("its end") + 1;
        Answer::members(&text[start..end])
    };
    assert_eq!(whole("company"), ["id", "name", "enabled", "created_at"]);
    assert_eq!(
        whole("member"),
        ["id", "company_id", "name", "login", "enabled", "created_at"]
    );
    assert_eq!(whole("key"), ["id", "role", "secret"]);
    assert!(body["key"]["secret"].is_string());
}

#[tokio::test]
async fn k30_the_first_member_is_called_as_was_asked() {
    let (server, token) = with(Role::Root).await;
    let body = r#"{"name":"Acme","member_name":" Dana Whitfield ","first_key":true}"#;
    let answer = made(&server, &token, "k30_every_member", body).await;
    assert_eq!(answer.json()["member"]["name"], " Dana Whitfield ");
}

#[tokio::test]
async fn k30_without_a_first_key_there_is_no_member_either() {
    let (server, token) = with(Role::Root).await;
    let before = counts(&server);
    for (outcome, body) in [
        ("k30_no_first_key", r#"{"name":"Acme","first_key":false}"#),
        (
            "k30_member_name_has_no_effect",
            r#"{"name":"Acme","member_name":"Dana","first_key":false}"#,
        ),
    ] {
        let answer = made(&server, &token, outcome, body).await;
        let body = answer.json();
        assert!(body["member"].is_null() && body["key"].is_null());
        assert_eq!(answer.header("cache-control"), Some("no-store"), "K8");
    }
    let after = (before.0 + 2, before.1, before.2);
    assert_eq!(counts(&server), after);
}

#[tokio::test]
async fn k10_null_is_as_good_as_left_out() {
    let (server, token) = with(Role::Root).await;
    let body = r#"{"first_key":null,"member_name":null,"name":"Acme"}"#;
    let request = Request::post(COMPANIES).bearer(&token).json(body);
    // The document does not offer it.
    let answer = server
        .record(OP, bitting_tests::Class::BadInput, "k10_nulls", &request)
        .await;
    let body = answer.expect(201).json();
    assert_eq!(body["member"]["name"], "Administrator");
    assert_eq!(body["key"]["role"], "admin");
}

#[tokio::test]
async fn k5_later_companies_and_members_have_greater_ids() {
    let (server, token) = with(Role::Root).await;
    let request = Request::post(COMPANIES)
        .bearer(&token)
        .json(r#"{"name":"Acme"}"#);
    let (mut companies, mut members, mut keys) = (vec![7_000_001], vec![20_001], Vec::new());
    let id = |value: &Value| text(value, "id").parse::<i64>().expect("digits");
    for _ in 0..5 {
        let body = server.send(&request).await.expect(201).json();
        companies.push(id(&body["company"]));
        members.push(id(&body["member"]));
        keys.push(text(&body["key"], "id").to_owned());
    }
    assert!(companies.is_sorted_by(|a, b| a < b), "{companies:?}");
    assert!(members.is_sorted_by(|a, b| a < b), "{members:?}");
    for key in keys {
        let uuid = uuid::Uuid::parse_str(&key).expect("a UUID");
        assert_eq!((uuid.to_string(), uuid.get_version_num()), (key, 7));
    }
}

#[tokio::test]
async fn k30_the_key_is_of_the_company_and_of_its_member() {
    let (server, token) = with(Role::Root).await;
    let answer = made(&server, &token, "k30_owner", r#"{"name":"Acme"}"#).await;
    let body = answer.json();
    let stored: (i64, i64, i64, String, i64, i64) = server
        .database()
        .query_row(
            "SELECT k.company, k.owner, k.origin, k.role, k.recoverable, count(s.sealed)
             FROM api_key k JOIN secret s ON s.key = k.number
             WHERE k.company NOT IN (6197120, 7000001)",
            [],
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                    row.get(5)?,
                ))
            },
        )
        .expect("one key");
    let id = |name: &str| text(&body[name], "id").parse::<i64>().expect("digits");
    // Origin 0 is this surface.
    let wanted = (id("company"), id("member"), 0, "admin".to_owned(), 0, 0);
    assert_eq!(stored, wanted, "K8: never sealed");
}
