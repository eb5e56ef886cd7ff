//! What remembered secrets are known by.

use bitting_core::secret::{Digest, SecretTag};

/// The first 16 bytes of a digest, because millions are kept. To be taken for a key's secret, another one needs the same 128
/// bits: who has no secret finds one by no better way than asking for 2^104 of them, where there are ten million keys.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Fingerprint([u8; 16]);

impl Fingerprint {
    pub(super) fn of(digest: &Digest) -> Self {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest.as_bytes()[..16]);
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
        usize::from(u16::from_le_bytes([self.0[14], self.0[15]]))
    }
}
