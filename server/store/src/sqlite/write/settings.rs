//! Changes to a key that only Bitting's own surface makes: all its settings at once, and its revocation.

use bitting_core::{Key, KeyRef, Refusal, Version, audit::Action, rules};

use super::{
    Transaction,
    key::{keep_names_apart, load, record},
    lockout::keep_a_root_key,
    once, quota, table,
};
use crate::{Replace, Revoke, SetLimits, StoreError, StoredKey};

pub(in crate::sqlite) fn replace(
    transaction: &mut Transaction<'_>,
    replace: &Replace,
) -> Result<StoredKey, StoreError> {
    let StoredKey {
        number,
        key: before,
        ..
    } = load(transaction, replace.within, &replace.key)?;
    // In the order of K2: what the key is by now is said before what may not be done, and that before what else is
    // against it.
    still(&before, replace.if_match.as_deref())?;
    let after = rules::replace(&replace.by, &before, replace.settings.clone(), replace.now)?;
    if after.name != before.name {
        keep_names_apart(transaction, &after)?;
    }
    keep_a_root_key(transaction, number, &before, Some(&after), replace.now)?;
    table::update_key(transaction, number, &before, &after, replace.now)?;
    record(
        transaction,
        Action::KeyUpdated,
        &before,
        &replace.by,
        &replace.trail,
    )?;
    load(transaction, replace.within, &KeyRef::Number(number))
}

pub(in crate::sqlite) fn limit(
    transaction: &mut Transaction<'_>,
    limit: &SetLimits,
) -> Result<StoredKey, StoreError> {
    let StoredKey {
        number,
        key: before,
        ..
    } = load(transaction, limit.within, &limit.key)?;
    still(&before, limit.if_match.as_deref())?;
    let allowance = (limit.limits.clone(), limit.quota);
    let after = rules::limit(&limit.by, &before, allowance, limit.now)?;
    quota::replace(transaction, number, &after)?;
    record(
        transaction,
        Action::KeyLimited,
        &before,
        &limit.by,
        &limit.trail,
    )?;
    load(transaction, limit.within, &KeyRef::Number(number))
}

/// Refuses a key that is none of `versions` any more, where any are asked for.
fn still(key: &Key, versions: Option<&[Version]>) -> Result<(), Refusal> {
    if versions.is_none_or(|versions| versions.contains(&key.version())) {
        Ok(())
    } else {
        Err(Refusal::Changed)
    }
}

pub(in crate::sqlite) fn revoke(
    transaction: &mut Transaction<'_>,
    revoke: &Revoke,
) -> Result<StoredKey, StoreError> {
    let found = load(transaction, revoke.within, &revoke.key)?;
    let (number, before) = (found.number, &found.key);
    let after = rules::revoke(&revoke.by, before, revoke.reason.clone(), revoke.now)?;
    if before.revoked.is_some() {
        return Ok(found);
    }
    keep_a_root_key(transaction, number, before, Some(&after), revoke.now)?;
    table::update_key(transaction, number, before, &after, revoke.now)?;
    once::erase(transaction, before.id)?;
    record(
        transaction,
        Action::KeyRevoked,
        before,
        &revoke.by,
        &revoke.trail,
    )?;
    load(transaction, revoke.within, &KeyRef::Number(number))
}
