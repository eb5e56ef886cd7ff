//! When secrets were used.

use std::collections::HashSet;

use bitting_core::{KeyNumber, Timestamp, secret::SecretTag};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::{
    StoreError, Use,
    sqlite::runs::{self, LAST_USE},
};

const OF_RUN: &str = "SELECT uses FROM last_use WHERE run = ?1";
const WRITE: &str = "INSERT INTO last_use (run, uses) VALUES (?1, ?2)
    ON CONFLICT (run) DO UPDATE SET uses = excluded.uses";
/// The secrets that there are of the keys of a run.
const SECRETS: &str = "SELECT key, substr(digest, 1, 8) FROM secret WHERE key BETWEEN ?1 AND ?2";

type Id = [u8; 9];

fn id(key: KeyNumber, secret: SecretTag) -> Id {
    let mut id = [runs::place_of(key); 9];
    id[1..].copy_from_slice(&secret.0);
    id
}

/// Records uses, which are sorted.
pub(in crate::sqlite) fn record(connection: &Connection, uses: &[Use]) -> Result<(), StoreError> {
    for of_run in uses.chunk_by(|one, next| runs::run_of(one.key) == runs::run_of(next.key)) {
        let Some(first) = of_run.first() else {
            continue;
        };
        let new: Vec<_> = of_run
            .iter()
            .map(|used| (id(used.key, used.secret), value(used.at)))
            .collect();
        record_run(connection, runs::run_of(first.key), &new)?;
    }
    Ok(())
}

fn record_run(connection: &Connection, run: i64, new: &[(Id, u64)]) -> Result<(), StoreError> {
    let old = of_run(connection, run)?;
    // Read only where not all of them were used before: what is there no more is not to come back.
    let mut there = None;
    let merged = runs::merge(LAST_USE, &old, new, u64::max, |id| {
        let there = there.get_or_insert_with(|| secrets(connection, run));
        there.as_ref().is_ok_and(|there| there.contains(id))
    })?;
    there.transpose()?;
    write(connection, run, &merged)
}

/// Forgets when the secrets of a key were used, or one of them.
pub(super) fn forget(
    connection: &Connection,
    key: KeyNumber,
    secret: Option<SecretTag>,
) -> Result<(), StoreError> {
    let run = runs::run_of(key);
    let old = of_run(connection, run)?;
    let left = runs::drop_where(LAST_USE, &old, |found| match secret {
        Some(secret) => *found == id(key, secret),
        None => found[0] == runs::place_of(key),
    })?;
    if left.len() < old.len() {
        write(connection, run, &left)?;
    }
    Ok(())
}

fn of_run(connection: &Connection, run: i64) -> Result<Vec<u8>, StoreError> {
    let mut statement = connection.prepare_cached(OF_RUN)?;
    let found = statement.query_row([run], |row| row.get(0)).optional()?;
    Ok(found.unwrap_or_default())
}

fn write(connection: &Connection, run: i64, uses: &[u8]) -> Result<(), StoreError> {
    connection
        .prepare_cached(WRITE)?
        .execute(params![run, uses])?;
    Ok(())
}

fn secrets(connection: &Connection, run: i64) -> Result<HashSet<Id>, StoreError> {
    let (first, last) = runs::keys_of(run);
    let mut statement = connection.prepare_cached(SECRETS)?;
    let found = statement.query_map([first, last], |row| {
        let (key, secret): (i64, [u8; 8]) = row.try_into()?;
        Ok((key, SecretTag(secret)))
    })?;
    let mut ids = HashSet::new();
    for found in found {
        let (key, secret) = found?;
        ids.extend(KeyNumber::new(key).map(|key| id(key, secret)));
    }
    Ok(ids)
}

/// What an entry has of a moment.
fn value(at: Timestamp) -> u64 {
    at.seconds().abs_diff(Timestamp::MIN.seconds())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::sqlite::explain;

    #[test]
    fn a_use_is_recorded_without_touching_the_table_of_secrets() {
        let database = explain::database();
        let run = "SEARCH last_use USING INTEGER PRIMARY KEY (rowid=?)";
        assert_eq!(explain::steps(&database, OF_RUN, [1]).unwrap(), run);
        let plan = explain::steps(&database, SECRETS, [1, 2]).unwrap();
        assert_eq!(
            plan,
            "SEARCH secret USING COVERING INDEX secret_by_key (key>? AND key<?)"
        );
    }
}
