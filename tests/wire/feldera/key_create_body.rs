//! `POST /v0/api_keys`, refused for its body: F14.

use bitting_tests::{
    Class::{BadInput, Refused},
    Request,
};

use super::{KEYS, listed, writer};

const OP: &str = "key_create";

/// Sends each body, which is refused as F14 has it; with these words, where there are any.
async fn invalid<B: Into<Vec<u8>>>(cases: impl IntoIterator<Item = (&str, B, &str)>) {
    let (server, token) = writer().await;
    for (outcome, body, words) in cases {
        let request = Request::post(KEYS).bearer(&token).json(body);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        let body = answer.expect(400).json();
        assert_eq!(body["error_code"], "InvalidRequestBody", "{outcome}");
        let message = body["message"].as_str().expect("a message");
        assert!(message.starts_with(words), "{outcome}: {message}");
    }
    assert_eq!(listed(&server, &token).await, [""; 0], "something was made");
}

#[tokio::test]
async fn f14_an_empty_object_to_the_byte() {
    let (server, token) = writer().await;
    let request = Request::post(KEYS).bearer(&token).json("{}");
    let answer = server.record(OP, BadInput, "f14_empty", &request).await;
    assert_eq!(
        answer.expect(400).text(),
        r#"{"message":"missing field `name` at line 1 column 2","error_code":"InvalidRequestBody","details":null}"#
    );
}

#[tokio::test]
async fn f14_the_words_are_serdes() {
    invalid([
        (
            "f14_missing_name",
            r#"{"role":"read"}"#,
            "missing field `name`",
        ),
        (
            "f14_two_lines",
            "{\n}",
            "missing field `name` at line 2 column 1",
        ),
        (
            "f14_name_null",
            r#"{"name":null}"#,
            "invalid type: null, expected a string",
        ),
        (
            "f14_name_number",
            r#"{"name":7}"#,
            "invalid type: integer `7`, expected a string",
        ),
        (
            "f14_name_array",
            r#"{"name":["x"]}"#,
            "invalid type: sequence, expected a string",
        ),
        (
            "f14_name_twice",
            r#"{"name":"a","name":"b"}"#,
            "duplicate field `name`",
        ),
        (
            "f14_name_twice_by_an_escape",
            r#"{"name":"a","n\u0061me":"b"}"#,
            "duplicate field `name`",
        ),
        (
            "f14_role_twice",
            r#"{"name":"a","role":null,"role":"read"}"#,
            "duplicate field `role`",
        ),
        ("f14_name_in_capitals", r#"{"NAME":"a"}"#, "missing field"),
    ])
    .await;
}

#[tokio::test]
async fn f14_a_body_must_be_one_json_object() {
    invalid([
        ("f14_nothing", "", "EOF while parsing a value"),
        ("f14_cut_off", r#"{"name":"#, "EOF while parsing"),
        (
            "f14_cut_off_after_name",
            r#"{"name":"x""#,
            "EOF while parsing",
        ),
        ("f14_two_values", r#"{"name":"x"}{}"#, "trailing characters"),
        (
            "f14_trailing_garbage",
            r#"{"name":"x"} x"#,
            "trailing characters",
        ),
        (
            "f14_trailing_nul",
            "{\"name\":\"x\"}\0",
            "trailing characters",
        ),
        ("f14_array", r#"[{"name":"x"}]"#, "invalid type: sequence"),
        // What serde would read as a structure's members in order.
        (
            "f14_array_of_members",
            r#"["x","read"]"#,
            "invalid type: sequence",
        ),
        ("f14_string", r#""x""#, "invalid type: string"),
        ("f14_null", "null", "invalid type: null"),
        ("f14_number", "1", "invalid type: integer"),
        ("f14_form", "name=x", "expected"),
        ("f14_single_quotes", "{'name':'x'}", ""),
        ("f14_trailing_comma", r#"{"name":"x",}"#, "trailing comma"),
        ("f14_comment", r#"{"name":"x"/**/}"#, ""),
        (
            "f14_byte_order_mark",
            "\u{feff}{\"name\":\"x\"}",
            "expected value",
        ),
        (
            "f14_raw_newline",
            "{\"name\":\"a\nb\"}",
            "control character",
        ),
    ])
    .await;
}

#[tokio::test]
async fn f14_a_body_must_be_utf8() {
    invalid([
        ("f14_no_utf8", &b"{\"name\":\"\xff\"}"[..], ""),
        ("f14_cut_utf8", b"{\"name\":\"\xc3\"}", ""),
        ("f14_overlong", b"{\"name\":\"\xc0\x80\"}", ""),
        ("f14_utf8_surrogate", b"{\"name\":\"\xed\xa0\x80\"}", ""),
        (
            "f14_no_utf8_elsewhere",
            b"{\"name\":\"x\",\"y\":\"\xff\"}",
            "",
        ),
        ("f14_no_utf8_in_a_name", b"{\"name\":\"x\",\"\xff\":1}", ""),
        ("f14_utf16", b"\xff\xfe{\0}\0", ""),
    ])
    .await;
}

#[tokio::test]
async fn f14_a_lone_surrogate_is_no_text() {
    invalid([
        ("f14_lone_surrogate", r#"{"name":"\ud83d"}"#, ""),
        ("f14_lone_low_surrogate", r#"{"name":"\udddd"}"#, ""),
        ("f14_half_an_escape", r#"{"name":"\u00"}"#, ""),
    ])
    .await;
}

#[tokio::test]
async fn f14_what_is_nested_too_deeply_is_refused_or_ignored() {
    let deep = |levels: usize| {
        let (open, close) = ("[".repeat(levels), "]".repeat(levels));
        format!(r#"{{"name":{open}{close}}}"#)
    };
    invalid([
        ("f14_deep_name", deep(128), "invalid type: sequence"),
        ("f14_deeper_name", deep(30_000), "invalid type: sequence"),
        (
            "f14_deep_body",
            "[".repeat(60_000),
            "invalid type: sequence",
        ),
        ("f14_deep_and_open", r#"{"x":"#.repeat(10_000), ""),
    ])
    .await;
}

#[tokio::test]
async fn f14_another_type_or_none_is_415() {
    let (server, token) = writer().await;
    let body = r#"{"name":"x"}"#;
    let typed = |kind: &str| {
        Request::post(KEYS)
            .bearer(&token)
            .header("content-type", kind)
            .body(body)
    };
    for (outcome, request) in [
        ("f14_no_type", Request::post(KEYS).bearer(&token).body(body)),
        (
            "f14_no_type_and_no_body",
            Request::post(KEYS).bearer(&token),
        ),
        ("f14_empty_type", typed("")),
        ("f14_text", typed("text/plain")),
        ("f14_form_type", typed("application/x-www-form-urlencoded")),
        ("f14_other_json", typed("application/problem+json")),
        (
            "f14_two_types",
            typed("application/json").header("content-type", "text/plain"),
        ),
    ] {
        let answer = server.record(OP, Refused, outcome, &request).await;
        let answer = answer.expect(415);
        assert_eq!(answer.json()["error_code"], "UnsupportedMediaType");
    }
    assert_eq!(listed(&server, &token).await, [""; 0], "something was made");
}
