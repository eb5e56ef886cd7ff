//! Counts of companies: rows of their own.

use bitting_core::usage::{Hour, Subject, Tally};
use rusqlite::{Connection, params};

use super::{day, outcome};
use crate::StoreError;

/// How many rows are folded or removed at once: what it keeps the writer from is bounded.
const FOLD: i64 = 2_000;

const ADD: &str =
    "INSERT INTO company_usage_hour (hour, company, outcome, count) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (hour, company, outcome) DO UPDATE SET count = count + excluded.count";
const OLDEST: &str = "SELECT hour, company, outcome, count FROM company_usage_hour WHERE hour < ?1
    ORDER BY hour, company, outcome LIMIT ?2";
const ADD_TO_DAY: &str =
    "INSERT INTO company_usage_day (day, company, outcome, count) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (day, company, outcome) DO UPDATE SET count = count + excluded.count";
const REMOVE: &str =
    "DELETE FROM company_usage_hour WHERE hour = ?1 AND company = ?2 AND outcome = ?3";
const FORGET: &str = "DELETE FROM company_usage_day WHERE (day, company, outcome) IN (
    SELECT day, company, outcome FROM company_usage_day WHERE day < ?1 LIMIT ?2)";

/// Adds counts of companies.
pub(super) fn record(connection: &Connection, tallies: &[Tally]) -> Result<(), StoreError> {
    let mut add = connection.prepare_cached(ADD)?;
    for tally in tallies {
        let Subject::Company(company) = tally.subject else {
            continue;
        };
        add.execute(params![
            tally.hour.0,
            company.get(),
            outcome(tally.verdict),
            i64::try_from(tally.count).unwrap_or(i64::MAX)
        ])?;
    }
    Ok(())
}

/// As [`super::fold`].
pub(super) fn fold(connection: &Connection, hours: Hour, days: Hour) -> Result<(), StoreError> {
    let mut oldest = connection.prepare_cached(OLDEST)?;
    let rows = oldest.query_map(params![hours.0, FOLD], |row| {
        let row: (i64, i64, i64, i64) = row.try_into()?;
        Ok(row)
    })?;
    let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
    let mut add = connection.prepare_cached(ADD_TO_DAY)?;
    let mut remove = connection.prepare_cached(REMOVE)?;
    for (hour, company, outcome, count) in rows {
        add.execute(params![day(Hour(hour)), company, outcome, count])?;
        remove.execute(params![hour, company, outcome])?;
    }
    connection
        .prepare_cached(FORGET)?
        .execute(params![day(days), FOLD])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::sqlite::explain;

    #[test]
    fn folding_goes_through_the_tables_in_their_order() {
        let database = explain::database();
        let plan = explain::steps(&database, OLDEST, params![1, 1]).unwrap();
        assert_eq!(plan, "SEARCH company_usage_hour USING PRIMARY KEY (hour<?)");
        let plan = explain::steps(&database, REMOVE, params![1, 1, 1]).unwrap();
        let whole =
            "SEARCH company_usage_hour USING PRIMARY KEY (hour=? AND company=? AND outcome=?)";
        assert_eq!(plan, whole);
    }
}
