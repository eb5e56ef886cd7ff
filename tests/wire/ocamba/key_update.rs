//! `PATCH /v2/ocamba/personal-api-keys/{id}`

use bitting_tests::{
    Class::{BadInput, Refused, Success, UnknownId},
    Connection, KEYS, Request, Seed, Server,
};
use serde_json::Value;

use super::{NOBODY, item, writer};

const OP: &str = "key_update";

/// A key with everything set, five seconds after which the test begins.
async fn planted() -> (Server, String, String) {
    let (server, token) = writer().await;
    let seed = Seed::personal("before")
        .description("before")
        .start("2024-01-01 00:00:00")
        .end("2025-01-01 00:00:00");
    let key = server.plant(seed).await;
    (server, token, item(key.number))
}

async fn view(server: &Server, token: &str, path: &str) -> Value {
    let request = Request::get(path).bearer(token);
    server.send(&request).await.expect(200).json()
}

/// Changes a key, keeps the exchange, and compares what is different afterwards.
async fn changes(outcome: &str, body: &str, different: &[(&str, Value)]) {
    let (server, token, path) = planted().await;
    let mut expected = view(&server, &token, &path).await;
    let request = Request::patch(&path).bearer(&token).json(body);
    server
        .record(OP, Success, outcome, &request)
        .await
        .expect(204);
    for (member, value) in different {
        expected[member] = value.clone();
    }
    expected["update_time"] = "2024-08-09 13:05:50".into();
    assert_eq!(view(&server, &token, &path).await, expected, "{body}");
}

#[tokio::test]
async fn o50_members_that_are_given_are_changed_and_no_others() {
    changes(
        "o50_name",
        r#"{"name":" after "}"#,
        &[("name", " after ".into())],
    )
    .await;
    let description = [("description", "after".into())];
    changes(
        "o50_description",
        r#"{"description":"after"}"#,
        &description,
    )
    .await;
    let start = [("start_time", "2024-02-01 00:00:00".into())];
    changes(
        "o50_start",
        r#"{"start_time":"2024-02-01 00:00:00"}"#,
        &start,
    )
    .await;
    let end = [("end_time", "2024-12-01 00:00:00".into())];
    changes("o50_end", r#"{"end_time":"2024-12-01 00:00:00"}"#, &end).await;
}

#[tokio::test]
async fn o50_all_members_at_once() {
    let body = r#"{"name":"n","description":"d","start_time":"2025-01-01 00:00:00","end_time":"2026-01-01 00:00:00"}"#;
    let different = [
        ("name", "n".into()),
        ("description", "d".into()),
        ("start_time", "2025-01-01 00:00:00".into()),
        ("end_time", "2026-01-01 00:00:00".into()),
        ("status", "pending".into()),
    ];
    changes("o50_all", body, &different).await;
}

#[tokio::test]
async fn o50_null_clears_description_and_end() {
    let body = r#"{"description":null,"end_time":null}"#;
    let different = [("description", Value::Null), ("end_time", Value::Null)];
    changes("o50_nulls", body, &different).await;
}

#[tokio::test]
async fn o50_a_change_to_what_is_already_so_moves_the_update_time() {
    changes("o50_same", r#"{"name":"before"}"#, &[]).await;
}

#[tokio::test]
async fn o50_other_members_are_ignored() {
    let body = r#"{"secret":"0000000000000000000000000000000000000000","status":"expired","id":"1","name":"after"}"#;
    changes("o50_read_only_members", body, &[("name", "after".into())]).await;
}

#[tokio::test]
async fn o50_an_end_in_the_past_ends_the_key() {
    let (server, token) = writer().await;
    let key = server.personal("x").await;
    assert!(server.accepts(&key.secret).await);
    let request = Request::patch(item(key.number))
        .bearer(&token)
        .json(r#"{"end_time":"2024-08-09 13:05:50"}"#);
    server
        .record(OP, Success, "o50_end_now", &request)
        .await
        .expect(204);
    assert!(!server.accepts(&key.secret).await);
    assert_eq!(
        view(&server, &token, &item(key.number)).await["status"],
        "expired"
    );
}

/// Sends each body and keeps the exchange; the key stays as it was.
async fn invalid(cases: &[(&str, &str)]) {
    let (server, token, path) = planted().await;
    let before = view(&server, &token, &path).await;
    for (outcome, body) in cases {
        let request = Request::patch(&path).bearer(&token).json(*body);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        answer.expect(400);
    }
    assert_eq!(view(&server, &token, &path).await, before);
}

#[tokio::test]
async fn o50_at_least_one_member_must_be_given() {
    invalid(&[
        ("o50_none", "{}"),
        ("o50_only_unknown", r#"{"Name":"x","role":"root"}"#),
        ("o50_only_read_only", r#"{"status":"active","secret":"x"}"#),
        ("o50_nothing", ""),
        ("o50_array", "[]"),
        ("o50_no_json", r#"{"name":"x""#),
    ])
    .await;
}

#[tokio::test]
async fn o50_name_and_start_cannot_be_null() {
    invalid(&[
        ("o50_name_null", r#"{"name":null}"#),
        ("o50_start_null", r#"{"start_time":null,"name":"x"}"#),
    ])
    .await;
}

#[tokio::test]
async fn o50_members_are_validated_as_in_a_create() {
    invalid(&[
        ("o50_name_empty", r#"{"name":" "}"#),
        ("o50_name_number", r#"{"name":1}"#),
        ("o50_description_array", r#"{"description":[]}"#),
        (
            "o50_impossible_start",
            r#"{"start_time":"2023-02-29 00:00:00"}"#,
        ),
        ("o50_malformed_end", r#"{"end_time":"2030-01-01"}"#),
        ("o50_nul", r#"{"description":"\u0000"}"#),
        ("o50_member_twice", r#"{"name":"a","name":"b"}"#),
    ])
    .await;
}

#[tokio::test]
async fn o50_the_resulting_key_is_validated() {
    invalid(&[
        (
            "o50_end_before_start",
            r#"{"end_time":"2023-12-31 00:00:00"}"#,
        ),
        (
            "o50_start_at_end",
            r#"{"start_time":"2025-01-01 00:00:00"}"#,
        ),
        (
            "o50_both_reversed",
            r#"{"start_time":"2026-01-02 00:00:00","end_time":"2026-01-01 00:00:00"}"#,
        ),
    ])
    .await;
}

#[tokio::test]
async fn o32_what_is_no_id_of_a_key_is_404() {
    let (server, token, path) = planted().await;
    let number = path.rsplit('/').next().expect("a number");
    for (outcome, path) in [
        ("o32_unknown", NOBODY),
        ("o32_not_canonical", &format!("{KEYS}/0{number}")),
        ("o32_word", &format!("{KEYS}/validate")),
    ] {
        let request = Request::patch(path).bearer(&token).json(r#"{"name":"x"}"#);
        let answer = server.record(OP, UnknownId, outcome, &request).await;
        answer.expect(404);
    }
}

#[tokio::test]
async fn o20_a_body_has_a_type_and_a_bound() {
    let (server, token, path) = planted().await;
    let request = Request::patch(&path).bearer(&token).body(r#"{"name":"x"}"#);
    server
        .record(OP, Refused, "o20_no_type", &request)
        .await
        .expect(415);
    let request = Request::patch(&path)
        .bearer(&token)
        .header("content-type", "application/json")
        .header("content-length", "65537");
    server
        .record(OP, Refused, "o20_too_large", &request)
        .await
        .expect(413);
}

#[tokio::test]
async fn o4_a_body_that_does_not_arrive_is_408() {
    let (server, token, path) = planted().await;
    let request = Request::patch(&path)
        .bearer(&token)
        .header("content-type", "application/json")
        .header("content-length", "12");
    let mut connection = Connection::open(server.address).await;
    connection.send(&request.head_bytes()).await;
    let answer = connection.answer("PATCH").await.expect("an answer");
    server
        .keep(OP, Refused, "o4_no_body", &request, answer)
        .expect(408);
}

#[tokio::test]
async fn o1_a_trailing_slash_is_tolerated() {
    let (server, token, path) = planted().await;
    let request = Request::patch(format!("{path}/"))
        .bearer(&token)
        .json(r#"{"name":"x"}"#);
    let answer = server
        .record(OP, Success, "o1_trailing_slash", &request)
        .await;
    answer.expect(204);
}
