//! What a secret is looked up by.

use std::fmt;

use sha2::{Digest as _, Sha256, Sha512};

/// The SHA-256 of a secret as it is presented.
///
/// Secrets hold at least 160 random bits, so that a slow, salted hash would protect nothing: there is no
/// dictionary to try. The digest is looked up in an index, whose timing tells an attacker about digests
/// and nothing about secrets.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of a presented secret.
    pub fn of(presented: &str) -> Self {
        Self(Sha256::digest(presented.as_bytes()).into())
    }

    /// What a secret is known by of which another service kept the SHA-512, until it is presented here: its first half.
    /// No text has it for a SHA-256 that anybody could find.
    pub fn foreign(presented: &str) -> Self {
        let whole: [u8; 64] = Sha512::digest(presented.as_bytes()).into();
        let mut half = [0; 32];
        half.copy_from_slice(&whole[..32]);
        Self(half)
    }

    /// The digest with these bytes, as the store kept it.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// What tells the secret from the others of its key.
    pub fn tag(&self) -> SecretTag {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&self.0[..8]);
        SecretTag(bytes)
    }

    /// The digest's bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The first eight bytes of a digest: enough to tell apart the few secrets of one key, where millions are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SecretTag(pub [u8; 8]);

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Digest(..)")
    }
}
