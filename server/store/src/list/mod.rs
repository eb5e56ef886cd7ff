//! Lists, for every database: which statements answer a query, and in what order they are asked.
//!
//! `statement` writes each statement once, through a builder that speaks both dialects; `plan` decides which
//! of them to ask. A database only runs them ([`Database`]).

mod leap;
mod page;
mod plan;
mod statement;

use bitting_core::{Origin, Phase, Timestamp, query::Search};
use sea_query::SelectStatement;

use crate::StoreError;

pub(crate) use page::page;
pub use plan::Tuning;
pub(crate) use plan::{State, find};
pub(crate) use statement::{Dialect, Owned};

/// What a key without an end has as its end: one second past the year 9999.
pub(crate) const NEVER: i64 = 253_402_300_800;

/// What an origin is stored as.
pub(crate) fn origin_code(origin: Origin) -> i64 {
    match origin {
        Origin::Keys => 0,
        Origin::Ocamba => 1,
        Origin::Feldera => 2,
    }
}

/// What a phase is stored as, in its sort order.
pub(crate) fn phase_code(phase: Phase) -> i64 {
    match phase {
        Phase::Active => 0,
        Phase::Expired => 1,
        Phase::Pending => 2,
    }
}

/// How phases are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phases {
    /// From the stored column, known to be true now.
    Stored,
    /// From start, end and switches, at this moment: right whatever is stored, and not indexed.
    Derived(Timestamp),
}

/// A database that runs the statements of a list, all in one snapshot.
pub(crate) trait Database {
    /// The integers in the first column of the rows found, in order.
    fn integers(&mut self, select: &SelectStatement) -> Result<Vec<i64>, StoreError>;

    /// What this database spells its own way.
    fn dialect(&self) -> Dialect;

    /// What the first row has in its first column, a number, and in its second, if that is not null.
    fn count_and_value(
        &mut self,
        select: &SelectStatement,
    ) -> Result<(i64, Option<sea_query::Value>), StoreError>;

    /// At least every key that `search` finds, in any collection, found through an index, if they are fewer
    /// than `most`; up to a `handful` by their ids. None where no index helps.
    fn candidates(
        &mut self,
        search: &Search,
        most: u64,
        handful: usize,
    ) -> Result<Option<Candidates>, StoreError>;
}

/// Keys that a search may find.
#[derive(Clone, Debug)]
pub(crate) enum Candidates {
    /// A handful, by their decimal ids.
    These(Vec<i64>),
    /// Those that a statement finds.
    Found(Box<SelectStatement>),
}
