//! K1: what Dropshot answers before routing, in a form of its own.

use bitting_api::operations::Surface::Keys;
use bitting_core::Role;
use bitting_tests::{COMPANIES, Request};

use super::{MEMBER, MEMBERS, NO_KEY, OURS, with};

#[tokio::test]
async fn k1_an_unknown_path_is_404_in_dropshots_form() {
    let (server, token) = with(Role::Root).await;
    for (outcome, path) in [
        ("parent", "/v1"),
        ("misspelt", "/v1/company"),
        ("capitals", "/v1/Companies"),
        ("below_a_company", &format!("{OURS}/keys")),
        ("below_a_key", &format!("{NO_KEY}/roll")),
        ("below_self", "/v1/whoami/key"),
        ("below_a_member", &format!("{MEMBER}/keys")),
    ] {
        let request = Request::get(path).bearer(&token);
        let answer = server.record_unrouted(Keys, outcome, &request).await;
        answer.expect(404);
    }
}

#[tokio::test]
async fn k1_a_segment_that_cannot_be_decoded_is_400_in_dropshots_form() {
    let (server, token) = with(Role::Root).await;
    for (outcome, path) in [
        ("no_utf8", &*format!("{COMPANIES}/%FF")),
        ("no_utf8_in_the_middle", "/v1/companies/%FF/members"),
        ("dots", &format!("{MEMBERS}/..")),
    ] {
        let request = Request::get(path).bearer(&token);
        let answer = server.record_unrouted(Keys, outcome, &request).await;
        answer.expect(400);
    }
}

#[tokio::test]
async fn k1_a_method_that_http_does_not_define_is_405_in_dropshots_form() {
    let (server, token) = with(Role::Root).await;
    let request = Request::new("PROPFIND", COMPANIES).bearer(&token);
    let answer = server.record_unrouted(Keys, "other_method", &request).await;
    answer.expect(405);
}
