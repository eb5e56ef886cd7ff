//! Many keys at once, for imports and measurements.

mod load;
mod parked;

use std::{path::Path, sync::Arc};

use bitting_core::{Key, audit::Trail, secret::Secret};

pub(super) use self::parked::finish;
use super::{SqliteStore, write};
use crate::StoreError;

impl SqliteStore {
    /// Adds keys, each with its secret, in one transaction: all of them or none. A batch of some ten thousand
    /// costs least. It is recorded that keys were made, and not which.
    pub async fn bulk_create(
        &self,
        keys: Vec<(Key, Secret)>,
        trail: Trail,
    ) -> Result<(), StoreError> {
        let keys = Arc::new(keys);
        self.writer
            .run(move |transaction| write::bulk::create(transaction, &keys, &trail))
            .await
    }

    /// Adds keys, each with its secret, to a database that nothing else has open, and says how many; much faster
    /// than [`bulk_create`](Self::bulk_create) where there are few keys yet, because indexes are made afterwards
    /// and at once. Memory is bounded, whatever `keys` has. Not all or nothing: of a load that ends half-way,
    /// the keys that were added by then stay, and the indexes are made when the database is opened next.
    pub fn load(
        path: &Path,
        keys: impl IntoIterator<Item = (Key, Secret)>,
        trail: &Trail,
    ) -> Result<u64, StoreError> {
        load::load(path, keys.into_iter(), trail)
    }
}

#[cfg(test)]
mod tests;
