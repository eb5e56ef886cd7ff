//! O10: rate limits, fixed windows per company.

use bitting_core::Role;
use bitting_tests::{
    Answer,
    Class::{BadInput, NoCredential, Refused, Success, WeakRole},
    KEYS, Request, Seed, Server, Setup, cast,
};

use super::{NOBODY, list};

const NAMES: [&str; 3] = [
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
];

/// Two in ten seconds and three in a minute. The clock begins 50 seconds into a minute.
async fn limited() -> (Server, String) {
    let server = Setup::default().rates("2/10s,3/60s").start().await;
    let token = server.caller(Role::Write).await;
    (server, token)
}

fn told(answer: &Answer) -> Option<[u64; 3]> {
    let values = NAMES.map(|name| answer.header(name).map(|v| v.parse().expect("a number")));
    match values {
        [Some(limit), Some(remaining), Some(reset)] => Some([limit, remaining, reset]),
        [None, None, None] => None,
        _ => panic!("some of the headers and not all:\n{answer:?}"),
    }
}

#[tokio::test]
async fn o10_the_window_with_the_fewest_left_is_told() {
    let (server, token) = limited().await;
    let get = |name: &str| list(&token, &[("fields", "id"), ("name", name)]);
    let ask = async |outcome: &str| {
        let answer = server
            .record("key_list", Success, outcome, &get(outcome))
            .await;
        told(&answer.expect(200)).expect("O10: the headers are there")
    };
    assert_eq!(ask("o10_first").await, [2, 1, 10]);
    server.clock.advance(3);
    assert_eq!(ask("o10_second").await, [2, 0, 7]);
    server.clock.set("2024-08-09 13:06:00");
    assert_eq!(ask("o10_next_window").await, [2, 1, 10]);
}

#[tokio::test]
async fn o10_too_many_requests_are_429_with_retry_after_instead() {
    let (server, token) = limited().await;
    let request = list(&token, &[("fields", "id")]);
    server.send(&request).await.expect(200);
    server.send(&request).await.expect(200);
    let answer = server
        .record("key_list", Refused, "o10_429", &request)
        .await;
    let answer = answer.expect(429);
    assert_eq!(told(&answer), None);
    assert_eq!(answer.header("retry-after"), Some("10"));
    server.clock.advance(9);
    let answer = server.send(&request).await.expect(429);
    assert_eq!(answer.header("retry-after"), Some("1"));
    server.clock.advance(1);
    server.send(&request).await.expect(200);
}

#[tokio::test]
async fn o10_the_longer_window_holds_as_well() {
    let (server, token) = limited().await;
    server.clock.set("2024-08-09 13:06:00");
    let request = list(&token, &[("fields", "id")]);
    server.send(&request).await.expect(200);
    server.clock.advance(10);
    server.send(&request).await.expect(200);
    server.clock.advance(10);
    let answer = server.send(&request).await.expect(200);
    assert_eq!(told(&answer), Some([3, 0, 40]));
    server.clock.advance(10);
    let answer = server.send(&request).await.expect(429);
    assert_eq!(answer.header("retry-after"), Some("30"));
}

#[tokio::test]
async fn o10_every_operation_counts_and_is_refused() {
    let server = Setup::default().rates("1/60s").start().await;
    let token = server.caller(Role::Write).await;
    server.send(&list(&token, &[])).await.expect(200);
    for (operation, request) in [
        ("key_create", Request::post(KEYS).json(r#"{"name":"x"}"#)),
        ("key_view", Request::get(NOBODY)),
        ("key_update", Request::patch(NOBODY).json(r#"{"name":"x"}"#)),
        ("key_delete", Request::delete(NOBODY)),
        ("key_roll", Request::post(format!("{NOBODY}/roll"))),
        ("key_validate", Request::post(format!("{KEYS}/validate"))),
    ] {
        let request = request.bearer(&token);
        let answer = server.record(operation, Refused, "o10_429", &request).await;
        answer.expect(429);
    }
}

#[tokio::test]
async fn o10_headers_are_on_every_answer_that_is_not_limited() {
    let server = Setup::default().rates("100/60s").start().await;
    let token = server.caller(Role::Write).await;
    let reader = server.caller(Role::Read).await;
    let create = || Request::post(KEYS).bearer(&token);
    for (operation, class, outcome, request, status) in [
        (
            "key_create",
            Success,
            "o10_headers",
            create().json(r#"{"name":"x"}"#),
            201,
        ),
        (
            "key_create",
            BadInput,
            "o10_headers",
            create().json("{"),
            400,
        ),
        ("key_create", Refused, "o10_headers", create(), 415),
        (
            "key_create",
            WeakRole,
            "o10_headers",
            Request::post(KEYS).bearer(&reader),
            403,
        ),
        (
            "key_view",
            Refused,
            "o10_headers",
            Request::get(NOBODY).bearer(&token),
            404,
        ),
        (
            "key_validate",
            Success,
            "o10_headers",
            Request::post(format!("{KEYS}/validate")).bearer(&token),
            204,
        ),
    ] {
        let answer = server.record(operation, class, outcome, &request).await;
        let answer = answer.expect(status);
        assert!(told(&answer).is_some(), "\n{answer:?}");
    }
}

#[tokio::test]
async fn o10_who_is_not_known_has_no_limit_and_takes_from_nobodys() {
    let server = Setup::default().rates("1/60s").start().await;
    let token = server.caller(Role::Write).await;
    for _ in 0..3 {
        let answer = server.send(&Request::get(KEYS)).await.expect(401);
        assert_eq!(told(&answer), None);
        let answer = server.send(&Request::new("PUT", KEYS).bearer(&token)).await;
        assert_eq!(told(&answer.expect(405)), None);
    }
    let request = Request::get(KEYS);
    let answer = server
        .record("key_list", NoCredential, "o10_limits_on", &request)
        .await;
    answer.expect(401);
    server.send(&list(&token, &[])).await.expect(200);
}

#[tokio::test]
async fn o10_a_company_shares_its_limit_and_another_has_its_own() {
    let server = Setup::default().rates("1/60s").start().await;
    let ours = server.caller(Role::Write).await;
    let colleague = server
        .plant(Seed::caller(Role::Read).of(cast::COLLEAGUE))
        .await
        .secret;
    let stranger = server
        .plant(Seed::caller(Role::Read).of(cast::STRANGER))
        .await
        .secret;
    server.send(&list(&ours, &[])).await.expect(200);
    server.send(&list(&colleague, &[])).await.expect(429);
    server.send(&list(&stranger, &[])).await.expect(200);
}

#[tokio::test]
async fn o10_is_off_unless_configured() {
    let (server, token) = super::writer().await;
    for _ in 0..20 {
        let answer = server.send(&list(&token, &[])).await.expect(200);
        assert_eq!(told(&answer), None);
    }
}

#[tokio::test]
async fn o10_the_limit_comes_before_the_role() {
    let server = Setup::default().rates("1/60s").start().await;
    let none = server.caller(Role::None).await;
    server.send(&list(&none, &[])).await.expect(403);
    server.send(&list(&none, &[])).await.expect(429);
}
