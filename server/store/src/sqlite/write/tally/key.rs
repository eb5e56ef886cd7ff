//! Counts of keys: those of a run share a row.

use bitting_core::usage::{Hour, Subject, Tally};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{day, outcome};
use crate::{
    StoreError,
    sqlite::runs::{self, COUNTS},
};

/// How many rows are folded or removed at once: what it keeps the writer from is bounded. Each has up to some hundreds of
/// counts.
const FOLD: i64 = 50;

const HOUR: &str = "SELECT counts FROM key_usage_hour WHERE id = ?1";
const WRITE_HOUR: &str = "INSERT INTO key_usage_hour (id, counts) VALUES (?1, ?2)
    ON CONFLICT (id) DO UPDATE SET counts = excluded.counts";
const DAY: &str = "SELECT counts FROM key_usage_day WHERE id = ?1";
const WRITE_DAY: &str = "INSERT INTO key_usage_day (id, counts) VALUES (?1, ?2)
    ON CONFLICT (id) DO UPDATE SET counts = excluded.counts";
const OLDEST: &str = "SELECT id, counts FROM key_usage_hour WHERE id < ?1 ORDER BY id LIMIT ?2";
const REMOVE: &str = "DELETE FROM key_usage_hour WHERE id = ?1";
const FORGET: &str = "DELETE FROM key_usage_day WHERE id IN (
    SELECT id FROM key_usage_day WHERE id < ?1 ORDER BY id LIMIT ?2)";

type Id = [u8; 2];

/// Adds counts of keys in one hour, which are sorted.
pub(super) fn record(connection: &Connection, tallies: &[Tally]) -> Result<(), StoreError> {
    let run_of = |tally: &Tally| match tally.subject {
        Subject::Key(key) => runs::run_of(key),
        Subject::Company(_) => -1,
    };
    for of_run in tallies.chunk_by(|one, next| run_of(one) == run_of(next)) {
        let Some(first) = of_run.first() else {
            continue;
        };
        let id = runs::at(first.hour.0, run_of(first));
        let new: Vec<_> = of_run.iter().filter_map(entry).collect();
        add(connection, (HOUR, WRITE_HOUR), id, &new)?;
    }
    Ok(())
}

fn entry(tally: &Tally) -> Option<(Id, u64)> {
    let Subject::Key(key) = tally.subject else {
        return None;
    };
    Some(([runs::place_of(key), outcome(tally.verdict)], tally.count))
}

/// Adds counts to the row with this id.
fn add(
    connection: &Connection,
    (read, write): (&str, &str),
    id: i64,
    new: &[(Id, u64)],
) -> Result<(), StoreError> {
    let old: Option<Vec<u8>> = connection
        .prepare_cached(read)?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let old = old.unwrap_or_default();
    let merged = runs::merge(COUNTS, &old, new, u64::saturating_add, |_| true)?;
    connection
        .prepare_cached(write)?
        .execute(params![id, merged])?;
    Ok(())
}

/// As [`super::fold`].
pub(super) fn fold(connection: &Connection, hours: Hour, days: Hour) -> Result<(), StoreError> {
    let mut oldest = connection.prepare_cached(OLDEST)?;
    let rows = oldest.query_map(params![runs::at(hours.0, 0), FOLD], |row| {
        let row: (i64, Vec<u8>) = row.try_into()?;
        Ok(row)
    })?;
    let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
    let mut remove = connection.prepare_cached(REMOVE)?;
    for (id, counts) in rows {
        let (hour, run) = runs::apart(id);
        let counts: Vec<_> = runs::all(COUNTS, &counts)?.collect();
        let of_day = runs::at(day(Hour(hour)), run);
        add(connection, (DAY, WRITE_DAY), of_day, &counts)?;
        remove.execute([id])?;
    }
    connection
        .prepare_cached(FORGET)?
        .execute(params![runs::at(day(days), 0), FOLD])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::sqlite::explain;

    #[test]
    fn counting_and_folding_go_through_the_tables_in_their_order() {
        let database = explain::database();
        let plan = |sql: &str| {
            let values = vec![1_i64; sql.matches('?').count()];
            explain::steps(&database, sql, rusqlite::params_from_iter(values)).unwrap()
        };
        for (sql, table) in [
            (HOUR, "key_usage_hour"),
            (DAY, "key_usage_day"),
            (REMOVE, "key_usage_hour"),
        ] {
            let search = format!("SEARCH {table} USING INTEGER PRIMARY KEY (rowid=?)");
            assert_eq!(plan(sql), search);
        }
        let search = "SEARCH key_usage_hour USING INTEGER PRIMARY KEY (rowid<?)";
        assert_eq!(plan(OLDEST), search);
    }
}
