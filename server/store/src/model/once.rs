//! Requests that are done once.

use std::{fmt, sync::Arc};

use bitting_core::{OnceId, Principal, Reach, Timestamp, secret::Sealed};

use super::StoredKey;

/// A request that is done once: who asks, and how its answer is kept.
#[derive(Clone)]
pub struct Once {
    /// What tells it apart.
    pub id: OnceId,
    /// Where the key must be found for its secret to be told again.
    pub within: Reach,
    /// Who asks.
    pub by: Principal,
    /// Now.
    pub now: Timestamp,
}

/// Makes the sealed answer of what was done to a key. Asked in the transaction that does it, and perhaps twice.
pub type Seal = Arc<dyn Fn(&StoredKey) -> Sealed + Send + Sync>;

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once")
            .field("id", &self.id)
            .field("now", &self.now)
            .finish_non_exhaustive()
    }
}
