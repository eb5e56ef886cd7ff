//! Which secrets there are at all, near enough: what is surely none costs no look-up.
//!
//! A blocked Bloom filter. It may take a secret that is none for one (about one in a hundred), and never the
//! other way round: a secret is added before whoever made it is answered, and none is ever taken out. It is made
//! anew when there are many more secrets than it was made for.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use bitting_core::secret::Digest;

/// Words of a block: one line of the processor's cache.
const WORDS: usize = 8;
/// Bits that a secret sets, all in one block.
const BITS: u32 = 6;
/// Bits of the filter for each secret that it is made for.
const BITS_EACH: usize = 12;

/// The filter.
pub(super) struct Known {
    words: Box<[AtomicU64]>,
    made_for: usize,
    added: AtomicUsize,
}

impl Known {
    /// A filter for so many secrets.
    pub(super) fn for_about(secrets: usize) -> Self {
        // Room to grow: as many again.
        let made_for = secrets.max(1 << 16).saturating_mul(2);
        let blocks = (made_for.saturating_mul(BITS_EACH) / (64 * WORDS)).next_power_of_two();
        Self {
            words: (0..blocks * WORDS).map(|_| AtomicU64::new(0)).collect(),
            made_for,
            added: AtomicUsize::new(0),
        }
    }

    /// The words of a digest's block, and the places of its bits there. A digest is random: its bytes are as good
    /// as any hash of them. The first eight choose the place in a table, and the last two the shard.
    fn place(&self, digest: &Digest) -> (&[AtomicU64], u64) {
        let bytes = digest.as_bytes();
        let number = |from: usize| {
            let mut part = [0; 8];
            part.copy_from_slice(&bytes[from..from + 8]);
            u64::from_le_bytes(part)
        };
        let blocks = self.words.len() / WORDS;
        #[expect(clippy::cast_possible_truncation, reason = "any bits will do")]
        let block = number(8) as usize & (blocks - 1);
        (&self.words[block * WORDS..][..WORDS], number(16))
    }

    /// The bits of a block that `places` names: nine of its bits for each.
    fn bits(places: u64) -> impl Iterator<Item = (usize, u64)> {
        (0..BITS).map(move |index| {
            let place = places >> (9 * index);
            let word = (place >> 6) as usize % WORDS;
            (word, 1 << (place & 63))
        })
    }

    /// Adds a secret.
    pub(super) fn add(&self, digest: &Digest) {
        let (block, places) = self.place(digest);
        for (word, bit) in Self::bits(places) {
            block[word].fetch_or(bit, Ordering::AcqRel);
        }
        self.added.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether there may be this secret.
    pub(super) fn may_have(&self, digest: &Digest) -> bool {
        let (block, places) = self.place(digest);
        Self::bits(places).all(|(word, bit)| block[word].load(Ordering::Acquire) & bit != 0)
    }

    /// Whether it holds so much that it lets too much through.
    pub(super) fn is_full(&self) -> bool {
        self.added.load(Ordering::Relaxed) > self.made_for
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(n: usize) -> Digest {
        Digest::of(&n.to_string())
    }

    #[test]
    fn what_was_added_is_known_and_little_else() {
        let known = Known::for_about(0);
        for n in 0..100_000 {
            known.add(&digest(n));
        }
        assert!((0..100_000).all(|n| known.may_have(&digest(n))));
        let wrong = (100_000..200_000)
            .filter(|n| known.may_have(&digest(*n)))
            .count();
        assert!(wrong < 2_000, "{wrong} of 100,000");
    }

    #[test]
    fn a_filter_is_full_when_it_holds_more_than_it_was_made_for() {
        let known = Known::for_about(70_000);
        for n in 0..140_000 {
            known.add(&digest(n));
        }
        assert!(!known.is_full());
        known.add(&digest(140_000));
        assert!(known.is_full());
    }
}
