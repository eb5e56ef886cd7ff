//! The codes of this surface's errors: the one closed list (K4). The document's text is written from it.

use schemars::{JsonSchema, r#gen::SchemaGenerator, schema::Schema};
use serde::{Serialize, Serializer};

use crate::{
    codes::{Code, Reach},
    wire::schema,
};

/// What went wrong, for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorCode {
    /// No good credential.
    Unauthenticated,
    /// The caller's role is too weak for the operation.
    InsufficientRole,
    /// The role to grant is above the caller's.
    RoleExceedsCreator,
    /// The role of the key is above the caller's.
    KeyAboveOwnRole,
    /// Something that only an admin grants.
    NotGrantable,
    /// A role that keys of that origin cannot have.
    RoleNotMintable,
    /// A login token whose role claim is none.
    TokenRole,
    /// The presented key lacks a scope.
    InsufficientScope,
    /// The presented key is bound to other addresses.
    AddressNotAllowed,
    /// Nothing there that the caller can see.
    NotFound,
    /// Something in the request may not be as it is.
    InvalidRequest,
    /// Nobody would be root any more.
    LastRootKey,
    /// The name is another's.
    NameTaken,
    /// The member has keys.
    OwnsKeys,
    /// The company has members.
    HasMembers,
    /// The key is not active.
    KeyInactive,
    /// The key has as many secrets as it can have.
    TooManySecrets,
    /// The secret is the one that stays.
    CurrentSecret,
    /// No copy of the secret is kept.
    NotRecoverable,
    /// Another request had the same `Idempotency-Key`.
    IdempotencyMismatch,
    /// The answer to the first request is gone.
    IdempotencyExpired,
    /// It is not as the request supposes.
    Changed,
    /// The path does not have the method.
    MethodNotAllowed,
    /// The body did not arrive in time.
    RequestTimeout,
    /// The body is too large.
    PayloadTooLarge,
    /// The body is not JSON by its type.
    UnsupportedMediaType,
    /// Too many requests.
    RateLimited,
    /// A quota that is used up.
    QuotaExceeded,
    /// Not now.
    Unavailable,
    /// A fault of the server.
    Internal,
}

impl ErrorCode {
    /// Every code, by status.
    pub const ALL: [Self; 30] = [
        Self::InvalidRequest,
        Self::Unauthenticated,
        Self::InsufficientRole,
        Self::RoleExceedsCreator,
        Self::KeyAboveOwnRole,
        Self::NotGrantable,
        Self::RoleNotMintable,
        Self::TokenRole,
        Self::InsufficientScope,
        Self::AddressNotAllowed,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::RequestTimeout,
        Self::LastRootKey,
        Self::NameTaken,
        Self::OwnsKeys,
        Self::HasMembers,
        Self::KeyInactive,
        Self::TooManySecrets,
        Self::CurrentSecret,
        Self::NotRecoverable,
        Self::IdempotencyMismatch,
        Self::IdempotencyExpired,
        Self::Changed,
        Self::PayloadTooLarge,
        Self::UnsupportedMediaType,
        Self::RateLimited,
        Self::QuotaExceeded,
        Self::Internal,
        Self::Unavailable,
    ];

    /// The code as it is written.
    pub fn name(self) -> &'static str {
        self.code().name
    }

    /// Which operations can answer it.
    fn reach(self) -> Reach {
        match self {
            Self::InsufficientRole | Self::TokenRole => Reach::Role,
            Self::RoleExceedsCreator
            | Self::KeyAboveOwnRole
            | Self::NotGrantable
            | Self::RoleNotMintable
            | Self::InsufficientScope
            | Self::AddressNotAllowed
            | Self::LastRootKey
            | Self::NameTaken
            | Self::OwnsKeys
            | Self::HasMembers
            | Self::KeyInactive
            | Self::TooManySecrets
            | Self::CurrentSecret
            | Self::NotRecoverable
            | Self::IdempotencyMismatch
            | Self::IdempotencyExpired => Reach::Row,
            Self::InvalidRequest
            | Self::Unauthenticated
            | Self::NotFound
            | Self::MethodNotAllowed
            | Self::RequestTimeout
            | Self::Changed
            | Self::PayloadTooLarge
            | Self::UnsupportedMediaType
            | Self::RateLimited
            | Self::QuotaExceeded
            | Self::Internal
            | Self::Unavailable => Reach::Status,
        }
    }

    /// What the list says of it.
    #[expect(clippy::too_many_lines, reason = "one table")]
    pub(crate) fn code(self) -> Code {
        let row = |name, status, details, meaning| Code {
            name,
            status,
            details,
            meaning,
            reach: self.reach(),
        };
        match self {
            Self::InvalidRequest => row(
                "invalid_request",
                400,
                &["errors"],
                "Something in the request may not be as it is: mend what the details name and send it again.",
            ),
            Self::Unauthenticated => row(
                "unauthenticated",
                401,
                &[],
                "There is no credential, or it is not good: send an active API key or a valid login token as the \
                 bearer token.",
            ),
            Self::InsufficientRole => row(
                "insufficient_role",
                403,
                &["required", "actual"],
                "The credential's role does not allow this: use one that has the required role or a stronger one.",
            ),
            Self::RoleExceedsCreator => row(
                "role_exceeds_creator",
                403,
                &["requested", "creator"],
                "Nobody grants a role above its own: ask for a weaker one, or use a credential with a stronger one.",
            ),
            Self::KeyAboveOwnRole => row(
                "key_above_own_role",
                403,
                &[],
                "The key's role is above the credential's: use a credential whose role is at least the key's.",
            ),
            Self::NotGrantable => row(
                "not_grantable",
                403,
                &[],
                "Only an admin grants this: leave it out, or use a credential with the role admin.",
            ),
            Self::RoleNotMintable => row(
                "role_not_mintable",
                403,
                &[],
                "Keys of that surface cannot have the role: ask for read or write.",
            ),
            Self::TokenRole => row(
                "token_role",
                403,
                &[],
                "The login token's role claim is none of read, write and admin: have its issuer set one of them or \
                 leave the claim out.",
            ),
            Self::InsufficientScope => row(
                "insufficient_scope",
                403,
                &[],
                "The presented key has not all the scopes that this takes: use one that has them.",
            ),
            Self::AddressNotAllowed => row(
                "address_not_allowed",
                403,
                &[],
                "The presented key is bound to other addresses: use it from one of those, or another key.",
            ),
            Self::NotFound => row(
                "not_found",
                404,
                &[],
                "There is no such thing, or it is not one that the credential can see: check the ids in the path.",
            ),
            Self::MethodNotAllowed => row(
                "method_not_allowed",
                405,
                &[],
                "The path does not have this method: use one that the header Allow names.",
            ),
            Self::RequestTimeout => row(
                "request_timeout",
                408,
                &[],
                "The body did not arrive in time: send the request again.",
            ),
            Self::LastRootKey => row(
                "last_root_key",
                409,
                &[],
                "This would leave the instance without an active root key: make another root key first.",
            ),
            Self::NameTaken => row(
                "name_taken",
                409,
                &[],
                "Another one has the name: choose a name that is free.",
            ),
            Self::OwnsKeys => row(
                "owns_keys",
                409,
                &[],
                "The member still has keys: delete them first, or name a new_owner.",
            ),
            Self::HasMembers => row(
                "has_members",
                409,
                &[],
                "The company still has members: delete them first.",
            ),
            Self::KeyInactive => row(
                "key_inactive",
                409,
                &[],
                "The key is not active: switch it on, or let it begin or go on, and rotate it then.",
            ),
            Self::TooManySecrets => row(
                "too_many_secrets",
                409,
                &[],
                "The key has ten live secrets: retire one of them, or rotate it with an overlap of 0.",
            ),
            Self::CurrentSecret => row(
                "current_secret",
                409,
                &[],
                "The secret is the one that the key keeps: rotate the key first, or revoke or delete it.",
            ),
            Self::NotRecoverable => row(
                "not_recoverable",
                409,
                &[],
                "No copy of the secret is kept or shown: rotate the key to get one that you know.",
            ),
            Self::IdempotencyMismatch => row(
                "idempotency_mismatch",
                409,
                &[],
                "The Idempotency-Key came with another request before: send that one again, or choose another key.",
            ),
            Self::IdempotencyExpired => row(
                "idempotency_expired",
                409,
                &[],
                "The request was done, and its answer is not kept any more: look at what there is, and choose another key.",
            ),
            Self::Changed => row(
                "changed",
                412,
                &[],
                "The key was changed since: read it again and decide anew.",
            ),
            Self::PayloadTooLarge => row(
                "payload_too_large",
                413,
                &[],
                "The body is larger than 64 KiB, or than 256 KiB for a batch, or 4 MiB for an import: send a smaller one.",
            ),
            Self::UnsupportedMediaType => row(
                "unsupported_media_type",
                415,
                &[],
                "The body's content type is not application/json, or not a form's for an introspection: send that and say so.",
            ),
            Self::RateLimited => row(
                "rate_limited",
                429,
                &["retry_after"],
                "There were too many requests: wait as many seconds as the details say.",
            ),
            Self::QuotaExceeded => row(
                "quota_exceeded",
                429,
                &["retry_after"],
                "The key's quota is used up: wait as many seconds as the details say, or have an admin raise it where they say null.",
            ),
            Self::Internal => row(
                "internal",
                500,
                &[],
                "A fault of the server: tell whoever runs it the request id, under which its log has the cause.",
            ),
            Self::Unavailable => row(
                "unavailable",
                503,
                &[],
                "It cannot be done now, through no fault of the request: try again later.",
            ),
        }
    }
}

impl Serialize for ErrorCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// A string: a client that knew only the codes of its day would refuse what a later server has learnt to say.
impl JsonSchema for ErrorCode {
    fn schema_name() -> String {
        "ErrorCode".to_owned()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names = Self::ALL.map(|code| format!("`{}`", code.name()));
        let description = format!(
            "What went wrong, for programs: one of {}. Later versions may add to them.",
            names.join(", ")
        );
        schema::open_words(&description, &Self::ALL.map(Self::name))
    }
}

#[cfg(test)]
mod tests {
    use crate::{codes, operations::Surface};

    #[test]
    fn k4_the_contract_has_the_same_list() {
        let contract = include_str!("../../contracts/keys.md");
        assert!(contract.contains(&codes::table(Surface::Keys)));
    }
}
