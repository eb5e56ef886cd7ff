//! O8a: what each role may do.

use bitting_core::Role;
use bitting_tests::{
    Class::{Refused, Success, WeakRole},
    KEYS, Request, Seed, Server,
};

use super::{item, list, roll};

/// A request for each operation, with the path of a key of the caller's member.
fn every_operation(path: &str) -> [(&'static str, Request); 7] {
    [
        ("key_create", Request::post(KEYS).json(r#"{"name":"x"}"#)),
        ("key_list", Request::get(KEYS)),
        ("key_view", Request::get(path)),
        ("key_update", Request::patch(path).json(r#"{"name":"y"}"#)),
        ("key_roll", Request::post(format!("{path}/roll"))),
        ("key_validate", Request::post(format!("{KEYS}/validate"))),
        ("key_delete", Request::delete(path)),
    ]
}

#[tokio::test]
async fn o8a_each_role_may_do_what_the_table_says_and_no_more() {
    for role in Role::ALL {
        let server = Server::start().await;
        let path = item(server.personal("x").await.number);
        let token = server.caller(role).await;
        for (operation, request) in every_operation(&path) {
            let needs = match operation {
                "key_validate" => Role::None,
                "key_list" | "key_view" => Role::Read,
                _ => Role::Write,
            };
            let answer = server.send(&request.bearer(&token)).await;
            let refused = answer.status == 403;
            assert_eq!(refused, role < needs, "{role} {operation}\n{answer:?}");
            assert!(
                refused || answer.status < 300,
                "{role} {operation}\n{answer:?}"
            );
        }
    }
}

#[tokio::test]
async fn o8a_none_and_verify_may_do_nothing_here() {
    let server = Server::start().await;
    let path = item(server.personal("x").await.number);
    let tokens = [
        (server.caller(Role::None).await, "o8a_none"),
        (server.caller(Role::Verify).await, "o8a_verify"),
    ];
    for (token, outcome) in tokens {
        for (operation, request) in every_operation(&path) {
            if operation != "key_validate" {
                let request = request.bearer(&token);
                let answer = server.record(operation, WeakRole, outcome, &request).await;
                answer.expect(403);
            }
        }
    }
}

#[tokio::test]
async fn o8a_read_may_change_nothing() {
    let server = Server::start().await;
    let key = server.personal("x").await;
    let token = server.caller(Role::Read).await;
    for (operation, request) in every_operation(&item(key.number)) {
        if !matches!(operation, "key_list" | "key_view" | "key_validate") {
            let request = request.bearer(&token);
            let answer = server
                .record(operation, WeakRole, "o8a_read", &request)
                .await;
            answer.expect(403);
        }
    }
    assert!(server.accepts(&key.secret).await);
}

#[tokio::test]
async fn o8a_read_sees_keys_and_no_secret() {
    let server = Server::start().await;
    let key = server.personal("x").await;
    let token = server.caller(Role::Read).await;
    let request = Request::get(item(key.number)).bearer(&token);
    let answer = server
        .record("key_view", Success, "o8a_read", &request)
        .await;
    assert!(answer.expect(200).json()["secret"].is_null());
    let answer = server
        .record("key_list", Success, "o8a_read", &list(&token, &[]))
        .await;
    assert!(answer.expect(200).json()["items"][0]["secret"].is_null());
}

#[tokio::test]
async fn o8a_a_key_above_the_callers_role_is_seen_without_its_secret_and_not_changed() {
    let server = Server::start().await;
    let above = server
        .plant(Seed::personal("above").role(Role::Admin))
        .await;
    let below = server.plant(Seed::personal("below").role(Role::Read)).await;
    let token = server.caller(Role::Write).await;

    let fields = list(&token, &[("fields", "name,secret")]);
    let answer = server
        .record("key_list", Success, "o8a_role_above", &fields)
        .await;
    let items = answer.expect(200).json()["items"].clone();
    assert!(items[0]["secret"].is_null());
    assert_eq!(items[1]["secret"], below.secret);
    let view = Request::get(item(above.number)).bearer(&token);
    let answer = server
        .record("key_view", Success, "o8a_role_above", &view)
        .await;
    assert!(answer.expect(200).json()["secret"].is_null());

    for (operation, request) in [
        (
            "key_update",
            Request::patch(item(above.number)).json(r#"{"name":"y"}"#),
        ),
        ("key_roll", Request::post(roll(above.number))),
        ("key_delete", Request::delete(item(above.number))),
    ] {
        let request = request.bearer(&token);
        let answer = server
            .record(operation, Refused, "o8a_role_above", &request)
            .await;
        answer.expect(403);
    }
    assert!(server.accepts(&above.secret).await);
    let admin = server.caller(Role::Admin).await;
    let view = Request::get(item(above.number)).bearer(&admin);
    assert_eq!(
        server.send(&view).await.expect(200).json()["secret"],
        above.secret
    );
}
