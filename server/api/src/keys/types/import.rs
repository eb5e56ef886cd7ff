//! Imports: keys that are brought from elsewhere, and what became of each.

use bitting_core::{bounds, secret::DigestForm};
use schemars::{JsonSchema, r#gen::SchemaGenerator, schema::Schema};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{
    KeyOrigin, LimitSet, QuotaSet, Role,
    input::{AddressInput, PREFIX_PATTERN, ScopeInput, SecretInput, TEXT_PATTERN, TimeInput},
    key_input::LIFETIME_MAX,
    path::IdInput,
};
use crate::wire::{Nullable, schema, schema::NAME_PATTERN};

/// The longest digest of any form.
const DIGEST_MAX: usize = 136;
/// What digests are written with.
const DIGEST_PATTERN: &str = "^[A-Za-z0-9+/=_$-]+$";

/// Keys to import. Members that are not listed here are refused.
// For the document only: `decode` reads the bytes.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyImport {
    /// The keys, each added by itself.
    #[schemars(length(min = 1, max = "bounds::IMPORT_MAX"))]
    pub keys: Vec<KeyToImport>,
}

/// A key to import, with its `secret` or a `digest` of it. Members that are not listed here are refused.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyToImport {
    /// The secret itself: at least 128 bits, by its length and kinds of characters. Not beside `digest`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "SecretInput")]
    pub secret: Option<String>,
    /// The digest that was kept of the whole secret, as it is presented. Not beside `secret`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(
        with = "String",
        length(min = 1, max = "DIGEST_MAX"),
        regex = "DIGEST_PATTERN"
    )]
    pub digest: Option<String>,
    /// How the digest is written; required beside one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DigestFormInput")]
    pub digest_form: Option<String>,
    /// The surface whose key it is to be, and whose rules it keeps. Left out: `keys`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "KeyOrigin")]
    pub origin: Option<String>,
    /// What to call the key; not only white space.
    #[schemars(length(min = 1, max = "bounds::NAME_MAX"), regex = "NAME_PATTERN")]
    pub name: String,
    /// What the key is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(
        with = "String",
        length(max = "bounds::DESCRIPTION_MAX"),
        regex = "TEXT_PATTERN"
    )]
    pub description: Option<String>,
    /// Whose key it is to be: the id of a member. Left out: the caller's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "IdInput")]
    pub owner_id: Option<String>,
    /// When the key starts to work. Left out: at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "TimeInput")]
    pub starts_at: Option<String>,
    /// When the key stops working; later than its start. Left out: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "TimeInput")]
    pub expires_at: Option<String>,
    /// The same as seconds from now. Not beside `expires_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32", range(min = 1, max = "LIFETIME_MAX"))]
    pub expires_in_seconds: Option<u32>,
    /// Whether the key is switched on. Left out: yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub enabled: Option<bool>,
    /// What the key may do here; at most what the caller may. Left out: what a new key of its surface may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Role")]
    pub role: Option<Role>,
    /// What the key is good for elsewhere: words that are compared whole, so that none includes another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<ScopeInput>", length(max = "bounds::SCOPES_MAX"))]
    pub scopes: Option<Vec<String>>,
    /// What to keep with the key: at most 10,240 bytes as JSON without white space, and at most 100 levels deep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Map<String, Value>")]
    pub metadata: Option<Map<String, Value>>,
    /// From where a verification finds the key good. Left out or empty: from anywhere. It does not bind the key where it is
    /// used with this API itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<AddressInput>", length(max = "bounds::ADDRESSES_MAX"))]
    pub allowed_addresses: Option<Vec<String>>,
    /// How often a verification is to find the key good. Left out or empty: as often as it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<LimitSet>", length(max = "bounds::LIMITS_MAX"))]
    pub limits: Option<Vec<LimitSet>>,
    /// How much of the key may be used. Left out: without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "QuotaSet")]
    pub quota: Option<QuotaSet>,
    /// Whether to keep a sealed copy of the secret, on servers that keep any; of a digest there is none. Left out: no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub recoverable: Option<bool>,
    /// The word that later secrets of the key begin with; not `apikey`. Left out: `bit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(min = 2, max = 10), regex = "PREFIX_PATTERN")]
    pub prefix: Option<String>,
}

/// How a digest is written.
struct DigestFormInput;

impl JsonSchema for DigestFormInput {
    fn schema_name() -> String {
        "DigestForm".to_owned()
    }

    fn is_referenceable() -> bool {
        false
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names = DigestForm::ALL.map(DigestForm::name);
        let pattern = format!("^({})$", names.join("|"));
        let description = "How the digest is written: SHA-256 as `sha256_hex`, `sha256_base64` with padding or \
                           `sha256_base64url` without, SHA-512 as `sha512_hex`, or `django_sha512`, which is that after \
                           `sha512$$`.";
        schema::bounded(description, None, (10, 16), &pattern)
    }
}

/// What became of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeyImportResults {
    /// What became of each key, in the order of the request.
    pub results: Vec<KeyImportResult>,
}

/// What became of one key.
// In the order of K134.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeyImportResult {
    /// What became of it.
    pub status: KeyImportStatus,
    /// The key's id: of the new one, or of the one that has the secret, if the caller sees it; else null.
    pub id: Nullable<Uuid>,
    /// What is wrong with it; null unless it is `invalid`.
    pub errors: Nullable<Vec<FieldError>>,
}

/// What became of a key that was to be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum KeyImportStatus {
    /// It was added.
    Created,
    /// A key has its secret already, and stays as it is.
    Duplicate,
    /// It cannot be added as it is.
    Invalid,
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FieldError {
    /// The member, or `body` for the whole.
    pub field: String,
    /// What is wrong with it.
    pub reason: String,
}
