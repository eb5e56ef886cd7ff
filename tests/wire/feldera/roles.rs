//! F1: what each role may do.

use bitting_core::Role;
use bitting_tests::{
    Answer,
    Class::{Success, WeakRole},
    Request, Server,
};

use super::{CONFIG, KEYS, item};

/// A request for each of the four operations on keys, with the name of a key.
fn every_operation(name: &str) -> [(&'static str, Request); 4] {
    [
        ("key_create", Request::post(KEYS).json(r#"{"name":"new"}"#)),
        ("key_list", Request::get(KEYS)),
        ("key_view", Request::get(item(name))),
        ("key_delete", Request::delete(item(name))),
    ]
}

#[tokio::test]
async fn f1_write_and_above_may_do_everything_and_nobody_else_anything() {
    for role in Role::ALL {
        let server = Server::start().await;
        server.named("x").await;
        let token = server.caller(role).await;
        for (operation, request) in every_operation("x") {
            let answer = server.send(&request.bearer(&token)).await;
            let wanted = match operation {
                _ if role < Role::Write => 403,
                "key_create" => 201,
                _ => 200,
            };
            assert_eq!(answer.status, wanted, "{role} {operation}\n{answer:?}");
        }
    }
}

#[tokio::test]
async fn f1_a_weaker_role_is_told_which_one_it_is_and_which_it_takes() {
    let server = Server::start().await;
    let key = server.named("x").await;
    for (role, outcome) in [
        (Role::None, "f1_none"),
        (Role::Verify, "f1_verify"),
        (Role::Read, "f1_read"),
    ] {
        let token = server.caller(role).await;
        for (operation, request) in every_operation("x") {
            let request = request.bearer(&token);
            let answer = server.record(operation, WeakRole, outcome, &request).await;
            let answer = answer.expect(403);
            let details = format!(
                r#""error_code":"InsufficientPermissions","details":{{"required":"write","actual":"{role}"}}}}"#
            );
            assert!(answer.text().ends_with(&details), "{}", answer.text());
        }
    }
    assert!(server.accepts(&key.secret).await);
}

#[tokio::test]
async fn f1_the_scheme_is_compared_without_case() {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    for (outcome, header, scheme) in [
        ("f1_bearer", "authorization", "bearer"),
        ("f1_capitals", "AUTHORIZATION", "BEARER"),
        ("f1_mixed", "Authorization", "bEaReR"),
    ] {
        let request = Request::get(KEYS).header(header, format!("{scheme} {token}"));
        let answer = server.record("key_list", Success, outcome, &request).await;
        answer.expect(200);
    }
}

/// Everybody who may do anything here may change everything: a key never sees less than the one that made it.
#[tokio::test]
async fn f1_a_key_of_this_surface_that_reads_may_do_nothing_here_but_ask_what_runs() {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    let made = Request::post(KEYS)
        .bearer(token)
        .json(r#"{"name":"reader","role":"read"}"#);
    let made: Answer = server.send(&made).await.expect(201);
    let reader = super::text(&made, "api_key");
    for (operation, request) in every_operation("reader") {
        let answer = server.send(&request.bearer(&reader)).await;
        assert_eq!(answer.status, 403, "{operation}");
    }
    let request = Request::get(CONFIG).bearer(&reader);
    server.send(&request).await.expect(200);
}
