//! The rules for a new key.

use super::tenant::{may_grant, may_reach};
use crate::{
    Denial, Field, Key, KeyDraft, KeyId, Origin, Owner, Principal, Refusal, Role, Timestamp,
    Violation,
};

/// What fixes a new key besides its draft.
#[derive(Clone, Copy, Debug)]
pub struct NewKey {
    /// Its id.
    pub id: KeyId,
    /// The surface it is made on.
    pub origin: Origin,
    /// Now.
    pub now: Timestamp,
}

/// The key that `draft` asks for, made by `by`.
///
/// Nobody grants a role above its own; below `admin` nobody grants scopes beyond its own, nor a key to another
/// member, nor sets limits or a quota; and nobody but root to another company's.
pub fn create(by: &Principal, new: NewKey, draft: KeyDraft) -> Result<Key, Refusal> {
    let role = draft
        .role
        .unwrap_or_else(|| new.origin.default_role(by.role));
    may_grant(Some(by), role)?;
    new.origin.admits_role(role)?;
    new.origin.admits_name(&draft.name)?;
    let owner = draft.owner.unwrap_or(Owner {
        company: by.company,
        member: by.member,
    });
    may_reach(by, owner.company)?;
    let metered = !draft.limits.is_empty() || draft.quota.is_some();
    let beyond = owner.member != by.member || !draft.scopes.is_subset(&by.scopes) || metered;
    if by.role < Role::Admin && beyond {
        return Err(Refusal::Forbidden(Denial::NotGrantable));
    }
    let start = draft.start.unwrap_or(new.now);
    check_span(start, draft.end)?;
    Ok(Key {
        id: new.id,
        company: owner.company,
        owner: owner.member,
        issuer: by.member,
        origin: new.origin,
        name: draft.name,
        description: draft.description,
        role,
        scopes: draft.scopes,
        start,
        end: draft.end,
        created: new.now,
        updated: new.now,
        enabled: true,
        revoked: None,
        recoverable: draft.recoverable && new.origin.seals(),
        metadata: draft.metadata,
        addresses: draft.addresses,
        limits: draft.limits,
        quota: draft.quota,
        prefix: draft.prefix.filter(|_| new.origin == Origin::Keys),
    })
}

/// A key ends after it starts (O21).
pub(super) fn check_span(start: Timestamp, end: Option<Timestamp>) -> Result<(), Refusal> {
    if end.is_some_and(|end| end <= start) {
        return Err(Violation::new(Field::End, "must be later than the start").into());
    }
    Ok(())
}
