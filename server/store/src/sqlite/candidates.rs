//! The keys that a search may find, through the text index.

use std::cmp::Reverse;

use bitting_core::query::Search;
use rusqlite::Connection;
use sea_query::{BinOper, Expr, ExprTrait, Func, Query, SelectStatement};

use super::bind;
use crate::{StoreError, list::Candidates};

/// How many three-character pieces of a search term are looked at: a long term is found by any of them.
const PIECES: usize = 12;
/// How many of the keys that have a piece are looked at to tell how rare it is.
const PROBE: u64 = 64;
/// How rare two pieces must be to be looked for without the others, if one says nothing of the other: of so many keys
/// one has both, by chance. To look up what they find in vain then costs less than to read the list of a third
/// piece, or to look at those that are left.
const PAIR: u128 = 10_000;
/// How many pieces are looked for together, if they are about as rare as the rarest.
const TOGETHER: usize = 4;

/// A piece of a search term.
struct Piece {
    /// Where in the term it begins.
    at: usize,
    /// A quoted string of the text index.
    quoted: String,
}

/// A piece that many keys have.
struct Common {
    piece: Piece,
    /// The last of the keys that were looked at, which come in the order of their ids: the further it was to
    /// there, the rarer the piece.
    reach: u64,
}

impl Common {
    /// Whether few keys have this and `other`, both found in `probe` keys.
    fn is_enough_with(&self, other: &Self, probe: u64) -> bool {
        let all = u128::from(self.reach) * u128::from(other.reach);
        let found = u128::from(probe) * u128::from(probe);
        self.piece.at.abs_diff(other.piece.at) >= LETTERS && all / found.max(1) >= PAIR
    }
}

/// Those that `search` may find, as [`crate::list::Database::candidates`] tells.
pub(super) fn candidates(
    connection: &Connection,
    search: &Search,
    most: u64,
    handful: usize,
) -> Result<Option<Candidates>, StoreError> {
    let columns = match (search.name, search.description) {
        // Not both by their names: then each entry that is read would be asked for its columns.
        (true, true) => "",
        (true, false) => "{name} : ",
        (false, _) => "{description} : ",
    };
    let found = few(search.needle(), most, |pattern, limit| {
        bind::integers(
            connection,
            &text_match(&format!("{columns}{pattern}"), limit),
        )
    })?;
    Ok(found.map(|found| told(found, handful)))
}

/// At least every key that has `needle`, if they are fewer than `most`. `have` finds the keys that have all of a pattern,
/// in the order of their ids and no more than it is told.
fn few(
    needle: &str,
    most: u64,
    mut have: impl FnMut(&str, u64) -> Result<Vec<i64>, StoreError>,
) -> Result<Option<Vec<i64>>, StoreError> {
    let probe = Ord::min(most, PROBE);
    let mut common: Vec<Common> = Vec::new();
    let mut is_pair_tried = false;
    for piece in pieces(needle) {
        let found = have(&piece.quoted, probe)?;
        let reach = match found.last() {
            Some(last) if found.len() as u64 >= probe => last.unsigned_abs(),
            _ => return Ok(Some(found)),
        };
        let this = Common { piece, reach };
        let others = common
            .iter()
            .filter(|other| this.is_enough_with(other, probe));
        if !is_pair_tried && let Some(other) = others.max_by_key(|other| other.reach) {
            let found = have(&all_of([&this, other]), most)?;
            if (found.len() as u64) < most {
                return Ok(Some(found));
            }
            // They come together: other pieces may not.
            is_pair_tried = true;
        }
        common.push(this);
    }
    // The rarest few together are about as rare as all of them, and do not drag the longest lists along.
    common.sort_unstable_by_key(|common| Reverse(common.reach));
    let Some(rarest) = common.first().map(|common| common.reach) else {
        return Ok(None);
    };
    let mut kept = 0;
    common.retain(|common| {
        kept += 1;
        kept <= TOGETHER && (kept <= 2 || common.reach.saturating_mul(4) >= rarest)
    });
    let found = have(&all_of(&common), most)?;
    Ok(((found.len() as u64) < most).then_some(found))
}

/// That a text has each of these pieces.
fn all_of<'a>(common: impl IntoIterator<Item = &'a Common>) -> String {
    let quoted: Vec<_> = common
        .into_iter()
        .map(|common| common.piece.quoted.as_str())
        .collect();
    format!("({})", quoted.join(" AND "))
}

/// What was found. Many in one value: a statement is kept for the next time, however many there are.
pub(super) fn told(found: Vec<i64>, handful: usize) -> Candidates {
    if found.len() <= handful {
        return Candidates::These(found);
    }
    let found: Vec<_> = found.iter().map(ToString::to_string).collect();
    let mut select = Query::select();
    select.expr(Expr::col("value")).from_function(
        Func::cust("json_each").arg(format!("[{}]", found.join(","))),
        "candidate",
    );
    Candidates::Found(Box::new(select))
}

/// The length of a piece, as the text index has it.
const LETTERS: usize = 3;

/// The pieces of a search term; of a long term, some of them. None of a term that is too short to have any.
fn pieces(needle: &str) -> Vec<Piece> {
    let letters: Vec<char> = needle.chars().collect();
    let mut pieces: Vec<_> = letters
        .windows(LETTERS)
        .enumerate()
        .map(|(at, piece)| Piece {
            at,
            quoted: format!("\"{}\"", String::from_iter(piece).replace('"', "\"\"")),
        })
        .collect();
    pieces.sort_unstable_by(|a, b| (&a.quoted, a.at).cmp(&(&b.quoted, b.at)));
    pieces.dedup_by(|a, b| a.quoted == b.quoted);
    let step = pieces.len().div_ceil(PIECES).max(1);
    pieces.into_iter().step_by(step).collect()
}

fn text_match(pattern: &str, limit: u64) -> SelectStatement {
    let mut select = Query::select();
    select
        .expr(Expr::col("rowid"))
        .from("api_key_text")
        .and_where(Expr::col("api_key_text").binary(BinOper::Custom("MATCH"), pattern))
        .limit(limit);
    select
}

#[cfg(test)]
mod tests;
