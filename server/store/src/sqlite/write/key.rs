//! Creating, changing, rolling and deleting a key.

use bitting_core::{
    Conflict, Field, Key, KeyNumber, KeyRef, Origin, Principal, Reach, Refusal, Violation,
    audit::{Action, Record, Trail},
    rules,
};
use rusqlite::Connection;

use super::{Transaction, audit, lockout::keep_a_root_key, once, secret, table};
use crate::{
    Create, Delete, Roll, StoreError, StoredKey, Update,
    sqlite::{named, row},
};

pub(in crate::sqlite) fn create(
    transaction: &mut Transaction<'_>,
    new: &Create,
) -> Result<KeyNumber, StoreError> {
    has_owner(transaction, &new.key)?;
    keep_names_apart(transaction, &new.key)?;
    let number = table::insert_key(transaction, &new.key, new.key.created)?;
    secret::insert(transaction, number, &new.secret)?;
    audit::write(transaction, &new.record)?;
    Ok(number)
}

pub(in crate::sqlite) fn update(
    transaction: &mut Transaction<'_>,
    update: &Update,
) -> Result<(), StoreError> {
    let StoredKey {
        number,
        key: before,
        ..
    } = load(transaction, update.within, &update.key)?;
    let after = rules::change(&update.by, &before, update.change.clone(), update.now)?;
    if after.name != before.name {
        keep_names_apart(transaction, &after)?;
    }
    keep_a_root_key(transaction, number, &before, Some(&after), update.now)?;
    table::update_key(transaction, number, &before, &after, update.now)?;
    record(
        transaction,
        Action::KeyUpdated,
        &before,
        &update.by,
        &update.trail,
    )
}

pub(in crate::sqlite) fn roll(
    transaction: &mut Transaction<'_>,
    roll: &Roll,
) -> Result<StoredKey, StoreError> {
    let StoredKey {
        number,
        key: before,
        ..
    } = load(transaction, roll.within, &roll.key)?;
    let after = rules::rolled(&roll.by, &before, roll.now)?;
    secret::delete_all(transaction, number)?;
    once::erase(transaction, before.id)?;
    table::update_key(transaction, number, &before, &after, roll.now)?;
    secret::insert(transaction, number, &roll.secret)?;
    record(
        transaction,
        Action::KeyRolled,
        &before,
        &roll.by,
        &roll.trail,
    )?;
    load(transaction, roll.within, &KeyRef::Number(number))
}

pub(in crate::sqlite) fn delete(
    transaction: &mut Transaction<'_>,
    delete: &Delete,
) -> Result<(), StoreError> {
    let StoredKey {
        number,
        key: before,
        ..
    } = load(transaction, delete.within, &delete.key)?;
    rules::may_change(&delete.by, &before)?;
    keep_a_root_key(transaction, number, &before, None, delete.now)?;
    table::delete_key(transaction, number, &before)?;
    once::erase(transaction, before.id)?;
    record(
        transaction,
        Action::KeyDeleted,
        &before,
        &delete.by,
        &delete.trail,
    )
}

pub(super) fn load(
    connection: &Connection,
    within: Reach,
    key: &KeyRef,
) -> Result<StoredKey, StoreError> {
    row::stored_key(connection, within, key)?.ok_or_else(|| key.unknown().into())
}

/// Refuses a key without an owner. Of a member that makes one for itself this says that it was removed since its
/// request was authenticated: by now its credential is not good.
pub(super) fn has_owner(connection: &Connection, key: &Key) -> Result<(), StoreError> {
    let there: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM member WHERE id = ?1 AND company = ?2)")?
        .query_row([key.owner.get(), key.company.get()], |row| row.get(0))?;
    if there {
        Ok(())
    } else if key.owner == key.issuer {
        Err(Refusal::Unauthenticated.into())
    } else {
        let violation = Violation::new(Field::Owner, "is no member of the company");
        Err(Refusal::from(violation).into())
    }
}

/// Refuses a name that another key has, where names tell keys apart (F13).
pub(super) fn keep_names_apart(connection: &Connection, key: &Key) -> Result<(), StoreError> {
    if key.origin == Origin::Feldera && named::is_taken(connection, key.company, &key.name)? {
        return Err(Refusal::Conflict(Conflict::NameTaken).into());
    }
    Ok(())
}

pub(super) fn record(
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
        member: None,
        keys: vec![key.id],
    };
    audit::write(connection, &record)
}
