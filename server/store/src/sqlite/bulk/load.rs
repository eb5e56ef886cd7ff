//! Loading keys into a database that nothing else has open.

use std::{collections::BTreeSet, path::Path};

use bitting_core::{Key, audit::Trail, secret::Secret};

use super::parked;
use crate::{
    StoreError,
    sqlite::{
        connection::{self, Cache},
        migrate,
        write::bulk,
    },
};

/// The page cache, which also bounds the memory that sorting takes.
const CACHE: Cache = Cache::mib(512);
/// How many keys a transaction adds.
const BATCH: usize = 20_000;

pub(super) fn load(
    path: &Path,
    mut keys: impl Iterator<Item = (Key, Secret)>,
    trail: &Trail,
) -> Result<u64, StoreError> {
    let mut connection = connection::open(path, CACHE)?;
    parked::finish(&connection)?;
    migrate::migrate(&mut connection, path)?;
    prepare(&connection)?;
    parked::park(&connection)?;
    let mut recorded = BTreeSet::new();
    let mut loaded = 0;
    loop {
        let batch: Vec<_> = keys.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let transaction = connection.unchecked_transaction()?;
        bulk::load(&transaction, &batch, trail, &mut recorded)?;
        transaction.commit()?;
        loaded += batch.len() as u64;
    }
    parked::finish(&connection)?;
    connection.pragma_update(None, "wal_checkpoint", "truncate")?;
    Ok(loaded)
}

/// What is done differently than where every commit is somebody's change.
pub(super) fn prepare(connection: &rusqlite::Connection) -> Result<(), StoreError> {
    // A power loss may take the last batches, and never more: they come before the end of the load.
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.pragma_update(None, "wal_autocheckpoint", 32_768)?;
    // Sorting ten million entries goes through files, not memory.
    connection.pragma_update(None, "temp_store", "file")?;
    // Owners are looked for batch by batch; keys are there before their secrets.
    connection.pragma_update(None, "foreign_keys", false)?;
    connection.pragma_update(None, "threads", 2)?;
    Ok(())
}
