//! When something was last used and how often since that was written, kept where many use it at once.

use std::sync::atomic::{AtomicU64, Ordering};

use bitting_core::{Timestamp, usage::Hour};

/// The moment of the last use, how many uses wait to be written, and whether it is queued for that. In one word,
/// because millions are kept: 25 bits of count, 38 of seconds since 1970, and one.
#[derive(Debug, Default)]
pub(super) struct Mark(AtomicU64);

const QUEUED: u64 = 1;
const SECONDS_BITS: u32 = 38;
const COUNT_MAX: u64 = (1 << 25) - 1;

/// Some uses of the same hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    /// The last of them.
    pub(super) at: Timestamp,
    /// How many they are.
    pub(super) count: u64,
}

/// What is to be done after a use was noted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Set {
    /// It has to be queued to be written.
    pub(super) queue: bool,
    /// Earlier uses, which must be counted elsewhere: they are of another hour, or there is no room for more.
    pub(super) before: Option<Marked>,
}

#[derive(Clone, Copy)]
struct Parts {
    count: u64,
    seconds: u64,
    queued: bool,
}

impl Parts {
    fn of(word: u64) -> Self {
        Self {
            count: word >> (SECONDS_BITS + 1),
            seconds: word >> 1 & ((1 << SECONDS_BITS) - 1),
            queued: word & QUEUED != 0,
        }
    }

    fn word(self) -> u64 {
        self.count << (SECONDS_BITS + 1) | self.seconds << 1 | u64::from(self.queued)
    }

    fn at(self) -> Option<Timestamp> {
        Timestamp::from_seconds(i64::try_from(self.seconds).ok()?)
    }

    fn marked(self) -> Option<Marked> {
        let (at, count) = (self.at()?, self.count);
        (count > 0).then_some(Marked { at, count })
    }
}

impl Mark {
    /// Notes a use.
    pub(super) fn set(&self, now: Timestamp) -> Set {
        let mut word = self.0.load(Ordering::Relaxed);
        loop {
            let before = Parts::of(word);
            let mut after = before;
            // A clock before 1970 reads as 1970. One that went back takes nothing back.
            after.seconds = u64::try_from(now.seconds())
                .unwrap_or(0)
                .max(before.seconds);
            after.queued = true;
            let same = after.at().map(Hour::of) == before.at().map(Hour::of);
            let spill = !same || before.count == COUNT_MAX;
            after.count = if spill { 1 } else { before.count + 1 };
            let (set, got) = (Ordering::AcqRel, Ordering::Acquire);
            match self.0.compare_exchange_weak(word, after.word(), set, got) {
                Ok(_) => {
                    return Set {
                        queue: !before.queued,
                        before: before.marked().filter(|_| spill),
                    };
                }
                Err(other) => word = other,
            }
        }
    }

    /// Leaves the queue: a later use is queued again. What was counted stays.
    pub(super) fn leave(&self) {
        self.0.fetch_and(!QUEUED, Ordering::AcqRel);
    }

    /// Takes what was counted, and leaves the queue.
    pub(super) fn take(&self) -> Option<Marked> {
        let seconds = ((1 << SECONDS_BITS) - 1) << 1;
        Parts::of(self.0.fetch_and(seconds, Ordering::AcqRel)).marked()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds).unwrap()
    }

    fn marked(seconds: i64, count: u64) -> Marked {
        let at = at(seconds);
        Marked { at, count }
    }

    #[test]
    fn a_use_is_queued_once_until_it_is_taken_and_all_are_counted() {
        let mark = Mark::default();
        assert_eq!(mark.take(), None);
        assert!(mark.set(at(10)).queue);
        assert!(!mark.set(at(12)).queue);
        assert!(!mark.set(at(11)).queue, "a clock that went back");
        assert_eq!(mark.take(), Some(marked(12, 3)));
        assert_eq!(mark.take(), None);
        assert!(mark.set(at(12)).queue);
        assert!(!mark.set(at(-5)).queue, "a clock before 1970");
        assert_eq!(mark.take(), Some(marked(12, 2)));
    }

    #[test]
    fn what_was_counted_stays_when_there_was_no_room_in_the_queue() {
        let mark = Mark::default();
        assert!(mark.set(at(10)).queue);
        mark.leave();
        assert!(mark.set(at(11)).queue);
        assert_eq!(mark.take(), Some(marked(11, 2)));
    }

    #[test]
    fn uses_of_another_hour_are_counted_apart() {
        let mark = Mark::default();
        mark.set(at(3_598));
        mark.set(at(3_599));
        let set = mark.set(at(3_600));
        assert_eq!((set.queue, set.before), (false, Some(marked(3_599, 2))));
        assert_eq!(mark.take(), Some(marked(3_600, 1)));
        assert_eq!(
            mark.set(at(9_000)).before,
            None,
            "there is nothing left of before"
        );
    }

    #[test]
    fn a_count_that_has_no_room_goes_on_elsewhere() {
        let full = Parts {
            count: COUNT_MAX,
            seconds: 10,
            queued: true,
        };
        let mark = Mark(AtomicU64::new(full.word()));
        assert_eq!(mark.set(at(11)).before, Some(marked(10, COUNT_MAX)));
        assert_eq!(mark.take(), Some(marked(11, 1)));
    }

    #[test]
    fn the_last_moment_of_the_calendar_fits() {
        let mark = Mark::default();
        mark.set(Timestamp::MAX);
        assert_eq!(mark.take().unwrap().at, Timestamp::MAX);
    }
}
