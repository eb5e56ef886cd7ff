//! A key, what a new one is made from, and what may change about it.

use crate::{
    AllowedAddresses, CompanyId, Description, KeyId, KeyName, KeyNumber, Limits, MemberId,
    Metadata, Origin, Quota, Reason, Role, Scopes, Timestamp,
    secret::{Format, Prefix},
};

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
    /// Its revocation, which is for good.
    pub revoked: Option<Revoked>,
    /// Whether sealed copies of its secrets are kept.
    pub recoverable: bool,
    /// What its issuer keeps with it.
    pub metadata: Metadata,
    /// Where it may be used from, as `verify` sees it.
    pub addresses: AllowedAddresses,
    /// How often it is good, as `verify` counts it.
    pub limits: Limits,
    /// How much of it may be used; what is left is at most a few seconds behind.
    pub quota: Option<Quota>,
    /// What its secrets begin with; `None` for what its origin's begin with.
    pub prefix: Option<Prefix>,
}

/// A revocation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revoked {
    /// When.
    pub at: Timestamp,
    /// Why, if somebody said.
    pub reason: Option<Reason>,
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

    /// Whether anything bounds how often it is good.
    pub fn is_metered(&self) -> bool {
        !self.limits.is_empty() || self.quota.is_some()
    }

    /// The format of its secrets.
    pub fn format(&self) -> Format {
        match &self.prefix {
            Some(prefix) => Format::Prefixed(prefix.clone()),
            None => self.origin.format(),
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
    /// Whose key it is to be; omitted: the caller's own. Another's is for admins to make.
    pub owner: Option<Owner>,
    /// What is kept with it.
    pub metadata: Metadata,
    /// Where it may be used from.
    pub addresses: AllowedAddresses,
    /// How often it is to be good. For admins to say.
    pub limits: Limits,
    /// How much of it may be used. For admins to say.
    pub quota: Option<Quota>,
    /// What its secrets begin with; omitted: what its origin's begin with.
    pub prefix: Option<Prefix>,
}

impl KeyDraft {
    /// A draft of nothing but a name.
    pub fn new(name: KeyName) -> Self {
        Self {
            name,
            description: None,
            start: None,
            end: None,
            role: None,
            scopes: Scopes::default(),
            recoverable: false,
            owner: None,
            metadata: Metadata::default(),
            addresses: AllowedAddresses::default(),
            limits: Limits::default(),
            quota: None,
            prefix: None,
        }
    }
}

/// Whose key a new one is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The company.
    pub company: CompanyId,
    /// Its member.
    pub member: MemberId,
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

/// All the settings of a key that can be changed, to put in place of what it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySettings {
    /// Its name.
    pub name: KeyName,
    /// Its description.
    pub description: Option<Description>,
    /// Not good before; `None`: good since it was made.
    pub start: Option<Timestamp>,
    /// Not good from here on; `None` for never.
    pub end: Option<Timestamp>,
    /// Whether it is switched on.
    pub enabled: bool,
    /// What it may do.
    pub role: Role,
    /// What it is good for.
    pub scopes: Scopes,
    /// What is kept with it.
    pub metadata: Metadata,
    /// Where it may be used from.
    pub addresses: AllowedAddresses,
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

/// The keys that a caller can touch: those of a company or of every one, of one member or of all, made on one
/// surface or on any. Whatever is outside does not exist for the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The company; `None` for every one.
    pub company: Option<CompanyId>,
    /// The member; `None` for every one.
    pub owner: Option<MemberId>,
    /// The surface; `None` for every one.
    pub origin: Option<Origin>,
}

impl Reach {
    /// Whether `key` is within.
    pub fn covers(&self, key: &Key) -> bool {
        self.company.is_none_or(|company| company == key.company)
            && self.owner.is_none_or(|owner| owner == key.owner)
            && self.origin.is_none_or(|origin| origin == key.origin)
    }
}

impl From<Collection> for Reach {
    fn from(collection: Collection) -> Self {
        Self {
            company: Some(collection.company),
            owner: Some(collection.owner),
            origin: Some(collection.origin),
        }
    }
}

/// Which of the keys within reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyRef {
    /// The one with this decimal id.
    Number(KeyNumber),
    /// The one with this id.
    Id(KeyId),
    /// The one of the origin `feldera` with this name (F30).
    Name(String),
}

impl KeyRef {
    /// What is answered where there is no such key.
    pub fn unknown(&self) -> crate::Refusal {
        match self {
            Self::Number(_) | Self::Id(_) => crate::Refusal::NotFound,
            Self::Name(name) => crate::Refusal::UnknownName(name.clone()),
        }
    }
}
