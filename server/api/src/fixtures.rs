//! What the tests of several surfaces need.

use bitting_core::{
    Clock, Entropy, KeyId,
    secret::{Format, Minted, PlainSecret},
};

/// A clock that stands at 1970 and randomness that is none.
pub(crate) struct Zeros;

impl Entropy for Zeros {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(0);
    }
}

impl Clock for Zeros {
    fn now_millis(&self) -> i64 {
        0
    }
}

/// The id `00000000-0000-7000-8000-000000000000`.
pub(crate) fn key_id() -> KeyId {
    KeyId::mint(&Zeros, &Zeros)
}

/// A secret, always the same.
pub(crate) fn secret(format: &Format) -> PlainSecret {
    Minted::new(format, &Zeros, &Zeros, None).plain
}
