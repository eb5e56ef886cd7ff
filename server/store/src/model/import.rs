//! Keys that are brought from elsewhere.

use bitting_core::{
    CompanyId, Key, KeyId, Principal,
    audit::Trail,
    secret::{Digest, Secret},
};

/// Keys to add with the secrets that they have elsewhere, each whole or not at all.
#[derive(Clone, Debug)]
pub struct Import {
    /// The keys.
    pub keys: Vec<ImportKey>,
    /// Who asks; `None` for whoever sits at the machine.
    pub by: Option<Principal>,
    /// For the record.
    pub trail: Trail,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct ImportKey {
    /// The key.
    pub key: Key,
    /// Its secret.
    pub secret: Secret,
    /// Whether the secret is known by a foreign digest only.
    pub foreign: bool,
    /// What the secret is known by here if it was brought before, by a foreign digest.
    pub alias: Option<Digest>,
}

/// What became of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imported {
    /// It was added.
    Added,
    /// A key has its secret, and stays as it is.
    Duplicate {
        /// That key.
        key: KeyId,
        /// The company that it belongs to.
        company: CompanyId,
    },
    /// Another key has its name, of an origin where that tells keys apart.
    NameTaken,
    /// Its owner is gone.
    NoOwner,
}
