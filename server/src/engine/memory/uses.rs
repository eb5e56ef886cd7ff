//! Uses that wait to be written.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use bitting_core::{KeyNumber, secret::SecretTag, usage::Tally};
use bitting_store::{KEYS_A_ROW, Use};

use super::{KnownKey, lock::lock, mark::Marked, remembered::Remembered, tallies::Tallies};

/// The most keys that wait. Each stays in memory meanwhile, beside those that are remembered: where more are asked
/// about than fit there, and faster than their uses are written, the queue would grow without end.
const ASKED_MAX: usize = 1 << 20;
/// How many queues there are.
const QUEUES: usize = 1 << 12;
/// How many keys, one after the other in the store, share a queue: some runs, whose rows are neighbours too.
const NEIGHBOURS: i64 = 16 * KEYS_A_ROW;
/// How many keys' uses are taken at once, however few rows they are of.
const KEYS_MAX: usize = 1 << 15;

/// The queues. A key is in one of them once, however often it is used.
pub(super) struct Waiting {
    /// Keys that callers presented: few.
    presented: Mutex<VecDeque<Arc<KnownKey>>>,
    /// Keys that `verify` was asked about.
    asked: Box<[Mutex<Vec<Remembered>>]>,
    /// How many are in `asked`.
    count: AtomicUsize,
    /// The queue that is written next.
    hand: AtomicUsize,
}

impl Default for Waiting {
    fn default() -> Self {
        Self {
            presented: Mutex::default(),
            asked: (0..QUEUES).map(|_| Mutex::default()).collect(),
            count: AtomicUsize::new(0),
            hand: AtomicUsize::new(0),
        }
    }
}

impl Waiting {
    pub(super) fn presented(&self, known: Arc<KnownKey>) {
        lock(&self.presented).push_back(known);
    }

    pub(super) fn asked(&self, record: Remembered) {
        // A little more than the most may get in at once, and does no harm.
        if self.count.load(Ordering::Relaxed) >= ASKED_MAX {
            // Its next use tries again.
            record.mark().leave();
            return;
        }
        self.count.fetch_add(1, Ordering::Relaxed);
        lock(&self.asked[queue_of(record.number())]).push(record);
    }

    /// Takes some of them, callers' before others and those of neighbours together, until they are of about so many
    /// `rows` of the store. Those that `verify` was asked about are counted, and for their companies in `tallies`.
    pub(super) fn take(&self, rows: usize, tallies: &Tallies) -> Taken {
        let presented: Vec<_> = {
            let mut queue = lock(&self.presented);
            let count = rows.min(queue.len());
            queue.drain(..count).collect()
        };
        let (asked, full) = self.take_asked(rows - presented.len());
        // Not under a lock: every verify may wait for it.
        let mut taken = Taken {
            full,
            ..Taken::default()
        };
        for known in presented {
            if let Some(marked) = known.mark.take() {
                taken.add(known.number, known.secret, marked);
            }
        }
        for record in asked {
            if let Some(marked) = record.mark().take() {
                taken.add(record.number(), record.secret(), marked);
                taken.counts.push(record.counted(marked));
                record.count_for_company(marked, tallies);
            }
        }
        taken
    }

    /// And whether more may wait.
    fn take_asked(&self, rows: usize) -> (Vec<Remembered>, bool) {
        let (mut taken, mut of_rows) = (Vec::new(), 0);
        // From where the last time ended, so that every queue has its turn.
        let first = self.hand.load(Ordering::Relaxed);
        for place in (0..QUEUES).map(|offset| (first + offset) % QUEUES) {
            if of_rows >= rows || taken.len() >= KEYS_MAX {
                self.hand.store(place, Ordering::Relaxed);
                break;
            }
            let mut queued = std::mem::take(&mut *lock(&self.asked[place]));
            // In the order of the store.
            queued.sort_unstable_by_key(Remembered::number);
            of_rows += queued
                .chunk_by(|one, next| row_of(one.number()) == row_of(next.number()))
                .count();
            taken.append(&mut queued);
        }
        self.count.fetch_sub(taken.len(), Ordering::Relaxed);
        let full = of_rows >= rows || taken.len() >= KEYS_MAX;
        (taken, full)
    }
}

/// What was taken.
#[derive(Default)]
pub(super) struct Taken {
    /// When secrets were used.
    pub(super) uses: Vec<Use>,
    /// How often keys were.
    pub(super) counts: Vec<Tally>,
    /// Whether it is as much as was asked for, and more may wait.
    pub(super) full: bool,
}

impl Taken {
    fn add(&mut self, key: KeyNumber, secret: SecretTag, marked: Marked) {
        let at = marked.at;
        self.uses.push(Use { key, secret, at });
    }
}

/// The row of the store that a key's uses are written to.
fn row_of(key: KeyNumber) -> i64 {
    key.get() / KEYS_A_ROW
}

fn queue_of(key: KeyNumber) -> usize {
    let neighbours = (key.get() / NEIGHBOURS).unsigned_abs();
    usize::try_from(neighbours).unwrap_or_default() % QUEUES
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use bitting_core::{Timestamp, usage::Subject};

    use super::{super::tests::remembered, *};

    fn at() -> Timestamp {
        Timestamp::from_seconds(10).unwrap()
    }

    fn numbers(taken: &Taken) -> Vec<i64> {
        taken.uses.iter().map(|used| used.key.get()).collect()
    }

    #[test]
    fn the_queue_is_bounded_and_a_use_that_found_no_room_tries_again() {
        let (uses, record) = (Waiting::default(), remembered(1));
        for _ in 0..ASKED_MAX {
            uses.asked(record.clone());
        }
        let late = remembered(2);
        assert!(late.mark().set(at()).queue);
        uses.asked(late.clone());
        assert_eq!(uses.take_asked(usize::MAX).0.len(), ASKED_MAX);
        let set = late.mark().set(at());
        assert!(set.queue, "it is not taken for one that waits");
        uses.asked(late);
        let taken = uses.take(10, &Tallies::default());
        assert_eq!(numbers(&taken), [2], "there is room again");
    }

    #[test]
    fn neighbours_are_taken_together_and_every_queue_has_its_turn() {
        let uses = Waiting::default();
        let far = 1_000_000;
        let ask = |number| {
            let record = remembered(number);
            assert!(record.mark().set(at()).queue);
            uses.asked(record);
        };
        let take = |rows| {
            let taken = uses.take(rows, &Tallies::default());
            (numbers(&taken), taken.full)
        };
        for number in [3, far, 2, far + 1, 1] {
            ask(number);
        }
        assert_eq!(take(1), (vec![1, 2, 3], true));
        ask(4);
        assert_eq!(take(1), (vec![far, far + 1], true));
        ask(5);
        ask(KEYS_A_ROW);
        assert_eq!(take(9), (vec![4, 5, KEYS_A_ROW], false));
        assert_eq!(take(9), (vec![], false));
    }

    #[test]
    fn what_is_taken_is_counted_for_the_key_and_for_its_company() {
        let (uses, tallies, record) = (Waiting::default(), Tallies::default(), remembered(1));
        for _ in 0..3 {
            if record.mark().set(at()).queue {
                uses.asked(record.clone());
            }
        }
        let taken = uses.take(1, &tallies);
        let told = |tallies: Vec<Tally>| -> Vec<_> {
            tallies
                .iter()
                .map(|tally| (tally.subject, tally.count))
                .collect()
        };
        assert_eq!(told(taken.counts), [(Subject::Key(record.number()), 3)]);
        assert_eq!(
            told(tallies.take()),
            [(Subject::Company(record.company()), 3)]
        );
    }
}
