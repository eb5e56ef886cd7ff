//! The rules for companies and members.

use super::create::NewKey;
use crate::{
    AllowedAddresses, CompanyId, Denial, Key, KeyName, Limits, MemberId, Metadata, Principal,
    Refusal, Role, Scopes,
};

/// Refuses a company that is not the principal's, unless it is root, exactly as one that does not exist.
pub fn may_reach(by: &Principal, company: CompanyId) -> Result<(), Refusal> {
    if by.company == company || by.role == Role::Root {
        Ok(())
    } else {
        Err(Refusal::NotFound)
    }
}

/// Refuses to grant a role above the principal's own. Whoever sits at the machine (`None`) has them all.
pub fn may_grant(by: Option<&Principal>, role: Role) -> Result<(), Refusal> {
    match by {
        Some(by) if role > by.role => Err(Refusal::Forbidden(Denial::RoleExceedsCreator {
            requested: role,
            creator: by.role,
        })),
        _ => Ok(()),
    }
}

/// Nobody switches on or off, or removes, a member who has a key above its own role. Whoever sits at the machine (`None`)
/// may.
pub fn may_switch(by: Option<&Principal>, strongest: Option<Role>) -> Result<(), Refusal> {
    match (by, strongest) {
        (Some(by), Some(strongest)) if strongest > by.role => {
            Err(Refusal::Forbidden(Denial::KeyAboveOwnRole))
        }
        _ => Ok(()),
    }
}

/// The first key of a new member: good from now on, for ever, shown once.
pub fn first_key(
    by: Option<&Principal>,
    new: NewKey,
    company: CompanyId,
    owner: MemberId,
    name: KeyName,
    role: Role,
) -> Result<Key, Refusal> {
    may_grant(by, role)?;
    new.origin.admits_role(role)?;
    new.origin.admits_name(&name)?;
    Ok(Key {
        id: new.id,
        company,
        owner,
        issuer: by.map_or(owner, |by| by.member),
        origin: new.origin,
        name,
        description: None,
        role,
        scopes: Scopes::default(),
        start: new.now,
        end: None,
        created: new.now,
        updated: new.now,
        enabled: true,
        revoked: None,
        recoverable: false,
        metadata: Metadata::default(),
        addresses: AllowedAddresses::default(),
        limits: Limits::default(),
        quota: None,
        prefix: None,
    })
}
