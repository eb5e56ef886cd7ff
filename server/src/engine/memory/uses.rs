//! Uses that wait to be written.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use bitting_core::{KeyNumber, secret::SecretTag};
use bitting_store::Use;

use super::{KnownKey, lock::lock, mark::Marked, remembered::Remembered, tallies::Tallies};

/// The most keys that wait. Each stays in memory meanwhile, beside those that are remembered: where more are asked
/// about than fit there, and faster than their uses are written, the queue would grow without end.
const ASKED_MAX: usize = 1 << 20;
/// How many queues there are.
const QUEUES: usize = 1 << 12;
/// How many keys, one after the other in the store, share a queue. They also share the store's pages: written queue
/// by queue, many uses cost the store a tenth of what they cost in the order in which they came.
const NEIGHBOURS: u64 = 1 << 12;

/// The queues. A key is in one of them once, however often it is used.
pub(super) struct Waiting {
    /// Keys that callers presented: few.
    presented: Mutex<VecDeque<Arc<KnownKey>>>,
    /// Keys that `verify` was asked about.
    asked: Box<[Mutex<VecDeque<Remembered>>]>,
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
        lock(&self.asked[queue_of(record.number())]).push_back(record);
    }

    /// Takes some of them, callers' before others and those of neighbours together, at most so many.
    /// Counted are those that `verify` was asked about, in `tallies`.
    pub(super) fn take(&self, most: usize, tallies: &Tallies) -> Vec<Use> {
        let presented: Vec<_> = {
            let mut queue = lock(&self.presented);
            let count = most.min(queue.len());
            queue.drain(..count).collect()
        };
        let asked = self.take_asked(most - presented.len());
        // Not under a lock: every verify may wait for it.
        let presented = presented
            .iter()
            .filter_map(|known| of(known.number, known.secret, known.mark.take()));
        let asked = asked.iter().filter_map(|record| {
            let marked = record.mark().take();
            if let Some(marked) = marked {
                record.count(marked, tallies);
            }
            of(record.number(), record.secret(), marked)
        });
        presented.chain(asked).collect()
    }

    fn take_asked(&self, most: usize) -> Vec<Remembered> {
        let mut taken = Vec::new();
        // From where the last time ended, so that every queue has its turn.
        let first = self.hand.load(Ordering::Relaxed);
        for place in (0..QUEUES).map(|offset| (first + offset) % QUEUES) {
            if taken.len() == most {
                break;
            }
            let mut queue = lock(&self.asked[place]);
            if queue.len() <= most - taken.len() {
                taken.extend(std::mem::take(&mut *queue));
            } else {
                taken.extend(queue.drain(..most - taken.len()));
            }
            self.hand.store(place, Ordering::Relaxed);
        }
        self.count.fetch_sub(taken.len(), Ordering::Relaxed);
        taken
    }
}

fn queue_of(key: KeyNumber) -> usize {
    let run = key.get().unsigned_abs() / NEIGHBOURS;
    usize::try_from(run).unwrap_or_default() % QUEUES
}

fn of(key: KeyNumber, secret: SecretTag, marked: Option<Marked>) -> Option<Use> {
    let at = marked?.at;
    Some(Use { key, secret, at })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use bitting_core::Timestamp;

    use super::{super::tests::remembered, *};

    fn at() -> Timestamp {
        Timestamp::from_seconds(10).unwrap()
    }

    fn numbers(uses: &[Use]) -> Vec<i64> {
        uses.iter().map(|used| used.key.get()).collect()
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
        assert_eq!(uses.take_asked(usize::MAX).len(), ASKED_MAX);
        let set = late.mark().set(at());
        assert!(set.queue, "it is not taken for one that waits");
        uses.asked(late);
        assert_eq!(
            numbers(&uses.take(10, &Tallies::default())),
            [2],
            "there is room again"
        );
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
        for number in [1, far, 2, far + 1, 3] {
            ask(number);
        }
        assert_eq!(numbers(&uses.take(2, &Tallies::default())), [1, 2]);
        ask(4);
        assert_eq!(numbers(&uses.take(3, &Tallies::default())), [3, 4, far]);
        ask(5);
        assert_eq!(numbers(&uses.take(3, &Tallies::default())), [far + 1, 5]);
        assert_eq!(numbers(&uses.take(3, &Tallies::default())), [0_i64; 0]);
    }
}
