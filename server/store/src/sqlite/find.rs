//! Lists in SQLite.

use bitting_core::{Collection, KeyNumber, KeyRef, Timestamp, query::KeyQuery, query::Search};
use rusqlite::{Connection, OptionalExtension, params};
use sea_query::{Expr, ExprTrait, Query, SelectStatement};

use super::{
    bind,
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

/// How many three-character pieces of a search term are looked at: a long term is found by any of them.
const PIECES: usize = 12;
/// How many of the keys that have a piece are looked at to tell how rare it is.
const PROBE: u64 = 64;
/// How many pieces are looked for together, if they are about as rare as the rarest.
const TOGETHER: usize = 4;

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
        let columns = match (search.name, search.description) {
            (true, true) => "{name description}",
            (true, false) => "{name}",
            (false, _) => "{description}",
        };
        let probe = Ord::min(most, PROBE);
        let mut common = Vec::new();
        for piece in pieces(search.needle()) {
            let select = text_match(&format!("{columns} : {piece}"), probe);
            let found = self.integers(&select)?;
            match found.last() {
                Some(last) if found.len() as u64 >= probe => common.push((*last, piece)),
                _ => return Ok(Some(candidates(found, select, handful))),
            }
        }
        // Rows come in the order of their ids: the further the probe had to go, the rarer the piece. The rarest
        // few together are about as rare as all of them, and do not drag the longest lists along.
        common.sort_unstable_by(|a, b| b.cmp(a));
        let Some((rarest, _)) = common.first().cloned() else {
            return Ok(None);
        };
        let mut kept = 0;
        common.retain(|(last, _)| {
            kept += 1;
            kept <= TOGETHER && (kept <= 2 || last.saturating_mul(4) >= rarest)
        });
        let together: Vec<_> = common.into_iter().map(|(_, piece)| piece).collect();
        let select = text_match(&format!("{columns} : ({})", together.join(" AND ")), most);
        let found = self.integers(&select)?;
        Ok(((found.len() as u64) < most).then(|| candidates(found, select, handful)))
    }
}

/// What was found, or how to find it again where that is cheaper than to say what it was.
fn candidates(found: Vec<i64>, select: SelectStatement, handful: usize) -> Candidates {
    if found.len() <= handful {
        Candidates::These(found)
    } else {
        Candidates::Found(Box::new(select))
    }
}

/// The three-character pieces of a search term, each as a quoted string of the text index; of a long term, some
/// of them. None of a term that is too short to have any.
fn pieces(needle: &str) -> Vec<String> {
    let letters: Vec<char> = needle.chars().collect();
    let mut pieces: Vec<String> = letters
        .windows(3)
        .map(|piece| format!("\"{}\"", String::from_iter(piece).replace('"', "\"\"")))
        .collect();
    pieces.sort_unstable();
    pieces.dedup();
    let step = pieces.len().div_ceil(PIECES).max(1);
    pieces.into_iter().step_by(step).collect()
}

fn text_match(pattern: &str, limit: u64) -> SelectStatement {
    let mut select = Query::select();
    select
        .expr(Expr::col("rowid"))
        .from("api_key_text")
        .and_where(Expr::col("api_key_text").binary(sea_query::BinOper::Custom("MATCH"), pattern))
        .limit(limit);
    select
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
mod tests;
