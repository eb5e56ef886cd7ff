//! Uses that wait to be written.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bitting_core::{KeyNumber, SecretId};
use bitting_store::Use;

use super::{KnownKey, mark::Mark, remembered::Remembered};

/// The most keys that wait. Each stays in memory meanwhile, beside those that are remembered: where more are asked
/// about than fit there, and faster than their uses are written, the queue would grow without end.
const ASKED_MAX: usize = 1 << 20;

/// The queue. A key is in it once, however often it is used.
#[derive(Default)]
pub(super) struct Uses(Mutex<Queues>);

/// Apart, so that a key takes no more than a pointer: there can be millions.
#[derive(Default)]
struct Queues {
    /// Keys that callers presented.
    presented: VecDeque<Arc<KnownKey>>,
    /// Keys that `verify` was asked about.
    asked: VecDeque<Remembered>,
}

impl Uses {
    fn queues(&self) -> MutexGuard<'_, Queues> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn presented(&self, known: Arc<KnownKey>) {
        self.queues().presented.push_back(known);
    }

    pub(super) fn asked(&self, record: Remembered) {
        let mut queues = self.queues();
        if queues.asked.len() < ASKED_MAX {
            queues.asked.push_back(record);
        } else {
            // Its next use tries again.
            record.mark().take();
        }
    }

    /// Takes the oldest of them, callers' before others, at most so many.
    pub(super) fn take(&self, most: usize) -> Vec<Use> {
        let (presented, asked) = {
            let mut queues = self.queues();
            let count = most.min(queues.presented.len());
            let presented: Vec<_> = queues.presented.drain(..count).collect();
            let count = (most - count).min(queues.asked.len());
            let asked: Vec<_> = queues.asked.drain(..count).collect();
            (presented, asked)
        };
        // Not under the lock: every verify waits for it.
        let presented = presented
            .iter()
            .filter_map(|known| of(known.number, known.secret, &known.mark));
        let asked = asked
            .iter()
            .filter_map(|record| of(record.number(), record.secret(), record.mark()));
        presented.chain(asked).collect()
    }
}

fn of(key: KeyNumber, secret: SecretId, mark: &Mark) -> Option<Use> {
    let at = mark.take()?;
    Some(Use { key, secret, at })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use bitting_core::Timestamp;

    use super::{super::tests::remembered, *};

    #[test]
    fn the_queue_is_bounded_and_a_use_that_found_no_room_tries_again() {
        let (uses, record) = (Uses::default(), remembered(1));
        let at = Timestamp::from_seconds(10).unwrap();
        for _ in 0..ASKED_MAX {
            uses.asked(record.clone());
        }
        let late = remembered(2);
        assert!(late.mark().set(at));
        uses.asked(late.clone());
        assert_eq!(uses.queues().asked.len(), ASKED_MAX);
        assert!(late.mark().set(at), "it is not taken for one that waits");
    }
}
