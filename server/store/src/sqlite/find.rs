//! Lists in SQLite.

use bitting_core::{Collection, KeyNumber, Timestamp, query::KeyQuery, query::Search};
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
const PIECES: usize = 16;
/// How many keys a piece may be in to be thought rare: little is lost by looking at each piece so far.
const RARE: u64 = 256;

struct Sqlite<'a>(&'a Connection);

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

    fn candidates(&self, search: &Search, most: u64) -> Vec<Candidates> {
        let letters: Vec<char> = search.needle().chars().collect();
        let mut pieces: Vec<String> = letters
            .windows(3)
            .map(|piece| format!("\"{}\"", String::from_iter(piece).replace('"', "\"\"")))
            .collect();
        pieces.sort_unstable();
        pieces.dedup();
        let step = pieces.len().div_ceil(PIECES).max(1);
        let pieces: Vec<_> = pieces.into_iter().step_by(step).collect();
        let columns = match (search.name, search.description) {
            (true, true) => "{name description}",
            (true, false) => "{name}",
            (false, _) => "{description}",
        };
        // One rare piece is the cheapest to find. Where each alone is common, all together may still be rare;
        // where all together are common, each alone is.
        let rare = if pieces.len() > 1 {
            Ord::min(RARE, most)
        } else {
            most
        };
        let alone = pieces.iter().map(|piece| (piece.clone(), rare));
        let together = (pieces.len() > 1).then(|| (format!("({})", pieces.join(" AND ")), most));
        alone
            .chain(together)
            .map(|(wanted, limit)| Candidates {
                select: text_match(&format!("{columns} : {wanted}"), limit),
                limit,
            })
            .collect()
    }
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
        keys.extend(row::stored_key(&transaction, within, number)?);
    }
    Ok(Answer::List(KeyList {
        total: found.total,
        keys,
    }))
}

#[cfg(test)]
mod tests;
