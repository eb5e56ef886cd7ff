//! Everything that can be refused, in words that know no HTTP.

use std::borrow::Cow;

use crate::{NameFault, Role};

/// Why a request is not done. Closed on purpose: each surface answers it with an exhaustive `match`, so
/// that a new variant does not compile until every dialect has its words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No credential, or none that is good now.
    Unauthenticated,
    /// A good credential that may not do this.
    Forbidden(Denial),
    /// It does not exist, or not for this caller; which of the two is not said.
    NotFound,
    /// The same, for a key that is asked for by a name (F30).
    UnknownName(String),
    /// The request says something that it may not.
    Invalid(Vec<Violation>),
    /// The name is not one that keys of its origin may have (F12).
    InvalidName(NameFault),
    /// The request is fine but the state of things is against it.
    Conflict(Conflict),
    /// It is not as the request supposes: it was changed since its sender saw it.
    Changed,
    /// The resource does not have this method.
    WrongMethod {
        /// The methods that it has.
        allow: &'static [&'static str],
    },
    /// The body did not arrive in time.
    BodyTooSlow,
    /// The body is larger than the bound.
    BodyTooLarge,
    /// The body's type is not one that is read here.
    BodyTypeUnknown,
    /// Too many requests for now.
    RateLimited {
        /// Seconds until the next request may succeed, at least 1.
        retry_after: u64,
    },
    /// The quota of the key has not enough left.
    QuotaExceeded {
        /// Seconds until it is filled up, at least 1; `None` for never.
        retry_after: Option<u64>,
    },
    /// It cannot be done now, through no fault of the request.
    Unavailable,
    /// A fault of ours; the log has the cause under the request's id.
    Internal,
}

impl Refusal {
    /// The refusal's name in the log, without anything that the request said.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden(Denial::RoleTooWeak { .. }) => "role_too_weak",
            Self::Forbidden(Denial::KeyAboveOwnRole) => "key_above_own_role",
            Self::Forbidden(Denial::RoleExceedsCreator { .. }) => "role_exceeds_creator",
            Self::Forbidden(Denial::NotGrantable) => "not_grantable",
            Self::Forbidden(Denial::RoleNotMintable) => "role_not_mintable",
            Self::Forbidden(Denial::TokenRole) => "token_role",
            Self::Forbidden(Denial::ScopeMissing) => "scope_missing",
            Self::Forbidden(Denial::AddressNotAllowed) => "address_not_allowed",
            Self::NotFound => "not_found",
            Self::UnknownName(_) => "unknown_name",
            Self::Invalid(_) => "invalid",
            Self::InvalidName(_) => "invalid_name",
            Self::Conflict(Conflict::LastRootKey) => "last_root_key",
            Self::Conflict(Conflict::NameTaken) => "name_taken",
            Self::Conflict(Conflict::OwnsKeys) => "owns_keys",
            Self::Conflict(Conflict::HasMembers) => "has_members",
            Self::Conflict(Conflict::KeyInactive) => "key_inactive",
            Self::Conflict(Conflict::TooManySecrets) => "too_many_secrets",
            Self::Conflict(Conflict::CurrentSecret) => "current_secret",
            Self::Conflict(Conflict::NotRecoverable) => "not_recoverable",
            Self::Conflict(Conflict::IdempotencyMismatch) => "idempotency_mismatch",
            Self::Conflict(Conflict::IdempotencyExpired) => "idempotency_expired",
            Self::Changed => "changed",
            Self::WrongMethod { .. } => "wrong_method",
            Self::BodyTooSlow => "body_too_slow",
            Self::BodyTooLarge => "body_too_large",
            Self::BodyTypeUnknown => "body_type_unknown",
            Self::RateLimited { .. } => "rate_limited",
            Self::QuotaExceeded { .. } => "quota_exceeded",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
        }
    }
}

/// Why a principal may not do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// The operation wants a stronger role.
    RoleTooWeak {
        /// The weakest role that may.
        required: Role,
        /// The role of the principal.
        actual: Role,
    },
    /// The key's role is above the principal's: it is not the principal's to change.
    KeyAboveOwnRole,
    /// The role to grant is above the principal's.
    RoleExceedsCreator {
        /// The role that was asked for.
        requested: Role,
        /// The role of the principal.
        creator: Role,
    },
    /// Scopes beyond the principal's own, or another owner, granted by less than an admin.
    NotGrantable,
    /// Keys of this origin cannot have the role that was asked for (F15).
    RoleNotMintable,
    /// The login token's role claim is none of read, write and admin (F61).
    TokenRole,
    /// The presented key has not all the scopes that the service behind the gateway asks for (K125).
    ScopeMissing,
    /// The presented key is bound to other addresses (K125).
    AddressNotAllowed,
}

/// What stands against a well-formed request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// The change would leave the instance without an active root key.
    LastRootKey,
    /// A key of the same origin and company has the name (F13).
    NameTaken,
    /// The member has keys, which would be left without an owner.
    OwnsKeys,
    /// The company has members, which would be left without one.
    HasMembers,
    /// The key is not active: a new secret of it would be as useless as the old one.
    KeyInactive,
    /// The key has as many live secrets as it can have.
    TooManySecrets,
    /// The secret is the one that stays: without it the key would have none, at once or before long.
    CurrentSecret,
    /// No copy of the secret is kept, or none is shown.
    NotRecoverable,
    /// What the client calls this request, it called another one.
    IdempotencyMismatch,
    /// The request was done before, and its answer is not kept any more.
    IdempotencyExpired,
}

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// What it is wrong with.
    pub field: Field,
    /// What is wrong, as an instruction: "must have at most 255 characters".
    pub reason: Cow<'static, str>,
}

impl Violation {
    /// A violation.
    pub fn new(field: Field, reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            field,
            reason: reason.into(),
        }
    }
}

impl From<Violation> for Refusal {
    fn from(violation: Violation) -> Self {
        Self::Invalid(vec![violation])
    }
}

/// A part of a request; each surface has its own names for these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The body as a whole.
    Body,
    /// The key's name.
    Name,
    /// The key's description.
    Description,
    /// When the key starts to be good.
    Start,
    /// When the key stops being good.
    End,
    /// The role to grant.
    Role,
    /// Whose key it is to be.
    Owner,
    /// A parameter that only one surface has, by its own name.
    Parameter(&'static str),
}
