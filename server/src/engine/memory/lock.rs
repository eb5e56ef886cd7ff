//! Locks.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks what nothing panics with: it is whole whatever happened elsewhere.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
