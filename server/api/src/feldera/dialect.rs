//! How this surface words refusals (F2). Nothing else writes an error body of it.

use bitting_core::{Conflict, Denial, NameFault, Refusal, Role, Violation, bounds};
use serde_json::{Map, Value, json};

use super::types::{ApiError, NAME_PATTERN};
use crate::{dialect::Dialect, operations::Surface};

/// The dialect of named API keys: `{"message","error_code","details"}`.
#[derive(Clone, Copy, Debug)]
pub enum FelderaDialect {}

/// What F12 calls the characters of [`NAME_PATTERN`].
const NAME_CHARACTERS: &str =
    "lowercase (a-z), uppercase (A-Z), number (0-9), underscore (_) or hyphen (-) characters";

impl Dialect for FelderaDialect {
    type Error = ApiError;

    const SURFACE: Surface = Surface::Feldera;

    fn error(refusal: &Refusal, _: &str) -> ApiError {
        match refusal {
            Refusal::Unauthenticated => plain("AuthenticationFailed", "Unauthorized API key"),
            Refusal::Forbidden(denial) => forbidden(*denial),
            Refusal::NotFound => plain("UnknownApiKey", "Unknown API key"),
            Refusal::UnknownName(name) => ApiError {
                message: format!("Unknown API key '{name}'").into(),
                details: details(json!({ "name": name })),
                ..plain("UnknownApiKey", "")
            },
            Refusal::Invalid(violations) => ApiError {
                message: reasons(violations).into(),
                ..plain("InvalidRequestBody", "")
            },
            Refusal::InvalidName(fault) => invalid_name(fault),
            Refusal::Conflict(conflict) => conflicting(*conflict),
            // No operation of this surface takes a precondition.
            Refusal::Changed => plain("PreconditionFailed", "It was changed since it was read"),
            Refusal::WrongMethod { .. } => {
                plain("MethodNotAllowed", "This path does not have the method")
            }
            Refusal::BodyTooSlow => plain(
                "RequestTimeout",
                "The request body did not arrive in time; send the request again",
            ),
            Refusal::BodyTooLarge => {
                plain("PayloadTooLarge", "The request body is larger than 64 KiB")
            }
            Refusal::BodyTypeUnknown => plain(
                "UnsupportedMediaType",
                "The content type of the request body must be application/json",
            ),
            Refusal::RateLimited { .. } | Refusal::QuotaExceeded { .. } => plain(
                "TooManyRequests",
                "Too many requests; wait as long as the header Retry-After says",
            ),
            Refusal::Unavailable => plain(
                "ServiceUnavailable",
                "The service cannot do this now; try again later",
            ),
            Refusal::Internal => fault(),
        }
    }
}

/// The body that says no more than that something of ours is broken.
pub(super) fn fault() -> ApiError {
    plain("InternalServerError", "Internal server error")
}

fn plain(code: &'static str, message: &'static str) -> ApiError {
    ApiError {
        message: message.into(),
        error_code: code.into(),
        details: None.into(),
    }
}

fn details(value: Value) -> crate::wire::Nullable<Map<String, Value>> {
    match value {
        Value::Object(members) => Some(members).into(),
        _ => None.into(),
    }
}

fn forbidden(denial: Denial) -> ApiError {
    const CODE: &str = "InsufficientPermissions";
    let too_weak = |required: Role, actual: Role| {
        ApiError {
        message: format!(
            "Insufficient permissions: this needs the role '{required}' and the credential has '{actual}'"
        )
        .into(),
        details: details(json!({ "required": required.name(), "actual": actual.name() })),
        ..plain(CODE, "")
    }
    };
    match denial {
        Denial::RoleTooWeak { required, actual } => too_weak(required, actual),
        // What the token claims is no role that a token can have (F61).
        Denial::TokenRole => too_weak(Role::Read, Role::None),
        Denial::RoleExceedsCreator { requested, creator } => ApiError {
            message: format!(
                "The role '{requested}' exceeds the role '{creator}' of the credential that asks for it"
            )
            .into(),
            details: details(json!({ "requested": requested.name(), "creator": creator.name() })),
            ..plain("RoleExceedsCreator", "")
        },
        Denial::RoleNotMintable => plain(
            "OwnerAdminNotMintableAsApiKey",
            "The roles 'owner' and 'admin' cannot be given to an API key; ask for 'read' or 'write'",
        ),
        Denial::KeyAboveOwnRole => plain(
            CODE,
            "Insufficient permissions: the role of the API key is above that of the credential",
        ),
        // This surface lets nobody in elsewhere.
        Denial::ScopeMissing | Denial::AddressNotAllowed => plain(
            CODE,
            "Insufficient permissions: the API key is not good for this, or not from here",
        ),
        Denial::NotGrantable => plain(
            CODE,
            "Insufficient permissions: the credential cannot grant what was asked for",
        ),
    }
}

/// F12's texts, to the letter.
fn invalid_name(fault: &NameFault) -> ApiError {
    match fault {
        NameFault::Empty => plain("EmptyName", "Name cannot be empty"),
        NameFault::TooLong { name } => {
            let (length, maximum) = (name.len(), bounds::PLAIN_NAME_MAX);
            ApiError {
                message: format!(
                    "Name '{name}' is longer ({length}) than maximum allowed ({maximum})"
                )
                .into(),
                details: details(json!({ "name": name, "length": length, "maximum": maximum })),
                ..plain("TooLongName", "")
            }
        }
        NameFault::Pattern { name } => ApiError {
            message: format!(
                "Name '{name}' should be non-empty and only contain {NAME_CHARACTERS} (pattern: '{NAME_PATTERN}')"
            )
            .into(),
            details: details(json!({
                "name": name,
                "pattern": NAME_PATTERN,
                "pattern_description": NAME_CHARACTERS,
            })),
            ..plain("NameDoesNotMatchPattern", "")
        },
    }
}

fn conflicting(conflict: Conflict) -> ApiError {
    match conflict {
        // F13, to the letter.
        Conflict::NameTaken => plain("DuplicateName", "An entity with this name already exists"),
        Conflict::LastRootKey => plain(
            "Conflict",
            "This would leave the service without an active root key",
        ),
        Conflict::OwnsKeys => plain("Conflict", "The member still has API keys"),
        Conflict::HasMembers => plain("Conflict", "The company still has members"),
        // No operation of this surface rotates, retires, reveals or is done once.
        Conflict::KeyInactive => plain("Conflict", "The API key is not active"),
        Conflict::TooManySecrets => plain("Conflict", "The API key has too many secrets"),
        Conflict::CurrentSecret => plain("Conflict", "The secret is the API key's current one"),
        Conflict::IdempotencyMismatch => plain("Conflict", "The request is another one"),
        Conflict::IdempotencyExpired => plain("Conflict", "The answer is not kept any more"),
        Conflict::NotRecoverable => plain("Conflict", "No copy of the secret is kept"),
    }
}

/// What is wrong with a body: in most cases one thing, in the JSON reader's own words (F14).
fn reasons(violations: &[Violation]) -> String {
    let reasons: Vec<_> = violations.iter().map(|v| v.reason.as_ref()).collect();
    reasons.join("; ")
}

#[cfg(test)]
mod tests;
