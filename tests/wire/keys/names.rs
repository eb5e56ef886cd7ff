//! K10: names of companies and members.

use bitting_core::Role;
use bitting_tests::{
    COMPANIES,
    Class::{BadInput, Success},
    Request, Server,
};
use serde_json::json;

use super::{MEMBERS, blamed, counts, with};

/// The operations that take a name, with their paths and where the answer has it.
const CREATES: [(&str, &str, &str); 2] = [
    ("company_create", COMPANIES, "company"),
    ("member_create", MEMBERS, "member"),
];

fn named(path: &str, token: &str, name: &str) -> Request {
    let body = json!({ "name": name, "first_key": false }).to_string();
    Request::post(path).bearer(token).json(body)
}

#[tokio::test]
async fn k10_a_name_is_kept_as_it_was_sent() {
    let (server, token) = with(Role::Root).await;
    for (operation, path, member) in CREATES {
        for (outcome, name) in [
            ("k10_name_padded", "  Acme\t"),
            ("k10_name_of_1", "A"),
            ("k10_name_of_255", &"é".repeat(255)),
            ("k10_name_of_255_keys", &"🗝".repeat(255)),
            (
                "k10_name_of_any_kind",
                "e\u{301} عربى 中文 👩‍👩‍👧 \u{fffd} <&>'\"\\/\u{7f}\u{1}",
            ),
        ] {
            let request = named(path, &token, name);
            let answer = server.record(operation, Success, outcome, &request).await;
            assert_eq!(answer.expect(201).json()[member]["name"], name);
        }
    }
}

#[tokio::test]
async fn k10_names_need_not_be_unique() {
    let (server, token) = with(Role::Root).await;
    for (operation, path, _) in CREATES {
        for outcome in ["k10_first_twin", "k10_second_twin"] {
            let request = named(path, &token, "twin");
            let answer = server.record(operation, Success, outcome, &request).await;
            answer.expect(201);
        }
    }
}

async fn wrong(server: &Server, outcome: &str, token: &str, name: &str, reason: &str) {
    let body = format!(r#"{{"name":{name}}}"#);
    for (operation, path, _) in CREATES {
        let request = Request::post(path).bearer(token).json(body.clone());
        let answer = server.record(operation, BadInput, outcome, &request).await;
        assert_eq!(blamed(&answer.expect(400)), [reason], "{outcome}");
    }
}

#[tokio::test]
async fn k10_what_is_no_name_is_400() {
    let (server, token) = with(Role::Root).await;
    let before = counts(&server);
    let long = json!("n".repeat(256)).to_string();
    let long_keys = json!("🗝".repeat(256)).to_string();
    let longest = json!("n".repeat(60_000)).to_string();
    for (outcome, name, reason) in [
        ("k10_name_null", "null", "name is required"),
        ("k10_name_empty", r#""""#, "name must not be empty"),
        (
            "k10_name_blank",
            "\" \\t\\u3000\u{a0}\"",
            "name must not be empty",
        ),
        (
            "k10_name_of_256",
            &long,
            "name must have at most 255 characters",
        ),
        (
            "k10_name_of_256_keys",
            &long_keys,
            "name must have at most 255 characters",
        ),
        (
            "k10_name_of_60000",
            &longest,
            "name must have at most 255 characters",
        ),
        ("k10_name_number", "7", "name must be a string"),
        ("k10_name_array", r#"["x"]"#, "name must be a string"),
        (
            "k10_name_object",
            r#"{"name":"x"}"#,
            "name must be a string",
        ),
        ("k10_name_boolean", "true", "name must be a string"),
    ] {
        wrong(&server, outcome, &token, name, reason).await;
    }
    assert_eq!(counts(&server), before, "something was made");
}
