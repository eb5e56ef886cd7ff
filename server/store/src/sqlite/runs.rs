//! What is told of millions of keys shares rows: one for each run of 256 neighbouring keys.
//!
//! Uses are written for all keys that were used since, whoever they belong to, and keys that were made together are
//! used together. A row of their own for each would cost a search, an update and most of a page in the log; in one
//! row for the run they cost a few bytes of one page.

mod entries;
mod function;

use bitting_core::KeyNumber;

use crate::KEYS_A_ROW;

pub(super) use self::{
    entries::{Layout, all, drop_where, entries, merge},
    function::add_functions,
};

/// How many bits of a key's number tell it from the others of its run: what fits into the byte that an entry begins
/// with. The SQL of this crate has the number too.
const BITS: u32 = 8;
/// How many bits a run's number takes at most, where it shares an integer with an hour or a day: enough for 2^44
/// keys, and for every hour of the calendar beside it.
const RUN_BITS: u32 = 36;

const _: () = assert!(KEYS_A_ROW == 1 << BITS);

/// The run that a key is in.
pub(super) fn run_of(key: KeyNumber) -> i64 {
    key.get() >> BITS
}

/// Which key of its run it is.
pub(super) fn place_of(key: KeyNumber) -> u8 {
    // The lowest byte.
    key.get().to_le_bytes()[0]
}

/// The numbers of the keys of a run: from the first, and to the last.
pub(super) fn keys_of(run: i64) -> (i64, i64) {
    let first = run << BITS;
    (first, first + KEYS_A_ROW - 1)
}

/// A run at a time, which may be an hour or a day, as one integer: in the order of time.
pub(super) fn at(time: i64, run: i64) -> i64 {
    (time << RUN_BITS) + run
}

/// The time and the run.
pub(super) fn apart(id: i64) -> (i64, i64) {
    (id >> RUN_BITS, id & ((1 << RUN_BITS) - 1))
}

/// Of each secret of a run: when it was last used. The key's place and the secret's tag, and seconds since the first
/// moment of the calendar.
pub(super) const LAST_USE: Layout<9> = Layout { column: "uses" };

/// Of each verdict on each key of a run: how often it was found. The key's place and the verdict's number.
pub(super) const COUNTS: Layout<2> = Layout { column: "counts" };

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_key_is_one_of_256_in_its_run() {
        let key = |number| KeyNumber::new(number).unwrap();
        assert_eq!((run_of(key(255)), place_of(key(255))), (0, 255));
        assert_eq!((run_of(key(256)), place_of(key(256))), (1, 0));
        assert_eq!(keys_of(1), (256, 511));
        assert_eq!(run_of(key((1 << 44) - 1)), (1 << RUN_BITS) - 1);
    }

    #[test]
    fn a_time_and_a_run_are_told_apart_again_and_sort_by_time() {
        // The last hour of the calendar, and one before 1970.
        for (time, run) in [(0, 0), (70_389_527, (1 << RUN_BITS) - 1), (-5, 7)] {
            assert_eq!(apart(at(time, run)), (time, run));
        }
        assert!(at(-1, 9) < at(0, 0) && at(0, 9) < at(1, 0));
    }
}
