#![allow(clippy::unwrap_used)]

use bitting_core::{NameFault, Role};
use http_body_util::BodyExt as _;

use super::*;

const ID: &str = "99a84211-f73d-4ff8-acdf-eb3e06bb9d62";

/// Every refusal, with what it is worded as.
fn refusals() -> Vec<(Refusal, ErrorCode)> {
    let forbidden = Refusal::Forbidden;
    let name = "n".to_owned();
    vec![
        (Refusal::Unauthenticated, ErrorCode::Unauthenticated),
        (
            forbidden(Denial::RoleTooWeak {
                required: Role::Admin,
                actual: Role::Write,
            }),
            ErrorCode::InsufficientRole,
        ),
        (
            forbidden(Denial::KeyAboveOwnRole),
            ErrorCode::KeyAboveOwnRole,
        ),
        (
            forbidden(Denial::RoleExceedsCreator {
                requested: Role::Root,
                creator: Role::Admin,
            }),
            ErrorCode::RoleExceedsCreator,
        ),
        (forbidden(Denial::NotGrantable), ErrorCode::NotGrantable),
        (
            forbidden(Denial::RoleNotMintable),
            ErrorCode::RoleNotMintable,
        ),
        (forbidden(Denial::TokenRole), ErrorCode::TokenRole),
        (
            forbidden(Denial::ScopeMissing),
            ErrorCode::InsufficientScope,
        ),
        (
            forbidden(Denial::AddressNotAllowed),
            ErrorCode::AddressNotAllowed,
        ),
        (Refusal::NotFound, ErrorCode::NotFound),
        (Refusal::UnknownName(name), ErrorCode::NotFound),
        (
            Violation::new(Field::Role, "is odd").into(),
            ErrorCode::InvalidRequest,
        ),
        (
            Refusal::InvalidName(NameFault::Empty),
            ErrorCode::InvalidRequest,
        ),
        (
            Refusal::Conflict(Conflict::LastRootKey),
            ErrorCode::LastRootKey,
        ),
        (Refusal::Conflict(Conflict::NameTaken), ErrorCode::NameTaken),
        (Refusal::Conflict(Conflict::OwnsKeys), ErrorCode::OwnsKeys),
        (
            Refusal::Conflict(Conflict::HasMembers),
            ErrorCode::HasMembers,
        ),
        (
            Refusal::Conflict(Conflict::KeyInactive),
            ErrorCode::KeyInactive,
        ),
        (
            Refusal::Conflict(Conflict::TooManySecrets),
            ErrorCode::TooManySecrets,
        ),
        (
            Refusal::Conflict(Conflict::CurrentSecret),
            ErrorCode::CurrentSecret,
        ),
        (
            Refusal::Conflict(Conflict::NotRecoverable),
            ErrorCode::NotRecoverable,
        ),
        (
            Refusal::Conflict(Conflict::IdempotencyMismatch),
            ErrorCode::IdempotencyMismatch,
        ),
        (
            Refusal::Conflict(Conflict::IdempotencyExpired),
            ErrorCode::IdempotencyExpired,
        ),
        (Refusal::Changed, ErrorCode::Changed),
        (
            Refusal::WrongMethod { allow: &["GET"] },
            ErrorCode::MethodNotAllowed,
        ),
        (Refusal::BodyTooSlow, ErrorCode::RequestTimeout),
        (Refusal::BodyTooLarge, ErrorCode::PayloadTooLarge),
        (Refusal::BodyTypeUnknown, ErrorCode::UnsupportedMediaType),
        (
            Refusal::RateLimited { retry_after: 7 },
            ErrorCode::RateLimited,
        ),
        (
            Refusal::QuotaExceeded { retry_after: None },
            ErrorCode::QuotaExceeded,
        ),
        (Refusal::Unavailable, ErrorCode::Unavailable),
        (Refusal::Internal, ErrorCode::Internal),
    ]
}

async fn answer(refusal: &Refusal) -> (http::response::Parts, Value) {
    let (head, body) = KeysDialect::refuse(refusal, ID).into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    (head, serde_json::from_slice(&bytes).unwrap())
}

#[tokio::test]
async fn k3_every_error_has_the_same_four_members_in_the_same_order() {
    for (refusal, code) in refusals() {
        let (head, body) = answer(&refusal).await;
        let members: Vec<_> = body.as_object().unwrap().keys().collect();
        assert_eq!(members, ["error_code", "message", "request_id", "details"]);
        assert_eq!(head.headers["content-type"], "application/json");
        assert_eq!(body["request_id"], ID);
        assert_eq!(body["error_code"], code.name());
    }
}

#[tokio::test]
async fn k4_status_and_details_are_those_of_the_list() {
    for (refusal, code) in refusals() {
        let (head, body) = answer(&refusal).await;
        let row = code.code();
        assert_eq!(head.status.as_u16(), row.status, "{}", row.name);
        assert_eq!(body["message"], row.meaning);
        let members: Vec<_> = match &body["details"] {
            Value::Object(details) => details.keys().collect(),
            details => {
                assert!(details.is_null(), "{}", row.name);
                Vec::new()
            }
        };
        assert_eq!(members, row.details, "{}", row.name);
    }
}

#[tokio::test]
async fn k4_details_tell_what_programs_ask_about() {
    let details = async |refusal: Refusal| answer(&refusal).await.1["details"].to_string();
    let violations = vec![
        Violation::new(Field::Name, "is required"),
        Violation::new(Field::Parameter("limit"), "is odd"),
    ];
    assert_eq!(
        details(Refusal::Invalid(violations)).await,
        r#"{"errors":[{"field":"name","reason":"is required"},{"field":"limit","reason":"is odd"}]}"#
    );
    assert_eq!(
        details(Refusal::InvalidName(NameFault::Empty)).await,
        r#"{"errors":[{"field":"name","reason":"must not be empty"}]}"#
    );
    assert_eq!(
        details(Refusal::Forbidden(Denial::RoleTooWeak {
            required: Role::Root,
            actual: Role::Admin,
        }))
        .await,
        r#"{"required":"root","actual":"admin"}"#
    );
    assert_eq!(
        details(Refusal::RateLimited { retry_after: 7 }).await,
        r#"{"retry_after":7}"#
    );
}

#[tokio::test]
async fn k4_a_field_is_called_as_requests_call_it() {
    for (field, name) in [
        (Field::Body, "body"),
        (Field::Name, "name"),
        (Field::Description, "description"),
        (Field::Start, "starts_at"),
        (Field::End, "expires_at"),
        (Field::Role, "role"),
        (Field::Owner, "owner_id"),
        (Field::Parameter("If-Match"), "If-Match"),
    ] {
        let (_, body) = answer(&Violation::new(field, "is odd").into()).await;
        assert_eq!(body["details"]["errors"][0]["field"], name);
    }
}

#[test]
fn k4_the_list_has_every_code_once() {
    for code in ErrorCode::ALL {
        assert!(refusals().iter().any(|(_, used)| *used == code), "{code:?}");
    }
    for (_, code) in refusals() {
        let count = ErrorCode::ALL.iter().filter(|c| **c == code).count();
        assert_eq!(count, 1, "{code:?}");
    }
}
