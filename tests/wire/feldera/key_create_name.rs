//! `POST /v0/api_keys`, refused for its name: F12, F13.

use bitting_tests::{
    Class::{BadInput, Refused},
    Request, Server,
};
use serde_json::json;

use super::{KEYS, create, item, listed, writer};

const OP: &str = "key_create";
const PATTERN: &str = "^[a-zA-Z0-9_-]+$";
const CHARACTERS: &str =
    "lowercase (a-z), uppercase (A-Z), number (0-9), underscore (_) or hyphen (-) characters";

/// Sends each name and compares the whole body of the refusal.
async fn refused(server: &Server, token: &str, outcome: &str, name: &str, body: &str) {
    let request = create(token, name);
    let answer = server.record(OP, BadInput, outcome, &request).await;
    assert_eq!(answer.expect(400).text(), body, "{outcome}");
    assert_eq!(listed(server, token).await, [""; 0], "something was made");
}

#[tokio::test]
async fn f12_an_empty_name_to_the_byte() {
    let (server, token) = writer().await;
    let body = r#"{"message":"Name cannot be empty","error_code":"EmptyName","details":null}"#;
    refused(&server, &token, "f12_empty", "", body).await;
}

#[tokio::test]
async fn f12_a_long_name_to_the_byte_with_its_length_in_bytes() {
    let (server, token) = writer().await;
    for (outcome, name, length) in [
        ("f12_101_bytes", "n".repeat(101), 101),
        ("f12_51_characters_of_two_bytes", "é".repeat(51), 102),
        ("f12_26_characters_of_four_bytes", "🗝".repeat(26), 104),
        ("f12_101_spaces", " ".repeat(101), 101),
    ] {
        let body = format!(
            r#"{{"message":"Name '{name}' is longer ({length}) than maximum allowed (100)","error_code":"TooLongName","details":{{"name":"{name}","length":{length},"maximum":100}}}}"#
        );
        refused(&server, &token, outcome, &name, &body).await;
    }
}

#[tokio::test]
async fn f12_other_characters_to_the_byte() {
    let (server, token) = writer().await;
    for (outcome, name) in [
        ("f12_space", "a b"),
        ("f12_leading_space", " a"),
        ("f12_dot", "a.b"),
        ("f12_slash", "a/b"),
        ("f12_percent", "a%20b"),
        ("f12_plus", "a+b"),
        ("f12_newline_at_the_end", "a\n"),
        ("f12_nul", "a\0b"),
        ("f12_only_nul", "\0"),
        ("f12_quotes", "it's \"x\""),
        ("f12_backslash", "a\\b"),
        ("f12_letter_of_two_bytes", "é"),
        ("f12_100_bytes_of_two", &"é".repeat(50)),
        ("f12_other_digit", "٣"),
        ("f12_kelvin", "\u{212a}"),
        ("f12_line_separator", "a\u{2028}b"),
    ] {
        let message = format!(
            "Name '{name}' should be non-empty and only contain {CHARACTERS} (pattern: '{PATTERN}')"
        );
        let quoted = |text: &str| json!(text).to_string();
        let body = format!(
            r#"{{"message":{},"error_code":"NameDoesNotMatchPattern","details":{{"name":{},"pattern":"{PATTERN}","pattern_description":"{CHARACTERS}"}}}}"#,
            quoted(&message),
            quoted(name)
        );
        refused(&server, &token, outcome, name, &body).await;
    }
}

/// Nothing is cut off, and nothing goes wrong, however long it is.
#[tokio::test]
async fn f12_the_longest_name_that_fits_into_a_body() {
    let (server, token) = writer().await;
    let name = "n".repeat(64 * 1024 - r#"{"name":""}"#.len());
    let answer = server
        .record(OP, BadInput, "f12_64_kib", &create(&token, &name))
        .await;
    let body = answer.expect(400).json();
    assert_eq!(body["details"]["length"], name.len());
    assert_eq!(body["details"]["name"], name.as_str());
}

const TAKEN: &str = r#"{"message":"An entity with this name already exists","error_code":"DuplicateName","details":null}"#;

#[tokio::test]
async fn f13_a_name_that_is_taken_to_the_byte() {
    let (server, token) = writer().await;
    server.send(&create(&token, "twin")).await.expect(201);
    for (outcome, request) in [
        ("f13_again", create(&token, "twin")),
        (
            "f13_other_role",
            Request::post(KEYS)
                .bearer(&token)
                .json(r#"{"name":"twin","role":"read"}"#),
        ),
    ] {
        let answer = server.record(OP, Refused, outcome, &request).await;
        assert_eq!(answer.expect(409).text(), TAKEN);
    }
    assert_eq!(listed(&server, &token).await, ["twin"]);
}

#[tokio::test]
async fn f12_deleting_a_key_frees_its_name() {
    let (server, token) = writer().await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        let made = server.send(&create(&token, "again")).await.expect(201);
        ids.push(super::text(&made, "id"));
        server.send(&create(&token, "again")).await.expect(409);
        let delete = Request::delete(item("again")).bearer(&token);
        server.send(&delete).await.expect(200);
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3, "another key each time");
}
