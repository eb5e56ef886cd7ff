//! The record that every mutation, and every reading of a secret, leaves behind.

use crate::{CompanyId, KeyId, MemberId, Principal};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The store was initialised with its first company, member and key.
    StoreInitialised,
    /// A root key was made at the machine, outside the API.
    RootKeyCreated,
    /// A key was made.
    KeyCreated,
    /// Keys were brought from elsewhere, with the secrets that they had there.
    KeysImported,
    /// A key's settings were changed.
    KeyUpdated,
    /// A key's limits and quota were changed.
    KeyLimited,
    /// A key was given a new secret and lost its old one.
    KeyRolled,
    /// A key was given a new secret; its old ones stop working at once or after an overlap.
    KeyRotated,
    /// A secret of a key was ended before its time.
    SecretRetired,
    /// A key was revoked for good.
    KeyRevoked,
    /// A key was deleted.
    KeyDeleted,
    /// A company was made.
    CompanyCreated,
    /// A company was given another name, or the same settings again.
    CompanyUpdated,
    /// A company was switched on.
    CompanyEnabled,
    /// A company was switched off.
    CompanyDisabled,
    /// A company was removed.
    CompanyRemoved,
    /// A member was made.
    MemberCreated,
    /// A member was made because its login token was seen for the first time (F61).
    MemberFirstSeen,
    /// A member was given another name, or the same settings again.
    MemberUpdated,
    /// A member was switched on.
    MemberEnabled,
    /// A member was switched off.
    MemberDisabled,
    /// A member was removed; its keys, if it had any, were given to another.
    MemberRemoved,
    /// Secrets were shown to a caller who read keys (O33).
    SecretsShown,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 23] = [
        Self::StoreInitialised,
        Self::RootKeyCreated,
        Self::KeyCreated,
        Self::KeysImported,
        Self::KeyUpdated,
        Self::KeyLimited,
        Self::KeyRolled,
        Self::KeyRotated,
        Self::SecretRetired,
        Self::KeyRevoked,
        Self::KeyDeleted,
        Self::CompanyCreated,
        Self::CompanyUpdated,
        Self::CompanyEnabled,
        Self::CompanyDisabled,
        Self::CompanyRemoved,
        Self::MemberCreated,
        Self::MemberFirstSeen,
        Self::MemberUpdated,
        Self::MemberEnabled,
        Self::MemberDisabled,
        Self::MemberRemoved,
        Self::SecretsShown,
    ];

    /// The action's name in the audit log.
    pub fn name(self) -> &'static str {
        match self {
            Self::StoreInitialised => "store_initialised",
            Self::RootKeyCreated => "root_key_created",
            Self::KeyCreated => "key_created",
            Self::KeysImported => "keys_imported",
            Self::KeyUpdated => "key_updated",
            Self::KeyLimited => "key_limited",
            Self::KeyRolled => "key_rolled",
            Self::KeyRotated => "key_rotated",
            Self::SecretRetired => "secret_retired",
            Self::KeyRevoked => "key_revoked",
            Self::KeyDeleted => "key_deleted",
            Self::CompanyCreated => "company_created",
            Self::CompanyUpdated => "company_updated",
            Self::CompanyEnabled => "company_enabled",
            Self::CompanyDisabled => "company_disabled",
            Self::CompanyRemoved => "company_removed",
            Self::MemberCreated => "member_created",
            Self::MemberFirstSeen => "member_first_seen",
            Self::MemberUpdated => "member_updated",
            Self::MemberEnabled => "member_enabled",
            Self::MemberDisabled => "member_disabled",
            Self::MemberRemoved => "member_removed",
            Self::SecretsShown => "secrets_shown",
        }
    }
}

// An action that is not among all could be recorded and not asked for. The last one tells how many there are.
const _: () = assert!(Action::ALL.len() == Action::SecretsShown as usize + 1);

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
    /// To which member, where it was done to one and not only to keys.
    pub member: Option<MemberId>,
    /// To which keys.
    pub keys: Vec<KeyId>,
}
