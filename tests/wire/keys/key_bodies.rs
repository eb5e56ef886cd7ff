//! K10: the bodies of requests about keys.

use bitting_core::Role;
use bitting_tests::{
    Answer,
    Class::{BadInput, Refused, Success},
    Connection, Request,
};

use super::{
    BATCH, MEMBER, NO_KEY, OURS, OWN, SELF_REVOKE, SETTINGS, VERIFY, blamed, counts, plain, with,
};

/// The operations with a body, each with its method, its path, a good body, and how large one may be. What is refused
/// for its body is not looked for: the key need not be there.
fn operations() -> [(&'static str, Request, String, usize); 10] {
    const KIB: usize = 1_024;
    let revoke = format!("{NO_KEY}/revoke");
    let limits = format!("{NO_KEY}/limits");
    [
        (
            "company_update",
            Request::put(OURS),
            SETTINGS.to_owned(),
            64 * KIB,
        ),
        (
            "member_update",
            Request::put(MEMBER),
            SETTINGS.to_owned(),
            64 * KIB,
        ),
        (
            "key_create",
            Request::post(OWN),
            r#"{"name":"x"}"#.to_owned(),
            64 * KIB,
        ),
        (
            "key_update",
            Request::put(NO_KEY),
            plain("x").to_string(),
            64 * KIB,
        ),
        (
            "key_limits_update",
            Request::put(limits),
            r#"{"limits":null,"quota":null}"#.to_owned(),
            64 * KIB,
        ),
        (
            "key_revoke",
            Request::post(revoke),
            "{}".to_owned(),
            64 * KIB,
        ),
        (
            "key_rotate",
            Request::post(format!("{NO_KEY}/rotate")),
            "{}".to_owned(),
            64 * KIB,
        ),
        (
            "key_verify",
            Request::post(VERIFY),
            r#"{"key":"x"}"#.to_owned(),
            64 * KIB,
        ),
        (
            "key_verify_batch",
            Request::post(BATCH),
            r#"{"keys":[{"key":"x"}]}"#.to_owned(),
            256 * KIB,
        ),
        (
            "self_revoke",
            Request::post(SELF_REVOKE),
            "{}".to_owned(),
            64 * KIB,
        ),
    ]
}

/// Sends a head and only so much of the body as is given, and keeps the exchange.
async fn cut_short(
    operation: &str,
    request: Request,
    outcome: &str,
    header: (&str, &str),
    body: &[u8],
) -> Answer {
    let (server, token) = with(Role::Root).await;
    let request = request
        .bearer(token)
        .header("content-type", "application/json")
        .header(header.0, header.1);
    let mut connection = Connection::open(server.address).await;
    connection.send(&request.head_bytes()).await;
    connection.send(body).await;
    let answer = connection
        .answer(request.method())
        .await
        .expect("an answer");
    server.keep(operation, Refused, outcome, &request, answer)
}

#[tokio::test]
async fn k10_k72_a_body_that_says_it_is_too_large_is_not_waited_for() {
    for (operation, request, _, most) in operations() {
        let length = (most + 1).to_string();
        let answer = cut_short(
            operation,
            request,
            "k10_one_byte_too_many",
            ("content-length", &length),
            b"",
        )
        .await;
        assert_eq!(answer.expect(413).json()["error_code"], "payload_too_large");
    }
}

#[tokio::test]
async fn k10_k72_a_body_in_chunks_is_refused_when_it_has_become_too_large() {
    for (operation, request, _, most) in operations() {
        let mut body = format!("{:x}\r\n", most + 1).into_bytes();
        body.resize(body.len() + most + 1, b' ');
        let chunked = ("transfer-encoding", "chunked");
        let answer = cut_short(operation, request, "k10_chunks_too_large", chunked, &body).await;
        answer.expect(413);
    }
}

/// Waits: a body that does not arrive is given ten seconds.
#[tokio::test]
async fn k10_a_body_that_does_not_arrive_is_408() {
    let half = async |(operation, request, _, _): (&'static str, Request, String, usize)| {
        let length = ("content-length", "12");
        let answer = cut_short(operation, request, "k10_half_a_body", length, b"{\"name\"").await;
        assert_eq!(answer.expect(408).json()["error_code"], "request_timeout");
    };
    let [
        company,
        member,
        create,
        update,
        limits,
        revoke,
        rotate,
        verify,
        batch,
        own,
    ] = operations().map(half);
    tokio::join!(
        company, member, create, update, limits, revoke, rotate, verify, batch, own
    );
}

#[tokio::test]
async fn k10_another_type_or_none_is_415() {
    let (server, token) = with(Role::Root).await;
    let before = counts(&server);
    for (operation, request, body, _) in operations() {
        let request = request.bearer(&token).body(body);
        for (outcome, request) in [
            ("k10_no_type", request.clone()),
            (
                "k10_text",
                request.clone().header("content-type", "text/plain"),
            ),
            (
                "k10_other_json",
                request.header("content-type", "application/merge-patch+json"),
            ),
        ] {
            let answer = server.record(operation, Refused, outcome, &request).await;
            assert_eq!(
                answer.expect(415).json()["error_code"],
                "unsupported_media_type"
            );
        }
    }
    assert_eq!(counts(&server), before);
}

/// Whatever is no JSON object, for every operation that takes one; kept for the first of each kind.
#[tokio::test]
async fn k10_a_body_must_be_one_json_object() {
    let (server, token) = with(Role::Root).await;
    let before = counts(&server);
    let (object, json) = (
        "body must be a JSON object",
        "body must be valid JSON; it is not at line ",
    );
    for (operation, request, good, _) in operations() {
        let request = request.bearer(&token);
        for (outcome, body, reason) in [
            ("k10_nothing", b"".to_vec(), json),
            ("k10_array", b"[]".to_vec(), object),
            ("k10_null", b"null".to_vec(), object),
            ("k10_string", b"\"{}\"".to_vec(), object),
            (
                "k10_cut_off",
                good.as_bytes()[..good.len() - 1].to_vec(),
                json,
            ),
            ("k10_two_values", format!("{good}{{}}").into_bytes(), json),
            (
                "k10_byte_order_mark",
                format!("\u{feff}{good}").into_bytes(),
                json,
            ),
            ("k10_no_utf8", b"{\"\xff\":1}".to_vec(), json),
            ("k10_raw_nul", b"{\"a\0\":1}".to_vec(), json),
            ("k10_deep", b"[".repeat(60_000), ""),
            ("k10_deep_within", br#"{"x":"#.repeat(10_000), ""),
            (
                "k10_unknown_nul",
                br#"{"a\u0000":"\u0000"}"#.to_vec(),
                "body must not ",
            ),
        ] {
            let request = request.clone().json(body);
            let answer = server.record(operation, BadInput, outcome, &request).await;
            let blamed = blamed(&answer.expect(400));
            assert!(
                blamed[0].starts_with(reason),
                "{operation} {outcome} {blamed:?}"
            );
        }
    }
    assert_eq!(counts(&server), before);
}

#[tokio::test]
async fn k10_the_type_may_have_any_parameters_and_a_body_of_the_greatest_size_fits() {
    let (server, token) = with(Role::Root).await;
    for (operation, request, good, most) in operations() {
        if matches!(
            operation,
            "key_update" | "key_limits_update" | "key_revoke" | "key_rotate" | "self_revoke"
        ) {
            continue;
        }
        let body = " ".repeat(most - good.len()) + &good;
        let kind = "Application/JSON; charset=utf-8; x=\"y\"";
        let request = request
            .bearer(&token)
            .header("content-type", kind)
            .body(body);
        let answer = server
            .record(operation, Success, "k10_greatest", &request)
            .await;
        assert!(answer.status < 300, "{answer:?}");
    }
}
