//! `GET /v2/ocamba/personal-api-keys`: what a page has, and which page.

use bitting_core::Role;
use bitting_tests::{Answer, Class::Success, KEYS, Request, Setup};

use super::{found, list, shelf::shelf, writer};

const OP: &str = "key_list";

#[tokio::test]
async fn o40_a_page_has_the_total_and_the_items_in_the_default_view() {
    let (server, token) = shelf().await;
    let answer = server
        .record(OP, Success, "o40_all", &list(&token, &[]))
        .await;
    let answer = answer.expect(200);
    assert_eq!(Answer::members(answer.text()), ["total", "items"]);
    assert!(answer.text().starts_with(r#"{"total":6,"items":[{"id":"2","issuer_id":"10001","member_id":"10001","name":"Alpha","description":"first of all","status":"active","secret":""#));
}

#[tokio::test]
async fn o40_no_keys_are_an_empty_page() {
    let (server, token) = writer().await;
    let answer = server
        .record(OP, Success, "o40_none", &list(&token, &[]))
        .await;
    assert_eq!(answer.expect(200).text(), r#"{"total":0,"items":[]}"#);
}

#[tokio::test]
async fn o1_a_trailing_slash_is_tolerated() {
    let (server, token) = shelf().await;
    let request = Request::get(format!("{KEYS}/?fields=id")).bearer(&token);
    let answer = server
        .record(OP, Success, "o1_trailing_slash", &request)
        .await;
    assert_eq!(answer.expect(200).json()["total"], 6);
}

#[tokio::test]
async fn o40_items_are_shown_as_view_and_fields_say() {
    let (server, token) = shelf().await;
    for (outcome, query) in [
        ("o30_view_full", &[("view", "full"), ("page", "1,2")][..]),
        ("o31_fields", &[("fields", "status, name,id")]),
        ("o31_beats_view", &[("fields", "id"), ("view", "bad")]),
        (
            "o31_fields_empty",
            &[("fields", ""), ("view", ""), ("page", "1,1")],
        ),
    ] {
        let answer = server
            .record(OP, Success, outcome, &list(&token, query))
            .await;
        assert_eq!(answer.expect(200).json()["total"], 6, "{query:?}");
    }
}

#[tokio::test]
async fn o33_a_list_without_secrets_may_be_stored() {
    let (server, token) = shelf().await;
    let answer = server.send(&list(&token, &[("fields", "id,name")])).await;
    assert_eq!(answer.header("cache-control"), None);
    let answer = server.send(&list(&token, &[("fields", "id,secret")])).await;
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let none = [("fields", "id,secret"), ("name", "nobody")];
    let answer = server.send(&list(&token, &none)).await;
    assert_eq!(answer.header("cache-control"), None);
}

#[tokio::test]
async fn o41_pages_divide_the_list() {
    let (server, token) = shelf().await;
    for (outcome, page, names) in [
        (
            "o41_first",
            "1,4",
            &["Alpha", "beta", "Gamma 100%", "delta_x"][..],
        ),
        ("o41_last", "2,4", &["Ärger", "in:box, \"x\""]),
        ("o41_beyond_the_end", "3,4", &[]),
        ("o41_far_beyond_the_end", "9223372036854775807,1", &[]),
        ("o41_number_only", "2", &[]),
        (
            "o41_largest",
            "1,1000",
            &[
                "Alpha",
                "beta",
                "Gamma 100%",
                "delta_x",
                "Ärger",
                "in:box, \"x\"",
            ],
        ),
        ("o41_leading_zeros", "01,002", &["Alpha", "beta"]),
    ] {
        let request = list(&token, &[("page", page), ("fields", "name")]);
        let answer = server.record(OP, Success, outcome, &request).await;
        let (total, found) = found(&answer.expect(200));
        assert_eq!(
            (total, &found[..]),
            (
                6,
                &names.iter().map(ToString::to_string).collect::<Vec<_>>()[..]
            ),
            "{page}"
        );
    }
}

#[tokio::test]
async fn o41_a_page_has_20_keys_unless_asked_or_configured_otherwise() {
    let (server, token) = writer().await;
    for number in 0..21 {
        server.personal(&format!("key {number}")).await;
    }
    let answer = server.send(&list(&token, &[])).await.expect(200);
    let (total, names) = found(&answer);
    assert_eq!((total, names.len()), (21, 20));
    let answer = server.send(&list(&token, &[("page", "2")])).await;
    assert_eq!(found(&answer.expect(200)), (21, vec!["key 20".to_owned()]));
}

#[tokio::test]
async fn o41_size_and_maximum_are_configured() {
    let server = Setup::default().pages(2, 3).start().await;
    let token = server.caller(Role::Write).await;
    for name in ["a", "b", "c", "d"] {
        server.personal(name).await;
    }
    let names = |page| list(&token, &[("page", page), ("fields", "name")]);
    let answer = server.send(&names("2")).await.expect(200);
    assert_eq!(found(&answer), (4, vec!["c".to_owned(), "d".to_owned()]));
    assert_eq!(
        found(&server.send(&names("1,3")).await.expect(200)).1.len(),
        3
    );
    server.send(&names("1,4")).await.expect(400);
}

#[tokio::test]
async fn o45_unknown_parameters_are_ignored() {
    let (server, token) = shelf().await;
    let query = "color=red&limit=1&Page=0&NAME=x&filter[x]=y&=z&&fields=id&%FF=%FF&q%00=1";
    let request = Request::get(format!("{KEYS}?{query}")).bearer(&token);
    let answer = server
        .record(OP, Success, "o45_unknown_parameters", &request)
        .await;
    assert_eq!(answer.expect(200).json()["total"], 6);
}

#[tokio::test]
async fn o46_the_total_is_counted_after_the_filters_and_before_the_page() {
    let (server, token) = shelf().await;
    let query = [
        ("status", "expired"),
        ("sort", "-id"),
        ("page", "2,2"),
        ("fields", "name"),
    ];
    let answer = server
        .record(OP, Success, "o46_order_of_work", &list(&token, &query))
        .await;
    assert_eq!(
        found(&answer.expect(200)),
        (3, vec!["Gamma 100%".to_owned()])
    );
}
