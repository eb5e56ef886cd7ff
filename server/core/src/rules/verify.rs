//! The rule for a key that somebody else's service asks about.

use std::net::IpAddr;

use crate::{AllowedAddresses, Key, Scope, Scopes, Status, Timestamp};

/// What `verify` finds, the first that holds; the order is part of the contract (K71).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The text cannot be a key: nothing was looked up.
    Malformed,
    /// There is no such key in the company, or no longer.
    NotFound,
    /// Revoked for good.
    Revoked,
    /// Switched off, or its owner or company is.
    Disabled,
    /// Past its end.
    Expired,
    /// Before its start.
    Pending,
    /// Bound to other addresses.
    AddressNotAllowed,
    /// Without a scope that was asked for.
    InsufficientScope,
    /// A rate limit has not enough left.
    RateLimited,
    /// The quota has not enough left.
    QuotaExceeded,
    /// Good.
    Valid,
}

impl Verdict {
    /// Every verdict, in order.
    pub const ALL: [Self; 11] = [
        Self::Malformed,
        Self::NotFound,
        Self::Revoked,
        Self::Disabled,
        Self::Expired,
        Self::Pending,
        Self::AddressNotAllowed,
        Self::InsufficientScope,
        Self::RateLimited,
        Self::QuotaExceeded,
        Self::Valid,
    ];

    /// The verdict's name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::NotFound => "not_found",
            Self::Revoked => "revoked",
            Self::Disabled => "disabled",
            Self::Expired => "expired",
            Self::Pending => "pending",
            Self::AddressNotAllowed => "address_not_allowed",
            Self::InsufficientScope => "insufficient_scope",
            Self::RateLimited => "rate_limited",
            Self::QuotaExceeded => "quota_exceeded",
            Self::Valid => "valid",
        }
    }
}

/// What of a key decides whether it is good, and is remembered of it.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'k> {
    /// Whether it was revoked.
    pub revoked: bool,
    /// Whether it, its owner and its company are switched on.
    pub enabled: bool,
    /// Not good before.
    pub start: Timestamp,
    /// Not good from here on.
    pub end: Option<Timestamp>,
    /// When the presented secret stops working, if it does before its key.
    pub retires: Option<Timestamp>,
    /// Where it may be used from.
    pub addresses: &'k AllowedAddresses,
    /// What it is good for.
    pub scopes: &'k Scopes,
}

impl<'k> Facts<'k> {
    /// The facts of `key`; `retires` and `enabled` as in [`super::good_while`].
    pub fn of(key: &'k Key, retires: Option<Timestamp>, enabled: bool) -> Self {
        Self {
            revoked: key.revoked.is_some(),
            enabled: key.enabled && enabled,
            start: key.start,
            end: key.end,
            retires,
            addresses: &key.addresses,
            scopes: &key.scopes,
        }
    }

    /// When the presented secret stops working; `None` for never.
    pub fn until(&self) -> Option<Timestamp> {
        match (self.end, self.retires) {
            (Some(end), Some(retires)) => Some(end.min(retires)),
            (end, retires) => end.or(retires),
        }
    }

    /// The key's status at `now`.
    pub fn status(&self, now: Timestamp) -> Status {
        Status::first(self.revoked, self.enabled, self.start, self.end, now)
    }
}

/// What is found of a key at `now`, asked from `client` for `scopes`.
pub fn verify(
    facts: &Facts<'_>,
    now: Timestamp,
    client: Option<IpAddr>,
    scopes: &[Scope],
) -> Verdict {
    // A secret that was replaced is no secret any more, whatever became of the key.
    if facts.retires.is_some_and(|retires| retires <= now) {
        return Verdict::NotFound;
    }
    match facts.status(now) {
        Status::Revoked => Verdict::Revoked,
        Status::Disabled => Verdict::Disabled,
        Status::Expired => Verdict::Expired,
        Status::Pending => Verdict::Pending,
        Status::Active if !facts.addresses.permit(client) => Verdict::AddressNotAllowed,
        Status::Active if !scopes.iter().all(|scope| facts.scopes.contains(scope)) => {
            Verdict::InsufficientScope
        }
        Status::Active => Verdict::Valid,
    }
}
