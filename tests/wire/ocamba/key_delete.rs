//! `DELETE /v2/ocamba/personal-api-keys/{id}`

use bitting_tests::{
    Class::{BadInput, Success, UnknownId},
    KEYS, Request,
};

use super::{NOBODY, found, item, list, writer};

const OP: &str = "key_delete";

#[tokio::test]
async fn o60_a_deleted_key_is_gone_at_once_for_every_request() {
    let (server, token) = writer().await;
    let (kept, gone) = (server.personal("kept").await, server.personal("gone").await);
    assert!(server.accepts(&gone.secret).await);
    let request = Request::delete(item(gone.number)).bearer(&token);
    server
        .record(OP, Success, "o60_done", &request)
        .await
        .expect(204);

    assert!(!server.accepts(&gone.secret).await);
    assert!(server.accepts(&kept.secret).await);
    let view = Request::get(item(gone.number)).bearer(&token);
    server.send(&view).await.expect(404);
    let all = server.send(&list(&token, &[])).await;
    assert_eq!(found(&all), (1, vec!["kept".to_owned()]));
    let again = server
        .record(OP, UnknownId, "o60_second_time", &request)
        .await;
    again.expect(404);
}

#[tokio::test]
async fn o60_a_key_may_delete_itself() {
    let (server, _) = writer().await;
    let key = server.personal("x").await;
    let request = Request::delete(item(key.number)).bearer(&key.secret);
    server
        .record(OP, Success, "o60_itself", &request)
        .await
        .expect(204);
    assert!(!server.accepts(&key.secret).await);
}

#[tokio::test]
async fn o5_the_id_of_a_deleted_key_is_not_given_again() {
    let (server, token) = writer().await;
    let create = Request::post(KEYS).bearer(&token).json(r#"{"name":"x"}"#);
    let id = |answer: bitting_tests::Answer| -> u64 {
        let key = answer.expect(201).json();
        key["id"].as_str().expect("an id").parse().expect("digits")
    };
    let first = id(server.send(&create).await);
    let delete = Request::delete(format!("{KEYS}/{first}")).bearer(&token);
    server.send(&delete).await.expect(204);
    let second = id(server.send(&create).await);
    assert!(second > first);
}

#[tokio::test]
async fn o60_a_body_is_not_looked_at() {
    let (server, token) = writer().await;
    let key = server.personal("x").await;
    let request = Request::delete(item(key.number)).bearer(&token).json("{");
    let answer = server.record(OP, Success, "o60_body", &request).await;
    answer.expect(204);
}

#[tokio::test]
async fn o32_an_unknown_id_is_404() {
    let (server, token) = writer().await;
    let request = Request::delete(NOBODY).bearer(&token);
    let answer = server.record(OP, UnknownId, "o32_unknown", &request).await;
    answer.expect(404);
}

#[tokio::test]
async fn o32_what_is_no_id_is_404() {
    let (server, token) = writer().await;
    let key = server.personal("x").await;
    for (outcome, id) in [
        ("o32_not_canonical", &*format!("0{}", key.number)),
        ("o32_word", "abc"),
        ("o32_list", &format!("{},3", key.number)),
    ] {
        let request = Request::delete(format!("{KEYS}/{id}")).bearer(&token);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        answer.expect(404);
    }
    assert!(server.accepts(&key.secret).await);
}

#[tokio::test]
async fn o1_a_trailing_slash_is_tolerated() {
    let (server, token) = writer().await;
    let key = server.personal("x").await;
    let request = Request::delete(item(key.number) + "/").bearer(&token);
    let answer = server
        .record(OP, Success, "o1_trailing_slash", &request)
        .await;
    answer.expect(204);
}
