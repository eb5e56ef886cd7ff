//! What goes into a store and what comes out of it.

use bitting_core::{
    Collection, CompanyId, Key, KeyChange, KeyId, KeyNumber, MemberId, Principal, SecretId,
    Timestamp, audit,
    secret::{Sealed, Secret},
};

/// A key as a list or a view shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredKey {
    /// Its decimal id.
    pub number: KeyNumber,
    /// The key.
    pub key: Key,
    /// Its newest secret, if a sealed copy of it is kept.
    pub secret: Option<StoredSecret>,
}

/// A secret that can be shown again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSecret {
    /// Its id, which the sealed copy is bound to.
    pub id: SecretId,
    /// The sealed copy.
    pub sealed: Sealed,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyList {
    /// How many keys match, on all pages.
    pub total: u64,
    /// The keys of this page.
    pub keys: Vec<StoredKey>,
}

/// What a presented secret leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The key.
    pub key: Key,
    /// When this secret stops working before its key does.
    pub retires: Option<Timestamp>,
    /// Whether the key's company and owner are switched on.
    pub enabled: bool,
}

/// A new key.
#[derive(Clone, Debug)]
pub struct Create {
    /// The key.
    pub key: Key,
    /// Its secret.
    pub secret: Secret,
    /// What is recorded.
    pub record: audit::Record,
}

/// A change of settings.
#[derive(Clone, Debug)]
pub struct Update {
    /// Where the key is looked for.
    pub within: Collection,
    /// Which key.
    pub number: KeyNumber,
    /// Who asks.
    pub by: Principal,
    /// What is asked.
    pub change: KeyChange,
    /// Now.
    pub now: Timestamp,
    /// For the record.
    pub trail: audit::Trail,
}

/// A new secret in place of the old ones.
#[derive(Clone, Debug)]
pub struct Roll {
    /// Where the key is looked for.
    pub within: Collection,
    /// Which key.
    pub number: KeyNumber,
    /// Who asks.
    pub by: Principal,
    /// The new secret.
    pub secret: Secret,
    /// Now.
    pub now: Timestamp,
    /// For the record.
    pub trail: audit::Trail,
}

/// A deletion.
#[derive(Clone, Debug)]
pub struct Delete {
    /// Where the key is looked for.
    pub within: Collection,
    /// Which key.
    pub number: KeyNumber,
    /// Who asks.
    pub by: Principal,
    /// Now.
    pub now: Timestamp,
    /// For the record.
    pub trail: audit::Trail,
}

/// The first company, member and root key of a store.
#[derive(Clone, Debug)]
pub struct FirstKey {
    /// The company's name.
    pub company: String,
    /// The member's name.
    pub member: String,
    /// The root key.
    pub key: RootKey,
}

/// A root key that is made at the machine.
#[derive(Clone, Debug)]
pub struct RootKey {
    /// Its id.
    pub id: KeyId,
    /// Its name.
    pub name: bitting_core::KeyName,
    /// Its secret.
    pub secret: Secret,
    /// Now.
    pub now: Timestamp,
    /// For the record.
    pub trail: audit::Trail,
}

/// Which company, member and key a command at the machine made or used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Initialised {
    /// The company.
    pub company: CompanyId,
    /// The member.
    pub member: MemberId,
    /// The root key.
    pub key: KeyId,
}
