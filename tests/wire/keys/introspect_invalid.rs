//! K120: introspections that are refused.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, Refused},
    Connection, Request,
};

use super::{INTROSPECT, blamed, with};

const OP: &str = "introspect";

#[tokio::test]
async fn k120_what_is_wrong_with_a_form_is_named() {
    let (server, token) = with(Role::Verify).await;
    let address = "client_ip must be an IPv4 or IPv6 address";
    for (outcome, form, reasons) in [
        ("k120_nothing", &b""[..], vec!["token is required"]),
        (
            "k120_no_token",
            b"token_type_hint=x",
            vec!["token is required"],
        ),
        (
            "k120_twice",
            b"token=a&token=a",
            vec!["token must be given only once"],
        ),
        (
            "k120_hint_twice",
            b"token=a&token_type_hint=x&token_type_hint=y",
            vec!["token_type_hint must be given only once"],
        ),
        (
            "k120_nul",
            b"token=a%00b",
            vec!["token must not contain U+0000"],
        ),
        (
            "k120_encoding",
            b"token=%FF",
            vec!["token must be percent-encoded UTF-8"],
        ),
        (
            "k120_bytes",
            b"token=\xff",
            vec!["body must be a form: percent-encoded UTF-8"],
        ),
        (
            "k120_address",
            b"token=a&client_ip=localhost",
            vec![address],
        ),
        ("k120_block", b"token=a&client_ip=10.0.0.0/8", vec![address]),
        (
            "k120_all",
            b"client_ip=",
            vec!["token is required", address],
        ),
        ("k120_json", br#"{"token":"a"}"#, vec!["token is required"]),
    ] {
        let request = Request::post(INTROSPECT).bearer(&token).form(form);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        assert_eq!(blamed(&answer.expect(400)), reasons, "{outcome}");
    }
}

#[tokio::test]
async fn k120_the_body_is_a_form_and_has_its_bound() {
    let (server, token) = with(Role::Verify).await;
    let post = || Request::post(INTROSPECT).bearer(&token);
    for (outcome, request, status) in [
        ("k120_as_json", post().json(r#"{"token":"a"}"#), 415),
        ("k120_untyped", post().body("token=a"), 415),
        (
            "k120_multipart",
            post()
                .header("content-type", "multipart/form-data; boundary=x")
                .body("--x--"),
            415,
        ),
    ] {
        let answer = server.record(OP, Refused, outcome, &request).await;
        answer.expect(status);
    }
    let announced = post()
        .header("content-type", "application/x-www-form-urlencoded")
        .header("content-length", "65537");
    let answer = server.record(OP, Refused, "k120_65537", &announced).await;
    answer.expect(413);
    let form = format!("token={}", "a".repeat(65_536 - 6));
    let answer = server.send(&post().form(form)).await.expect(200);
    assert_eq!(answer.text(), r#"{"active":false}"#);
}

/// As of every other body (K10).
/// Waits: it is given ten seconds.
#[tokio::test]
async fn k10_k120_a_form_that_does_not_arrive_is_408() {
    let (server, token) = with(Role::Verify).await;
    let request = Request::post(INTROSPECT)
        .bearer(&token)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("content-length", "10");
    let mut connection = Connection::open(server.address).await;
    connection.send(&request.head_bytes()).await;
    let answer = connection.answer("POST").await.expect("an answer");
    let answer = server.keep(OP, Refused, "k120_slow", &request, answer);
    answer.expect(408);
}
