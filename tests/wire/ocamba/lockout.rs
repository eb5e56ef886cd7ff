//! The last active root key stays: 409.
//!
//! This surface makes no root key, and its document therefore knows no 409. A root key that is listed here can only
//! come from outside, and is refused all the same.

use bitting_core::Role;
use bitting_tests::{Class::Refused, Request, Seed, Server};

use super::item;

#[tokio::test]
async fn o2_taking_the_last_root_key_away_is_409() {
    let server = Server::start().await;
    let key = server.plant(Seed::personal("last").role(Role::Root)).await;
    for (outcome, request) in [
        ("delete", Request::delete(item(key.number))),
        (
            "end",
            Request::patch(item(key.number)).json(r#"{"end_time":"2030-01-01 00:00:00"}"#),
        ),
        (
            "start",
            Request::patch(item(key.number)).json(r#"{"start_time":"2030-01-01 00:00:00"}"#),
        ),
    ] {
        let request = request.bearer(&key.secret);
        let answer = server.record("lockout", Refused, outcome, &request).await;
        answer.expect(409);
    }
    assert!(server.accepts(&key.secret).await);
}

#[tokio::test]
async fn a_root_key_that_is_not_the_last_may_go() {
    let server = Server::start().await;
    let key = server.plant(Seed::personal("last").role(Role::Root)).await;
    server.caller(Role::Root).await;
    let request = Request::delete(item(key.number)).bearer(&key.secret);
    server.send(&request).await.expect(204);
}
