//! The rules for a new key.

use super::tenant::may_grant;
use crate::{
    Denial, Field, Key, KeyDraft, KeyId, Origin, Principal, Refusal, Role, Timestamp, Violation,
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

/// The key that `draft` asks for, made by `by` for itself.
///
/// Nobody grants a role above its own, and below `admin` nobody grants scopes beyond its own.
pub fn create(by: &Principal, new: NewKey, draft: KeyDraft) -> Result<Key, Refusal> {
    let role = draft
        .role
        .unwrap_or_else(|| new.origin.default_role(by.role));
    may_grant(Some(by), role)?;
    new.origin.admits_role(role)?;
    new.origin.admits_name(&draft.name)?;
    if by.role < Role::Admin && !draft.scopes.is_subset(&by.scopes) {
        return Err(Refusal::Forbidden(Denial::NotGrantable));
    }
    let start = draft.start.unwrap_or(new.now);
    check_span(start, draft.end)?;
    Ok(Key {
        id: new.id,
        company: by.company,
        owner: by.member,
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
    })
}

/// A key ends after it starts (O21).
pub(super) fn check_span(start: Timestamp, end: Option<Timestamp>) -> Result<(), Refusal> {
    if end.is_some_and(|end| end <= start) {
        return Err(Violation::new(Field::End, "must be later than the start").into());
    }
    Ok(())
}
