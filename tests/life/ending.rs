//! Signals.

use bitting_tests::{Connection, KEYS, Request, binary::Process};
use tempfile::tempdir;

use super::{create, root_key};

#[tokio::test]
async fn sigterm_and_sigint_end_a_server_well() {
    for signal in ["TERM", "INT"] {
        let data = tempdir().expect("a directory");
        let mut server = Process::serve(data.path(), &[]);
        create(&server, &root_key(data.path()), "x").await;
        server.signal(signal);
        let ended = server.end();
        assert_eq!(ended.status.code(), Some(0), "{signal} {ended:?}");
        assert!(
            ended.output.is_empty(),
            "one line on standard output, and no more"
        );
        assert!(!ended.errors.contains("panicked"), "{}", ended.errors);
    }
}

#[tokio::test]
async fn a_request_that_is_under_way_is_answered_before_the_end() {
    let data = tempdir().expect("a directory");
    let mut server = Process::serve(data.path(), &[]);
    let request = Request::post(KEYS)
        .bearer(root_key(data.path()))
        .header("expect", "100-continue")
        .json(r#"{"name":"late"}"#);
    let mut connection = Connection::open(server.address).await;
    connection.send(&request.head_bytes()).await;
    // The interim answer says that the handler is waiting for the body.
    let interim = connection.answer("POST").await.expect("an interim answer");
    assert_eq!(interim.status, 100);
    server.signal("TERM");
    connection.send(request.sent_body().expect("a body")).await;
    let answer = connection.answer("POST").await.expect("an answer");
    assert_eq!(answer.status, 201);
    drop(connection);
    assert_eq!(server.end().status.code(), Some(0));
}

#[tokio::test]
async fn a_connection_that_says_nothing_does_not_hold_the_end_up() {
    let data = tempdir().expect("a directory");
    let mut server = Process::serve(data.path(), &[]);
    let mut idle = Connection::open(server.address).await;
    let request = Request::get(KEYS).bearer(root_key(data.path()));
    idle.send(&request.bytes()).await;
    idle.answer("GET").await.expect("an answer").expect(200);
    assert_eq!(server.stop().status.code(), Some(0));
    assert!(
        idle.rest().await.is_empty(),
        "it was closed and nothing more said"
    );
}

#[tokio::test]
async fn half_a_head_does_not_hold_the_end_up() {
    let data = tempdir().expect("a directory");
    let mut server = Process::serve(data.path(), &[]);
    let mut half = Connection::open(server.address).await;
    half.send(b"GET /v2/ocamba/personal-api-keys HTTP/1.1\r\nhost: bit")
        .await;
    // Answered on another connection, so that the half is known to have been taken.
    create(&server, &root_key(data.path()), "x").await;
    assert_eq!(server.stop().status.code(), Some(0));
}

/// Whoever reads the log may go away; the keys must still be served.
#[tokio::test]
async fn a_server_whose_log_nobody_reads_goes_on() {
    let data = tempdir().expect("a directory");
    let mut server = Process::serve_unheard(data.path());
    let root = root_key(data.path());
    for name in ["a", "b", "c"] {
        create(&server, &root, name).await;
    }
    let list = Request::get(KEYS).bearer(&root);
    assert_eq!(server.send(&list).await.expect(200).json()["total"], 3);
    assert_eq!(server.stop().status.code(), Some(0));
}
