//! Connections, all set up alike.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, config::DbConfig};

use super::runs;
use crate::StoreError;

/// How large the page cache of a connection may grow.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cache {
    kib: usize,
}

impl Cache {
    pub(super) const fn mib(mib: usize) -> Self {
        Self { kib: mib * 1024 }
    }

    /// An even part of it, of what is to be shared by so many; at least 2 MiB.
    pub(super) fn split(self, among: usize) -> Self {
        Self {
            kib: (self.kib / among.max(1)).max(2 * 1024),
        }
    }
}

/// Opens the database for reading and writing.
pub(super) fn open(path: &Path, cache: Cache) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // WAL with FULL syncs the log at every commit: what was acknowledged survives a power loss.
    // A file system that cannot have it (most network ones) leaves another mode in place and says so.
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::NoLog {
            path: path.to_owned(),
        });
    }
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // A checkpoint every 16 MiB of log: large enough to gather many groups' writes to one page.
    connection.pragma_update(None, "wal_autocheckpoint", 4_096)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    let kib = i64::try_from(cache.kib).unwrap_or(i64::MAX);
    connection.pragma_update(None, "cache_size", -kib)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(256);
    // A plan depends on the statement alone, never on the values bound to it: statements are prepared once
    // (without this, SQLite plans anew whenever a value that it peeked at changes), and plans can be tested.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    runs::add_functions(&connection)?;
    Ok(connection)
}

/// Opens the database for reading only.
pub(super) fn open_reader(path: &Path, cache: Cache) -> Result<Connection, StoreError> {
    let connection = open(path, cache)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}
