//! O33 and the records that changes leave.

use bitting_core::Role;
use bitting_tests::{
    Class::Success,
    KEYS, Request, Server,
    probe::{Fault, Step},
};

use super::{item, list, roll, writer};

/// The actions of the audit log, each with the number of keys that it names (16 bytes of id for each).
async fn audited(server: &mut Server) -> Vec<(String, i64)> {
    server.stop().await;
    let database = server.database();
    let mut statement = database
        .prepare("SELECT action, length(keys) / 16 FROM audit WHERE request <> 'seed' ORDER BY id")
        .expect("a statement");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.expect("rows").map(|row| row.expect("a row")).collect()
}

#[tokio::test]
async fn o33_a_list_or_view_that_shows_secrets_leaves_one_record() {
    let (mut server, token) = writer().await;
    let first = server.personal("a").await;
    server.personal("b").await;
    server.personal("c").await;
    server
        .send(&list(&token, &[("page", "1,2")]))
        .await
        .expect(200);
    server
        .send(&Request::get(item(first.number)).bearer(&token))
        .await
        .expect(200);
    let shown = |keys| ("secrets_shown".to_owned(), keys);
    assert_eq!(audited(&mut server).await, [shown(2), shown(1)]);
}

#[tokio::test]
async fn o33_one_that_shows_none_leaves_none() {
    let (mut server, token) = writer().await;
    let key = server.personal("a").await;
    let reader = server.caller(Role::Read).await;
    server
        .send(&list(&token, &[("fields", "id,name")]))
        .await
        .expect(200);
    server
        .send(&list(&token, &[("name", "nobody")]))
        .await
        .expect(200);
    server.send(&list(&reader, &[])).await.expect(200);
    server
        .send(&Request::get(item(key.number)).bearer(&reader))
        .await
        .expect(200);
    assert_eq!(audited(&mut server).await, []);
}

#[tokio::test]
async fn o33_what_can_leave_no_record_is_not_shown() {
    let (server, token) = writer().await;
    let key = server.personal("a").await;
    server.probe.fail(Step::Shown, Fault::NotDurable);
    let view = Request::get(item(key.number)).bearer(&token);
    let answer = server
        .record("key_view", Success, "o33_no_record", &view)
        .await;
    assert!(answer.expect(200).json()["secret"].is_null());
    let answer = server
        .record("key_list", Success, "o33_no_record", &list(&token, &[]))
        .await;
    assert!(answer.expect(200).json()["items"][0]["secret"].is_null());
    server.probe.clear();
    let answer = server.send(&view).await.expect(200);
    assert_eq!(answer.json()["secret"], key.secret);
}

#[tokio::test]
async fn every_change_leaves_one_record_and_a_refused_one_none() {
    let (mut server, token) = writer().await;
    let create = Request::post(KEYS).json(r#"{"name":"x"}"#).bearer(&token);
    server.send(&create).await.expect(201);
    let key = server.personal("a").await;
    for (request, status) in [
        (
            Request::patch(item(key.number)).json(r#"{"name":"y"}"#),
            204,
        ),
        (
            Request::patch(item(key.number)).json(r#"{"end_time":"2000-01-01 00:00:00"}"#),
            400,
        ),
        (Request::post(roll(key.number)), 200),
        (Request::delete(item(key.number)), 204),
        (Request::delete(item(key.number)), 404),
    ] {
        server.send(&request.bearer(&token)).await.expect(status);
    }
    let actions: Vec<_> = audited(&mut server).await;
    let expected = ["key_created", "key_updated", "key_rolled", "key_deleted"];
    assert_eq!(actions, expected.map(|action| (action.to_owned(), 1)));
}

#[tokio::test]
async fn a_record_says_who_from_where_and_in_which_request() {
    let (mut server, _) = writer().await;
    let key = server.personal("a").await;
    let request = Request::delete(item(key.number)).bearer(&key.secret);
    let answer = server.send(&request).await.expect(204);
    server.stop().await;
    let row: (i64, i64, String, String, String) = server
        .database()
        .query_row(
            "SELECT company, actor_member, actor_via, request, remote FROM audit WHERE action = 'key_deleted'",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
        )
        .expect("one record");
    let via = format!("key {}", key.id);
    let request = answer.request_id().to_owned();
    assert_eq!(
        row,
        (6_197_120, 10_001, via, request, "127.0.0.1".to_owned())
    );
}
