//! Keys in answers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{DecimalId, Limit, Metadata, Quota, Role, UtcTime};
use crate::wire::{Nullable, Secret};

/// What the clock and its settings say of a key, the first that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeyStatus {
    /// It was revoked, for good.
    Revoked,
    /// It is switched off.
    Disabled,
    /// Its `expires_at` has come.
    Expired,
    /// Its `starts_at` has not come.
    Pending,
    /// It works.
    Active,
}

impl From<bitting_core::Status> for KeyStatus {
    fn from(status: bitting_core::Status) -> Self {
        match status {
            bitting_core::Status::Revoked => Self::Revoked,
            bitting_core::Status::Disabled => Self::Disabled,
            bitting_core::Status::Expired => Self::Expired,
            bitting_core::Status::Pending => Self::Pending,
            bitting_core::Status::Active => Self::Active,
        }
    }
}

/// The surface that a key was made on. It keeps the rules of that surface: how its secrets look, which names and
/// roles it can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeyOrigin {
    /// Bitting's own API.
    Keys,
    /// Personal API keys.
    Ocamba,
    /// Named API keys: names of 1 to 100 of `A-Z a-z 0-9 _ -`, unique in the company; roles `read` and `write`.
    Feldera,
}

impl From<bitting_core::Origin> for KeyOrigin {
    fn from(origin: bitting_core::Origin) -> Self {
        match origin {
            bitting_core::Origin::Keys => Self::Keys,
            bitting_core::Origin::Ocamba => Self::Ocamba,
            bitting_core::Origin::Feldera => Self::Feldera,
        }
    }
}

/// An API key, without its secret.
// In the order of K50.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Key {
    /// The key's id. Ids of later keys sort after those of earlier ones.
    pub id: Uuid,
    /// The id of the company that the key belongs to.
    pub company_id: DecimalId,
    /// The id of the member whose key it is.
    pub owner_id: DecimalId,
    /// The id of the member who made it.
    pub issuer_id: DecimalId,
    /// The surface that it was made on.
    pub origin: KeyOrigin,
    /// What it is called.
    pub name: String,
    /// What it is for; null if nobody said.
    pub description: Nullable<String>,
    /// What the clock and its settings say of it now.
    pub status: KeyStatus,
    /// What it may do here.
    pub role: Role,
    /// What it is good for elsewhere: the issuer's own words, in order, of which none includes another.
    pub scopes: Vec<String>,
    /// What its issuer keeps with it.
    pub metadata: Metadata,
    /// From where a verification finds it good: addresses and CIDR blocks; none for anywhere.
    pub allowed_addresses: Vec<String>,
    /// How often a verification finds it good; none for as often as it is asked.
    pub limits: Vec<Limit>,
    /// How much of it may be used; null for without end.
    pub quota: Nullable<Quota>,
    /// When it starts to work.
    pub starts_at: UtcTime,
    /// When it stops working; null for never.
    pub expires_at: Nullable<UtcTime>,
    /// Whether it is switched on.
    pub enabled: bool,
    /// Whether a sealed copy of its secret is kept.
    pub recoverable: bool,
    /// The word that its secrets begin with, before the underscore; null for a key of another surface, whose
    /// secrets look otherwise.
    pub prefix: Nullable<String>,
    /// When it was made.
    pub created_at: UtcTime,
    /// When its settings last changed. Use does not change it.
    pub updated_at: UtcTime,
    /// When it was revoked; null if it was not.
    pub revoked_at: Nullable<UtcTime>,
    /// Why it was revoked; null if it was not, or nobody said.
    pub revoked_reason: Nullable<String>,
    /// When it was last presented or verified and found good, at most 10 seconds behind; null for never.
    pub last_used_at: Nullable<UtcTime>,
}

/// A key that was just made, with its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeyCreated {
    /// The key.
    pub key: Key,
    /// The key itself: what a program sends as its bearer token. It is not shown again.
    pub secret: Secret,
}

/// One page of the list of keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeyPage {
    /// The keys on this page.
    pub items: Vec<Key>,
    /// The `page_token` of the next page; null on the last one.
    pub next_page: Nullable<String>,
}
