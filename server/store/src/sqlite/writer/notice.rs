//! Telling the watch of commits.

use std::{
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError},
};

use crate::{Changed, Watch};

/// Who is told of commits, if anybody is. Shared with the store's callers, who set it.
#[derive(Clone, Default)]
pub(in crate::sqlite) struct Watcher(Arc<Mutex<Option<Arc<dyn Watch>>>>);

impl Watcher {
    pub(in crate::sqlite) fn set(&self, watch: Arc<dyn Watch>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(watch);
    }

    fn get(&self) -> Option<Arc<dyn Watch>> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// What is to be told. What a watch that panicked was not told stays here and is told again: until then nothing
/// may be acknowledged that rests on its having been told, and so nothing is written.
pub(super) struct Notice {
    watcher: Watcher,
    untold: Changed,
}

impl Notice {
    pub(super) fn new(watcher: Watcher) -> Self {
        Self {
            watcher,
            untold: Changed::default(),
        }
    }

    /// Tells of a commit, and of what was not told before; whether the watch knows everything now.
    pub(super) fn tell(&mut self, changed: Changed) -> bool {
        self.untold.secrets.extend(changed.secrets);
        self.untold.people |= changed.people;
        self.catch_up()
    }

    /// Tells what was not told before; whether the watch knows everything now.
    pub(super) fn catch_up(&mut self) -> bool {
        if self.untold.is_empty() {
            return true;
        }
        // A panic must not take the writer, and with it every later change, away.
        let told = match self.watcher.get() {
            Some(watch) => catch_unwind(AssertUnwindSafe(|| watch.committed(&self.untold))).is_ok(),
            None => true,
        };
        if told {
            mem::take(&mut self.untold);
        }
        told
    }
}
