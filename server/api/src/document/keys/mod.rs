//! The document of Bitting's own API.

mod companies;
mod examples;
mod own_keys;
mod request_headers;

use bitting_core::{Conflict, Denial, Field, Refusal, Role, Violation};
use dropshot::semver::Version;
use openapiv3::{OpenAPI, ParameterData};
use serde_json::Value;

use super::{
    DocumentError, refusals, stub,
    surface::{self, Texts},
};
use crate::{
    keys::{KeysDialect, keys_api_mod, types::ErrorCode},
    operations::Surface,
};

/// The version of the document; the `v1` of the paths changes only with what no client can bear.
const VERSION: Version = Version::new(0, 2, 0);

pub(super) fn document() -> Result<OpenAPI, DocumentError> {
    let api = keys_api_mod::stub_api_description()?;
    let title = "Bitting: API keys, companies and members";
    let mut document = stub::document(&api, title, VERSION)?;
    surface::enrich::<KeysTexts>(&mut document)?;
    Ok(document)
}

enum KeysTexts {}

impl Texts for KeysTexts {
    const SURFACE: Surface = Surface::Keys;
    const LOCATION: Option<&'static str> = Some("/v1/companies/2");
    const NO_CACHE: bool = false;
    const NULL_IS_ABSENT: bool = true;

    type Dialect = KeysDialect;

    fn description() -> String {
        include_str!("description.md").replace("{error_codes}", &ErrorCode::table())
    }

    fn success(id: &str) -> &'static str {
        match id {
            "company_create" => {
                "The company was made. This is its first key, if it was to have one."
            }
            "company_list" => "One page of the companies.",
            "company_view" => "The company.",
            "member_create" => "The member was made. This is its first key, if it was to have one.",
            "member_list" => "One page of the company's members.",
            "member_view" => "The member.",
            "company_update" => "The company, with its new settings.",
            "company_delete" => "The company was deleted.",
            "member_update" => "The member, with its new settings.",
            "member_delete" => "The member was deleted.",
            "key_create" => "The key was made. This is its secret.",
            "key_import" => "What became of each key.",
            "key_list" => "One page of the keys.",
            "key_update" => "The key, with its new settings.",
            "key_usage" => "What was found of the key.",
            "company_usage" => "What was found that the company asked for.",
            "key_limits_update" => "The key, with its new limits and quota.",
            "key_delete" => "The key was deleted.",
            "key_revoke" | "self_revoke" => "The key, revoked.",
            "key_rotate" => "The key, with its new secret.",
            "secret_list" => "The secrets of the key that work.",
            "secret_retire" => "The secret has stopped working.",
            "key_reveal" => "The secret that the key keeps.",
            "audit_list" => "One page of the records.",
            "key_verify" => "What was found, good or not.",
            "key_verify_batch" => "What was found of each.",
            "introspect" => "What was found: whether the token is active, and then what it is.",
            "forward_auth" => "The request may go in. Whose key it is, is in the headers.",
            "whoami" => "The key that the request was made with.",
            _ => "The key.",
        }
    }

    fn requests(id: &str) -> Vec<(&'static str, Value)> {
        examples::requests(id)
    }

    fn answers(id: &str) -> Vec<(&'static str, Value)> {
        examples::answers(id)
    }

    fn parameter(id: &str, name: &str) -> Option<Value> {
        examples::parameter(id, name)
    }

    fn headers(id: &str) -> Vec<ParameterData> {
        match id {
            "key_update" | "key_limits_update" => vec![request_headers::if_match()],
            "key_create" | "key_rotate" => vec![request_headers::idempotency_key()],
            _ => Vec::new(),
        }
    }

    fn meaning(code: u16) -> Option<&'static str> {
        match code {
            403 => Some(
                "The credential is good, but its role does not allow this, or it asks for what it cannot grant, or for a \
                 change to a key whose role is above its own; or the presented key lacks a scope, or is used from \
                 another address than its own.",
            ),
            415 => Some(
                "The body's content type is not `application/json`, or that of a form for an introspection.",
            ),
            413 => Some(
                "The body is larger than 64 KiB, or than 256 KiB for a batch, or 4 MiB for an import.",
            ),
            _ => None,
        }
    }

    fn refusals(code: u16) -> Vec<(&'static str, Refusal)> {
        match code {
            400 => vec![
                (
                    "body",
                    Refusal::Invalid(vec![
                        Violation::new(Field::Name, "is required"),
                        Violation::new(Field::Parameter("first_key"), "must be true or false"),
                    ]),
                ),
                (
                    "query",
                    Violation::new(Field::Parameter("limit"), "must be a number from 1 to 1000")
                        .into(),
                ),
                (
                    "element",
                    Violation::new(
                        Field::Parameter("allowed_addresses"),
                        "allowed_addresses[1] must have no bits set after its prefix: did you mean 10.0.0.0/8?",
                    )
                    .into(),
                ),
            ],
            403 => forbidden(),
            409 => vec![
                ("last_root_key", Refusal::Conflict(Conflict::LastRootKey)),
                ("name_taken", Refusal::Conflict(Conflict::NameTaken)),
                ("owns_keys", Refusal::Conflict(Conflict::OwnsKeys)),
                ("has_members", Refusal::Conflict(Conflict::HasMembers)),
                ("key_inactive", Refusal::Conflict(Conflict::KeyInactive)),
                (
                    "too_many_secrets",
                    Refusal::Conflict(Conflict::TooManySecrets),
                ),
                ("current_secret", Refusal::Conflict(Conflict::CurrentSecret)),
                (
                    "not_recoverable",
                    Refusal::Conflict(Conflict::NotRecoverable),
                ),
                (
                    "idempotency_mismatch",
                    Refusal::Conflict(Conflict::IdempotencyMismatch),
                ),
                (
                    "idempotency_expired",
                    Refusal::Conflict(Conflict::IdempotencyExpired),
                ),
            ],
            _ => refusals::samples(code),
        }
    }
}

fn forbidden() -> Vec<(&'static str, Refusal)> {
    let denials = [
        (
            "weak_role",
            Denial::RoleTooWeak {
                required: Role::Admin,
                actual: Role::Write,
            },
        ),
        (
            "role_above",
            Denial::RoleExceedsCreator {
                requested: Role::Root,
                creator: Role::Admin,
            },
        ),
        ("key_above", Denial::KeyAboveOwnRole),
        ("not_grantable", Denial::NotGrantable),
        ("not_mintable", Denial::RoleNotMintable),
        ("token_role", Denial::TokenRole),
        ("scope_missing", Denial::ScopeMissing),
        ("address", Denial::AddressNotAllowed),
    ];
    let refusals = denials.map(|(name, denial)| (name, Refusal::Forbidden(denial)));
    refusals.into()
}
