//! Changes to a key that only Bitting's own surface makes.

use bitting_core::{
    KeyRef, KeySettings, Limits, Principal, Quota, Reach, Reason, Timestamp, Version, audit::Trail,
};

/// Other settings in place of a key's.
#[derive(Clone, Debug)]
pub struct Replace {
    /// Where the key is looked for.
    pub within: Reach,
    /// Which key.
    pub key: KeyRef,
    /// Who asks.
    pub by: Principal,
    /// The settings.
    pub settings: KeySettings,
    /// The versions of which the key must have one; `None` for any.
    pub if_match: Option<Vec<Version>>,
    /// Now.
    pub now: Timestamp,
    /// For the record.
    pub trail: Trail,
}

/// Other limits and another quota in place of a key's.
#[derive(Clone, Debug)]
pub struct SetLimits {
    /// Where the key is looked for.
    pub within: Reach,
    /// Which key.
    pub key: KeyRef,
    /// Who asks.
    pub by: Principal,
    /// The limits.
    pub limits: Limits,
    /// The quota; `None` for none.
    pub quota: Option<Quota>,
    /// The versions of which the key must have one; `None` for any.
    pub if_match: Option<Vec<Version>>,
    /// Now.
    pub now: Timestamp,
    /// For the record.
    pub trail: Trail,
}

/// A revocation.
#[derive(Clone, Debug)]
pub struct Revoke {
    /// Where the key is looked for.
    pub within: Reach,
    /// Which key.
    pub key: KeyRef,
    /// Who asks.
    pub by: Principal,
    /// Why, if somebody says.
    pub reason: Option<Reason>,
    /// Now.
    pub now: Timestamp,
    /// For the record.
    pub trail: Trail,
}
