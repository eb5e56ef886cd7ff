//! K70: questions that are refused.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, Refused},
    Request,
};
use serde_json::json;

use super::{BATCH, VERIFY, blamed, with};

#[tokio::test]
async fn k70_what_is_wrong_with_a_question_is_named() {
    let (server, token) = with(Role::Verify).await;
    let form = "must have 1 to 100 of the characters A-Z a-z 0-9 _ . : / * -";
    let first = format!("scopes must be scopes: scopes[0] {form}");
    let second = format!("scopes must be scopes: scopes[1] {form}");
    let scopes = json!(vec!["s"; 101]).to_string();
    let many = json!(vec!["s"; 10_000]).to_string();
    let long = json!(["s".repeat(101)]).to_string();
    let client = "client_ip must be an IPv4 or IPv6 address";
    let with_scopes = |scopes: &str| format!(r#"{{"key":"k","scopes":{scopes}}}"#);
    let with_client = |client: &str| format!(r#"{{"key":"k","client_ip":{client}}}"#);
    for (outcome, body, reasons) in [
        ("k70_no_key", "{}".to_owned(), vec!["key is required"]),
        (
            "k70_key_null",
            r#"{"key":null}"#.to_owned(),
            vec!["key is required"],
        ),
        (
            "k70_key_number",
            r#"{"key":7}"#.to_owned(),
            vec!["key must be a string"],
        ),
        (
            "k70_misspelt",
            r#"{"key":"k","scope":["a"]}"#.to_owned(),
            vec![
                "body must not have the member `scope`: there are key, scopes, client_ip, limits, cost",
            ],
        ),
        (
            "k70_key_twice",
            r#"{"key":"k","key":"k"}"#.to_owned(),
            vec!["body must not name a member twice"],
        ),
        (
            "k70_scopes_101",
            with_scopes(&scopes),
            vec!["scopes must have at most 100 elements"],
        ),
        (
            "k70_scopes_10000",
            with_scopes(&many),
            vec!["scopes must have at most 100 elements"],
        ),
        ("k70_scope_of_101", with_scopes(&long), vec![&first]),
        ("k70_scope_number", with_scopes(r#"["a",1]"#), vec![&second]),
        ("k70_scope_nul", with_scopes(r#"["\u0000"]"#), vec![&first]),
        (
            "k70_scopes_text",
            with_scopes(r#""a""#),
            vec!["scopes must be an array"],
        ),
        (
            "k70_client_word",
            with_client(r#""localhost""#),
            vec![client],
        ),
        (
            "k70_client_block",
            with_client(r#""192.0.2.0/24""#),
            vec![client],
        ),
        (
            "k70_client_port",
            with_client(r#""192.0.2.7:80""#),
            vec![client],
        ),
        (
            "k70_client_zone",
            with_client(r#""fe80::1%eth0""#),
            vec![client],
        ),
        ("k70_client_empty", with_client(r#""""#), vec![client]),
        (
            "k70_client_number",
            with_client("3221225991"),
            vec!["client_ip must be a string"],
        ),
        (
            "k70_several",
            r#"{"key":7,"scopes":{},"client_ip":1}"#.to_owned(),
            vec![
                "key must be a string",
                "scopes must be an array",
                "client_ip must be a string",
            ],
        ),
    ] {
        let request = Request::post(VERIFY).bearer(&token).json(body);
        let answer = server
            .record("key_verify", BadInput, outcome, &request)
            .await;
        assert_eq!(blamed(&answer.expect(400)), reasons, "{outcome}");
    }
}

/// K10: in the order of the rule, whichever way they were sent.
#[tokio::test]
async fn k10_k70_what_is_wrong_is_named_in_the_order_of_the_rule() {
    let (server, token) = with(Role::Verify).await;
    for body in [
        r#"{"key":1,"scopes":1,"client_ip":1}"#,
        r#"{"client_ip":1,"scopes":1,"key":1}"#,
    ] {
        let request = Request::post(VERIFY).bearer(&token).json(body);
        let blamed = blamed(&server.send(&request).await.expect(400));
        let fields: Vec<_> = blamed.iter().filter_map(|b| b.split(' ').next()).collect();
        assert_eq!(fields, ["key", "scopes", "client_ip"], "{body}");
    }
}

#[tokio::test]
async fn k10_a_key_of_a_megabyte_is_413() {
    let (server, token) = with(Role::Verify).await;
    let question = json!({ "key": "k".repeat(1 << 20) });
    for (operation, path, body) in [
        ("key_verify", VERIFY, question.to_string()),
        (
            "key_verify_batch",
            BATCH,
            json!({ "keys": [question] }).to_string(),
        ),
    ] {
        let request = Request::post(path).bearer(&token).json(body);
        let answer = server
            .record(operation, Refused, "k10_a_megabyte", &request)
            .await;
        answer.expect(413);
    }
    // As long as fits into a body: no key, and no error.
    let body = json!({ "key": "k".repeat(65_000) }).to_string();
    let request = Request::post(VERIFY).bearer(&token).json(body);
    assert_eq!(
        server.send(&request).await.expect(200).json()["code"],
        "malformed"
    );
}
