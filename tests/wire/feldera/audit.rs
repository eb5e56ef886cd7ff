//! The records that changes leave.

use bitting_core::Role;
use bitting_tests::{
    Request, Server,
    audited::{Row, audited},
};

use super::{CONFIG, KEYS, create, item, text, writer};

#[tokio::test]
async fn f10_f40_a_record_says_what_who_from_where_and_in_which_request() {
    let mut server = Server::start().await;
    let token = server.named("maker").await;
    let made = server.send(&create(&token.secret, "x")).await.expect(201);
    let delete = Request::delete(item("x")).bearer(&token.secret);
    let deleted = server.send(&delete).await.expect(200);
    let id = uuid::Uuid::parse_str(&text(&made, "id")).expect("a UUID");
    let row = |action: &str, request: &str| Row {
        action: action.to_owned(),
        company: 6_197_120,
        actor: Some(10_001),
        via: Some(format!("key {}", token.id)),
        request: request.to_owned(),
        remote: "127.0.0.1".to_owned(),
        member: None,
        keys: id.as_bytes().to_vec(),
    };
    assert_eq!(
        audited(&mut server).await,
        [
            row("key_created", made.request_id()),
            row("key_deleted", deleted.request_id()),
        ]
    );
}

#[tokio::test]
async fn f20_f30_reading_leaves_none_and_nor_does_what_is_refused() {
    let (mut server, token) = writer().await;
    server.named("x").await;
    let reader = server.caller(Role::Read).await;
    for (request, status) in [
        (Request::get(KEYS).bearer(&token), 200),
        (Request::get(item("x")).bearer(&token), 200),
        (Request::get(CONFIG).bearer(&token), 200),
        (create(&token, "x"), 409),
        (create(&token, ""), 400),
        (create(&reader, "y"), 403),
        (create("nobody", "y"), 401),
        (Request::delete(item("y")).bearer(&token), 404),
        (Request::delete(item("x")).bearer(&reader), 403),
    ] {
        server.send(&request).await.expect(status);
    }
    assert_eq!(audited(&mut server).await, []);
}

#[tokio::test]
async fn f11_the_log_and_the_records_tell_no_secret() {
    let (mut server, token) = writer().await;
    let made = server.send(&create(&token, "x")).await.expect(201);
    let secret = text(&made, "api_key");
    server.remember(secret.clone());
    for request in [
        Request::get(format!("{KEYS}?api_key={secret}")).bearer(&token),
        Request::get(item(&secret)).bearer(&token),
        create(&token, &secret),
        Request::post(KEYS)
            .bearer(&token)
            .json(format!("[\"{secret}\"]")),
        Request::get(format!("/v0/{secret}")),
        Request::get(KEYS).header("authorization", format!("Basic {secret}")),
    ] {
        server.send(&request).await;
    }
    server.assert_log_tells_no_secret();
    server.stop().await;
    server.assert_log_tells_no_secret();
    let told: i64 = server
        .database()
        .query_row(
            "SELECT count(*) FROM audit WHERE instr(action || actor_via || request || remote || keys, ?1)",
            [&secret[7..]],
            |row| row.get(0),
        )
        .expect("a count");
    assert_eq!(told, 0);
}
