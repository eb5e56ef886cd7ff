//! `POST /v2/ocamba/personal-api-keys`, done.

use bitting_core::Role;
use bitting_tests::{Answer, Class::Success, Connection, KEYS, Request, Server};

use super::writer;

const OP: &str = "key_create";

/// Makes a key and keeps the exchange.
async fn made(server: &Server, outcome: &str, request: Request) -> Answer {
    server
        .record(OP, Success, outcome, &request)
        .await
        .expect(201)
}

async fn create(outcome: &str, body: impl Into<Vec<u8>>) -> Answer {
    let (server, token) = writer().await;
    let request = Request::post(KEYS).bearer(token).json(body);
    made(&server, outcome, request).await
}

#[tokio::test]
async fn o23_o9_a_new_key_has_the_members_of_the_page_in_its_order() {
    let body = r#"{"name":"My API key","description":"API key used for ...","start_time":"2024-08-08 13:00:00","end_time":"2024-10-09 13:00:00"}"#;
    let answer = create("o23_every_member", body).await;
    let members =
        "id company_id name description status secret start_time end_time create_time update_time";
    let members: Vec<_> = members.split(' ').collect();
    assert_eq!(Answer::members(answer.text()), members);
    let id = answer.json()["id"]
        .as_str()
        .expect("O5: a string")
        .to_owned();
    assert_eq!(answer.header("location"), Some(&*format!("{KEYS}/{id}")));
}

#[tokio::test]
async fn o22_an_omitted_start_is_now_and_an_omitted_end_is_never() {
    let key = create("o22_name_only", r#"{"name":"x"}"#).await.json();
    assert_eq!(key["start_time"], key["create_time"]);
    assert_eq!(key["create_time"], key["update_time"]);
    assert!(key["end_time"].is_null() && key["description"].is_null());
}

#[tokio::test]
async fn o20_an_explicit_null_is_as_not_given() {
    let body = r#"{"name":"x","description":null,"start_time":null,"end_time":null}"#;
    create("o20_nulls", body).await;
}

#[tokio::test]
async fn o20_unknown_and_read_only_members_are_ignored() {
    let body = r#"{"id":"7","company_id":"1","issuer_id":"1","member_id":"1","status":"expired","secret":"0000000000000000000000000000000000000000","create_time":"2000-01-01 00:00:00","update_time":5,"role":"root","view":{"a":[1,null,true,1e3]},"name":"x"}"#;
    let key = create("o20_read_only_members", body).await.json();
    assert_eq!(key["status"], "active");
    assert_ne!(key["id"], "7");
}

#[tokio::test]
async fn o20_an_empty_description_is_a_description() {
    let key = create("o20_empty_description", r#"{"name":"x","description":""}"#).await;
    assert_eq!(key.json()["description"], "");
}

#[tokio::test]
async fn o20_the_longest_texts_fit() {
    let (name, description) = ("🗝".repeat(255), "é".repeat(1_000));
    let body = format!(r#"{{"name":"{name}","description":"{description}"}}"#);
    let key = create("o20_longest_texts", body).await.json();
    assert_eq!(key["name"], name);
    assert_eq!(key["description"], description);
}

#[tokio::test]
async fn o20_a_body_of_64_kib_fits() {
    let key = r#"{"name":"x"}"#;
    let body = " ".repeat(64 * 1024 - key.len()) + key;
    create("o20_64_kib", body).await;
}

#[tokio::test]
async fn o20_the_first_and_the_last_second_of_the_calendar_fit() {
    let body =
        r#"{"name":"x","start_time":"0001-01-01 00:00:00","end_time":"9999-12-31 23:59:59"}"#;
    create("o20_calendar", body).await;
}

#[tokio::test]
async fn o21_a_leap_day_exists_in_a_leap_year() {
    create(
        "o21_leap_day",
        r#"{"name":"x","start_time":"2024-02-29 23:59:59"}"#,
    )
    .await;
}

#[tokio::test]
async fn o22_a_past_span_is_accepted_and_expired() {
    let body =
        r#"{"name":"x","start_time":"2020-01-01 00:00:00","end_time":"2021-01-01 00:00:00"}"#;
    let key = create("o22_past_span", body).await.json();
    assert_eq!(key["status"], "expired");
}

#[tokio::test]
async fn o7_a_future_start_is_pending() {
    let key = create(
        "o7_future_start",
        r#"{"name":"x","start_time":"2024-08-09 13:05:51"}"#,
    );
    assert_eq!(key.await.json()["status"], "pending");
}

#[tokio::test]
async fn o23_a_name_is_kept_as_it_was_sent() {
    let key = create("o23_padded_name", r#"{"name":"  padded\t "}"#).await;
    assert_eq!(key.json()["name"], "  padded\t ");
}

#[tokio::test]
async fn o25_escapes_and_surrogate_pairs_are_decoded() {
    let body = r#"{"name":"\u0041\u00e9\u4e2d\ud83d\udddd","description":"\"\\\/\b\f\n\r\t"}"#;
    let key = create("o25_escapes", body).await.json();
    assert_eq!(key["name"], "Aé中🗝");
    assert_eq!(key["description"], "\"\\/\u{8}\u{c}\n\r\t");
}

#[tokio::test]
async fn o25_any_utf8_is_fine() {
    let name = "e\u{301} عربى 中文 👩‍👩‍👧 \u{fffd} <&>'";
    let body = format!(r#"{{"name":"{name}"}}"#);
    let key = create("o25_utf8", body).await.json();
    assert_eq!(key["name"], name);
}

#[tokio::test]
async fn o25_two_keys_may_have_one_name_and_the_later_one_the_greater_id() {
    let (server, token) = writer().await;
    let request = Request::post(KEYS).bearer(token).json(r#"{"name":"twin"}"#);
    let ids = [
        made(&server, "o25_first_twin", request.clone()).await,
        made(&server, "o25_second_twin", request).await,
    ]
    .map(|answer| answer.json()["id"].as_str().map(str::parse::<u64>));
    let [Some(Ok(first)), Some(Ok(second))] = ids else {
        panic!("O5: ids are strings of digits: {ids:?}");
    };
    assert!(first < second, "{first} {second}");
}

#[tokio::test]
async fn o24_a_secret_is_40_lower_case_hexadecimal_digits_and_good_at_once() {
    let (server, token) = writer().await;
    let request = Request::post(KEYS).bearer(token).json(r#"{"name":"x"}"#);
    let answer = made(&server, "o24_secret", request).await.json();
    let secret = answer["secret"].as_str().expect("a secret");
    assert_eq!(secret.len(), 40);
    assert!(secret.bytes().all(|b| b"0123456789abcdef".contains(&b)));
    assert!(server.accepts(secret).await);
}

#[tokio::test]
async fn o8a_a_new_key_has_the_role_of_its_maker_but_at_most_write() {
    for role in [Role::Write, Role::Admin, Role::Root] {
        let server = Server::start().await;
        let token = server.caller(role).await;
        let request = Request::post(KEYS).bearer(token).json(r#"{"name":"x"}"#);
        let id = server.send(&request).await.expect(201).json()["id"].clone();
        let stored: String = server
            .database()
            .query_row(
                "SELECT role FROM api_key WHERE number = ?1",
                [id.as_str().expect("an id")],
                |row| row.get(0),
            )
            .expect("the key is stored");
        assert_eq!(stored, "write", "made by {role}");
    }
}

#[tokio::test]
async fn o20_the_type_may_have_a_charset_and_any_case() {
    let (server, token) = writer().await;
    let request = Request::post(KEYS)
        .bearer(token)
        .header("Content-Type", "Application/JSON; charset=UTF-8")
        .body(r#"{"name":"x"}"#);
    made(&server, "o20_charset", request).await;
}

#[tokio::test]
async fn o2_the_scheme_is_compared_without_case() {
    let (server, token) = writer().await;
    let request = Request::post(KEYS)
        .header("AUTHORIZATION", format!("bEARER {token}"))
        .json(r#"{"name":"x"}"#);
    made(&server, "o2_scheme_in_any_case", request).await;
}

#[tokio::test]
async fn o1_a_trailing_slash_is_tolerated() {
    let (server, token) = writer().await;
    let request = Request::post(format!("{KEYS}/"))
        .bearer(token)
        .json(r#"{"name":"x"}"#);
    let answer = made(&server, "o1_trailing_slash", request).await;
    assert_eq!(answer.header("location"), Some(&*format!("{KEYS}/2")));
}

#[tokio::test]
async fn o25_a_body_is_asked_for_when_the_client_waits_to_be_asked() {
    let (server, token) = writer().await;
    let request = Request::post(KEYS)
        .bearer(token)
        .header("expect", "100-continue")
        .json(r#"{"name":"x"}"#);
    let mut connection = Connection::open(server.address).await;
    connection.send(&request.head_bytes()).await;
    let interim = connection.answer("POST").await.expect("an interim answer");
    assert_eq!(interim.line, "HTTP/1.1 100 Continue");
    connection
        .send(request.sent_body().expect("it has one"))
        .await;
    let answer = connection.answer("POST").await.expect("an answer");
    server
        .keep(OP, Success, "o25_expect_continue", &request, answer)
        .expect(201);
}

#[tokio::test]
async fn o20_a_body_may_come_in_chunks() {
    let (server, token) = writer().await;
    let request = Request::post(KEYS)
        .bearer(token)
        .header("transfer-encoding", "chunked")
        .json("3\r\n{\"n\r\n9\r\name\":\"x\"}\r\n0\r\n\r\n");
    made(&server, "o20_chunks", request).await;
}
