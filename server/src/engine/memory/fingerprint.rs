//! What remembered secrets are known by.

use bitting_core::secret::{Digest, SecretTag};

/// The first 24 bytes of a digest: millions are kept, and no two secrets that anybody could find have the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Fingerprint([u8; 24]);

impl Fingerprint {
    pub(super) fn of(digest: &Digest) -> Self {
        let mut bytes = [0; 24];
        bytes.copy_from_slice(&digest.as_bytes()[..24]);
        Self(bytes)
    }

    /// What tells the secret from the others of its key.
    pub(super) fn tag(&self) -> SecretTag {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&self.0[..8]);
        SecretTag(bytes)
    }

    /// The bits that choose the place in a table: random already.
    pub(super) fn place(&self) -> u64 {
        let mut bits = [0; 8];
        bits.copy_from_slice(&self.0[..8]);
        u64::from_le_bytes(bits)
    }

    /// The bits that choose the shard: others than those of the place.
    pub(super) fn shard(&self) -> usize {
        usize::from(u16::from_le_bytes([self.0[22], self.0[23]]))
    }
}
