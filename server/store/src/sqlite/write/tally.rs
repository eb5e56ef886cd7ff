//! What verification found, counted.

mod company;
mod key;

use bitting_core::{
    Verdict,
    usage::{Hour, Interval, Subject, Tally},
};
use rusqlite::Connection;

use crate::StoreError;

/// Adds to what was counted, which is sorted.
pub(in crate::sqlite) fn record(
    connection: &Connection,
    tallies: &[Tally],
) -> Result<(), StoreError> {
    // Of companies before those of keys, within each hour.
    for of_hour in tallies.chunk_by(|one, next| one.hour == next.hour) {
        let of_companies = |tally: &Tally| matches!(tally.subject, Subject::Company(_));
        let (companies, keys) = of_hour.split_at(of_hour.partition_point(of_companies));
        company::record(connection, companies)?;
        key::record(connection, keys)?;
    }
    Ok(())
}

/// Folds hours before `hours` into their days, and forgets days before `days`; a bounded number of each.
pub(in crate::sqlite) fn fold(
    connection: &Connection,
    hours: Hour,
    days: Hour,
) -> Result<(), StoreError> {
    company::fold(connection, hours, days)?;
    key::fold(connection, hours, days)
}

/// The day that an hour is in, counted from 1970.
pub(in crate::sqlite) fn day(hour: Hour) -> i64 {
    hour.0.div_euclid(Interval::Day.hours())
}

/// Verdicts by numbers that never change.
pub(in crate::sqlite) fn outcome(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Malformed => 0,
        Verdict::NotFound => 1,
        Verdict::Revoked => 2,
        Verdict::Disabled => 3,
        Verdict::Expired => 4,
        Verdict::Pending => 5,
        Verdict::AddressNotAllowed => 6,
        Verdict::InsufficientScope => 7,
        Verdict::RateLimited => 8,
        Verdict::QuotaExceeded => 9,
        Verdict::Valid => 10,
    }
}

/// The verdict with a number.
pub(in crate::sqlite) fn verdict(number: i64) -> Option<Verdict> {
    Verdict::ALL
        .into_iter()
        .find(|verdict| i64::from(outcome(*verdict)) == number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_verdicts_have_one_number() {
        for one in Verdict::ALL {
            assert_eq!(verdict(i64::from(outcome(one))), Some(one));
        }
        assert_eq!(verdict(11), None);
    }
}
