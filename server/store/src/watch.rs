//! Who is told of changes before their callers are.

use bitting_core::secret::Digest;

#[cfg(doc)]
use crate::StoreError;

/// What a commit changed of what a presented credential leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Digests of secrets that are new, gone, or whose keys changed.
    pub secrets: Vec<Digest>,
    /// Whether a company or a member was switched on or off, or removed.
    pub people: bool,
}

impl Changed {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.secrets.is_empty() && !self.people
    }
}

/// Told of every commit after it is durable and before any caller is answered, so that what is kept in memory
/// never outlives an acknowledged change. Called by the one thread that writes: it must be quick and must not
/// panic. Where it does all the same, the changes in question are not acknowledged ([`StoreError::Untold`]), and
/// it is told of them again; nothing else is changed before it takes note.
pub trait Watch: Send + Sync + 'static {
    /// `changed` was committed, or (where the database cannot tell) may have been.
    fn committed(&self, changed: &Changed);
}
