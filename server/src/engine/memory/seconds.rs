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
        let since = time.seconds() - Timestamp::MIN.seconds();
        let mut bytes = [0; 5];
        bytes.copy_from_slice(&since.to_le_bytes()[..5]);
        Self(bytes)
    }

    /// The time; `None` for never.
    pub(super) fn get(self) -> Option<Timestamp> {
        let mut bytes = [0; 8];
        bytes[..5].copy_from_slice(&self.0);
        let since = i64::from_le_bytes(bytes);
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
