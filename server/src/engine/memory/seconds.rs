//! Points in time where millions are held.

use bitting_core::Timestamp;

/// A [`Timestamp`], or never, in five bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Seconds([u8; 5]);

impl Seconds {
    /// A time that does not come.
    pub(super) const NEVER: Self = Self([0xff; 5]);

    pub(super) fn of(time: Timestamp) -> Self {
        // Of a number that is not negative and below 2^39: years are 0001 to 9999.
        let [a, b, c, d, e, ..] = (time.seconds() - Timestamp::MIN.seconds()).to_le_bytes();
        Self([a, b, c, d, e])
    }

    /// The time; `None` for never.
    pub(super) fn get(self) -> Option<Timestamp> {
        let [a, b, c, d, e] = self.0;
        let since = i64::from_le_bytes([a, b, c, d, e, 0, 0, 0]);
        Timestamp::from_seconds(since + Timestamp::MIN.seconds())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_time_comes_back_and_never_is_none() {
        let middle = [-1, 0, 1, 1_732_000_000, i64::from(u32::MAX) + 1];
        let middle = middle.map(|seconds| Timestamp::from_seconds(seconds).unwrap());
        for time in [Timestamp::MIN, Timestamp::MAX].into_iter().chain(middle) {
            assert_eq!(Seconds::of(time).get(), Some(time));
            assert!(Seconds::of(time) != Seconds::NEVER);
        }
        assert_eq!(Seconds::NEVER.get(), None);
    }
}
