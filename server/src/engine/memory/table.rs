//! Keys by the digests of their secrets, in bounded memory.
//!
//! A digest is random already: its bits choose the shard and the place within. Shards are many, so that the locks
//! are nobody's bottleneck and a shard that grows holds nobody up for long. Where a shard is full, a hand goes
//! round it and takes the first key that nobody asked for since it last came by (CLOCK).

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use bitting_core::secret::Digest;

use super::{
    buckets::{Buckets, Place},
    fingerprint::Fingerprint,
    remembered::Remembered,
};

/// The most shards.
const SHARDS_MAX: usize = 1_024;
/// What a shard is given at least, if there is more than one.
const SHARD_BYTES: usize = 1 << 20;
/// What a place in a table takes: a seventh of a bucket, of which about three fifths are taken.
const PLACE: usize = 16;

/// The table.
pub(super) struct Table {
    shards: Box<[RwLock<Shard>]>,
    limit: usize,
}

#[derive(Default)]
struct Shard {
    records: Buckets,
    bytes: usize,
    hand: Place,
}

impl Table {
    /// A table that holds at most about so many bytes.
    pub(super) fn new(bytes: usize) -> Self {
        let shards = (bytes / SHARD_BYTES).clamp(1, SHARDS_MAX);
        // A power of two, rounded down.
        let shards = 1 << shards.ilog2();
        Self {
            shards: (0..shards).map(|_| RwLock::default()).collect(),
            limit: bytes / shards,
        }
    }

    fn shard(&self, secret: &Fingerprint) -> &RwLock<Shard> {
        &self.shards[secret.shard() % self.shards.len()]
    }

    // Nothing panics while a lock is held.
    fn read(&self, secret: &Fingerprint) -> RwLockReadGuard<'_, Shard> {
        let shard = self.shard(secret).read();
        shard.unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, secret: &Fingerprint) -> RwLockWriteGuard<'_, Shard> {
        let shard = self.shard(secret).write();
        shard.unwrap_or_else(PoisonError::into_inner)
    }

    /// The key that the secret with this digest leads to, if it is here.
    pub(super) fn get(&self, digest: &Digest) -> Option<Remembered> {
        let secret = Fingerprint::of(digest);
        let shard = self.read(&secret);
        let found = shard.records.get(&secret)?;
        found.want();
        Some(found.clone())
    }

    /// Puts a key here, in place of what its secret led to, and takes others away if it does not fit. One that is
    /// larger than a shard stays away.
    pub(super) fn insert(&self, record: Remembered) {
        let mut shard = self.write(record.fingerprint());
        shard.remove(record.fingerprint());
        let bytes = record.bytes() + PLACE;
        if shard.make_room(bytes, self.limit) {
            shard.add(record);
        }
    }

    /// Puts a key here if it fits beside the others and nothing is known of its secret; whether it did.
    pub(super) fn insert_beside(&self, record: Remembered) -> bool {
        let mut shard = self.write(record.fingerprint());
        if shard.bytes + record.bytes() + PLACE > self.limit {
            return false;
        }
        if shard.records.get(record.fingerprint()).is_none() {
            shard.add(record);
        }
        true
    }

    /// Forgets what a secret leads to.
    pub(super) fn remove(&self, digest: &Digest) {
        let secret = Fingerprint::of(digest);
        self.write(&secret).remove(&secret);
    }

    /// How many keys are here, and how many bytes they take.
    pub(super) fn size(&self) -> (usize, usize) {
        let size = |shard: &RwLock<Shard>| {
            let shard = shard.read().unwrap_or_else(PoisonError::into_inner);
            (shard.records.len(), shard.bytes)
        };
        let sum = |(keys, bytes), (more, larger)| (keys + more, bytes + larger);
        self.shards.iter().map(size).fold((0, 0), sum)
    }
}

impl Shard {
    fn add(&mut self, record: Remembered) {
        self.bytes += record.bytes() + PLACE;
        self.records.insert(record);
    }

    fn remove(&mut self, secret: &Fingerprint) {
        if let Some(record) = self.records.remove(secret) {
            self.bytes -= record.bytes() + PLACE;
        }
    }

    /// Takes keys away until so many bytes fit; whether they ever can.
    fn make_room(&mut self, bytes: usize, limit: usize) -> bool {
        if bytes > limit {
            return false;
        }
        while self.bytes + bytes > limit && self.records.len() > 0 {
            self.hand = self.records.after(self.hand);
            let place = self.hand;
            let is_wanted = |record: &Remembered| record.take_wanted();
            if self
                .records
                .at(place)
                .is_some_and(|record| !is_wanted(record))
                && let Some(record) = self.records.take(place)
            {
                self.bytes -= record.bytes() + PLACE;
            }
        }
        true
    }
}
