//! What presented secrets lead to, and when they were used.

use bitting_core::{
    Key, KeyNumber, Timestamp,
    secret::{Digest, SecretTag},
};

/// What a presented secret leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The key's decimal id.
    pub number: KeyNumber,
    /// The key.
    pub key: Key,
    /// When this secret stops working before its key does.
    pub retires: Option<Timestamp>,
    /// Whether the key's company and owner are switched on.
    pub enabled: bool,
}

/// A credential, and what it is looked up by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownSecret {
    /// The digest of the secret.
    pub digest: Digest,
    /// What it leads to.
    pub credential: Credential,
}

/// That a secret was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// The key's decimal id.
    pub key: KeyNumber,
    /// Which of the key's secrets.
    pub secret: SecretTag,
    /// When.
    pub at: Timestamp,
}
