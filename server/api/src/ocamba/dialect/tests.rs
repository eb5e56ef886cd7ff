#![allow(clippy::unwrap_used)]

use bitting_core::{Conflict, Denial};
use http_body_util::BodyExt as _;

use super::*;

const ID: &str = "99a84211-f73d-4ff8-acdf-eb3e06bb9d62";

async fn answer(refusal: Refusal) -> (u16, http::HeaderMap, String) {
    let (head, body) = OcambaDialect::refuse(&refusal, ID).into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    (head.status.as_u16(), head.headers, text)
}

#[tokio::test]
async fn o4_every_refusal_to_the_byte() {
    let cases = [
        (Refusal::Unauthenticated, 401, "Unauthorized."),
        (
            Refusal::Forbidden(Denial::KeyAboveOwnRole),
            403,
            "Forbidden.",
        ),
        (Refusal::NotFound, 404, "Not found."),
        (
            Refusal::WrongMethod { allow: &["GET"] },
            405,
            "Method not allowed.",
        ),
        (Refusal::BodyTooSlow, 408, "Request timeout."),
        (Refusal::Conflict(Conflict::LastRootKey), 409, "Conflict."),
        (Refusal::BodyTooLarge, 413, "Content too large."),
        (Refusal::BodyTypeUnknown, 415, "Unsupported media type."),
        (
            Refusal::RateLimited { retry_after: 7 },
            429,
            "Too many requests.",
        ),
        (Refusal::Unavailable, 503, "Service unavailable."),
    ];
    for (refusal, code, text) in cases {
        let (status, headers, body) = answer(refusal).await;
        assert_eq!(status, code);
        assert_eq!(headers["content-type"], "application/json");
        assert_eq!(
            body,
            format!(r#"{{"code":{code},"title":"{text}","message":"{text}","trace_id":"{ID}"}}"#)
        );
    }
}

#[tokio::test]
async fn o4_a_400_may_say_what_is_wrong() {
    let (status, _, body) = answer(Refusal::Invalid(vec![
        Violation::new(Field::End, "must be later"),
        Violation::new(Field::Parameter("sort"), "no"),
    ]))
    .await;
    assert_eq!(status, 400);
    assert_eq!(
        body,
        format!(
            r#"{{"code":400,"title":"Bad request.","message":"The request body is not valid.","trace_id":"{ID}","errors":[{{"field":"end_time","reason":"must be later"}},{{"field":"sort","reason":"no"}}]}}"#
        )
    );
    let (_, _, body) = answer(Refusal::Invalid(vec![])).await;
    assert!(!body.contains("errors"), "{body}");
}

#[tokio::test]
async fn o3_a_500_has_no_trace_id() {
    let (status, _, body) = answer(Refusal::Internal).await;
    assert_eq!(status, 500);
    assert_eq!(
        body,
        r#"{"code":500,"title":"Internal server error.","message":"Internal server error."}"#
    );
}

#[tokio::test]
async fn o4_the_headers_that_belong_to_a_status() {
    let (_, headers, _) = answer(Refusal::Unauthenticated).await;
    assert_eq!(headers["www-authenticate"], "Bearer");
    let allow = &["GET", "PATCH"];
    let (_, headers, _) = answer(Refusal::WrongMethod { allow }).await;
    assert_eq!(headers["allow"], "GET, PATCH");
    let (_, headers, _) = answer(Refusal::RateLimited { retry_after: 7 }).await;
    assert_eq!(headers["retry-after"], "7");
}
