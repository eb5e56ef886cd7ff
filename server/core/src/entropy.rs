//! Where randomness comes from.

/// A source of cryptographically secure random bytes.
///
/// The server hands in the operating system's; tests hand in a seeded one, so that every secret and id of a
/// test is known beforehand.
pub trait Entropy: Send + Sync {
    /// Fills `buffer` with random bytes.
    fn fill(&self, buffer: &mut [u8]);
}
