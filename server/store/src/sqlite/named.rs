//! Keys that are known by their names: those of the origin `feldera` (F12).

use bitting_core::{CompanyId, KeyId, KeyName, Role};
use rusqlite::Connection;
use uuid::Uuid;

use super::row::{corrupt, get};
use crate::{NamedKey, StoreError};

/// That a row of a table called `k` is such a key. To the letter what their indexes say, and never with a bound
/// value: a statement must show for itself that an index of only some rows holds all that it asks for.
macro_rules! is_named {
    () => {
        "k.origin = 2"
    };
}
pub(super) use is_named;

/// The statement that [`named_keys`] asks.
const LIST: &str = concat!(
    "SELECT k.id, k.name, k.role FROM api_key k WHERE k.company = ?1 AND ",
    is_named!(),
    " ORDER BY k.name"
);

/// The statement that [`is_taken`] asks.
const TAKEN: &str = concat!(
    "SELECT EXISTS (SELECT 1 FROM api_key k WHERE k.company = ?1 AND ",
    is_named!(),
    " AND k.name = ?2)"
);

/// The named keys of a company, by name.
pub(super) fn named_keys(
    connection: &Connection,
    company: CompanyId,
) -> Result<Vec<NamedKey>, StoreError> {
    let mut statement = connection.prepare_cached(LIST)?;
    let mut rows = statement.query([company.get()])?;
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        keys.push(NamedKey {
            id: KeyId(Uuid::from_bytes(get(row, 0)?)),
            name: KeyName::new(get(row, 1)?).map_err(|_| corrupt("name"))?,
            role: get::<String>(row, 2)?
                .parse::<Role>()
                .map_err(|_| corrupt("role"))?,
        });
    }
    Ok(keys)
}

/// Whether a named key of a company has this name.
pub(super) fn is_taken(
    connection: &Connection,
    company: CompanyId,
    name: &KeyName,
) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached(TAKEN)?
        .query_row((company.get(), name.as_str()), |row| row.get(0))?)
}

#[cfg(test)]
mod tests;
