//! What only a broken or a hostile client sends. Nothing of it may be answered 500, hang a connection or take the
//! server down.

mod bodies;
mod connections;
mod fuzz;
mod queries;

use bitting_core::Role;
use bitting_tests::{Answer, COMPANIES, KEYS, NAMED_KEYS, Request, Server, dialect::assert_plain};

/// The statuses that no request, however bad, may go beyond.
const CALM: [u16; 9] = [400, 401, 403, 404, 405, 408, 409, 413, 415];

/// The members of a company of the cast.
const MEMBERS: &str = "/v1/companies/6197120/members";

/// Where something is made by a body.
const CREATES: [&str; 4] = [KEYS, NAMED_KEYS, COMPANIES, MEMBERS];

async fn writer() -> (Server, String) {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    (server, token)
}

/// A server, and the secret of a key that may do everything.
async fn root() -> (Server, String) {
    let server = Server::start().await;
    let token = server.caller(Role::Root).await;
    (server, token)
}

/// Sends `request`, asserts that the answer is one of ours and calm, and returns it.
async fn calm(server: &Server, request: &Request) -> Answer {
    let answer = server.send(request).await;
    assert_calm(request, &answer);
    answer
}

fn assert_calm(request: &Request, answer: &Answer) {
    let fine = (200..300).contains(&answer.status) || CALM.contains(&answer.status);
    assert!(fine, "\n{answer:?}");
    assert_plain(request, answer);
}

/// Asserts that the server is as well as before.
async fn assert_well(server: &Server, token: &str) {
    let request = Request::get(format!("{KEYS}?fields=id")).bearer(token);
    server.send(&request).await.expect(200);
    let request = Request::post(KEYS).bearer(token).json(r#"{"name":"x"}"#);
    server.send(&request).await.expect(201);
    for path in ["/healthz", "/v0/cluster_healthz"] {
        server.send(&Request::get(path)).await.expect(200);
    }
    let request = Request::get(NAMED_KEYS).bearer(token);
    server.send(&request).await.expect(200);
    server.assert_log_tells_no_secret();
    let log = server.log.text();
    assert!(!log.contains("panicked"), "{log}");
}
