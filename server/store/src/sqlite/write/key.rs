//! Creating, changing, rolling and deleting a key.

use bitting_core::{
    Collection, Conflict, Key, KeyNumber, Principal, Refusal, Timestamp,
    audit::{Action, Record, Trail},
    rules,
};
use rusqlite::Connection;

use super::{audit, table};
use crate::{Create, Delete, Roll, StoreError, StoredKey, Update, sqlite::row};

pub(in crate::sqlite) fn create(
    connection: &Connection,
    new: &Create,
) -> Result<KeyNumber, StoreError> {
    let number = table::insert_key(connection, &new.key, new.key.created)?;
    table::insert_secret(connection, number, &new.secret)?;
    audit::write(connection, &new.record)?;
    Ok(number)
}

pub(in crate::sqlite) fn update(
    connection: &Connection,
    update: &Update,
) -> Result<(), StoreError> {
    let before = load(connection, update.within, update.number)?.key;
    let after = rules::change(&update.by, &before, update.change.clone(), update.now)?;
    keep_a_root_key(connection, update.number, &before, Some(&after), update.now)?;
    table::update_key(connection, update.number, &before, &after, update.now)?;
    record(
        connection,
        Action::KeyUpdated,
        &before,
        &update.by,
        &update.trail,
    )
}

pub(in crate::sqlite) fn roll(
    connection: &Connection,
    roll: &Roll,
) -> Result<StoredKey, StoreError> {
    let before = load(connection, roll.within, roll.number)?.key;
    let after = rules::rolled(&roll.by, &before, roll.now)?;
    table::update_key(connection, roll.number, &before, &after, roll.now)?;
    table::delete_secrets(connection, roll.number)?;
    table::insert_secret(connection, roll.number, &roll.secret)?;
    record(
        connection,
        Action::KeyRolled,
        &before,
        &roll.by,
        &roll.trail,
    )?;
    load(connection, roll.within, roll.number)
}

pub(in crate::sqlite) fn delete(
    connection: &Connection,
    delete: &Delete,
) -> Result<(), StoreError> {
    let before = load(connection, delete.within, delete.number)?.key;
    rules::may_change(&delete.by, &before)?;
    keep_a_root_key(connection, delete.number, &before, None, delete.now)?;
    table::delete_key(connection, delete.number, &before)?;
    record(
        connection,
        Action::KeyDeleted,
        &before,
        &delete.by,
        &delete.trail,
    )
}

fn load(
    connection: &Connection,
    within: Collection,
    number: KeyNumber,
) -> Result<StoredKey, StoreError> {
    row::stored_key(connection, within, number)?.ok_or(StoreError::Refused(Refusal::NotFound))
}

/// Refuses what would leave the instance without an active root key.
fn keep_a_root_key(
    connection: &Connection,
    number: KeyNumber,
    before: &Key,
    after: Option<&Key>,
    now: Timestamp,
) -> Result<(), StoreError> {
    if !rules::weakens_root(before, after, now) {
        return Ok(());
    }
    let another: bool = connection
        .prepare_cached(
            "SELECT EXISTS (
                 SELECT 1 FROM api_key k
                 JOIN company c ON c.id = k.company
                 JOIN member m ON m.id = k.owner
                 WHERE k.role = 'root' AND k.number <> ?1 AND k.enabled AND k.revoked_at IS NULL
                 AND k.start_at <= ?2 AND k.end_at > ?2 AND c.enabled AND m.enabled)",
        )?
        .query_row([number.get(), now.seconds()], |row| row.get(0))?;
    if another {
        Ok(())
    } else {
        Err(Refusal::Conflict(Conflict::LastRootKey).into())
    }
}

fn record(
    connection: &Connection,
    action: Action,
    key: &Key,
    by: &Principal,
    trail: &Trail,
) -> Result<(), StoreError> {
    let record = Record {
        trail: trail.clone(),
        action,
        company: key.company,
        actor: Some(by.clone()),
        keys: vec![key.id],
    };
    audit::write(connection, &record)
}
