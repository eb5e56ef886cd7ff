//! What presented secrets lead to, and when they were used.

use bitting_core::{
    Key, KeyNumber, Quota, Timestamp,
    secret::{Digest, SecretTag},
    usage::Tally,
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
    /// Which quota it is that the key has, if it has one.
    pub quota: Option<QuotaId>,
}

/// Tells the quota that a key has from those that it had before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotaId(pub i64);

/// What is left of a quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// Which.
    pub id: QuotaId,
    /// What is left, and when there is more.
    pub left: Quota,
}

/// A credential, and what it is looked up by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownSecret {
    /// The digest of the secret.
    pub digest: Digest,
    /// What it leads to.
    pub credential: Credential,
}

/// What happened since it was last recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// When secrets were used.
    pub secrets: Vec<Use>,
    /// What is left of quotas.
    pub quotas: Vec<Spent>,
    /// What verification found.
    pub tallies: Vec<Tally>,
}

/// How many keys, by their decimal ids, the store tells the uses of in one row: whoever records many uses had better
/// record those together.
pub const KEYS_A_ROW: i64 = 256;

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
