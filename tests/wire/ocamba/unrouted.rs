//! O3a: what Dropshot answers before routing, in a form of its own. The one known deviation.

use bitting_api::operations::Surface::Ocamba;
use bitting_tests::{KEYS, Request};

use super::{NOBODY, writer};

#[tokio::test]
async fn o3a_an_unknown_path_is_404_in_dropshots_form() {
    let (server, token) = writer().await;
    for (outcome, path) in [
        ("root", "/"),
        ("other_version", "/v1/ocamba/personal-api-keys"),
        ("parent", "/v2/ocamba"),
        ("misspelt", "/v2/ocamba/personal-api-key"),
        ("below_a_key", &format!("{NOBODY}/secret")),
        ("below_roll", &format!("{NOBODY}/roll/now")),
        ("capitals", "/V2/OCAMBA/PERSONAL-API-KEYS"),
    ] {
        let request = Request::get(path).bearer(&token);
        let answer = server.record_unrouted(Ocamba, outcome, &request).await;
        answer.expect(404);
    }
}

#[tokio::test]
async fn o3a_a_segment_that_cannot_be_decoded_is_400_in_dropshots_form() {
    let (server, token) = writer().await;
    for (outcome, path) in [
        ("no_utf8", &*format!("{KEYS}/%FF")),
        ("dot", &format!("{KEYS}/./1")),
        ("dots", &format!("{KEYS}/../personal-api-keys")),
    ] {
        let request = Request::get(path).bearer(&token);
        let answer = server.record_unrouted(Ocamba, outcome, &request).await;
        answer.expect(400);
    }
}

#[tokio::test]
async fn o3a_a_method_that_http_does_not_define_is_405_in_dropshots_form() {
    let (server, token) = writer().await;
    let request = Request::new("PROPFIND", KEYS).bearer(&token);
    let answer = server
        .record_unrouted(Ocamba, "other_method", &request)
        .await;
    answer.expect(405);
}

/// What the HTTP parser refuses never reaches Dropshot: there is no request id and no body. The bare quote is the one
/// case that a client of the original may meet: its pages show `id="1001"`, and a client must encode the quotes.
#[tokio::test]
async fn o3a_a_bare_quote_in_a_query_is_400_and_nothing_more() {
    let (server, token) = writer().await;
    let request = Request::get(format!("{KEYS}?id=\"1\"")).bearer(&token);
    let answer = server.send(&request).await.expect(400);
    assert!(answer.body.is_empty());
    assert_eq!(answer.header("connection"), Some("close"));
    server.keep_unparsed(Ocamba, "bare_quote", &request, &answer);
    let encoded = Request::get(format!("{KEYS}?id=%221%22")).bearer(&token);
    server.send(&encoded).await.expect(200);
}
