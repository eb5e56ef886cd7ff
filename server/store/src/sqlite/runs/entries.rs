//! Entries of one length, sorted by their ids, one after the other.

use std::cmp::Ordering;

use crate::StoreError;

/// How many bytes a value has: seconds of the whole calendar fit, and counts to a million million.
const VALUE: usize = 5;
/// The largest value.
const MAX: u64 = (1 << (8 * VALUE)) - 1;

/// Entries whose ids have `ID` bytes.
#[derive(Clone, Copy, Debug)]
pub(in crate::sqlite) struct Layout<const ID: usize> {
    /// The column that holds them, for whoever is told that they are damaged.
    pub(in crate::sqlite) column: &'static str,
}

impl<const ID: usize> Layout<ID> {
    const LENGTH: usize = ID + VALUE;

    fn check(self, bytes: &[u8]) -> Result<(), StoreError> {
        if bytes.len().is_multiple_of(Self::LENGTH) {
            return Ok(());
        }
        let column = self.column;
        Err(StoreError::Corrupt { column })
    }
}

/// The entries of the key at `place`: their ids and values.
pub(in crate::sqlite) fn entries<const ID: usize>(
    layout: Layout<ID>,
    bytes: &[u8],
    place: u8,
) -> Result<impl Iterator<Item = ([u8; ID], u64)> + '_, StoreError> {
    layout.check(bytes)?;
    let length = Layout::<ID>::LENGTH;
    let count = bytes.len() / length;
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = usize::midpoint(low, high);
        if bytes[middle * length] < place {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    let from = bytes[low * length..].chunks_exact(length);
    Ok(from.take_while(move |entry| entry[0] == place).map(read))
}

/// All entries: their ids and values.
pub(in crate::sqlite) fn all<const ID: usize>(
    layout: Layout<ID>,
    bytes: &[u8],
) -> Result<impl Iterator<Item = ([u8; ID], u64)> + '_, StoreError> {
    layout.check(bytes)?;
    Ok(bytes.chunks_exact(Layout::<ID>::LENGTH).map(read))
}

/// All of `old` and of `new`, which is sorted by its ids: where an id is there twice, `both` makes one value of theirs. An
/// id that only `new` has is let in if `admit` says so.
pub(in crate::sqlite) fn merge<const ID: usize>(
    layout: Layout<ID>,
    old: &[u8],
    new: &[([u8; ID], u64)],
    both: impl Fn(u64, u64) -> u64,
    mut admit: impl FnMut(&[u8; ID]) -> bool,
) -> Result<Vec<u8>, StoreError> {
    layout.check(old)?;
    let mut merged = Vec::with_capacity(old.len() + new.len() * Layout::<ID>::LENGTH);
    let mut new = new
        .chunk_by(|one, next| one.0 == next.0)
        .filter_map(|same| {
            same.iter()
                .copied()
                .reduce(|one, next| (one.0, both(one.1, next.1)))
        })
        .peekable();
    for entry in old.chunks_exact(Layout::<ID>::LENGTH) {
        let (id, mut value) = read(entry);
        while let Some((other, more)) = new.next_if(|(other, _)| *other <= id) {
            if other.cmp(&id) == Ordering::Equal {
                value = both(value, more);
            } else if admit(&other) {
                write(&mut merged, other, more);
            }
        }
        write(&mut merged, id, value);
    }
    for (id, value) in new {
        if admit(&id) {
            write(&mut merged, id, value);
        }
    }
    Ok(merged)
}

/// The entries without those whose ids `gone` tells.
pub(in crate::sqlite) fn drop_where<const ID: usize>(
    layout: Layout<ID>,
    bytes: &[u8],
    gone: impl Fn(&[u8; ID]) -> bool,
) -> Result<Vec<u8>, StoreError> {
    layout.check(bytes)?;
    let entries = bytes.chunks_exact(Layout::<ID>::LENGTH);
    let kept = entries.filter(|entry| !gone(&read(entry).0));
    Ok(kept.flatten().copied().collect())
}

fn read<const ID: usize>(entry: &[u8]) -> ([u8; ID], u64) {
    let (mut id, mut value) = ([0; ID], [0; 8]);
    id.copy_from_slice(&entry[..ID]);
    value[8 - VALUE..].copy_from_slice(&entry[ID..]);
    (id, u64::from_be_bytes(value))
}

fn write<const ID: usize>(into: &mut Vec<u8>, id: [u8; ID], value: u64) {
    into.extend(id);
    into.extend(&value.min(MAX).to_be_bytes()[8 - VALUE..]);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    const LAYOUT: Layout<2> = Layout { column: "c" };

    fn map(bytes: &[u8]) -> BTreeMap<[u8; 2], u64> {
        let of = |place| entries(LAYOUT, bytes, place).unwrap().collect::<Vec<_>>();
        let found: Vec<_> = (0..=255).flat_map(of).collect();
        assert_eq!(found, all(LAYOUT, bytes).unwrap().collect::<Vec<_>>());
        found.into_iter().collect()
    }

    proptest! {
        #[test]
        fn what_is_merged_is_the_map_of_all(batches in prop::collection::vec(
            prop::collection::vec((0..8_u8, 0..8_u8, 0..MAX / 1_000), 0..20), 0..6,
        )) {
            let (mut bytes, mut model) = (Vec::new(), BTreeMap::new());
            for batch in batches {
                let mut new: Vec<_> = batch.into_iter().map(|(place, rest, value)| ([place, rest], value)).collect();
                new.sort_unstable();
                bytes = merge(LAYOUT, &bytes, &new, |one, other| one + other, |id| id[1] != 7).unwrap();
                for (id, value) in new.into_iter().filter(|(id, _)| id[1] != 7) {
                    *model.entry(id).or_insert(0) += value;
                }
                prop_assert_eq!(&map(&bytes), &model);
            }
            let bytes = drop_where(LAYOUT, &bytes, |id| id[0] == 3).unwrap();
            model.retain(|id, _| id[0] != 3);
            prop_assert_eq!(map(&bytes), model);
        }
    }

    #[test]
    fn a_value_that_is_too_large_is_the_largest() {
        let add = |bytes: &[u8], value| {
            let new = [([1, 2], value)];
            merge(LAYOUT, bytes, &new, u64::saturating_add, |_| true).unwrap()
        };
        let bytes = add(&add(&[], u64::MAX), 1);
        assert_eq!(map(&bytes), BTreeMap::from([([1, 2], MAX)]));
    }

    #[test]
    fn what_has_another_length_is_damaged() {
        let told = |error: StoreError| error.to_string();
        let bytes = [0; 8];
        assert!(entries(LAYOUT, &bytes, 0).is_err());
        let merged = merge(LAYOUT, &bytes, &[], |one, _| one, |_| true);
        assert!(told(merged.unwrap_err()).contains("in c;"));
        assert!(drop_where(LAYOUT, &bytes, |_| false).is_err());
    }
}
