//! Pages in SQLite.

use bitting_core::{KeyNumber, KeyRef, Timestamp};
use rusqlite::Connection;

use super::{find::Sqlite, row};
use crate::{PageQuery, StoreError, StoredKey, Tuning, list};

/// The keys of a page, in one snapshot.
pub(super) fn page(
    connection: &Connection,
    query: &PageQuery,
    now: Timestamp,
    tuning: Tuning,
) -> Result<Vec<StoredKey>, StoreError> {
    let transaction = connection.unchecked_transaction()?;
    let numbers = list::page(&mut Sqlite(&transaction), query, now, tuning)?;
    let mut keys = Vec::with_capacity(numbers.len());
    for number in numbers {
        let number = KeyNumber::new(number).ok_or(row::corrupt("number"))?;
        let key = KeyRef::Number(number);
        // What was found is within reach: that is asked again of each key, for whatever is shown goes through here.
        keys.extend(row::stored_key(&transaction, query.within, &key)?);
    }
    Ok(keys)
}

#[cfg(test)]
mod tests;
