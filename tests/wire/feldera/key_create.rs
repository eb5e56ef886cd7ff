//! `POST /v0/api_keys`, done: F10, F11.

use bitting_core::Role;
use bitting_tests::{Answer, Class::Success, Connection, Request, Server};
use uuid::Uuid;

use super::{KEYS, create, listed, text, writer};

const OP: &str = "key_create";

/// Makes a key and keeps the exchange.
async fn made(server: &Server, outcome: &str, request: &Request) -> Answer {
    server
        .record(OP, Success, outcome, request)
        .await
        .expect(201)
}

#[tokio::test]
async fn f10_a_new_key_has_three_members_in_order() {
    let (server, token) = writer().await;
    let answer = made(&server, "f10_name_only", &create(&token, "nightly-export")).await;
    assert_eq!(Answer::members(answer.text()), ["id", "name", "api_key"]);
    assert_eq!(text(&answer, "name"), "nightly-export");
    assert_eq!(answer.header("location"), None, "F10 has none");
}

#[tokio::test]
async fn f10_the_id_is_a_uuid_of_version_7_of_now() {
    let (server, token) = writer().await;
    let answer = made(&server, "f10_id", &create(&token, "x")).await;
    let id = text(&answer, "id");
    let uuid = Uuid::parse_str(&id).expect("a UUID");
    assert_eq!((uuid.to_string(), uuid.get_version_num()), (id, 7));
    let (seconds, _) = uuid.get_timestamp().expect("a time").to_unix();
    // 2024-08-09 13:05:50
    assert_eq!(seconds, 1_723_208_750);
}

#[tokio::test]
async fn f11_a_secret_has_a_prefix_and_128_characters_and_is_good_at_once() {
    let (server, token) = writer().await;
    let mut seen = Vec::new();
    for name in ["a", "b", "c"] {
        let secret = text(
            &server.send(&create(&token, name)).await.expect(201),
            "api_key",
        );
        let random = secret.strip_prefix("apikey:").expect("a prefix");
        assert_eq!(random.len(), 128);
        assert!(
            random.bytes().all(|b| b.is_ascii_alphanumeric()),
            "{random}"
        );
        assert!(server.accepts(&secret).await);
        seen.push(secret);
    }
    let all: String = seen.concat().replace("apikey:", "");
    for kind in [char::is_uppercase, char::is_lowercase, |c: char| {
        c.is_ascii_digit()
    }] {
        assert!(all.contains(kind), "every kind of character is used: {all}");
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 3);
}

#[tokio::test]
async fn f12_every_character_of_a_name_and_its_longest_and_shortest() {
    let (server, token) = writer().await;
    let all = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    for (outcome, name) in [
        ("f12_every_character", all),
        ("f12_100_bytes", &"n".repeat(100)),
        ("f12_1_byte", "n"),
        ("f12_hyphen", "-"),
        ("f12_digits", "0123"),
        ("f12_null", "null"),
    ] {
        let answer = made(&server, outcome, &create(&token, name)).await;
        assert_eq!(text(&answer, "name"), name, "F10: unchanged");
    }
}

#[tokio::test]
async fn f12_case_counts() {
    let (server, token) = writer().await;
    for (outcome, name) in [
        ("f12_small", "key"),
        ("f12_capital", "Key"),
        ("f12_capitals", "KEY"),
    ] {
        made(&server, outcome, &create(&token, name)).await;
    }
    assert_eq!(listed(&server, &token).await, ["KEY", "Key", "key"]);
}

#[tokio::test]
async fn f14_unknown_members_are_ignored() {
    let (server, token) = writer().await;
    let request = |body: &str| Request::post(KEYS).bearer(&token).json(body);
    for (outcome, body) in [
        (
            "f14_read_only_members",
            r#"{"id":"7","api_key":"x","scopes":["Read"],"name":"a","company_id":"7000001"}"#,
        ),
        (
            "f14_odd_members",
            r#"{"":1,"Name":2,"x":{"name":[1e300,-0,null]},"x":3,"name":"b","\u0000":"\u0000"}"#,
        ),
        ("f14_escaped_member", r#"{"n\u0061me":"\u0063"}"#),
    ] {
        made(&server, outcome, &request(body)).await;
    }
    // Nobody reads the numbers in them either, and so none is too large.
    let body = r#"{"name":"d","x":1e999}"#;
    server.send(&request(body)).await.expect(201);
    assert_eq!(listed(&server, &token).await, ["a", "b", "c", "d"]);
}

#[tokio::test]
async fn f14_the_type_may_have_parameters_and_any_case() {
    let (server, token) = writer().await;
    for (outcome, name, kind) in [
        ("f14_charset", "a", "application/json; charset=utf-8"),
        ("f14_type_in_capitals", "b", "APPLICATION/JSON"),
    ] {
        let request = Request::post(KEYS)
            .bearer(&token)
            .header("content-type", kind)
            .body(format!(r#"{{"name":"{name}"}}"#));
        made(&server, outcome, &request).await;
    }
}

#[tokio::test]
async fn f2_a_trailing_slash_is_accepted() {
    let (server, token) = writer().await;
    let request = Request::post(format!("{KEYS}/"))
        .bearer(&token)
        .json(r#"{"name":"x"}"#);
    made(&server, "f2_trailing_slash", &request).await;
}

#[tokio::test]
async fn f2_a_body_of_64_kib_fits_and_may_come_in_chunks() {
    let (server, token) = writer().await;
    let key = r#"{"name":"a"}"#;
    let body = " ".repeat(64 * 1024 - key.len()) + key;
    let request = Request::post(KEYS).bearer(&token).json(body);
    made(&server, "f2_64_kib", &request).await;
    let request = Request::post(KEYS)
        .bearer(&token)
        .header("transfer-encoding", "chunked")
        .json("3\r\n{\"n\r\n9\r\name\":\"b\"}\r\n0\r\n\r\n");
    made(&server, "f2_chunks", &request).await;
}

#[tokio::test]
async fn f2_a_body_is_asked_for_when_the_client_waits_to_be_asked() {
    let (server, token) = writer().await;
    let request = create(&token, "x").header("expect", "100-continue");
    let mut connection = Connection::open(server.address).await;
    connection.send(&request.head_bytes()).await;
    let interim = connection.answer("POST").await.expect("an interim answer");
    assert_eq!(interim.line, "HTTP/1.1 100 Continue");
    connection
        .send(request.sent_body().expect("it has one"))
        .await;
    let answer = connection.answer("POST").await.expect("an answer");
    server
        .keep(OP, Success, "f2_expect_continue", &request, answer)
        .expect(201);
}

#[tokio::test]
async fn f10_a_key_belongs_to_whoever_made_it() {
    let server = Server::start().await;
    for role in [Role::Write, Role::Admin, Role::Root] {
        let token = server.caller(role).await;
        server.send(&create(&token, role.name())).await.expect(201);
    }
    let database = server.database();
    let mut statement = database
        .prepare("SELECT company, owner, issuer, role, recoverable FROM api_key WHERE origin = 2")
        .expect("a statement");
    let rows = statement.query_map([], |row| {
        Ok((
            row.get(0)?,
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
        ))
    });
    let rows: Vec<_> = rows.expect("rows").map(|row| row.expect("a row")).collect();
    let made = (
        6_197_120_i64,
        10_001_i64,
        10_001_i64,
        "write".to_owned(),
        0_i64,
    );
    assert_eq!(rows, vec![made; 3], "F15: write, never more");
}
