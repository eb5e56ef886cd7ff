//! When something was last used, kept where many use it at once.

use std::sync::atomic::{AtomicI64, Ordering};

use bitting_core::Timestamp;

/// The moment of the last use, and whether it already waits to be written: twice the seconds since 1970, and one
/// more if it waits. In one word, because millions are kept.
#[derive(Debug)]
pub(super) struct Mark(AtomicI64);

const UNUSED: i64 = i64::MIN;
const WAITS: i64 = 1;

impl Default for Mark {
    fn default() -> Self {
        Self(AtomicI64::new(UNUSED))
    }
}

impl Mark {
    /// Notes a use; whether it has to be queued to be written.
    pub(super) fn set(&self, now: Timestamp) -> bool {
        let wanted = now.seconds() << 1 | WAITS;
        // No write where nothing changes, which is but once a second: the memory of what is used all the time must
        // not pass between cores.
        let before = self.0.load(Ordering::Relaxed);
        if before & WAITS != 0 && before >= wanted {
            return false;
        }
        // A clock that went back takes nothing back.
        let later = |before: i64| Some((before | WAITS).max(wanted));
        let before = self
            .0
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, later);
        before.is_ok_and(|before| before & WAITS == 0)
    }

    /// The last use. A later one is queued again.
    pub(super) fn take(&self) -> Option<Timestamp> {
        let before = self.0.fetch_and(!WAITS, Ordering::AcqRel);
        Timestamp::from_seconds(before >> 1)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_use_is_queued_once_until_it_is_taken() {
        let at = |seconds| Timestamp::from_seconds(seconds).unwrap();
        let mark = Mark::default();
        assert_eq!(mark.take(), None);
        assert!(mark.set(at(10)));
        assert!(!mark.set(at(12)));
        assert!(!mark.set(at(11)), "a clock that went back");
        assert_eq!(mark.take(), Some(at(12)));
        assert!(mark.set(at(12)));
        assert!(!mark.set(at(-5)), "a clock before 1970");
        assert_eq!(mark.take(), Some(at(12)));
        assert_eq!(mark.take(), Some(at(12)));
    }
}
