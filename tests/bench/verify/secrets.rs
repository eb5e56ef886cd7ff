//! Secrets that only the benchmark can make again: the i-th of a store follows from a seed.

use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::digest;
use bitting_core::{
    Entropy,
    secret::{Format, Minted},
};
use bitting_server::SystemClock;

/// What all secrets of a kind follow from.
#[derive(Clone, Copy)]
pub(super) struct Seed(&'static str);

/// Of the keys in a store.
pub(super) const KEYS: Seed = Seed("bitting bench: keys of a store");
/// Of keys with a right checksum that no store has.
pub(super) const GARBAGE: Seed = Seed("bitting bench: keys of no store");

impl Seed {
    /// The secret at `index`, from 0: the same in every run.
    pub(super) fn secret(self, index: u64) -> Minted {
        let entropy = Seeded {
            seed: self,
            index,
            blocks: AtomicU64::new(0),
        };
        Minted::new(&Format::default(), &SystemClock, &entropy, None)
    }
}

/// What looks random and is not: SHA-256 of the seed, the index and a count.
struct Seeded {
    seed: Seed,
    index: u64,
    blocks: AtomicU64,
}

impl Entropy for Seeded {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(digest::SHA256_OUTPUT_LEN) {
            let block = self.blocks.fetch_add(1, Ordering::Relaxed);
            let mut context = digest::Context::new(&digest::SHA256);
            context.update(self.seed.0.as_bytes());
            context.update(&self.index.to_be_bytes());
            context.update(&block.to_be_bytes());
            chunk.copy_from_slice(&context.finish().as_ref()[..chunk.len()]);
        }
    }
}
