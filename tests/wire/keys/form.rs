//! K1, K3: the form of requests and answers.

use bitting_core::Role;
use bitting_tests::{
    COMPANIES,
    Class::{Refused, Success},
    Request,
};

use super::{MEMBER, MEMBERS, NO_COMPANY, OURS, OWN, VERIFY, WHOAMI, with};

#[tokio::test]
async fn k1_a_trailing_slash_is_accepted() {
    let (server, token) = with(Role::Root).await;
    for (operation, request, status) in [
        (
            "company_create",
            Request::post(format!("{COMPANIES}/")).json(r#"{"name":"Acme"}"#),
            201,
        ),
        ("company_list", Request::get(format!("{COMPANIES}/")), 200),
        ("company_view", Request::get(format!("{OURS}/")), 200),
        (
            "member_create",
            Request::post(format!("{MEMBERS}/")).json(r#"{"name":"Dana"}"#),
            201,
        ),
        (
            "member_list",
            Request::get(format!("{MEMBERS}/?limit=1")),
            200,
        ),
        ("member_view", Request::get(format!("{MEMBER}/")), 200),
        (
            "key_create",
            Request::post(format!("{OWN}/")).json(r#"{"name":"x"}"#),
            201,
        ),
        ("key_list", Request::get(format!("{OWN}/?limit=1")), 200),
        (
            "key_verify",
            Request::post(format!("{VERIFY}/")).json(r#"{"key":"x"}"#),
            200,
        ),
        ("whoami", Request::get(format!("{WHOAMI}/")), 200),
    ] {
        let request = request.bearer(&token);
        let answer = server
            .record(operation, Success, "k1_trailing_slash", &request)
            .await;
        let answer = answer.expect(status);
        if let Some(location) = answer.header("location") {
            assert!(
                !location.ends_with('/') && !location.contains("//"),
                "{location}"
            );
        }
    }
}

const MINE: &str = "99a84211-f73d-4ff8-acdf-eb3e06bb9d62";

#[tokio::test]
async fn k1_the_id_of_a_request_is_always_the_servers() {
    let (server, token) = with(Role::Root).await;
    let mut seen = Vec::new();
    for path in [COMPANIES, NO_COMPANY] {
        for _ in 0..3 {
            let request = Request::get(path)
                .bearer(&token)
                .header("x-request-id", MINE);
            let answer = server.send(&request).await;
            assert_ne!(answer.request_id(), MINE);
            seen.push(answer.request_id().to_owned());
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 6, "no two are the same");
}

/// Whatever is wrong: the body names the request as the header does, and the log has it under that name.
#[tokio::test]
async fn k3_an_error_names_the_request_that_the_log_has() {
    let (server, token) = with(Role::Admin).await;
    for (outcome, request, status) in [
        ("k3_404", Request::get(NO_COMPANY), 403),
        ("k3_400", Request::post(MEMBERS).json("{"), 400),
        ("k3_415", Request::post(MEMBERS).body("{"), 415),
    ] {
        let request = request.bearer(&token);
        let answer = server.send(&request).await.expect(status);
        let body = answer.json();
        assert_eq!(body["request_id"], answer.request_id(), "{outcome}");
        let line = server.log.request(answer.request_id()).expect("a line");
        assert_eq!(line["status"], status, "{outcome}");
        assert_eq!(
            (&line["company"], &line["member"]),
            (&6_197_120.into(), &10_001.into())
        );
    }
    let nobody = server.send(&Request::get(OURS)).await.expect(401);
    assert_eq!(nobody.json()["request_id"], nobody.request_id());
    let method = server.send(&Request::patch(OURS)).await.expect(405);
    assert_eq!(method.json()["request_id"], method.request_id());
}

/// O10 limits personal keys, and this surface has no limits of its own: `rate_limited` is in K4 for later.
#[tokio::test]
async fn k4_there_is_no_limit_here_and_none_of_another_surface() {
    let server = bitting_tests::Setup::default().rates("1/60s").start().await;
    let token = server.caller(Role::Root).await;
    for _ in 0..5 {
        let answer = server.send(&Request::get(OURS).bearer(&token)).await;
        assert_eq!(answer.expect(200).header("x-ratelimit-limit"), None);
    }
}

#[tokio::test]
async fn k1_the_answer_to_head_has_no_body() {
    let (server, _) = with(Role::Root).await;
    let request = Request::new("HEAD", COMPANIES);
    let answer = server.record("methods", Refused, "k1_head", &request).await;
    assert!(answer.expect(405).body.is_empty());
}
