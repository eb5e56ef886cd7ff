//! The published document as the server serves it.

use bitting_tests::{Connection, Request, Server, document::Document, exchange::assert_plain};

#[tokio::test]
async fn the_served_document_is_the_committed_file_to_the_byte() {
    let server = Server::start().await;
    let request = Request::get("/openapi/ocamba.json");
    let answer = server.send(&request).await.expect(200);
    assert_plain(&answer, "GET");
    assert!(
        answer.body == Document::ocamba().bytes,
        "the server serves another document than openapi/ocamba.json"
    );
}

#[tokio::test]
async fn the_document_needs_no_credential_and_minds_none() {
    let server = Server::start().await;
    let request = Request::get("/openapi/ocamba.json").bearer("nonsense");
    server.send(&request).await.expect(200);
}

/// The document is the one answer that does not fit into a packet: it must not hold up what comes after it.
#[tokio::test]
async fn a_connection_goes_on_after_the_document() {
    let server = Server::start().await;
    let mut connection = Connection::open(server.address).await;
    for _ in 0..3 {
        let request = Request::get("/openapi/ocamba.json");
        connection.send(&request.bytes()).await;
        let answer = connection.answer("GET").await.expect("an answer");
        assert_eq!(answer.status, 200);
    }
}
