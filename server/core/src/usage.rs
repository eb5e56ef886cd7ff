//! What verification found, counted.

use crate::{CompanyId, KeyNumber, Timestamp, Verdict};

/// Seconds of an hour.
const HOUR: i64 = 3_600;

/// How long a span of time is that usage is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interval {
    /// An hour, kept for [`crate::bounds::USAGE_HOURS_MAX`].
    Hour,
    /// A day (UTC), kept for [`crate::bounds::USAGE_DAYS_MAX`].
    Day,
}

/// An hour, counted from 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hour(pub i64);

/// Of what usage is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A company: all that its members ask, of keys that there are not too.
    Company(CompanyId),
    /// A key.
    Key(KeyNumber),
}

/// A span of time that usage is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// By which interval.
    pub interval: Interval,
    /// From which hour on, the first of an interval.
    pub from: Hour,
    /// Before which hour, the first of an interval.
    pub to: Hour,
}

/// What was found in an interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The first hour of the interval.
    pub start: Hour,
    /// What was found and how often, in the order of the contract; what was not is left out.
    pub counts: Vec<(Verdict, u64)>,
}

/// How often something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tally {
    /// When.
    pub hour: Hour,
    /// Of what.
    pub subject: Subject,
    /// What.
    pub verdict: Verdict,
    /// How often.
    pub count: u64,
}

impl Interval {
    /// Every interval.
    pub const ALL: [Self; 2] = [Self::Hour, Self::Day];

    /// The interval's name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }

    /// How many hours it has.
    pub fn hours(self) -> i64 {
        match self {
            Self::Hour => 1,
            Self::Day => 24,
        }
    }
}

impl Hour {
    /// The hour that `time` is in.
    pub fn of(time: Timestamp) -> Self {
        Self(time.seconds().div_euclid(HOUR))
    }

    /// The first hour of the interval that this one is in.
    #[must_use]
    pub fn floor(self, interval: Interval) -> Self {
        Self(self.0 - self.0.rem_euclid(interval.hours()))
    }

    /// When it begins; at the ends of the calendar, their edge.
    pub fn start(self) -> Timestamp {
        let seconds = self.0.saturating_mul(HOUR);
        let within = seconds.clamp(Timestamp::MIN.seconds(), Timestamp::MAX.seconds());
        Timestamp::from_seconds(within).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn hours_and_days_begin_where_they_do() {
        let hour = |seconds| Hour::of(Timestamp::from_seconds(seconds).unwrap());
        assert_eq!(
            (hour(0), hour(3_599), hour(3_600)),
            (Hour(0), Hour(0), Hour(1))
        );
        assert_eq!(hour(-1), Hour(-1));
        assert_eq!(Hour(25).floor(Interval::Day), Hour(24));
        assert_eq!(Hour(-1).floor(Interval::Day), Hour(-24));
        assert_eq!(Hour(25).floor(Interval::Hour), Hour(25));
        assert_eq!(Hour(24).start().seconds(), 86_400);
        assert_eq!(Hour(i64::MAX).start(), Timestamp::MAX);
    }
}
