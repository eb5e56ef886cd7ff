//! The SHA-256 of several parts.

use sha2::{Digest, Sha256};

/// Length before content: no two sequences of parts are written alike.
#[derive(Default)]
pub(crate) struct Parts(Sha256);

impl Parts {
    pub(crate) fn push(&mut self, part: &[u8]) {
        self.0.update((part.len() as u64).to_be_bytes());
        self.0.update(part);
    }

    pub(crate) fn digest(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}
