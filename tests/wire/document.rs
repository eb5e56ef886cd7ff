//! The published documents as the server serves them.

use bitting_api::operations::Surface;
use bitting_tests::{Connection, Request, Server, dialect::assert_plain, document::Document};

fn path(surface: Surface) -> String {
    format!("/openapi/{}.json", surface.name())
}

#[tokio::test]
async fn the_served_documents_are_the_committed_files_to_the_byte() {
    let server = Server::start().await;
    for surface in Surface::ALL {
        let request = Request::get(path(surface));
        let answer = server.send(&request).await.expect(200);
        assert_plain(&request, &answer);
        assert!(
            answer.body == Document::of(surface).bytes,
            "the server serves another document than {}",
            path(surface)
        );
    }
}

#[tokio::test]
async fn the_documents_need_no_credential_and_mind_none() {
    let server = Server::start().await;
    for surface in Surface::ALL {
        let request = Request::get(path(surface)).bearer("nonsense");
        server.send(&request).await.expect(200);
    }
}

/// The documents are the answers that do not fit into a packet: they must not hold up what comes after them.
#[tokio::test]
async fn a_connection_goes_on_after_the_documents() {
    let server = Server::start().await;
    let mut connection = Connection::open(server.address).await;
    for surface in Surface::ALL {
        let request = Request::get(path(surface));
        connection.send(&request.bytes()).await;
        let answer = connection.answer("GET").await.expect("an answer");
        assert_eq!(answer.status, 200);
    }
}
