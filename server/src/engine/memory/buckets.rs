//! A hash table of remembered keys that asks as little as it can of the processor's caches.
//!
//! A look-up in millions of keys is waiting for memory. Tables for everything keep what tells entries apart in one place
//! and the entries in another, and wait twice before they get to the record. Here both are in one line of the cache: a
//! bucket has seven entries, a byte of the hash of each, and a count of those that found no room in it.

use super::{fingerprint::Fingerprint, remembered::Remembered};

/// How many entries a bucket has.
const SLOTS: usize = 7;
/// A count that is not kept any more, because it does not fit: entries may have passed for ever after.
const MANY: u8 = u8::MAX;

/// The table.
#[derive(Default)]
pub(super) struct Buckets {
    /// None, or a power of two of them.
    buckets: Vec<Bucket>,
    len: usize,
}

#[derive(Default)]
#[repr(align(64))]
struct Bucket {
    tags: [u8; SLOTS],
    /// How many entries are in later buckets because this one was full when they came by.
    passed: u8,
    slots: [Option<Remembered>; SLOTS],
}

const _: () = assert!(size_of::<Bucket>() == 64);

/// A place for an entry: the bucket, and the slot in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place(usize, usize);

fn tag(secret: &Fingerprint) -> u8 {
    // Other bits than those that choose the bucket.
    secret.place().to_le_bytes()[7]
}

impl Buckets {
    /// How many keys there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The key that a secret leads to.
    pub(super) fn get(&self, secret: &Fingerprint) -> Option<&Remembered> {
        self.at(self.find(secret)?)
    }

    /// Adds a key whose secret leads to none here yet.
    pub(super) fn insert(&mut self, record: Remembered) {
        // Seven eighths: beyond that, few would be in the bucket where they are looked for first.
        if (self.len + 1) * 8 > self.buckets.len() * SLOTS * 7 {
            self.grow();
        }
        self.put(record);
    }

    /// Takes away the key that a secret leads to.
    pub(super) fn remove(&mut self, secret: &Fingerprint) -> Option<Remembered> {
        let place = self.find(secret)?;
        self.take(place)
    }

    /// The next place, and round again; there may be nothing at it.
    pub(super) fn after(&self, Place(bucket, slot): Place) -> Place {
        if slot + 1 < SLOTS && bucket < self.buckets.len() {
            Place(bucket, slot + 1)
        } else if bucket + 1 < self.buckets.len() {
            Place(bucket + 1, 0)
        } else {
            Place::default()
        }
    }

    /// The key at a place.
    pub(super) fn at(&self, Place(bucket, slot): Place) -> Option<&Remembered> {
        self.buckets.get(bucket)?.slots[slot].as_ref()
    }

    /// Takes away the key at a place.
    pub(super) fn take(&mut self, Place(bucket, slot): Place) -> Option<Remembered> {
        let record = self.buckets.get_mut(bucket)?.slots[slot].take()?;
        self.len -= 1;
        let mut passed = self.first(record.fingerprint());
        while passed != bucket {
            let count = &mut self.buckets[passed].passed;
            if *count != MANY {
                *count -= 1;
            }
            passed = self.next(passed);
        }
        Some(record)
    }

    fn find(&self, secret: &Fingerprint) -> Option<Place> {
        let tag = tag(secret);
        let mut at = self.first(secret);
        // Never more than all of them, whatever the counts say.
        for _ in 0..self.buckets.len() {
            let bucket = &self.buckets[at];
            for (slot, record) in bucket.slots.iter().enumerate() {
                if bucket.tags[slot] == tag
                    && record
                        .as_ref()
                        .is_some_and(|record| record.fingerprint() == secret)
                {
                    return Some(Place(at, slot));
                }
            }
            if bucket.passed == 0 {
                return None;
            }
            at = self.next(at);
        }
        None
    }

    fn put(&mut self, record: Remembered) {
        let tag = tag(record.fingerprint());
        let mut at = self.first(record.fingerprint());
        // There is room somewhere: not all of the places are ever taken.
        loop {
            let bucket = &mut self.buckets[at];
            if let Some(slot) = bucket.slots.iter().position(Option::is_none) {
                bucket.tags[slot] = tag;
                bucket.slots[slot] = Some(record);
                self.len += 1;
                return;
            }
            bucket.passed = bucket.passed.saturating_add(1);
            at = self.next(at);
        }
    }

    fn grow(&mut self) {
        let mut buckets = Vec::new();
        buckets.resize_with((2 * self.buckets.len()).max(1), Bucket::default);
        let old = std::mem::replace(&mut self.buckets, buckets);
        self.len = 0;
        for record in old.into_iter().flat_map(|bucket| bucket.slots).flatten() {
            self.put(record);
        }
    }

    /// The bucket where a key is looked for first.
    fn first(&self, secret: &Fingerprint) -> usize {
        let bits = usize::try_from(secret.place() & u64::from(u32::MAX)).unwrap_or_default();
        bits & self.buckets.len().wrapping_sub(1)
    }

    fn next(&self, bucket: usize) -> usize {
        (bucket + 1) & self.buckets.len().wrapping_sub(1)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeSet;

    use bitting_core::secret::Digest;
    use proptest::prelude::*;

    use super::{super::tests::remembered, *};

    fn secret(number: i64) -> Fingerprint {
        Fingerprint::of(&Digest::of(&number.to_string()))
    }

    fn numbers(table: &Buckets) -> BTreeSet<i64> {
        let (mut found, mut hand) = (BTreeSet::new(), Place::default());
        for _ in 0..table.buckets.len() * SLOTS {
            hand = table.after(hand);
            found.extend(table.at(hand).map(|record| record.number().get()));
        }
        found
    }

    proptest! {
        #[test]
        fn it_has_what_a_set_has(steps in prop::collection::vec((1..400_i64, 0..3_u8), 0..1_500)) {
            let (mut table, mut model) = (Buckets::default(), BTreeSet::new());
            for (number, step) in steps {
                let secret = secret(number);
                if step == 0 {
                    let removed = table.remove(&secret).map(|record| record.number().get());
                    prop_assert_eq!(removed, model.take(&number));
                } else if model.insert(number) {
                    table.insert(remembered(number));
                }
                prop_assert_eq!(table.len(), model.len());
                prop_assert_eq!(table.get(&secret).is_some(), model.contains(&number));
            }
            prop_assert_eq!(&numbers(&table), &model);
            for number in &model {
                prop_assert!(table.get(&secret(*number)).is_some());
            }
        }
    }

    #[test]
    fn what_passed_full_buckets_is_found_and_leaves_no_trace() {
        let mut table = Buckets::default();
        for number in 1..=10_000 {
            table.insert(remembered(number));
        }
        assert!(table.buckets.iter().any(|bucket| bucket.passed > 0));
        assert!((1..=10_000).all(|number| table.get(&secret(number)).is_some()));
        assert!(table.get(&secret(10_001)).is_none());
        for number in 1..=10_000 {
            assert!(table.remove(&secret(number)).is_some(), "{number}");
        }
        assert_eq!((table.len(), numbers(&table).len()), (0, 0));
        let left = table
            .buckets
            .iter()
            .map(|bucket| u32::from(bucket.passed))
            .sum::<u32>();
        assert_eq!(left, 0);
    }

    #[test]
    fn nothing_is_found_in_what_is_empty() {
        let mut table = Buckets::default();
        assert!(table.get(&secret(1)).is_none());
        assert!(table.remove(&secret(1)).is_none());
        assert!(table.at(table.after(Place::default())).is_none());
    }
}
