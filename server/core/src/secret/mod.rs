//! Secrets: the only module that can produce a plain one.

mod base62;
mod brought;
mod digest;
mod format;
mod hex;
mod plain;
mod seal;
mod strength;

pub use brought::{Brought, DigestForm, InvalidBrought};
pub use digest::{Digest, SecretTag};
pub use format::{
    Format, InvalidPrefix, Prefix, Screening, cannot_be_key, is_login_token, login_token, screen,
};
pub use plain::PlainSecret;
pub use seal::{InvalidMasterKey, MasterKey, SealContext, SealError, Sealed};

use crate::{Clock, Entropy, SecretId, Timestamp};

/// A secret of a key, as the store keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// Its id.
    pub id: SecretId,
    /// What a presented secret is looked up by.
    pub digest: Digest,
    /// Its last characters, for telling secrets apart on a screen.
    pub hint: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it stops working before its key does; `None` for never.
    pub retires: Option<Timestamp>,
    /// The copy that can be shown again, if one is kept.
    pub sealed: Option<Sealed>,
}

/// A new secret: what its owner is shown once, and what the store keeps.
#[derive(Debug)]
pub struct Minted {
    /// What its owner is shown.
    pub plain: PlainSecret,
    /// What the store keeps.
    pub stored: Secret,
}

impl Minted {
    /// Makes a secret. With `seal`, a sealed copy of it is kept, bound to the key that it is for.
    pub fn new(
        format: &Format,
        clock: &dyn Clock,
        entropy: &dyn Entropy,
        seal: Option<(&MasterKey, crate::CompanyId, crate::KeyId)>,
    ) -> Self {
        let plain = PlainSecret::generate(format, entropy);
        let id = SecretId::mint(clock, entropy);
        let sealed = seal.map(|(master, company, key)| {
            let context = SealContext {
                company,
                key,
                secret: id,
            };
            master.seal(&plain, context, entropy)
        });
        let stored = Secret {
            id,
            digest: Digest::of(plain.expose()),
            hint: plain.hint(),
            created: clock.now(),
            retires: None,
            sealed,
        };
        Self { plain, stored }
    }
}
