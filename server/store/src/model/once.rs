//! Requests that are done once.

use std::{fmt, sync::Arc};

use bitting_core::{CompanyId, KeyId, OnceId, Principal, Reach, Timestamp, secret::Sealed};

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

/// An answer that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// The answer.
    pub sealed: Sealed,
    /// The key whose secret it tells again, and the key's company; `None` where the request was done just now.
    pub again: Option<(CompanyId, KeyId)>,
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
