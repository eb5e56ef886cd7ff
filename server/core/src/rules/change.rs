//! The rules for changing a key.

use super::{create::check_span, tenant::may_grant};
use crate::{
    Denial, Key, KeyChange, KeySettings, Limits, Principal, Quota, Reason, Refusal, Revoked, Role,
    Timestamp,
};

/// Nobody updates, rolls, rotates, reveals, revokes or deletes a key whose role is above its own.
pub fn may_change(by: &Principal, key: &Key) -> Result<(), Refusal> {
    if key.role > by.role {
        return Err(Refusal::Forbidden(Denial::KeyAboveOwnRole));
    }
    Ok(())
}

/// Whether `by` is shown the key's secret where a surface shows secrets (O8a).
pub fn may_see_secret(by: &Principal, key: &Key) -> bool {
    by.role >= Role::Write && key.role <= by.role
}

/// The key after `change`; the result must satisfy what a new key must (O50). Its time of change never goes
/// back, even where the clock did.
pub fn change(
    by: &Principal,
    key: &Key,
    change: KeyChange,
    now: Timestamp,
) -> Result<Key, Refusal> {
    may_change(by, key)?;
    let mut after = key.clone();
    if let Some(name) = change.name {
        key.origin.admits_name(&name)?;
        after.name = name;
    }
    if let Some(description) = change.description {
        after.description = description;
    }
    if let Some(start) = change.start {
        after.start = start;
    }
    if let Some(end) = change.end {
        after.end = end;
    }
    check_span(after.start, after.end)?;
    after.updated = now.max(key.updated);
    Ok(after)
}

/// The key after its secret was replaced: the same settings, a new time of change (O70).
pub fn rolled(by: &Principal, key: &Key, now: Timestamp) -> Result<Key, Refusal> {
    may_change(by, key)?;
    Ok(touched(key, now))
}

/// The key with the same settings and a new time of change.
pub(super) fn touched(key: &Key, now: Timestamp) -> Key {
    Key {
        updated: now.max(key.updated),
        ..key.clone()
    }
}

/// The key with other settings in place of its own. Below `admin` nobody adds scopes beyond its own: those that
/// the key has may stay.
pub fn replace(
    by: &Principal,
    key: &Key,
    settings: KeySettings,
    now: Timestamp,
) -> Result<Key, Refusal> {
    may_change(by, key)?;
    may_grant(Some(by), settings.role)?;
    key.origin.admits_role(settings.role)?;
    key.origin.admits_name(&settings.name)?;
    let granted = |scope| by.scopes.contains(scope) || key.scopes.contains(scope);
    if by.role < Role::Admin && !settings.scopes.iter().all(granted) {
        return Err(Refusal::Forbidden(Denial::NotGrantable));
    }
    let start = settings.start.unwrap_or(key.created);
    check_span(start, settings.end)?;
    Ok(Key {
        name: settings.name,
        description: settings.description,
        start,
        end: settings.end,
        enabled: settings.enabled,
        role: settings.role,
        scopes: settings.scopes,
        metadata: settings.metadata,
        addresses: settings.addresses,
        updated: now.max(key.updated),
        ..key.clone()
    })
}

/// The key with other limits and another quota in place of its own, which is for admins to say.
pub fn limit(
    by: &Principal,
    key: &Key,
    (limits, quota): (Limits, Option<Quota>),
    now: Timestamp,
) -> Result<Key, Refusal> {
    may_change(by, key)?;
    if by.role < Role::Admin {
        return Err(Refusal::Forbidden(Denial::NotGrantable));
    }
    Ok(Key {
        limits,
        quota,
        updated: now.max(key.updated),
        ..key.clone()
    })
}

/// The key, revoked. What is revoked already stays as it was: when, and why.
pub fn revoke(
    by: &Principal,
    key: &Key,
    reason: Option<Reason>,
    now: Timestamp,
) -> Result<Key, Refusal> {
    may_change(by, key)?;
    if key.revoked.is_some() {
        return Ok(key.clone());
    }
    Ok(Key {
        revoked: Some(Revoked { at: now, reason }),
        updated: now.max(key.updated),
        ..key.clone()
    })
}
