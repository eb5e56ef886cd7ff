//! Migrations: numbered, forward only, each in a transaction of its own.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::StoreError;

/// Every migration, the first first. Released ones are never edited.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_keys.sql"),
    include_str!("migrations/0002_tenants.sql"),
    include_str!("migrations/0003_keys_surface.sql"),
    include_str!("migrations/0004_uses_by_tag.sql"),
    include_str!("migrations/0005_limits.sql"),
    include_str!("migrations/0006_usage.sql"),
    include_str!("migrations/0007_imports.sql"),
    include_str!("migrations/0008_once.sql"),
    include_str!("migrations/0009_audit_list.sql"),
    include_str!("migrations/0010_runs.sql"),
];

/// Brings the database to the newest version; refuses one that is newer than this binary.
///
/// The immediate transaction is the lock: of two processes that start at once, the second finds the work
/// done.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    migrate_by(MIGRATIONS, connection, path)
}

fn migrate_by(
    migrations: &[&str],
    connection: &mut Connection,
    path: &Path,
) -> Result<(), StoreError> {
    loop {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let known = i64::try_from(migrations.len()).unwrap_or(i64::MAX);
        if found > known {
            return Err(StoreError::Newer {
                path: path.to_owned(),
                found,
                known,
            });
        }
        let Some(next) = usize::try_from(found).ok().and_then(|n| migrations.get(n)) else {
            return Ok(());
        };
        transaction.execute_batch(next)?;
        transaction.pragma_update(None, "user_version", found + 1)?;
        transaction.commit()?;
    }
}

#[cfg(test)]
mod tests;
