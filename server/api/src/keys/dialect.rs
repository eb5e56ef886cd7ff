//! How this surface words refusals (K3, K4). Nothing else writes an error body of it.

use bitting_core::{Conflict, Denial, Field, Refusal, Violation};
use serde_json::{Map, Value, json};

use super::{error_code::ErrorCode, types::ApiError};
use crate::{dialect::Dialect, operations::Surface};

/// The dialect of Bitting's own API: `{"error_code","message","request_id","details"}`.
#[derive(Clone, Copy, Debug)]
pub enum KeysDialect {}

impl Dialect for KeysDialect {
    type Error = ApiError;

    const SURFACE: Surface = Surface::Keys;

    fn error(refusal: &Refusal, request_id: &str) -> ApiError {
        ApiError {
            request_id: request_id.to_owned(),
            details: details(refusal).into(),
            ..plain(code(refusal))
        }
    }
}

/// The body that says no more than that something of ours is broken. The request's id is out of reach where it is
/// made; the header has it.
pub(super) fn fault() -> ApiError {
    plain(ErrorCode::Internal)
}

fn plain(code: ErrorCode) -> ApiError {
    ApiError {
        error_code: code,
        message: code.code().meaning.into(),
        request_id: String::new(),
        details: None.into(),
    }
}

fn code(refusal: &Refusal) -> ErrorCode {
    match refusal {
        Refusal::Unauthenticated => ErrorCode::Unauthenticated,
        Refusal::Forbidden(Denial::RoleTooWeak { .. }) => ErrorCode::InsufficientRole,
        Refusal::Forbidden(Denial::KeyAboveOwnRole) => ErrorCode::KeyAboveOwnRole,
        Refusal::Forbidden(Denial::RoleExceedsCreator { .. }) => ErrorCode::RoleExceedsCreator,
        Refusal::Forbidden(Denial::NotGrantable) => ErrorCode::NotGrantable,
        Refusal::Forbidden(Denial::RoleNotMintable) => ErrorCode::RoleNotMintable,
        Refusal::Forbidden(Denial::TokenRole) => ErrorCode::TokenRole,
        Refusal::Forbidden(Denial::ScopeMissing) => ErrorCode::InsufficientScope,
        Refusal::Forbidden(Denial::AddressNotAllowed) => ErrorCode::AddressNotAllowed,
        Refusal::NotFound | Refusal::UnknownName(_) => ErrorCode::NotFound,
        Refusal::Invalid(_) | Refusal::InvalidName(_) => ErrorCode::InvalidRequest,
        Refusal::Conflict(Conflict::LastRootKey) => ErrorCode::LastRootKey,
        Refusal::Conflict(Conflict::NameTaken) => ErrorCode::NameTaken,
        Refusal::Conflict(Conflict::OwnsKeys) => ErrorCode::OwnsKeys,
        Refusal::Conflict(Conflict::HasMembers) => ErrorCode::HasMembers,
        Refusal::Conflict(Conflict::KeyInactive) => ErrorCode::KeyInactive,
        Refusal::Conflict(Conflict::TooManySecrets) => ErrorCode::TooManySecrets,
        Refusal::Conflict(Conflict::CurrentSecret) => ErrorCode::CurrentSecret,
        Refusal::Conflict(Conflict::NotRecoverable) => ErrorCode::NotRecoverable,
        Refusal::Conflict(Conflict::IdempotencyMismatch) => ErrorCode::IdempotencyMismatch,
        Refusal::Conflict(Conflict::IdempotencyExpired) => ErrorCode::IdempotencyExpired,
        Refusal::Changed => ErrorCode::Changed,
        Refusal::WrongMethod { .. } => ErrorCode::MethodNotAllowed,
        Refusal::BodyTooSlow => ErrorCode::RequestTimeout,
        Refusal::BodyTooLarge => ErrorCode::PayloadTooLarge,
        Refusal::BodyTypeUnknown => ErrorCode::UnsupportedMediaType,
        Refusal::RateLimited { .. } => ErrorCode::RateLimited,
        Refusal::QuotaExceeded { .. } => ErrorCode::QuotaExceeded,
        Refusal::Unavailable => ErrorCode::Unavailable,
        Refusal::Internal => ErrorCode::Internal,
    }
}

fn details(refusal: &Refusal) -> Option<Map<String, Value>> {
    let details = match refusal {
        Refusal::Forbidden(Denial::RoleTooWeak { required, actual }) => {
            json!({ "required": required.name(), "actual": actual.name() })
        }
        Refusal::Forbidden(Denial::RoleExceedsCreator { requested, creator }) => {
            json!({ "requested": requested.name(), "creator": creator.name() })
        }
        Refusal::Invalid(violations) => json!({ "errors": errors(violations) }),
        Refusal::InvalidName(fault) => {
            json!({ "errors": errors(&[Violation::new(Field::Name, fault.to_string())]) })
        }
        Refusal::RateLimited { retry_after } => json!({ "retry_after": retry_after }),
        Refusal::QuotaExceeded { retry_after } => json!({ "retry_after": retry_after }),
        Refusal::Unauthenticated
        | Refusal::Forbidden(
            Denial::KeyAboveOwnRole
            | Denial::NotGrantable
            | Denial::RoleNotMintable
            | Denial::TokenRole
            | Denial::ScopeMissing
            | Denial::AddressNotAllowed,
        )
        | Refusal::NotFound
        | Refusal::UnknownName(_)
        | Refusal::Conflict(_)
        | Refusal::Changed
        | Refusal::WrongMethod { .. }
        | Refusal::BodyTooSlow
        | Refusal::BodyTooLarge
        | Refusal::BodyTypeUnknown
        | Refusal::Unavailable
        | Refusal::Internal => Value::Null,
    };
    match details {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

fn errors(violations: &[Violation]) -> Vec<Value> {
    violations
        .iter()
        .map(|violation| json!({ "field": field(violation.field), "reason": violation.reason }))
        .collect()
}

pub(super) fn field(field: Field) -> &'static str {
    match field {
        Field::Body => "body",
        Field::Name => "name",
        Field::Description => "description",
        Field::Start => "starts_at",
        Field::End => "expires_at",
        Field::Role => "role",
        Field::Owner => "owner_id",
        Field::Parameter(name) => name,
    }
}

#[cfg(test)]
mod tests;
