//! Keys.

use bitting_core::bounds;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::wire::Secret;

/// What names look like (F12), for the document and for the refusal of one that does not.
pub(in crate::feldera) const NAME_PATTERN: &str = "^[a-zA-Z0-9_-]+$";

/// A key to make.
// For the document only: `decode` reads a body in the words of F14 and finds more roles than these.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct KeyCreate {
    /// What to call the key. Case counts, and no two keys of a company that were made here share a name.
    #[schemars(
        length(min = 1, max = "bounds::PLAIN_NAME_MAX"),
        regex = "NAME_PATTERN"
    )]
    pub name: String,
    /// What the key may do. Left out: `write`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "KeyRole")]
    pub role: Option<KeyRole>,
}

/// The path of one key.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct KeyPath {
    /// The name of a key of the caller's company.
    #[schemars(
        length(min = 1, max = "bounds::PLAIN_NAME_MAX"),
        regex = "NAME_PATTERN"
    )]
    pub name: String,
}

/// What a key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeyRole {
    /// It reads.
    Read,
    /// It reads and makes changes.
    Write,
}

/// One of the things that a key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum KeyScope {
    /// Reading.
    Read,
    /// Making changes.
    Write,
}

/// A key. Its secret was shown once, when it was made.
// In the order of F20.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Key {
    /// The key's id.
    pub id: Uuid,
    /// The key's name.
    pub name: String,
    /// What the key may do.
    pub role: KeyRole,
    /// The same, one by one.
    pub scopes: Vec<KeyScope>,
}

/// A key that was just made, with its secret.
// In the order of F10.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeyCreated {
    /// The key's id.
    pub id: Uuid,
    /// The key's name, as it was sent.
    pub name: String,
    /// The key itself: what a program sends as its bearer token. It is not shown again.
    pub api_key: Secret,
}
