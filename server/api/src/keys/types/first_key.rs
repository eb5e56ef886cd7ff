//! Roles, and the key that somebody new begins with.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::wire::Secret;

/// What a key may do; each role includes the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Tell about itself and revoke itself.
    None,
    /// Check keys of its company.
    Verify,
    /// Read its member's keys.
    Read,
    /// Change its member's keys.
    Write,
    /// Administer its company.
    Admin,
    /// Administer every company.
    Root,
}

impl From<bitting_core::Role> for Role {
    fn from(role: bitting_core::Role) -> Self {
        match role {
            bitting_core::Role::None => Self::None,
            bitting_core::Role::Verify => Self::Verify,
            bitting_core::Role::Read => Self::Read,
            bitting_core::Role::Write => Self::Write,
            bitting_core::Role::Admin => Self::Admin,
            bitting_core::Role::Root => Self::Root,
        }
    }
}

/// The first key of a new member, with its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FirstKey {
    /// The key's id.
    pub id: Uuid,
    /// What the key may do.
    pub role: Role,
    /// The key itself: what a program sends as its bearer token. It is not shown again.
    pub secret: Secret,
}
