//! What only a broken or a hostile client sends. Nothing of it may be answered 500, hang a connection or take the
//! server down.

mod bodies;
mod connections;
mod fuzz;
mod queries;

use bitting_core::Role;
use bitting_tests::{Answer, KEYS, Request, Server, exchange::assert_plain};

/// The statuses that no request, however bad, may go beyond.
const CALM: [u16; 7] = [400, 401, 404, 405, 408, 413, 415];

async fn writer() -> (Server, String) {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    (server, token)
}

/// Sends `request`, asserts that the answer is one of ours and calm, and returns it.
async fn calm(server: &Server, request: &Request) -> Answer {
    let answer = server.send(request).await;
    assert_calm(&answer, request.method());
    answer
}

fn assert_calm(answer: &Answer, method: &str) {
    let fine = (200..300).contains(&answer.status) || CALM.contains(&answer.status);
    assert!(fine, "\n{answer:?}");
    assert_plain(answer, method);
}

/// Asserts that the server is as well as before.
async fn assert_well(server: &Server, token: &str) {
    let request = Request::get(format!("{KEYS}?fields=id")).bearer(token);
    server.send(&request).await.expect(200);
    let request = Request::post(KEYS).bearer(token).json(r#"{"name":"x"}"#);
    server.send(&request).await.expect(201);
    server.assert_log_tells_no_secret();
    let log = server.log.text();
    assert!(!log.contains("panicked"), "{log}");
}
