//! F2: what Dropshot answers before routing, in a form of its own. The one known deviation.

use bitting_api::operations::Surface::Feldera;
use bitting_tests::Request;

use super::{KEYS, NOBODY, writer};

#[tokio::test]
async fn f2_an_unknown_path_is_404_in_dropshots_form() {
    let (server, token) = writer().await;
    for (outcome, path) in [
        ("parent", "/v0"),
        ("misspelt", "/v0/api_key"),
        ("other_version", "/v1/api_keys"),
        ("below_a_key", &format!("{NOBODY}/secret")),
        ("below_config", "/v0/config/x"),
        ("config", "/config"),
        ("below_health", "/healthz/live"),
        ("capitals", "/V0/API_KEYS"),
    ] {
        let request = Request::get(path).bearer(&token);
        let answer = server.record_unrouted(Feldera, outcome, &request).await;
        answer.expect(404);
    }
}

#[tokio::test]
async fn f2_a_segment_that_cannot_be_decoded_is_400_in_dropshots_form() {
    let (server, token) = writer().await;
    for (outcome, path) in [
        ("no_utf8", &*format!("{KEYS}/%FF")),
        ("cut_utf8", &format!("{KEYS}/a%C3")),
        ("surrogate", &format!("{KEYS}/%ED%A0%80")),
        ("dot", &format!("{KEYS}/.")),
        ("dots", &format!("{KEYS}/../api_keys")),
    ] {
        let request = Request::get(path).bearer(&token);
        let answer = server.record_unrouted(Feldera, outcome, &request).await;
        answer.expect(400);
    }
    let request = Request::delete(format!("{KEYS}/%FF")).bearer(&token);
    let answer = server
        .record_unrouted(Feldera, "delete_no_utf8", &request)
        .await;
    answer.expect(400);
}

#[tokio::test]
async fn f2_a_method_that_http_does_not_define_is_405_in_dropshots_form() {
    let (server, token) = writer().await;
    let request = Request::new("PROPFIND", KEYS).bearer(&token);
    let answer = server
        .record_unrouted(Feldera, "other_method", &request)
        .await;
    answer.expect(405);
}
