//! Lists in SQLite.

use bitting_core::{Collection, KeyNumber, KeyRef, Timestamp, query::KeyQuery, query::Search};
use rusqlite::{Connection, OptionalExtension, params};
use sea_query::SelectStatement;

use super::{
    bind, candidates,
    row::{self, origin_code},
};
use crate::{
    KeyList, StoreError, Tuning,
    list::{self, Candidates, Database, Dialect, Owned, State},
};

/// Which phases a list may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phases {
    /// The stored ones, unless time has passed them by.
    Stored,
    /// None: each is derived.
    Derived,
}

/// What came of a list.
pub(super) enum Answer {
    /// The list.
    List(KeyList),
    /// The query reads phases, and a stored one is not true now.
    Stale,
}

/// A connection, as lists ask it.
pub(super) struct Sqlite<'a>(pub(super) &'a Connection);

impl Database for Sqlite<'_> {
    fn integers(&mut self, select: &SelectStatement) -> Result<Vec<i64>, StoreError> {
        bind::integers(self.0, select)
    }

    fn dialect(&self) -> Dialect {
        Dialect {
            position: "instr",
            hide: "+",
        }
    }

    fn count_and_value(
        &mut self,
        select: &SelectStatement,
    ) -> Result<(i64, Option<sea_query::Value>), StoreError> {
        bind::count_and_value(self.0, select)
    }

    fn candidates(
        &mut self,
        search: &Search,
        most: u64,
        handful: usize,
    ) -> Result<Option<Candidates>, StoreError> {
        candidates::candidates(self.0, search, most, handful)
    }
}

/// Answers a list, in one snapshot.
pub(super) fn list(
    connection: &Connection,
    within: Collection,
    query: &KeyQuery,
    now: Timestamp,
    phases: Phases,
    tuning: Tuning,
) -> Result<Answer, StoreError> {
    let transaction = connection.unchecked_transaction()?;
    let origin = origin_code(within.origin);
    let owned = Owned::new(within, origin);
    let state: Option<(i64, i64)> = transaction
        .prepare_cached("SELECT total, phased_at FROM collection WHERE owner = ?1 AND origin = ?2")?
        .query_row(params![owned.owner, origin], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let (total, phased_at) = state.unwrap_or((0, i64::MIN));
    if phases == Phases::Stored && query.reads_phase() {
        let due: bool = transaction
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM api_key
                 WHERE owner = ?1 AND origin = ?2 AND phase_until <= ?3)",
            )?
            .query_row(params![owned.owner, origin, now.seconds()], |row| {
                row.get(0)
            })?;
        if due || now.seconds() < phased_at {
            return Ok(Answer::Stale);
        }
    }
    let state = State {
        owned,
        total: u64::try_from(total).unwrap_or(0),
        phases: match phases {
            Phases::Stored => list::Phases::Stored,
            Phases::Derived => list::Phases::Derived(now),
        },
        tuning,
    };
    let found = list::find(&mut Sqlite(&transaction), state, query)?;
    let mut keys = Vec::with_capacity(found.numbers.len());
    for number in found.numbers {
        let number = KeyNumber::new(number).ok_or(StoreError::Corrupt { column: "number" })?;
        // One snapshot holds both, so that what was found is there.
        let key = KeyRef::Number(number);
        keys.extend(row::stored_key(&transaction, within.into(), &key)?);
    }
    Ok(Answer::List(KeyList {
        total: found.total,
        keys,
    }))
}

#[cfg(test)]
mod far;
#[cfg(test)]
mod tests;
