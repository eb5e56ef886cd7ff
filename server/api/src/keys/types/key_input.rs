//! What requests about keys send.
//!
//! For the document only: `decode` reads the bytes.

use bitting_core::bounds;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    LimitSet, QuotaSet, Role,
    input::{AddressInput, PREFIX_PATTERN, ScopeInput, TEXT_PATTERN, TimeInput},
    path::IdInput,
};
use crate::wire::{Nullable, schema::NAME_PATTERN};

/// The longest that a key is made to last from now, in seconds: 100 years of 365 days.
pub(crate) const LIFETIME_MAX: u32 = 100 * 365 * 86_400;

/// A key to make. Members that are not listed here are refused.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyCreate {
    /// What to call the key; not only white space. Names need not be unique.
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
    /// Whose key it is to be: the id of a member. Left out: the caller's own. Another's takes the role `admin`.
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
    /// The same as seconds from now: 1 to 3,153,600,000, which is 100 years. Not beside `expires_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32", range(min = 1, max = "LIFETIME_MAX"))]
    pub expires_in_seconds: Option<u32>,
    /// What the key may do here; at most what the caller may. Left out: `none`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Role")]
    pub role: Option<Role>,
    /// What the key is good for elsewhere: words that are compared whole, so that none includes another. Below the role
    /// `admin`, only scopes that the caller's own key has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<ScopeInput>", length(max = "bounds::SCOPES_MAX"))]
    pub scopes: Option<Vec<String>>,
    /// What to keep with the key and show to whoever verifies it: at most 10,240 bytes as JSON without white space,
    /// and at most 100 levels deep. Left out: no members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Map<String, Value>")]
    pub metadata: Option<Map<String, Value>>,
    /// From where a verification finds the key good. Left out or empty: from anywhere. It does not bind the key where it is
    /// used with this API itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<AddressInput>", length(max = "bounds::ADDRESSES_MAX"))]
    pub allowed_addresses: Option<Vec<String>>,
    /// How often a verification is to find the key good. Takes the role `admin`. Left out or empty: as often as it is
    /// asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<LimitSet>", length(max = "bounds::LIMITS_MAX"))]
    pub limits: Option<Vec<LimitSet>>,
    /// How much of the key may be used. Takes the role `admin`. Left out: without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "QuotaSet")]
    pub quota: Option<QuotaSet>,
    /// Whether to keep a sealed copy of the secret, on servers that keep any. Left out: no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub recoverable: Option<bool>,
    /// The word that the secret begins with, before the underscore; not `apikey`. Left out: `bit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(min = 2, max = 10), regex = "PREFIX_PATTERN")]
    pub prefix: Option<String>,
}

/// All that can be changed about a key, in place of what it has: every member is required. Of a key that was
/// read, the nine members of these names can be sent back as they are. Members that are not listed here are refused.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeySettings {
    /// What to call the key; not only white space.
    #[schemars(length(min = 1, max = "bounds::NAME_MAX"), regex = "NAME_PATTERN")]
    pub name: String,
    /// What the key is for; null for nothing.
    #[schemars(
        with = "Nullable<String>",
        length(max = "bounds::DESCRIPTION_MAX"),
        regex = "TEXT_PATTERN"
    )]
    pub description: Option<String>,
    /// When the key starts to work; null for when it was made.
    #[schemars(with = "Nullable<TimeInput>")]
    pub starts_at: Option<String>,
    /// When the key stops working, later than its start; null for never.
    #[schemars(with = "Nullable<TimeInput>")]
    pub expires_at: Option<String>,
    /// Whether the key is switched on.
    pub enabled: bool,
    /// What the key may do here; at most what the caller may.
    pub role: Role,
    /// What the key is good for elsewhere, as words that are compared whole; null for nothing. Below the role `admin`, only scopes that the caller's own
    /// key or this one has.
    #[schemars(with = "Nullable<Vec<ScopeInput>>", length(max = "bounds::SCOPES_MAX"))]
    pub scopes: Option<Vec<String>>,
    /// What to keep with the key and show to whoever verifies it: at most 10,240 bytes as JSON without white space,
    /// and at most 100 levels deep; null for no members.
    #[schemars(with = "Nullable<Map<String, Value>>")]
    pub metadata: Option<Map<String, Value>>,
    /// From where a verification finds the key good; null or empty for anywhere.
    #[schemars(
        with = "Nullable<Vec<AddressInput>>",
        length(max = "bounds::ADDRESSES_MAX")
    )]
    pub allowed_addresses: Option<Vec<String>>,
}

/// A revocation. Members that are not listed here are refused.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyRevoke {
    /// Why, for whoever asks later; not only white space.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(
        with = "String",
        length(min = 1, max = "bounds::REASON_MAX"),
        regex = "NAME_PATTERN"
    )]
    pub reason: Option<String>,
}
