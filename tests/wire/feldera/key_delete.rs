//! `DELETE /v0/api_keys/{name}`: F40.

use bitting_tests::{
    Answer,
    Class::{BadInput, Success, UnknownId},
    Connection, Request,
};

use super::{CONFIG, KEYS, NOBODY, create, item, listed, text, writer};

const OP: &str = "key_delete";

fn assert_empty_200(answer: &Answer) {
    assert_eq!(answer.line, "HTTP/1.1 200 OK");
    assert!(answer.body.is_empty());
    assert_eq!(answer.header("content-length"), Some("0"));
    assert_eq!(answer.header("content-type"), None);
    assert_eq!(answer.header("cache-control"), Some("no-cache"), "F4");
}

#[tokio::test]
async fn f40_a_deleted_key_is_gone_at_once_for_every_request() {
    let (server, token) = writer().await;
    let (kept, gone) = (server.named("kept").await, server.named("gone").await);
    assert!(server.accepts(&gone.secret).await);
    let request = Request::delete(item("gone")).bearer(&token);
    let answer = server.record(OP, Success, "f40_done", &request).await;
    assert_empty_200(&answer);

    assert!(!server.accepts(&gone.secret).await);
    assert!(server.accepts(&kept.secret).await);
    let view = Request::get(item("gone")).bearer(&token);
    server.send(&view).await.expect(404);
    assert_eq!(listed(&server, &token).await, ["kept"]);
    let again = server
        .record(OP, UnknownId, "f40_second_time", &request)
        .await;
    assert_eq!(
        again.expect(404).text(),
        r#"{"message":"Unknown API key 'gone'","error_code":"UnknownApiKey","details":{"name":"gone"}}"#
    );
}

/// Its empty body must not be taken for one that has not come.
#[tokio::test]
async fn f40_the_connection_goes_on_after_it() {
    let (server, token) = writer().await;
    let mut connection = Connection::open(server.address).await;
    for name in ["a", "b", "c"] {
        server.named(name).await;
        let delete = Request::delete(item(name)).bearer(&token);
        let list = Request::get(KEYS).bearer(&token);
        let both = [delete.bytes(), list.bytes()].concat();
        connection.send(&both).await;
        let deleted = connection.answer("DELETE").await.expect("an answer");
        assert_empty_200(&deleted);
        let list = connection.answer("GET").await.expect("an answer");
        assert_eq!(list.expect(200).text(), "[]");
    }
}

#[tokio::test]
async fn f40_a_key_may_delete_itself_and_can_do_nothing_after_that() {
    let (server, token) = writer().await;
    let made = server.send(&create(&token, "x")).await.expect(201);
    let own = text(&made, "api_key");
    server.remember(own.clone());
    let request = Request::delete(item("x")).bearer(&own);
    let answer = server.record(OP, Success, "f40_itself", &request).await;
    answer.expect(200);
    server.send(&request).await.expect(401);
    let config = Request::get(CONFIG).bearer(&own);
    server.send(&config).await.expect(401);
}

#[tokio::test]
async fn f40_a_body_and_a_query_are_not_looked_at() {
    let (server, token) = writer().await;
    for (outcome, request) in [
        ("f40_body", Request::delete(item("x")).json("{")),
        (
            "f40_query",
            Request::delete(format!("{KEYS}/x?name=kept&%FF")),
        ),
        ("f2_trailing_slash", Request::delete(format!("{KEYS}/x/"))),
        ("f40_encoded", Request::delete(format!("{KEYS}/%78"))),
    ] {
        server.named("x").await;
        let request = request.bearer(&token);
        let answer = server.record(OP, Success, outcome, &request).await;
        assert_empty_200(&answer);
    }
    assert_eq!(listed(&server, &token).await, [""; 0]);
}

#[tokio::test]
async fn f40_an_unknown_name_is_404() {
    let (server, token) = writer().await;
    server.named("key").await;
    let request = Request::delete(NOBODY).bearer(&token);
    let answer = server.record(OP, UnknownId, "f40_unknown", &request).await;
    answer.expect(404);
    for (outcome, segment) in [
        ("f40_other_case", "Key"),
        ("f40_nul", "key%00"),
        ("f40_slash", "key%2F"),
        ("f40_encoded_twice", "%256bey"),
        ("f40_list", "key,key"),
        ("f40_wildcard", "*"),
        ("f40_long", &"n".repeat(101)),
    ] {
        let request = Request::delete(item(segment)).bearer(&token);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        let body = answer.expect(404).json();
        assert_eq!(body["error_code"], "UnknownApiKey", "{outcome}");
    }
    assert_eq!(listed(&server, &token).await, ["key"]);
}

#[tokio::test]
async fn f40_a_key_is_deleted_by_its_name_only() {
    let (server, token) = writer().await;
    let key = server.named("x").await;
    for id in [key.id.to_string(), key.number.to_string()] {
        let request = Request::delete(item(&id)).bearer(&token);
        server.send(&request).await.expect(404);
    }
    let all = Request::delete(KEYS).bearer(&token);
    server.send(&all).await.expect(405);
    assert!(server.accepts(&key.secret).await);
}
