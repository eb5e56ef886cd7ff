//! Bringing stored phases up to date.

use bitting_core::{Collection, Timestamp};
use rusqlite::Connection;

use super::table;
use crate::{
    StoreError,
    sqlite::row::{self, key_columns, origin_code},
};

/// How many keys one refresh touches at the most: what a read may make the writer do is bounded.
const BATCH: i64 = 2_000;

/// Brings the keys of a collection whose phase ended by `now` up to date, the longest due first; whether
/// there may be more.
pub(in crate::sqlite) fn refresh(
    connection: &Connection,
    within: Collection,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(concat!(
        "SELECT ",
        key_columns!(),
        " FROM api_key k
         WHERE k.owner = ?1 AND k.origin = ?2 AND k.phase_until <= ?3
         ORDER BY k.phase_until LIMIT ?4"
    ))?;
    let parameters = [
        within.owner.get(),
        origin_code(within.origin),
        now.seconds(),
        BATCH,
    ];
    let mut due = Vec::new();
    let mut rows = statement.query(parameters)?;
    while let Some(row) = rows.next()? {
        due.push(row::key(row)?);
    }
    let more = due.len() == usize::try_from(BATCH).unwrap_or(usize::MAX);
    let mut phased = None;
    for (number, key) in due {
        let span = key.phase_span(now);
        table::update_phase(connection, number, span.phase, span.until)?;
        phased = phased.max(span.from);
    }
    if phased.is_some() {
        table::note(connection, within, 0, phased)?;
    }
    Ok(more)
}
