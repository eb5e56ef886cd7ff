#![allow(clippy::unwrap_used)]

use bitting_core::Field;
use http_body_util::BodyExt as _;

use super::*;

async fn answer(refusal: Refusal) -> (u16, http::HeaderMap, String) {
    let (head, body) = FelderaDialect::refuse(&refusal, "an id").into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    (head.status.as_u16(), head.headers, text)
}

async fn body(refusal: Refusal) -> String {
    answer(refusal).await.2
}

/// Status, code and details of an answer, which must have its three members in order.
async fn parts(refusal: Refusal) -> (u16, String, Value) {
    let (status, headers, text) = answer(refusal).await;
    assert_eq!(headers["content-type"], "application/json");
    let value: Value = serde_json::from_str(&text).unwrap();
    let members: Vec<_> = value.as_object().unwrap().keys().collect();
    assert_eq!(members, ["message", "error_code", "details"]);
    assert!(!value["message"].as_str().unwrap().is_empty(), "{text}");
    let code = value["error_code"].as_str().unwrap().to_owned();
    (status, code, value["details"].clone())
}

#[tokio::test]
async fn f2_a_401_to_the_byte_with_its_challenge() {
    let (status, headers, text) = answer(Refusal::Unauthenticated).await;
    assert_eq!(status, 401);
    assert_eq!(headers["www-authenticate"], "Bearer");
    assert_eq!(
        text,
        r#"{"message":"Unauthorized API key","error_code":"AuthenticationFailed","details":null}"#
    );
}

#[tokio::test]
async fn f2_every_other_refusal_without_details_has_its_status_and_code() {
    let allow = &["GET", "DELETE"];
    for (refusal, status, code) in [
        (Refusal::WrongMethod { allow }, 405, "MethodNotAllowed"),
        (Refusal::BodyTooSlow, 408, "RequestTimeout"),
        (Refusal::BodyTooLarge, 413, "PayloadTooLarge"),
        (Refusal::BodyTypeUnknown, 415, "UnsupportedMediaType"),
        (
            Refusal::RateLimited { retry_after: 7 },
            429,
            "TooManyRequests",
        ),
        (Refusal::Internal, 500, "InternalServerError"),
        (Refusal::Unavailable, 503, "ServiceUnavailable"),
        (Refusal::NotFound, 404, "UnknownApiKey"),
        (Refusal::Conflict(Conflict::LastRootKey), 409, "Conflict"),
        (Refusal::Conflict(Conflict::OwnsKeys), 409, "Conflict"),
        (Refusal::Conflict(Conflict::HasMembers), 409, "Conflict"),
        (Refusal::Conflict(Conflict::KeyInactive), 409, "Conflict"),
        (Refusal::Conflict(Conflict::TooManySecrets), 409, "Conflict"),
        (Refusal::Conflict(Conflict::CurrentSecret), 409, "Conflict"),
        (Refusal::Conflict(Conflict::NotRecoverable), 409, "Conflict"),
        (
            Refusal::Conflict(Conflict::IdempotencyMismatch),
            409,
            "Conflict",
        ),
        (
            Refusal::Conflict(Conflict::IdempotencyExpired),
            409,
            "Conflict",
        ),
        (Refusal::Changed, 412, "PreconditionFailed"),
        (
            Refusal::Forbidden(Denial::RoleNotMintable),
            403,
            "OwnerAdminNotMintableAsApiKey",
        ),
        (
            Refusal::Forbidden(Denial::KeyAboveOwnRole),
            403,
            "InsufficientPermissions",
        ),
        (
            Refusal::Forbidden(Denial::NotGrantable),
            403,
            "InsufficientPermissions",
        ),
    ] {
        assert_eq!(parts(refusal).await, (status, code.to_owned(), Value::Null));
    }
    let (_, headers, _) = answer(Refusal::WrongMethod { allow }).await;
    assert_eq!(headers["allow"], "GET, DELETE");
    let (_, headers, _) = answer(Refusal::RateLimited { retry_after: 7 }).await;
    assert_eq!(headers["retry-after"], "7");
}

#[tokio::test]
async fn f1_a_role_that_is_too_weak_is_told_with_the_one_that_is_not() {
    for (denial, required, actual) in [
        (
            Denial::RoleTooWeak {
                required: Role::Write,
                actual: Role::Read,
            },
            "write",
            "read",
        ),
        (Denial::TokenRole, "read", "none"),
    ] {
        let text = body(Refusal::Forbidden(denial)).await;
        let details = format!(
            r#""error_code":"InsufficientPermissions","details":{{"required":"{required}","actual":"{actual}"}}}}"#
        );
        assert!(text.ends_with(&details), "{text}");
    }
}

#[tokio::test]
async fn f12_a_bad_name_to_the_byte() {
    let text = body(Refusal::InvalidName(NameFault::Empty)).await;
    assert_eq!(
        text,
        r#"{"message":"Name cannot be empty","error_code":"EmptyName","details":null}"#
    );
    // 51 letters of two bytes each.
    let name = "é".repeat(51);
    let text = body(Refusal::InvalidName(NameFault::TooLong {
        name: name.clone(),
    }))
    .await;
    assert_eq!(
        text,
        format!(
            r#"{{"message":"Name '{name}' is longer (102) than maximum allowed (100)","error_code":"TooLongName","details":{{"name":"{name}","length":102,"maximum":100}}}}"#
        )
    );
    let name = "a b\0".to_owned();
    let text = body(Refusal::InvalidName(NameFault::Pattern { name })).await;
    assert_eq!(
        text,
        concat!(
            r#"{"message":"Name 'a b\u0000' should be non-empty and only contain lowercase (a-z), uppercase (A-Z), "#,
            r#"number (0-9), underscore (_) or hyphen (-) characters (pattern: '^[a-zA-Z0-9_-]+$')","#,
            r#""error_code":"NameDoesNotMatchPattern","details":{"name":"a b\u0000","pattern":"^[a-zA-Z0-9_-]+$","#,
            r#""pattern_description":"lowercase (a-z), uppercase (A-Z), number (0-9), underscore (_) or hyphen (-) characters"}}"#
        )
    );
}

#[tokio::test]
async fn f13_a_duplicate_to_the_byte() {
    let (status, _, text) = answer(Refusal::Conflict(Conflict::NameTaken)).await;
    assert_eq!(status, 409);
    assert_eq!(
        text,
        r#"{"message":"An entity with this name already exists","error_code":"DuplicateName","details":null}"#
    );
}

#[tokio::test]
async fn f14_a_bad_body_is_told_in_the_words_of_its_reader() {
    let words = "missing field `name` at line 1 column 2";
    let (status, _, text) = answer(Violation::new(Field::Body, words).into()).await;
    assert_eq!(status, 400);
    assert_eq!(
        text,
        format!(r#"{{"message":"{words}","error_code":"InvalidRequestBody","details":null}}"#)
    );
    let two = Refusal::Invalid(vec![
        Violation::new(Field::Body, "one"),
        Violation::new(Field::Name, "two"),
    ]);
    assert!(body(two).await.starts_with(r#"{"message":"one; two","#));
}

#[tokio::test]
async fn f15_a_role_above_the_makers_is_told_with_both() {
    let (status, code, details) = parts(Refusal::Forbidden(Denial::RoleExceedsCreator {
        requested: Role::Write,
        creator: Role::Read,
    }))
    .await;
    assert_eq!((status, code.as_str()), (403, "RoleExceedsCreator"));
    assert_eq!(
        details.to_string(),
        r#"{"requested":"write","creator":"read"}"#
    );
}

#[tokio::test]
async fn f30_an_unknown_name_to_the_byte() {
    let (status, _, text) = answer(Refusal::UnknownName("it's".to_owned())).await;
    assert_eq!(status, 404);
    assert_eq!(
        text,
        r#"{"message":"Unknown API key 'it's'","error_code":"UnknownApiKey","details":{"name":"it's"}}"#
    );
}
