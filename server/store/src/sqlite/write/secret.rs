//! Rows of secrets, written.

use bitting_core::{
    KeyNumber, Timestamp,
    secret::{Digest, Sealed, Secret},
};
use rusqlite::params;

use super::{Transaction, usage};
use crate::StoreError;

/// Adds a secret of a key.
pub(super) fn insert(
    transaction: &mut Transaction<'_>,
    number: KeyNumber,
    secret: &Secret,
) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "INSERT INTO secret (digest, key, id, hint, created_at, retires_at, sealed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            secret.digest.as_bytes(),
            number.get(),
            secret.id.0.as_bytes(),
            secret.hint,
            secret.created.seconds(),
            secret.retires.map(Timestamp::seconds),
            secret.sealed.as_ref().map(Sealed::as_bytes),
        ])?;
    transaction.changed_secret(secret.digest);
    Ok(())
}

/// Lets a secret stop working at `retires`.
pub(super) fn retire(
    transaction: &mut Transaction<'_>,
    digest: Digest,
    retires: Timestamp,
) -> Result<(), StoreError> {
    transaction
        .prepare_cached("UPDATE secret SET retires_at = ?2 WHERE digest = ?1")?
        .execute(params![digest.as_bytes(), retires.seconds()])?;
    transaction.changed_secret(digest);
    Ok(())
}

/// Removes a secret of a key, and when it was used.
pub(super) fn delete(
    transaction: &mut Transaction<'_>,
    number: KeyNumber,
    digest: Digest,
) -> Result<(), StoreError> {
    usage::forget(transaction, number, Some(digest.tag()))?;
    transaction
        .prepare_cached("DELETE FROM secret WHERE digest = ?1")?
        .execute([digest.as_bytes()])?;
    transaction.changed_secret(digest);
    Ok(())
}

/// Removes every secret of a key, and when they were used.
pub(super) fn delete_all(
    transaction: &mut Transaction<'_>,
    number: KeyNumber,
) -> Result<(), StoreError> {
    usage::forget(transaction, number, None)?;
    let delete = "DELETE FROM secret WHERE key = ?1 RETURNING digest";
    changed(transaction, number, delete)
}

/// Notes that every secret of a key leads to something else.
pub(super) fn note_all(
    transaction: &mut Transaction<'_>,
    number: KeyNumber,
) -> Result<(), StoreError> {
    let select = "SELECT digest FROM secret WHERE key = ?1";
    changed(transaction, number, select)
}

/// Notes the digests of a key's secrets, which `statement` returns.
fn changed(
    transaction: &mut Transaction<'_>,
    number: KeyNumber,
    statement: &str,
) -> Result<(), StoreError> {
    let digests: Vec<[u8; 32]> = transaction
        .prepare_cached(statement)?
        .query_map([number.get()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for digest in digests {
        transaction.changed_secret(Digest::from_bytes(digest));
    }
    Ok(())
}
