//! A key in answers.

use bitting_core::Phase;
use schemars::JsonSchema;
use serde::Serialize;

use super::{DecimalId, GmtTime};
use crate::wire::{Nullable, Secret};

/// What the clock says of a key at the moment of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeyStatus {
    /// The key works.
    Active,
    /// The key does not work yet: its `start_time` has not come.
    Pending,
    /// The key does not work any more: its `end_time` has come, or it was revoked.
    Expired,
}

impl From<Phase> for KeyStatus {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Active => Self::Active,
            Phase::Pending => Self::Pending,
            Phase::Expired => Self::Expired,
        }
    }
}

/// A key, with those of its members that were asked for.
// Members are absent when they were not asked for (O30, O31), which is not the same as null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Key {
    /// The key's id. Later keys have greater ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DecimalId")]
    pub id: Option<DecimalId>,
    /// The id of the company that the key belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DecimalId")]
    pub company_id: Option<DecimalId>,
    /// The id of the member who made the key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DecimalId")]
    pub issuer_id: Option<DecimalId>,
    /// The id of the member whose key it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DecimalId")]
    pub member_id: Option<DecimalId>,
    /// What the member calls the key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub name: Option<String>,
    /// What the key is for; null if nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub description: Option<Nullable<String>>,
    /// What the clock says of the key now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "KeyStatus")]
    pub status: Option<KeyStatus>,
    /// The key itself. Null for a caller whose role is below `write` or below the key's, and on servers that
    /// keep no sealed copies of secrets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Secret>")]
    pub secret: Option<Nullable<Secret>>,
    /// When the key stops working, GMT; null for never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<GmtTime>")]
    pub end_time: Option<Nullable<GmtTime>>,
    /// When the key starts to work, GMT.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "GmtTime")]
    pub start_time: Option<GmtTime>,
    /// When the key was made, GMT.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "GmtTime")]
    pub create_time: Option<GmtTime>,
    /// When the key's settings or secret last changed, GMT.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "GmtTime")]
    pub update_time: Option<GmtTime>,
}

/// A key that was just made or rolled, with its new secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeyCreated {
    /// The key's id. Later keys have greater ones.
    pub id: DecimalId,
    /// The id of the company that the key belongs to.
    pub company_id: DecimalId,
    /// What the member calls the key, as it was sent.
    pub name: String,
    /// What the key is for; null if nobody said.
    pub description: Nullable<String>,
    /// What the clock says of the key now.
    pub status: KeyStatus,
    /// The key itself: what a program sends as its bearer token.
    pub secret: Secret,
    /// When the key starts to work, GMT.
    pub start_time: GmtTime,
    /// When the key stops working, GMT; null for never.
    pub end_time: Nullable<GmtTime>,
    /// When the key was made, GMT.
    pub create_time: GmtTime,
    /// When the key's settings or secret last changed, GMT.
    pub update_time: GmtTime,
}
