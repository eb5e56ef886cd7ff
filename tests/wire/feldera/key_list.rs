//! `GET /v0/api_keys`: F20.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, Success},
    Request, Seed,
};

use super::{KEYS, create, listed, names, writer};

const OP: &str = "key_list";

#[tokio::test]
async fn f20_a_company_without_keys_has_an_empty_array() {
    let (server, token) = writer().await;
    let request = Request::get(KEYS).bearer(&token);
    let answer = server.record(OP, Success, "f20_none", &request).await;
    assert_eq!(answer.expect(200).text(), "[]");
}

#[tokio::test]
async fn f20_each_key_has_four_members_and_no_secret() {
    let (server, token) = writer().await;
    let writes = server.named("b-writes").await;
    let reads = server.plant(Seed::named("a-reads").role(Role::Read)).await;
    let request = Request::get(KEYS).bearer(&token);
    let answer = server.record(OP, Success, "f20_two", &request).await;
    let body = format!(
        r#"[{{"id":"{}","name":"a-reads","role":"read","scopes":["Read"]}},{{"id":"{}","name":"b-writes","role":"write","scopes":["Read","Write"]}}]"#,
        reads.id, writes.id
    );
    assert_eq!(answer.expect(200).text(), body);
}

#[tokio::test]
async fn f20_names_are_ordered_by_code_point_whenever_they_were_made() {
    let (server, token) = writer().await;
    let mut all = [
        "b", "B", "a", "A", "_", "-", "0", "9", "10", "2", "aa", "a-", "a_", "a0", "aB", "Zz", "zZ",
    ];
    for name in all {
        server.send(&create(&token, name)).await.expect(201);
    }
    all.sort_unstable();
    let request = Request::get(KEYS).bearer(&token);
    let answer = server.record(OP, Success, "f20_order", &request).await;
    assert_eq!(names(&answer.expect(200)), all);
}

#[tokio::test]
async fn f20_the_list_has_no_pages() {
    let (server, token) = writer().await;
    let mut all: Vec<_> = (0..1_200).map(|i| format!("key-{i}")).collect();
    for name in &all {
        server.named(name).await;
    }
    all.sort_unstable();
    assert_eq!(listed(&server, &token).await, all);
}

#[tokio::test]
async fn f20_a_query_and_a_body_are_not_looked_at() {
    let (server, token) = writer().await;
    server.named("x").await;
    for (outcome, request) in [
        (
            "f20_query",
            Request::get(format!("{KEYS}?page=0&fields=name&name=y&%FF=%")),
        ),
        ("f20_body", Request::get(KEYS).json("{")),
        ("f20_body_without_type", Request::get(KEYS).body("\0")),
    ] {
        let request = request.bearer(&token);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        assert_eq!(names(&answer.expect(200)), ["x"]);
    }
}

#[tokio::test]
async fn f2_a_trailing_slash_is_accepted() {
    let (server, token) = writer().await;
    server.named("x").await;
    let request = Request::get(format!("{KEYS}/")).bearer(&token);
    let answer = server
        .record(OP, Success, "f2_trailing_slash", &request)
        .await;
    assert_eq!(names(&answer.expect(200)), ["x"]);
}
