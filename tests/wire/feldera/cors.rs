//! O11 on this surface: pages of other origins.

use bitting_core::Role;
use bitting_tests::{
    Class::{Refused, Success},
    Request, Server,
    cors::{ORIGIN, permitted, permitting, preflight},
};

use super::{CLUSTER, CONFIG, HEALTH, KEYS, LOGIN, NOBODY, create, item};

const OP: &str = "cors";

#[tokio::test]
async fn o11_preflights_of_a_permitted_origin_succeed() {
    let server = permitting().await;
    for (outcome, path, method) in [
        ("o11_keys", KEYS, "POST"),
        ("o11_key", NOBODY, "DELETE"),
        ("o11_config", CONFIG, "GET"),
        ("o11_cluster", CLUSTER, "GET"),
        ("o11_login", LOGIN, "GET"),
        ("o11_health", HEALTH, "GET"),
    ] {
        let request = preflight(path, method, ORIGIN);
        let answer = server
            .record(OP, Success, outcome, &request)
            .await
            .expect(204);
        assert_eq!(permitted(&answer), Some(ORIGIN));
        assert_eq!(answer.header("vary"), Some("Origin"));
        let allowed = |name: &str| answer.header(name).unwrap_or_default().to_lowercase();
        let methods = allowed("access-control-allow-methods");
        assert!(methods.contains(&method.to_lowercase()), "{methods}");
        assert_eq!(
            allowed("access-control-allow-headers"),
            "authorization, content-type, if-match, idempotency-key"
        );
    }
}

#[tokio::test]
async fn o11_a_preflight_of_another_origin_or_unconfigured_gets_no_permission() {
    let server = permitting().await;
    for (outcome, origin) in [
        ("o11_other_origin", "https://evil.example"),
        ("o11_longer_host", "https://app.example.evil.example"),
        ("o11_null_origin", "null"),
    ] {
        let request = preflight(KEYS, "POST", origin);
        let answer = server.record(OP, Refused, outcome, &request).await;
        let answer = answer.expect(405);
        assert_eq!(permitted(&answer), None);
        assert_eq!(answer.header("vary"), Some("Origin"));
    }
    let server = Server::start().await;
    let request = preflight(KEYS, "POST", ORIGIN);
    let answer = server.record(OP, Refused, "o11_off", &request).await;
    let answer = answer.expect(405);
    assert_eq!((permitted(&answer), answer.header("vary")), (None, None));
}

#[tokio::test]
async fn o11_a_permitted_page_reads_every_answer_and_its_headers() {
    let server = permitting().await;
    let token = server.caller(Role::Write).await;
    let from = |request: Request| request.header("origin", ORIGIN);
    for (operation, class, request, status) in [
        ("key_create", Success, create(&token, "x"), 201),
        ("key_list", Success, Request::get(KEYS).bearer(&token), 200),
        (
            "key_create",
            Refused,
            Request::post(KEYS).bearer(&token).json("{"),
            400,
        ),
        ("key_list", Refused, Request::get(KEYS), 401),
        (
            "key_view",
            Refused,
            Request::get(NOBODY).bearer(&token),
            404,
        ),
        ("cors", Refused, Request::new("PUT", KEYS), 405),
        (
            "key_delete",
            Success,
            Request::delete(item("x")).bearer(&token),
            200,
        ),
        ("health_view", Success, Request::get(HEALTH), 200),
        ("login_config_view", Success, Request::get(LOGIN), 200),
    ] {
        let request = from(request);
        let answer = server
            .record(operation, class, "o11_permitted", &request)
            .await;
        let answer = answer.expect(status);
        assert_eq!(permitted(&answer), Some(ORIGIN));
        assert_eq!(answer.header("vary"), Some("Origin"));
        let exposed = answer.header("access-control-expose-headers");
        let exposed = exposed.unwrap_or_default().to_lowercase();
        for name in ["x-request-id", "retry-after", "location"] {
            assert!(
                exposed.split(", ").any(|e| e == name),
                "{name} in {exposed}"
            );
        }
    }
}

#[tokio::test]
async fn o11_another_page_reads_nothing() {
    let server = permitting().await;
    for (outcome, request) in [
        (
            "o11_other_page",
            Request::get(HEALTH).header("origin", "https://evil.example"),
        ),
        ("o11_no_page", Request::get(HEALTH)),
    ] {
        let answer = server
            .record("health_view", Success, outcome, &request)
            .await;
        let answer = answer.expect(200);
        assert_eq!(permitted(&answer), None);
        assert_eq!(answer.header("vary"), Some("Origin"), "a cache must know");
    }
}
