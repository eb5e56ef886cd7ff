//! What verification found, counted.

use bitting_core::{
    Verdict,
    usage::{Hour, Interval, Subject, Tally},
};
use rusqlite::{Connection, params};

use crate::StoreError;

/// How many rows are folded or removed at once: what it keeps the writer from is bounded.
const FOLD: i64 = 2_000;

const ADD: &str = "INSERT INTO usage_hour (hour, subject, outcome, count) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (hour, subject, outcome) DO UPDATE SET count = count + excluded.count";
const OLDEST: &str = "SELECT hour, subject, outcome, count FROM usage_hour WHERE hour < ?1
    ORDER BY hour, subject, outcome LIMIT ?2";
const ADD_TO_DAY: &str =
    "INSERT INTO usage_day (day, subject, outcome, count) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (day, subject, outcome) DO UPDATE SET count = count + excluded.count";
const REMOVE: &str = "DELETE FROM usage_hour WHERE hour = ?1 AND subject = ?2 AND outcome = ?3";
const FORGET: &str = "DELETE FROM usage_day WHERE (day, subject, outcome) IN (
    SELECT day, subject, outcome FROM usage_day WHERE day < ?1 LIMIT ?2)";

/// Adds to what was counted.
pub(in crate::sqlite) fn record(
    connection: &Connection,
    tallies: &[Tally],
) -> Result<(), StoreError> {
    let mut add = connection.prepare_cached(ADD)?;
    for tally in tallies {
        add.execute(params![
            tally.hour.0,
            subject(tally.subject),
            outcome(tally.verdict),
            i64::try_from(tally.count).unwrap_or(i64::MAX)
        ])?;
    }
    Ok(())
}

/// Folds hours before `hours` into their days, and forgets days before `days`; a bounded number of each.
pub(in crate::sqlite) fn fold(
    connection: &Connection,
    hours: Hour,
    days: Hour,
) -> Result<(), StoreError> {
    let mut oldest = connection.prepare_cached(OLDEST)?;
    let rows = oldest.query_map(params![hours.0, FOLD], |row| {
        let row: (i64, i64, i64, i64) = row.try_into()?;
        Ok(row)
    })?;
    let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
    let mut add = connection.prepare_cached(ADD_TO_DAY)?;
    let mut remove = connection.prepare_cached(REMOVE)?;
    for (hour, subject, outcome, count) in rows {
        add.execute(params![day(Hour(hour)), subject, outcome, count])?;
        remove.execute(params![hour, subject, outcome])?;
    }
    connection
        .prepare_cached(FORGET)?
        .execute(params![day(days), FOLD])?;
    Ok(())
}

/// The day that an hour is in, counted from 1970.
pub(in crate::sqlite) fn day(hour: Hour) -> i64 {
    hour.0.div_euclid(Interval::Day.hours())
}

pub(in crate::sqlite) fn subject(subject: Subject) -> i64 {
    match subject {
        Subject::Company(company) => -company.get(),
        Subject::Key(key) => key.get(),
    }
}

/// Verdicts by numbers that never change.
fn outcome(verdict: Verdict) -> i64 {
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
        .find(|verdict| outcome(*verdict) == number)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::sqlite::explain;

    #[test]
    fn counting_and_folding_go_through_the_tables_in_their_order() {
        let database = explain::database();
        let plan = explain::steps(&database, OLDEST, params![1, 1]).unwrap();
        assert_eq!(plan, "SEARCH usage_hour USING PRIMARY KEY (hour<?)");
        let plan = explain::steps(&database, REMOVE, params![1, 1, 1]).unwrap();
        let whole = "SEARCH usage_hour USING PRIMARY KEY (hour=? AND subject=? AND outcome=?)";
        assert_eq!(plan, whole);
    }

    #[test]
    fn no_two_verdicts_have_one_number() {
        for one in Verdict::ALL {
            assert_eq!(verdict(outcome(one)), Some(one));
        }
        assert_eq!(verdict(11), None);
    }
}
