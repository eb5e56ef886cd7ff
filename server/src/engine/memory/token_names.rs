//! What remembered login tokens are known by.

use std::hash::Hasher as _;

use bitting_core::Entropy;
use siphasher::sip128::{Hasher128 as _, SipHasher24};

/// Names tokens by 128 bits of SipHash-2-4 over their signatures, under a key that this process drew and nobody
/// else has: whoever does not have the signature meets its name by chance only, once in 2^128 tries. A known token
/// comes with nearly every request of whoever uses them, and SHA-256 of its signature would cost two to three times
/// as much as anything else that is done for it.
pub(super) struct TokenNames(SipHasher24);

impl TokenNames {
    pub(super) fn new(entropy: &dyn Entropy) -> Self {
        let mut key = [0; 16];
        entropy.fill(&mut key);
        Self(SipHasher24::new_with_key(&key))
    }

    /// The name of the token with this signature.
    pub(super) fn of(&self, signature: &str) -> u128 {
        let mut hasher = self.0;
        hasher.write(signature.as_bytes());
        hasher.finish128().as_u128()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same byte again and again.
    struct Byte(u8);

    impl Entropy for Byte {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(self.0);
        }
    }

    #[test]
    fn a_name_depends_on_the_whole_signature_and_on_the_key() {
        let names = TokenNames::new(&Byte(1));
        let signature = "x".repeat(342);
        assert_eq!(names.of(&signature), names.of(&signature));
        for place in 0..signature.len() {
            let mut changed = signature.clone();
            changed.replace_range(place..=place, "y");
            assert_ne!(names.of(&signature), names.of(&changed), "{place}");
        }
        assert_ne!(names.of(&signature), names.of(&signature[1..]));
        let others = TokenNames::new(&Byte(2));
        assert_ne!(names.of(&signature), others.of(&signature));
    }
}
