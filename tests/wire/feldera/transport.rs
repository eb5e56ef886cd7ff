//! F4: what caches are told; F5: plain HTTP.

use bitting_core::Role;
use bitting_tests::{Request, Server};

use super::{CLUSTER, CONFIG, HEALTH, KEYS, LOGIN, create, item};

#[tokio::test]
async fn f4_every_success_says_how_long_it_may_be_kept() {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    for (request, status, told) in [
        (create(&token, "x"), 201, "no-store"),
        (Request::get(KEYS).bearer(&token), 200, "no-cache"),
        (Request::get(item("x")).bearer(&token), 200, "no-cache"),
        (Request::get(CONFIG).bearer(&token), 200, "no-cache"),
        (Request::get(CLUSTER), 200, "no-cache"),
        (Request::get(LOGIN), 200, "no-cache"),
        (Request::get(HEALTH), 200, "no-cache"),
        (Request::delete(item("x")).bearer(&token), 200, "no-cache"),
    ] {
        let answer = server.send(&request).await.expect(status);
        let values: Vec<_> = answer.values("cache-control").collect();
        assert_eq!(values, [told], "{} {}", request.method(), request.target());
    }
}

/// Behind a proxy, and in development: everything here is plain HTTP.
#[tokio::test]
async fn f5_plain_http_is_possible() {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    let answer = server.send(&create(&token, "x")).await.expect(201);
    assert_eq!(answer.header("strict-transport-security"), None);
}
