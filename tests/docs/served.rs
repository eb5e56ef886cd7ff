//! The page and its parts as the server serves them.

use bitting_tests::{Answer, Request, Server, Setup};

const PAGE: &str = "/docs";

async fn page(server: &Server) -> Answer {
    server.send(&Request::get(PAGE)).await.expect(200)
}

/// Where the parts are that the page names, as seen from itself.
fn parts(page: &Answer) -> Vec<String> {
    let quoted = page.text().split('"').skip(1).step_by(2);
    let own = quoted.filter(|text| text.starts_with("docs/"));
    own.map(|path| format!("/{path}")).collect()
}

#[tokio::test]
async fn the_page_says_what_it_may_do() {
    let server = Server::start().await;
    let page = page(&server).await;
    let policy = page.header("content-security-policy").expect("a policy");
    let rules: Vec<_> = policy.split("; ").collect();
    assert_eq!(
        rules,
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        ]
    );
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "no-cache"),
        ("link", r#"</.well-known/api-catalog>; rel="api-catalog""#),
    ] {
        assert_eq!(page.header(name), Some(value), "{name}");
    }
}

/// What the page names is found from its own place alone.
#[tokio::test]
async fn a_slash_after_it_leads_to_its_place() {
    let server = Server::start().await;
    for (path, place) in [
        ("/docs/", "../docs"),
        ("/openapi/keys.json/", "../keys.json"),
    ] {
        let answer = server.send(&Request::get(path)).await.expect(308);
        assert_eq!(answer.header("location"), Some(place), "{path}");
    }
}

#[tokio::test]
async fn a_part_is_asked_for_once() {
    let server = Server::start().await;
    let parts = parts(&page(&server).await);
    assert_eq!(parts.len(), 4, "{parts:?}");
    for part in parts {
        for encoding in ["identity", "gzip"] {
            let request = Request::get(&part).header("accept-encoding", encoding);
            let answer = server.send(&request).await.expect(200);
            let told = answer.header("cache-control").expect("how long it is good");
            assert!(told.contains("immutable"), "{told}");
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
            assert_eq!(answer.header("access-control-allow-origin"), None);
            assert_eq!(
                answer.header("content-encoding"),
                (encoding == "gzip").then_some("gzip")
            );
        }
    }
}

/// Whoever does not take gzip gets the same.
#[tokio::test]
async fn the_viewer_is_the_same_in_both_forms() {
    let server = Server::start().await;
    let parts = parts(&page(&server).await);
    let viewer = parts.iter().find(|part| part.ends_with("/viewer.js"));
    let viewer = Request::get(viewer.expect("the viewer"));
    let plain = server.send(&viewer).await.expect(200).body;
    let packed = viewer.header("accept-encoding", "gzip");
    let packed = server.send(&packed).await.expect(200).body;
    let mut unpacked = Vec::new();
    let mut gzip = flate2::read::GzDecoder::new(&*packed);
    std::io::Read::read_to_end(&mut gzip, &mut unpacked).expect("gzip");
    assert!(plain == unpacked && plain.len() > 1_000_000);
}

#[tokio::test]
async fn the_catalog_names_the_page_where_there_is_one() {
    for with in [true, false] {
        let server = Setup::default().docs(with).start().await;
        let catalog = Request::get("/.well-known/api-catalog");
        let catalog = server.send(&catalog).await.expect(200);
        assert_eq!(
            catalog.text().matches(r#""/docs""#).count(),
            if with { 3 } else { 0 }
        );
        let page = server.send(&Request::get(PAGE)).await;
        assert_eq!(page.status, if with { 200 } else { 404 });
        for document in ["keys", "ocamba", "feldera"] {
            let document = Request::get(format!("/openapi/{document}.json"));
            server.send(&document).await.expect(200);
        }
    }
}
