//! Quotas, written.

use bitting_core::{Key, KeyNumber, Quota, Refill, Timestamp};
use rusqlite::{Connection, params};

use super::{Transaction, secret};
use crate::{Spent, StoreError};

/// A key's limits, as its row has them.
pub(super) fn limits(key: &Key) -> String {
    let limits: Vec<_> = key.limits.iter().map(ToString::to_string).collect();
    limits.join(" ")
}

/// Adds a quota; its id.
pub(super) fn insert(
    connection: &Connection,
    quota: Option<&Quota>,
) -> Result<Option<i64>, StoreError> {
    let Some(quota) = quota else {
        return Ok(None);
    };
    let (amount, seconds, next) = columns(quota.refill.as_ref());
    connection
        .prepare_cached(
            "INSERT INTO quota (remaining, amount, seconds, next_at) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![integer(quota.remaining), amount, seconds, next])?;
    Ok(Some(connection.last_insert_rowid()))
}

/// Puts the limits and the quota of `key` in place of those that the row has.
pub(super) fn replace(
    transaction: &mut Transaction<'_>,
    number: KeyNumber,
    key: &Key,
) -> Result<(), StoreError> {
    delete(transaction, number)?;
    let quota = insert(transaction, key.quota.as_ref())?;
    transaction
        .prepare_cached(
            "UPDATE api_key SET limits = ?2, quota = ?3, updated_at = ?4 WHERE number = ?1",
        )?
        .execute(params![
            number.get(),
            limits(key),
            quota,
            key.updated.seconds()
        ])?;
    secret::note_all(transaction, number)
}

/// Removes the quota of a key.
pub(super) fn delete(connection: &Connection, number: KeyNumber) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "DELETE FROM quota WHERE id = (SELECT quota FROM api_key WHERE number = ?1)",
        )?
        .execute([number.get()])?;
    Ok(())
}

/// Records what is left of quotas. One that was set anew meanwhile stays as it is.
pub(in crate::sqlite) fn record(
    connection: &Connection,
    spent: &[Spent],
) -> Result<(), StoreError> {
    let mut update =
        connection.prepare_cached("UPDATE quota SET remaining = ?2, next_at = ?3 WHERE id = ?1")?;
    for Spent { id, left } in spent {
        let (.., next) = columns(left.refill.as_ref());
        update.execute(params![id.0, integer(left.remaining), next])?;
    }
    Ok(())
}

fn columns(refill: Option<&Refill>) -> (Option<i64>, Option<u32>, Option<i64>) {
    (
        refill.map(|refill| integer(refill.amount)),
        refill.map(|refill| refill.seconds),
        refill.map(|refill| Timestamp::seconds(refill.next)),
    )
}

fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
