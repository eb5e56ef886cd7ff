//! `POST /v2/ocamba/personal-api-keys`, refused for its body.

use bitting_tests::{
    Answer,
    Class::{BadInput, Refused},
    Connection, KEYS, Request,
};

use super::writer;

const OP: &str = "key_create";

/// Sends each body and keeps the exchange; nothing may have been made.
async fn invalid<B: Into<Vec<u8>>>(cases: impl IntoIterator<Item = (&str, B)>) {
    let (server, token) = writer().await;
    for (outcome, body) in cases {
        let request = Request::post(KEYS).bearer(&token).json(body);
        server
            .record(OP, BadInput, outcome, &request)
            .await
            .expect(400);
    }
    let all = server.send(&super::list(&token, &[])).await;
    assert_eq!(all.json()["total"], 0, "something was made");
}

#[tokio::test]
async fn o21_a_body_must_be_a_json_object() {
    invalid([
        ("o21_nothing", ""),
        ("o21_cut_off", r#"{"name":"#),
        ("o21_two_values", r#"{"name":"x"}{}"#),
        ("o21_single_quotes", "{'name':'x'}"),
        ("o21_trailing_comma", r#"{"name":"x",}"#),
        ("o21_comment", r#"{"name":"x"/**/}"#),
        ("o21_form", "name=x"),
        ("o21_array", r#"[{"name":"x"}]"#),
        ("o21_string", r#""name""#),
        ("o21_number", "1"),
        ("o21_null", "null"),
        ("o21_byte_order_mark", "\u{feff}{\"name\":\"x\"}"),
    ])
    .await;
}

#[tokio::test]
async fn o21_a_body_must_be_utf8_without_lone_surrogates() {
    invalid([
        ("o21_no_utf8", &b"{\"name\":\"\xff\"}"[..]),
        ("o21_no_utf8_elsewhere", b"{\"name\":\"x\",\"y\":\"\xc3\"}"),
        ("o21_lone_surrogate", br#"{"name":"\ud83d"}"#),
        ("o21_lone_low_surrogate", br#"{"name":"\udddd"}"#),
        (
            "o21_lone_surrogate_elsewhere",
            br#"{"name":"x","y":["\ud83d"]}"#,
        ),
    ])
    .await;
}

#[tokio::test]
async fn o21_a_name_is_a_string_that_is_not_blank() {
    invalid([
        ("o21_name_missing", "{}"),
        ("o21_name_null", r#"{"name":null}"#),
        ("o21_name_empty", r#"{"name":""}"#),
        ("o21_name_blank", "{\"name\":\" \\t\\u3000\u{a0}\"}"),
        ("o21_name_number", r#"{"name":1}"#),
        ("o21_name_array", r#"{"name":["x"]}"#),
        ("o21_name_object", r#"{"name":{"name":"x"}}"#),
        ("o21_name_boolean", r#"{"name":true}"#),
        ("o21_name_capital", r#"{"Name":"x"}"#),
    ])
    .await;
}

#[tokio::test]
async fn o21_texts_have_bounds() {
    let text = |name: usize, description: usize| {
        let (name, description) = ("é".repeat(name), "n".repeat(description));
        format!(r#"{{"name":"{name}","description":"{description}"}}"#)
    };
    invalid([
        ("o21_name_too_long", text(256, 0)),
        ("o21_description_too_long", text(1, 1_001)),
    ])
    .await;
}

#[tokio::test]
async fn o21_description_and_times_are_strings() {
    invalid([
        ("o21_description_number", r#"{"name":"x","description":1}"#),
        (
            "o21_start_number",
            r#"{"name":"x","start_time":1723122000}"#,
        ),
        ("o21_end_boolean", r#"{"name":"x","end_time":false}"#),
        ("o21_end_empty", r#"{"name":"x","end_time":""}"#),
    ])
    .await;
}

#[tokio::test]
async fn o20_nul_is_refused_anywhere() {
    invalid([
        ("o20_nul_in_name", r#"{"name":"a\u0000b"}"#),
        (
            "o20_nul_in_description",
            r#"{"name":"x","description":"\u0000"}"#,
        ),
        (
            "o20_nul_in_unknown_member",
            r#"{"name":"x","y":{"z":["\u0000"]}}"#,
        ),
        ("o20_nul_in_name_of_member", r#"{"name":"x","y\u0000":1}"#),
        (
            "o20_nul_in_name_of_deep_member",
            r#"{"name":"x","y":{"\u0000":1}}"#,
        ),
        ("o20_raw_nul", "{\"name\":\"a\0b\"}"),
    ])
    .await;
}

#[tokio::test]
async fn o6_a_time_has_one_notation() {
    let start = |time: &str| format!(r#"{{"name":"x","start_time":"{time}"}}"#);
    invalid([
        ("o6_t", start("2024-08-08T13:00:00")),
        ("o6_z", start("2024-08-08 13:00:00Z")),
        ("o6_offset", start("2024-08-08 13:00:00+00:00")),
        ("o6_fraction", start("2024-08-08 13:00:00.5")),
        ("o6_no_time", start("2024-08-08")),
        ("o6_no_seconds", start("2024-08-08 13:00")),
        ("o6_single_digits", start("2024-8-8 13:00:00")),
        ("o6_padded", start(" 2024-08-08 13:00:00")),
        ("o6_other_digits", start("٢٠٢٤-08-08 13:00:00")),
        ("o6_unix", start("1723122000")),
    ])
    .await;
}

#[tokio::test]
async fn o21_a_time_must_exist() {
    let start = |time: &str| format!(r#"{{"name":"x","start_time":"{time}"}}"#);
    invalid([
        ("o21_no_leap_year", start("2023-02-29 00:00:00")),
        ("o21_april_31", start("2024-04-31 00:00:00")),
        ("o21_month_13", start("2024-13-01 00:00:00")),
        ("o21_day_0", start("2024-01-00 00:00:00")),
        ("o21_hour_24", start("2024-01-01 24:00:00")),
        ("o21_leap_second", start("2016-12-31 23:59:60")),
        ("o20_year_0", start("0000-12-31 23:59:59")),
        ("o20_year_10000", start("10000-01-01 00:00:00")),
        ("o20_negative_year", start("-001-01-01 00:00:00")),
    ])
    .await;
}

#[tokio::test]
async fn o21_an_end_is_later_than_its_start() {
    invalid([
        (
            "o21_end_is_start",
            r#"{"name":"x","start_time":"2030-01-01 00:00:00","end_time":"2030-01-01 00:00:00"}"#,
        ),
        (
            "o21_end_before_start",
            r#"{"name":"x","start_time":"2030-01-01 00:00:00","end_time":"2029-12-31 23:59:59"}"#,
        ),
        (
            "o21_past_end_without_start",
            r#"{"name":"x","end_time":"2024-01-01 00:00:00"}"#,
        ),
        (
            "o21_end_now_without_start",
            r#"{"name":"x","end_time":"2024-08-09 13:05:50"}"#,
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_member_named_twice_is_refused() {
    invalid([
        ("name_twice", r#"{"name":"a","name":"b"}"#),
        ("name_twice_by_an_escape", r#"{"name":"a","n\u0061me":"b"}"#),
        ("unknown_member_twice", r#"{"name":"a","y":1,"y":1}"#),
    ])
    .await;
}

#[tokio::test]
async fn a_deep_body_is_refused() {
    let deep = |levels| {
        let (open, close) = ("[".repeat(levels), "]".repeat(levels));
        format!(r#"{{"name":"x","y":{open}{close}}}"#)
    };
    invalid([("deep", deep(128))]).await;
}

#[tokio::test]
async fn o4_everything_that_is_wrong_is_said_at_once() {
    let body = r#"{"name":"","description":7,"start_time":"yesterday","end_time":[]}"#;
    invalid([("o4_four_errors", body)]).await;
}

#[tokio::test]
async fn o20_another_type_or_none_is_415() {
    let (server, token) = writer().await;
    let body = r#"{"name":"x"}"#;
    let typed = |kind: &str| {
        Request::post(KEYS)
            .bearer(&token)
            .header("content-type", kind)
            .body(body)
    };
    for (outcome, request) in [
        ("o20_no_type", Request::post(KEYS).bearer(&token).body(body)),
        (
            "o20_no_type_and_no_body",
            Request::post(KEYS).bearer(&token),
        ),
        ("o20_text", typed("text/plain")),
        ("o20_form", typed("application/x-www-form-urlencoded")),
        ("o20_other_json", typed("application/problem+json")),
        (
            "o20_two_types",
            typed("application/json").header("content-type", "text/plain"),
        ),
    ] {
        server
            .record(OP, Refused, outcome, &request)
            .await
            .expect(415);
    }
}

/// Sends a head and only so much of the body as is given, and keeps the exchange.
async fn cut_short(outcome: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let (server, token) = writer().await;
    let mut request = Request::post(KEYS)
        .bearer(token)
        .header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let mut connection = Connection::open(server.address).await;
    connection.send(&request.head_bytes()).await;
    connection.send(body).await;
    let answer = connection.answer("POST").await.expect("an answer");
    server.keep(OP, Refused, outcome, &request, answer)
}

#[tokio::test]
async fn o20_a_body_that_says_it_is_too_large_is_not_waited_for() {
    cut_short("o20_64_kib_and_1", &[("content-length", "65537")], b"")
        .await
        .expect(413);
    let most = &[("content-length", "9223372036854775807")];
    cut_short("o20_content_length_max", most, b"")
        .await
        .expect(413);
    let asks = &[("content-length", "65537"), ("expect", "100-continue")];
    let answer = cut_short("o20_expect_continue", asks, b"").await;
    answer.expect(413);
}

#[tokio::test]
async fn o20_a_body_in_chunks_is_refused_when_it_has_become_too_large() {
    let mut body = b"10001\r\n".to_vec();
    body.resize(body.len() + 0x1_0001, b' ');
    let chunked = &[("transfer-encoding", "chunked")];
    cut_short("o20_chunks_too_large", chunked, &body)
        .await
        .expect(413);
}

/// This and its like for an update are the only tests that wait: a body that does not arrive is given ten seconds.
#[tokio::test]
async fn o4_a_body_that_does_not_arrive_is_408() {
    cut_short("o4_half_a_body", &[("content-length", "12")], b"{\"name\"")
        .await
        .expect(408);
}
