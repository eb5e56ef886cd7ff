//! A key, what a new one is made from, and what may change about it.

use crate::{CompanyId, Description, KeyId, KeyName, MemberId, Origin, Role, Scopes, Timestamp};

/// An API key, without its secrets. Its decimal id ([`crate::KeyNumber`]) is the store's to assign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The key's id.
    pub id: KeyId,
    /// The company it belongs to.
    pub company: CompanyId,
    /// The member whose key it is.
    pub owner: MemberId,
    /// The member who made it.
    pub issuer: MemberId,
    /// The surface it was made on.
    pub origin: Origin,
    /// Its name.
    pub name: KeyName,
    /// Its description.
    pub description: Option<Description>,
    /// What it may do.
    pub role: Role,
    /// What it is good for, in its issuer's words.
    pub scopes: Scopes,
    /// Not good before.
    pub start: Timestamp,
    /// Not good from here on; `None` for never.
    pub end: Option<Timestamp>,
    /// When it was made.
    pub created: Timestamp,
    /// When its settings or secrets last changed.
    pub updated: Timestamp,
    /// Whether it is switched on.
    pub enabled: bool,
    /// When it was revoked, if it was.
    pub revoked: Option<Timestamp>,
    /// Whether sealed copies of its secrets are kept.
    pub recoverable: bool,
}

impl Key {
    /// The collection that the key is listed in.
    pub fn collection(&self) -> Collection {
        Collection {
            company: self.company,
            owner: self.owner,
            origin: self.origin,
        }
    }
}

/// What a caller asks of a new key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyDraft {
    /// Its name.
    pub name: KeyName,
    /// Its description.
    pub description: Option<Description>,
    /// Omitted: good from now on.
    pub start: Option<Timestamp>,
    /// Omitted: good for ever.
    pub end: Option<Timestamp>,
    /// Omitted: the origin's default.
    pub role: Option<Role>,
    /// What it is good for.
    pub scopes: Scopes,
    /// Whether sealed copies of its secrets are kept.
    pub recoverable: bool,
}

/// What a caller asks to change; `None` leaves a setting as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyChange {
    /// A new name.
    pub name: Option<KeyName>,
    /// A new description, or none.
    pub description: Option<Option<Description>>,
    /// A new start.
    pub start: Option<Timestamp>,
    /// A new end, or none.
    pub end: Option<Option<Timestamp>>,
}

/// The keys that a drop-in surface lists together: one member's, made on one surface (O8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Collection {
    /// The company.
    pub company: CompanyId,
    /// The member.
    pub owner: MemberId,
    /// The surface.
    pub origin: Origin,
}
