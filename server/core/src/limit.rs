//! What bounds how often a key may be verified: rate limits and a quota.

use std::{fmt, str::FromStr};

use crate::{Timestamp, bounds};

/// The name of a limit: 1 to 50 of the characters `A-Z a-z 0-9 _ . : -`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LimitName(Box<str>);

/// A rate limit of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What a verification calls it.
    pub name: LimitName,
    /// How much is let through at once, and in each window where it comes evenly: 1 to
    /// [`bounds::LIMIT_MAX`].
    pub limit: u32,
    /// The window, in seconds: 1 to [`bounds::WINDOW_MAX`].
    pub window_seconds: u32,
}

/// The rate limits of a key: at most [`bounds::LIMITS_MAX`], no name twice, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits(Vec<Limit>);

/// How much of a key may be used before it is given more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// What is left: at most [`bounds::QUOTA_MAX`].
    pub remaining: u64,
    /// How more is given; `None` for never.
    pub refill: Option<Refill>,
}

/// How a quota is filled up again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refill {
    /// To how much, where less is left: 1 to [`bounds::QUOTA_MAX`]. What is left above it stays.
    pub amount: u64,
    /// How often, in seconds: [`bounds::REFILL_SECONDS_MIN`] to [`bounds::REFILL_SECONDS_MAX`].
    pub seconds: u32,
    /// When next.
    pub next: Timestamp,
}

/// Why something is no limit, or a list of them none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidLimit {
    /// The name has another form.
    #[error("a limit's name has 1 to 50 of the characters A-Z a-z 0-9 _ . : -")]
    Name,
    /// The limit or its window is out of bounds.
    #[error("a limit is 1 to 1000000000 in a window of 1 to 2678400 seconds")]
    Bounds,
    /// There are too many.
    #[error("a key has at most 10 limits")]
    TooMany,
    /// Two have the same name.
    #[error("two limits must not have the name {0}")]
    Twice(LimitName),
}

impl LimitName {
    /// The name, if it is one.
    pub fn new(text: &str) -> Result<Self, InvalidLimit> {
        let fits = (1..=bounds::LIMIT_NAME_MAX).contains(&text.len());
        let known = |b: u8| b.is_ascii_alphanumeric() || b"_.:-".contains(&b);
        if fits && text.bytes().all(known) {
            Ok(Self(text.into()))
        } else {
            Err(InvalidLimit::Name)
        }
    }

    /// The name's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LimitName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Limit {
    /// The limit, if it is within bounds.
    pub fn new(name: LimitName, limit: u32, window_seconds: u32) -> Result<Self, InvalidLimit> {
        let fits = (1..=bounds::LIMIT_MAX).contains(&limit)
            && (1..=bounds::WINDOW_MAX).contains(&window_seconds);
        if fits {
            Ok(Self {
                name,
                limit,
                window_seconds,
            })
        } else {
            Err(InvalidLimit::Bounds)
        }
    }
}

/// As the store keeps it: the name, the limit and the window, between slashes.
impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.name, self.limit, self.window_seconds)
    }
}

impl FromStr for Limit {
    type Err = InvalidLimit;

    fn from_str(text: &str) -> Result<Self, InvalidLimit> {
        let mut parts = text.split('/');
        let name = LimitName::new(parts.next().unwrap_or_default())?;
        let mut number = || parts.next()?.parse().ok();
        match (number(), number(), parts.next()) {
            (Some(limit), Some(window), None) => Self::new(name, limit, window),
            _ => Err(InvalidLimit::Bounds),
        }
    }
}

impl Limits {
    /// The limits, if there are not too many and none twice.
    pub fn new(limits: impl IntoIterator<Item = Limit>) -> Result<Self, InvalidLimit> {
        let mut limits: Vec<_> = limits.into_iter().collect();
        if limits.len() > bounds::LIMITS_MAX {
            return Err(InvalidLimit::TooMany);
        }
        limits.sort_by(|a, b| a.name.cmp(&b.name));
        if let Some(pair) = limits.windows(2).find(|pair| pair[0].name == pair[1].name) {
            return Err(InvalidLimit::Twice(pair[0].name.clone()));
        }
        Ok(Self(limits))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The limits, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Limit> {
        self.0.iter()
    }
}

impl Quota {
    /// The quota as it is at `now`: filled up as often as it was due.
    #[must_use]
    pub fn at(mut self, now: Timestamp) -> Self {
        if let Some(refill) = &mut self.refill
            && refill.next <= now
        {
            self.remaining = self.remaining.max(refill.amount);
            let every = i64::from(refill.seconds.max(1));
            let behind = now.seconds() - refill.next.seconds();
            let next = refill.next.seconds() + (behind / every + 1) * every;
            refill.next = Timestamp::from_seconds(next).unwrap_or(Timestamp::MAX);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn limit(name: &str) -> Limit {
        Limit::new(LimitName::new(name).unwrap(), 1, 1).unwrap()
    }

    #[test]
    fn names_limits_and_windows_are_bounded() {
        let long = "x".repeat(bounds::LIMIT_NAME_MAX);
        for good in ["a", "per-minute", "A.b:c_9", &long] {
            assert!(LimitName::new(good).is_ok(), "{good}");
        }
        for bad in ["", "a b", "a/b", "é", "a\n", &format!("{long}x")] {
            assert_eq!(LimitName::new(bad), Err(InvalidLimit::Name), "{bad}");
        }
        let name = || LimitName::new("a").unwrap();
        for (limit, window) in [(1, 1), (bounds::LIMIT_MAX, bounds::WINDOW_MAX)] {
            assert!(Limit::new(name(), limit, window).is_ok());
        }
        let beyond = [
            (0, 1),
            (1, 0),
            (bounds::LIMIT_MAX + 1, 1),
            (1, bounds::WINDOW_MAX + 1),
        ];
        for (limit, window) in beyond {
            assert_eq!(Limit::new(name(), limit, window), Err(InvalidLimit::Bounds));
        }
    }

    #[test]
    fn a_limit_is_written_and_read_alike() {
        let text = "per.minute/100/60";
        assert_eq!(text.parse::<Limit>().unwrap().to_string(), text);
        for bad in [
            "", "a", "a/1", "a/1/1/1", "a/x/1", "/1/1", "a/0/1", "a/-1/1",
        ] {
            assert!(bad.parse::<Limit>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_key_has_few_limits_none_twice_and_in_order() {
        let limits = Limits::new(["b", "a"].map(limit)).unwrap();
        let names: Vec<_> = limits.iter().map(|limit| limit.name.as_str()).collect();
        assert_eq!(names, ["a", "b"]);
        let twice = Limits::new(["b", "a", "b"].map(limit));
        assert_eq!(
            twice.unwrap_err().to_string(),
            "two limits must not have the name b"
        );
        let many = (0..=bounds::LIMITS_MAX).map(|n| limit(&n.to_string()));
        assert_eq!(Limits::new(many), Err(InvalidLimit::TooMany));
    }

    #[test]
    fn a_quota_is_filled_up_when_it_is_due_and_never_lowered() {
        let at = |seconds| Timestamp::from_seconds(seconds).unwrap();
        let quota = |remaining, next| Quota {
            remaining,
            refill: Some(Refill {
                amount: 10,
                seconds: 60,
                next: at(next),
            }),
        };
        assert_eq!(quota(3, 60).at(at(59)), quota(3, 60));
        assert_eq!(quota(3, 60).at(at(60)), quota(10, 120));
        assert_eq!(
            quota(3, 60).at(at(500)),
            quota(10, 540),
            "missed ones count once"
        );
        assert_eq!(quota(30, 60).at(at(60)), quota(30, 120));
        let never = Quota {
            remaining: 0,
            refill: None,
        };
        assert_eq!(never.at(Timestamp::MAX), never);
        assert_eq!(
            quota(0, 60).at(Timestamp::MAX).refill.unwrap().next,
            Timestamp::MAX
        );
    }
}
