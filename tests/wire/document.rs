//! The published documents as the server serves them, and the catalog by which they are found.

use bitting_api::operations::Surface;
use bitting_tests::{
    Answer, Connection, Request, Server, Setup, dialect::assert_plain, document::Document,
};
use serde_json::Value;

const CATALOG: &str = "/.well-known/api-catalog";

fn path(surface: Surface) -> String {
    format!("/openapi/{}.json", surface.name())
}

/// Every file that the server serves to every page: the documents and the catalog.
fn open() -> Vec<String> {
    let mut paths = Surface::ALL.map(path).to_vec();
    paths.push(CATALOG.to_owned());
    paths
}

fn get(path: &str) -> Request {
    Request::get(path)
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
    for path in open() {
        let request = get(&path).bearer("nonsense");
        server.send(&request).await.expect(200);
    }
}

/// The documents are the answers that do not fit into a packet: they must not hold up what comes after them.
#[tokio::test]
async fn a_connection_goes_on_after_the_documents() {
    let server = Server::start().await;
    let mut connection = Connection::open(server.address).await;
    for path in open() {
        for method in ["GET", "HEAD", "OPTIONS"] {
            let request = Request::new(method, &path);
            connection.send(&request.bytes()).await;
            let answer = connection.answer(method).await.expect("an answer");
            assert_eq!(answer.status, if method == "OPTIONS" { 204 } else { 200 });
        }
    }
}

/// What both say of a document, but for what is of the one request.
fn said(answer: &Answer) -> Vec<(String, String)> {
    let own = ["date", "x-request-id"];
    let mut said = answer.headers.clone();
    said.retain(|(name, _)| !own.contains(&name.as_str()));
    said.sort();
    said
}

#[tokio::test]
async fn head_says_what_get_says() {
    let server = Server::start().await;
    for path in open() {
        for encoding in ["gzip", "identity"] {
            let ask = |method| Request::new(method, &path).header("accept-encoding", encoding);
            let (get, head) = (ask("GET"), ask("HEAD"));
            let get = server.send(&get).await.expect(200);
            let head = server.send(&head).await.expect(200);
            assert_eq!(said(&get), said(&head), "{path}");
            assert!(head.body.is_empty());
        }
    }
}

#[tokio::test]
async fn a_copy_that_is_good_still_is_not_sent_again() {
    let server = Server::start().await;
    for path in open() {
        let mut tags = Vec::new();
        for encoding in ["gzip", "identity"] {
            let ask = get(&path).header("accept-encoding", encoding);
            let full = server.send(&ask).await.expect(200);
            let tag = full.header("etag").expect("a tag").to_owned();
            assert!(tag.starts_with('"'), "a strong tag: {tag}");
            let cached = ask.header("if-none-match", format!("\"x\", {tag}"));
            let answer = server.send(&cached).await.expect(304);
            assert!(answer.body.is_empty());
            for name in ["etag", "cache-control", "vary", "link"] {
                assert_eq!(answer.header(name), full.header(name), "{name}");
                assert!(answer.header(name).is_some(), "{name}");
            }
            tags.push(tag);
        }
        assert_ne!(
            tags[0], tags[1],
            "a strong tag is of the bytes that are sent"
        );
        let stale = get(&path).header("if-none-match", "\"x\"");
        server.send(&stale).await.expect(200);
    }
}

#[tokio::test]
async fn a_document_is_compressed_where_that_is_accepted() {
    let server = Server::start().await;
    for surface in Surface::ALL {
        let request = Request::get(path(surface)).header("accept-encoding", "gzip, br");
        let answer = server.send(&request).await.expect(200);
        assert_eq!(answer.header("content-encoding"), Some("gzip"));
        let document = &Document::of(surface).bytes;
        assert!(answer.body.len() * 4 < document.len());
        let mut plain = Vec::new();
        let mut gzip = flate2::read::GzDecoder::new(&*answer.body);
        std::io::Read::read_to_end(&mut gzip, &mut plain).expect("gzip");
        assert!(plain == *document, "{}", path(surface));
    }
}

#[tokio::test]
async fn every_page_may_read_the_documents_and_nothing_else_for_it() {
    for setup in [
        Setup::default(),
        Setup::default().origins(&["https://a.example"]),
    ] {
        let server = setup.start().await;
        for path in open() {
            let origin = |request: Request| request.header("origin", "https://b.example");
            let answer = server.send(&origin(get(&path))).await.expect(200);
            assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
            assert_eq!(answer.header("access-control-allow-credentials"), None);
            let ask = origin(Request::new("OPTIONS", &path))
                .header("access-control-request-method", "GET")
                .header("access-control-request-headers", "if-none-match");
            let answer = server.send(&ask).await.expect(204);
            assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
            assert_eq!(
                answer.header("access-control-allow-headers"),
                Some("if-none-match")
            );
        }
        let elsewhere = get("/healthz").header("origin", "https://b.example");
        let answer = server.send(&elsewhere).await.expect(200);
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
}

#[tokio::test]
async fn another_method_is_refused_with_those_that_there_are() {
    let server = Server::start().await;
    for path in open() {
        let answer = server.send(&Request::post(&path)).await.expect(405);
        let allow: Vec<_> = answer.values("allow").collect();
        assert_eq!(allow, ["GET", "HEAD", "OPTIONS"]);
    }
}

/// RFC 9727: every API, its document and where the catalog itself is.
#[tokio::test]
async fn the_catalog_leads_to_every_document() {
    let server = Server::start().await;
    let answer = server.send(&get(CATALOG)).await.expect(200);
    assert_eq!(
        answer.header("content-type"),
        Some(r#"application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727""#)
    );
    let link = r#"</.well-known/api-catalog>; rel="api-catalog""#;
    assert_eq!(answer.header("link"), Some(link));
    let catalog = answer.json();
    let linkset = catalog["linkset"].as_array().expect("a set of links");
    let hrefs = |relation: &str| -> Vec<String> {
        let links = linkset
            .iter()
            .filter_map(|entry| entry[relation].as_array());
        let href = |link: &Value| link["href"].as_str().expect("a link").to_owned();
        links.flatten().map(href).collect()
    };
    assert_eq!(hrefs("service-desc"), Surface::ALL.map(path));
    for path in hrefs("service-desc") {
        let answer = server.send(&get(&path)).await.expect(200);
        assert_eq!(answer.header("link"), Some(link));
    }
    // Whatever a document describes is below where the catalog says that its API begins.
    let items = hrefs("item");
    for surface in Surface::ALL {
        let base = &items[Surface::ALL
            .iter()
            .position(|s| *s == surface)
            .expect("one")];
        let mut operations = Document::of(surface).operations().into_iter();
        assert!(operations.any(|o| o.path.starts_with(base)), "{base}");
    }
}
