//! Uses that wait to be written.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bitting_core::{KeyNumber, SecretId};
use bitting_store::Use;

use super::{KnownKey, mark::Mark, remembered::Remembered};

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
        self.queues().asked.push_back(record);
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
