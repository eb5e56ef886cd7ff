//! Giving a key a new secret beside the old ones, and ending one of these.

use bitting_core::{KeyRef, Refusal, audit::Action, rules};

use super::{
    Transaction,
    key::{load, record},
    once, secret, table,
};
use crate::{Retire, Rotate, StoreError, StoredKey, sqlite::secrets};

pub(in crate::sqlite) fn rotate(
    transaction: &mut Transaction<'_>,
    rotate: &Rotate,
) -> Result<StoredKey, StoreError> {
    let StoredKey {
        number,
        key: before,
        ..
    } = load(transaction, rotate.within, &rotate.key)?;
    let (overlap, now) = (rotate.overlap, rotate.now);
    let secrets = secrets::of_key(transaction, number)?;
    let live = secrets
        .iter()
        .filter(|(_, secret)| rules::is_live(secret.retires, now))
        .count();
    let after = rules::rotated(&rotate.by, &before, live, overlap, now)?;
    for (digest, old) in secrets {
        match rules::retirement(&before, old.retires, overlap, now) {
            Some(retires) => secret::retire(transaction, digest, retires)?,
            None => secret::delete(transaction, number, digest)?,
        }
    }
    once::erase(transaction, before.id)?;
    table::update_key(transaction, number, &before, &after, now)?;
    secret::insert(transaction, number, &rotate.secret)?;
    record(
        transaction,
        Action::KeyRotated,
        &before,
        &rotate.by,
        &rotate.trail,
    )?;
    load(transaction, rotate.within, &KeyRef::Number(number))
}

pub(in crate::sqlite) fn retire(
    transaction: &mut Transaction<'_>,
    retire: &Retire,
) -> Result<(), StoreError> {
    let StoredKey {
        number,
        key: before,
        ..
    } = load(transaction, retire.within, &retire.key)?;
    let found = secrets::of_key(transaction, number)?
        .into_iter()
        .find(|(_, secret)| {
            secret.id == retire.secret && rules::is_live(secret.retires, retire.now)
        });
    let (digest, secret) = found.ok_or(Refusal::NotFound)?;
    let after = rules::may_retire(&retire.by, &before, secret.retires, retire.now)?;
    secret::delete(transaction, number, digest)?;
    table::update_key(transaction, number, &before, &after, retire.now)?;
    record(
        transaction,
        Action::SecretRetired,
        &before,
        &retire.by,
        &retire.trail,
    )
}
