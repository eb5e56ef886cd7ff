//! A key's several secrets.

use bitting_core::{KeyRef, Principal, Reach, SecretId, Timestamp, audit::Trail, secret::Secret};

/// A secret of a key, without anything that it could be used or shown with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveSecret {
    /// Its id.
    pub id: SecretId,
    /// Its last characters, for telling secrets apart on a screen.
    pub hint: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it stops working before its key does; `None` for never.
    pub retires: Option<Timestamp>,
    /// When it was last used, as far as that was recorded.
    pub last_used: Option<Timestamp>,
}

/// A new secret beside the old ones.
#[derive(Clone, Debug)]
pub struct Rotate {
    /// Where the key is looked for.
    pub within: Reach,
    /// Which key.
    pub key: KeyRef,
    /// Who asks.
    pub by: Principal,
    /// The new secret.
    pub secret: Secret,
    /// How many seconds the old ones go on working; 0: not at all.
    pub overlap: u32,
    /// Now.
    pub now: Timestamp,
    /// For the record.
    pub trail: Trail,
}

/// The end of a secret before its time.
#[derive(Clone, Debug)]
pub struct Retire {
    /// Where the key is looked for.
    pub within: Reach,
    /// Which key.
    pub key: KeyRef,
    /// Which of its secrets.
    pub secret: SecretId,
    /// Who asks.
    pub by: Principal,
    /// Now.
    pub now: Timestamp,
    /// For the record.
    pub trail: Trail,
}
