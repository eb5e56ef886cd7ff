//! What the engine does without being asked: filling its memory, and writing down uses.

use std::time::{Duration, Instant};

use bitting_core::{
    bounds,
    usage::{Hour, Interval},
};
use bitting_store::{StoreError, Uses};
use slog::{info, warn};

use super::Engine;

/// How often what happened is written.
const EVERY: Duration = Duration::from_secs(5);
/// How many rows of uses are written at once, and how much longer than that takes nothing is written then: however many
/// keys are used, the writing thread has a hundredth of its time to do with it, in pieces that hold nobody up.
const ROWS: usize = 64;
const PAUSE: u32 = 100;
/// After how many of them what nobody uses any more is forgotten.
const SWEEP_AFTER: u32 = 12;
/// How many keys are read at once to fill the memory.
const BATCH: usize = 4_096;
/// How soon a walk that failed is tried again.
const AGAIN: Duration = Duration::from_secs(10);

impl Engine {
    /// Writes what happened until it is dropped.
    pub(crate) async fn keep_writing_uses(&self) {
        let mut more = false;
        loop {
            for _ in 0..SWEEP_AFTER {
                self.fold_usage().await;
                let next = tokio::time::Instant::now() + EVERY;
                while more {
                    let began = tokio::time::Instant::now();
                    more = self.write_uses(self.memory.take_uses(ROWS)).await;
                    let then = began + began.elapsed() * PAUSE;
                    if then >= next {
                        break;
                    }
                    tokio::time::sleep_until(then).await;
                }
                tokio::time::sleep_until(next).await;
                more = self
                    .write_uses(self.memory.take_all_but_uses_beyond(ROWS))
                    .await;
            }
            self.memory.sweep_meters(self.clock.now_millis());
        }
    }

    /// Keeps no more of usage than is to be kept, a little at a time.
    async fn fold_usage(&self) {
        let now = Hour::of(self.clock.now());
        let hours = Hour(now.0 - i64::from(bounds::USAGE_HOURS_MAX)).floor(Interval::Day);
        let days = Hour(now.0 - 24 * i64::from(bounds::USAGE_DAYS_MAX));
        if let Err(fault) = self.store.fold_usage(hours, days).await {
            warn!(self.log, "old usage was not folded"; "cause" => %fault);
        }
    }

    /// Writes everything that waits.
    pub(crate) async fn write_all_uses(&self) {
        while self
            .write_uses(self.memory.take_all_but_uses_beyond(usize::MAX))
            .await
        {}
    }

    /// Writes what happened; whether more may wait.
    async fn write_uses(&self, (uses, more): (Uses, bool)) -> bool {
        let rows = uses.secrets.len() + uses.quotas.len() + uses.tallies.len();
        if rows > 0
            && let Err(fault) = self.store.record_uses(uses).await
        {
            // What is lost is when some keys were last used, how often, and what was used of their quotas; the next
            // uses of them tell when, and what is left, again.
            warn!(self.log, "uses of keys were not written"; "count" => rows, "cause" => %fault);
        }
        more
    }

    /// Fills the memory with the keys that are there, and does so again when there are many more, until it is
    /// dropped. Nothing waits for it: what is not in memory is looked up.
    pub(crate) async fn keep_filling(&self) {
        loop {
            if self.memory.is_outgrown()
                && let Err(fault) = self.fill().await
            {
                warn!(self.log, "the memory was not filled"; "cause" => %fault);
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    async fn fill(&self) -> Result<(), StoreError> {
        let began = Instant::now();
        let about = usize::try_from(self.store.count_secrets().await?).unwrap_or(usize::MAX);
        self.memory.begin_learning(about);
        let (mut after, mut room, mut secrets) = (0, true, 0_u64);
        loop {
            let moments = self.memory.moments();
            let found = self.store.credentials(after, BATCH).await?;
            let Some(last) = found.last() else { break };
            after = last.credential.number.get();
            for known in found {
                secrets += 1;
                room = self
                    .memory
                    .learn(known.digest, &moments, known.credential, room);
            }
            // Requests come first.
            tokio::task::yield_now().await;
        }
        self.memory.end_learning();
        let (keys, bytes) = self.memory.size();
        info!(self.log, "keys in memory"; "secrets" => secrets, "remembered" => keys,
            "bytes" => bytes, "ms" => u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX));
        Ok(())
    }
}
