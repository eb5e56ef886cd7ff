//! A key's several secrets.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Key, UtcTime};
use crate::wire::{Nullable, Secret};

/// The longest overlap, as the document needs it.
const OVERLAP_MAX: u32 = bitting_core::bounds::OVERLAP_MAX;

/// A rotation. Members that are not listed here are refused.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyRotate {
    /// How many seconds the old secrets go on working beside the new one: 0 to 2,592,000, which is 30 days. Left out: 0,
    /// not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32", range(max = "OVERLAP_MAX"))]
    pub overlap_seconds: Option<u32>,
}

/// A key that was just rotated, with its new secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeyRotated {
    /// The key.
    pub key: Key,
    /// The id of the new secret.
    pub secret_id: Uuid,
    /// The new secret: what a program sends as its bearer token.
    pub secret: Secret,
}

/// The secret of a recoverable key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeyRevealed {
    /// The id of the secret.
    pub secret_id: Uuid,
    /// The key itself: what a program sends as its bearer token.
    pub secret: Secret,
}

/// A secret of a key, without anything that it could be used with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeySecret {
    /// The secret's id.
    pub id: Uuid,
    /// Its last characters, for telling secrets apart.
    pub hint: String,
    /// When it was made.
    pub created_at: UtcTime,
    /// When it stops working before its key does; null for the one secret that the key keeps.
    pub retires_at: Nullable<UtcTime>,
    /// When it was last presented or verified and found good, at most 10 seconds behind; null for never.
    pub last_used_at: Nullable<UtcTime>,
}

/// The secrets of a key that work: the one that it keeps, then the others, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeySecrets {
    /// The secrets, at most 10.
    pub items: Vec<KeySecret>,
}
