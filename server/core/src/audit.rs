//! The record that every mutation, and every reading of a secret, leaves behind.

use crate::{CompanyId, KeyId, Principal};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The store was initialised with its first company, member and key.
    StoreInitialised,
    /// A root key was made at the machine, outside the API.
    RootKeyCreated,
    /// A key was made.
    KeyCreated,
    /// A key's settings were changed.
    KeyUpdated,
    /// A key was given a new secret and lost its old one.
    KeyRolled,
    /// A key was deleted.
    KeyDeleted,
    /// Secrets were shown to a caller who read keys (O33).
    SecretsShown,
}

impl Action {
    /// The action's name in the audit log.
    pub fn name(self) -> &'static str {
        match self {
            Self::StoreInitialised => "store_initialised",
            Self::RootKeyCreated => "root_key_created",
            Self::KeyCreated => "key_created",
            Self::KeyUpdated => "key_updated",
            Self::KeyRolled => "key_rolled",
            Self::KeyDeleted => "key_deleted",
            Self::SecretsShown => "secrets_shown",
        }
    }
}

/// When, from where and in which request something was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    /// When, in milliseconds since 1970.
    pub at_millis: i64,
    /// The id of the request, or the name of the command.
    pub request: String,
    /// The caller's address; empty for a command at the machine.
    pub remote: String,
}

/// One audit record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// When, from where, in which request.
    pub trail: Trail,
    /// What.
    pub action: Action,
    /// In which company.
    pub company: CompanyId,
    /// Who; `None` for whoever sits at the machine.
    pub actor: Option<Principal>,
    /// To which keys.
    pub keys: Vec<KeyId>,
}
