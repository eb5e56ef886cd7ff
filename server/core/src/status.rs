//! What the clock says of a key.

use crate::{Key, Timestamp};

/// A key's status, the first of these that holds. Derived at read time, never stored as the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Revoked for good.
    Revoked,
    /// Switched off.
    Disabled,
    /// Past its end.
    Expired,
    /// Before its start.
    Pending,
    /// Good.
    Active,
}

/// The coarser status that personal API keys show (O7), in the order in which it sorts: a revoked or
/// disabled key counts as expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Good.
    Active,
    /// No longer good.
    Expired,
    /// Not yet good.
    Pending,
}

impl Phase {
    /// Every phase, in sort order.
    pub const ALL: [Self; 3] = [Self::Active, Self::Expired, Self::Pending];

    /// The phase's name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expired => "expired",
            Self::Pending => "pending",
        }
    }
}

impl Status {
    /// Every status, in the order in which they are looked at.
    pub const ALL: [Self; 5] = [
        Self::Revoked,
        Self::Disabled,
        Self::Expired,
        Self::Pending,
        Self::Active,
    ];

    /// The first that holds at `now`.
    pub(crate) fn first(
        revoked: bool,
        enabled: bool,
        start: Timestamp,
        end: Option<Timestamp>,
        now: Timestamp,
    ) -> Self {
        if revoked {
            Self::Revoked
        } else if !enabled {
            Self::Disabled
        } else if end.is_some_and(|end| end <= now) {
            Self::Expired
        } else if now < start {
            Self::Pending
        } else {
            Self::Active
        }
    }

    /// The status's name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Revoked => "revoked",
            Self::Disabled => "disabled",
            Self::Expired => "expired",
            Self::Pending => "pending",
            Self::Active => "active",
        }
    }

    /// The phase that this status belongs to.
    pub fn phase(self) -> Phase {
        match self {
            Self::Active => Phase::Active,
            Self::Pending => Phase::Pending,
            Self::Revoked | Self::Disabled | Self::Expired => Phase::Expired,
        }
    }
}

/// A phase and how long it lasts if nothing but time passes. The store indexes it; what it says is true
/// for every `now` with `from <= now < until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhaseSpan {
    /// The phase.
    pub phase: Phase,
    /// When it began; `None` for ever.
    pub from: Option<Timestamp>,
    /// When it ends; `None` for never.
    pub until: Option<Timestamp>,
}

impl Key {
    /// What the key is at `now`.
    pub fn status(&self, now: Timestamp) -> Status {
        let revoked = self.revoked.is_some();
        Status::first(revoked, self.enabled, self.start, self.end, now)
    }

    /// The key's phase at `now`, and while it lasts.
    pub fn phase_span(&self, now: Timestamp) -> PhaseSpan {
        if self.revoked.is_some() || !self.enabled {
            return PhaseSpan {
                phase: Phase::Expired,
                from: None,
                until: None,
            };
        }
        let phase = self.status(now).phase();
        match phase {
            Phase::Expired => PhaseSpan {
                phase,
                from: self.end,
                until: None,
            },
            // The earlier of the two: an end at or before the start is kept out by the rules, but a
            // key that slipped past them goes from pending to expired and is never active.
            Phase::Pending => PhaseSpan {
                phase,
                from: None,
                until: Some(self.end.map_or(self.start, |end| end.min(self.start))),
            },
            Phase::Active => PhaseSpan {
                phase,
                from: Some(self.start),
                until: self.end,
            },
        }
    }
}
