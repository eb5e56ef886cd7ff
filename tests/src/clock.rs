//! A clock that moves only when a test moves it.

use std::sync::atomic::{AtomicI64, Ordering};

use bitting_core::{Civil, Clock, Timestamp};

/// What a [`HandClock`] says at first: the moment at which the original's page makes its key.
pub const START: &str = "2024-08-09 13:05:50";

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct HandClock(AtomicI64);

impl HandClock {
    /// A clock that says `time`.
    pub fn at_time(time: &str) -> Self {
        Self(AtomicI64::new(at(time).seconds() * 1_000))
    }

    /// Lets it say `time`, be that later or earlier.
    pub fn set(&self, time: &str) {
        self.0.store(at(time).seconds() * 1_000, Ordering::SeqCst);
    }

    /// Moves it by so many seconds.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now_millis(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// The moment that `YYYY-MM-DD HH:MM:SS` names. Read here and not with the server's own reader, so that the two
/// have no mistake in common.
pub fn at(time: &str) -> Timestamp {
    let number = |from: usize, to: usize| -> u16 {
        time.get(from..to)
            .and_then(|digits| digits.parse().ok())
            .unwrap_or_else(|| panic!("{time:?} is no time"))
    };
    let small = |from| u8::try_from(number(from, from + 2)).expect("two digits are below 100");
    Timestamp::from_civil(Civil {
        year: number(0, 4),
        month: small(5),
        day: small(8),
        hour: small(11),
        minute: small(14),
        second: small(17),
    })
    .unwrap_or_else(|| panic!("{time:?} is no time of the calendar"))
}
