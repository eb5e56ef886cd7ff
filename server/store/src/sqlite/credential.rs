//! What presented secrets lead to.

use bitting_core::secret::Digest;
use rusqlite::{Connection, Row};

use super::row::{KEY_COLUMNS, get, key, key_columns, time};
use crate::{Credential, KnownSecret, QuotaId, StoreError};

/// The columns that [`read`] reads.
macro_rules! credential_columns {
    () => {
        concat!(
            key_columns!(),
            ", s.retires_at, c.enabled AND m.enabled, k.quota"
        )
    };
}

const BY_DIGEST: &str = concat!(
    "SELECT ",
    credential_columns!(),
    " FROM secret s
     JOIN api_key k ON k.number = s.key
     JOIN company c ON c.id = k.company
     JOIN member m ON m.id = k.owner
     WHERE s.digest = ?1"
);

/// By either of two digests; the first is preferred.
const BY_EITHER: &str = concat!(
    "SELECT ",
    credential_columns!(),
    ", s.digest
     FROM secret s
     JOIN api_key k ON k.number = s.key
     JOIN company c ON c.id = k.company
     JOIN member m ON m.id = k.owner
     WHERE s.digest IN (?1, ?2)"
);

/// A walk along the keys, each with its secrets from their index. `CROSS` keeps the planner to that order.
const ALL: &str = concat!(
    "SELECT ",
    credential_columns!(),
    ", s.digest
     FROM api_key k
     CROSS JOIN secret s ON s.key = k.number
     CROSS JOIN company c ON c.id = k.company
     CROSS JOIN member m ON m.id = k.owner
     WHERE k.number > ?1 ORDER BY k.number"
);

fn read(row: &Row<'_>) -> Result<Credential, StoreError> {
    let (number, key) = key(row)?;
    let retires: Option<i64> = get(row, KEY_COLUMNS)?;
    Ok(Credential {
        number,
        key,
        retires: retires.map(|at| time(at, "retires_at")).transpose()?,
        enabled: get(row, KEY_COLUMNS + 1)?,
        quota: get::<Option<i64>>(row, KEY_COLUMNS + 2)?.map(QuotaId),
    })
}

/// The key that a digest leads to.
pub(super) fn credential(
    connection: &Connection,
    digest: &Digest,
) -> Result<Option<Credential>, StoreError> {
    let mut statement = connection.prepare_cached(BY_DIGEST)?;
    let mut rows = statement.query([digest.as_bytes()])?;
    rows.next()?.map(read).transpose()
}

/// The key that a digest leads to, or else the foreign one, and whether it was that.
pub(super) fn credential_of(
    connection: &Connection,
    digest: &Digest,
    foreign: &Digest,
) -> Result<Option<(Credential, bool)>, StoreError> {
    let mut statement = connection.prepare_cached(BY_EITHER)?;
    let mut rows = statement.query([digest.as_bytes(), foreign.as_bytes()])?;
    let mut found = None;
    while let Some(row) = rows.next()? {
        let by = Digest::from_bytes(get(row, KEY_COLUMNS + 3)?);
        let credential = read(row)?;
        if by == *digest {
            return Ok(Some((credential, false)));
        }
        found = Some((credential, true));
    }
    Ok(found)
}

/// Whether there are secrets that are known by foreign digests.
pub(super) fn has_foreign(connection: &Connection) -> Result<bool, StoreError> {
    let any = "SELECT EXISTS (SELECT 1 FROM foreign_digest)";
    Ok(connection.query_row(any, [], |row| row.get(0))?)
}

/// At least `limit` credentials of keys above `after`, and every secret of each key, by the keys' numbers.
pub(super) fn credentials(
    connection: &Connection,
    after: i64,
    limit: usize,
) -> Result<Vec<KnownSecret>, StoreError> {
    let mut statement = connection.prepare_cached(ALL)?;
    let mut rows = statement.query([after])?;
    let mut found: Vec<KnownSecret> = Vec::new();
    while let Some(row) = rows.next()? {
        let credential = read(row)?;
        let ends_a_key = found
            .last()
            .is_some_and(|last| last.credential.number != credential.number);
        if ends_a_key && found.len() >= limit {
            break;
        }
        found.push(KnownSecret {
            digest: Digest::from_bytes(get(row, KEY_COLUMNS + 3)?),
            credential,
        });
    }
    Ok(found)
}

/// How many keys there are, from the totals that are kept of them.
pub(super) fn count(connection: &Connection) -> Result<u64, StoreError> {
    let total: i64 = connection
        .prepare_cached("SELECT coalesce(sum(total), 0) FROM collection")?
        .query_row([], |row| row.get(0))?;
    Ok(u64::try_from(total).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::sqlite::explain;

    #[test]
    fn either_of_two_digests_is_found_by_the_primary_key() {
        let plan = explain::steps(&explain::database(), BY_EITHER, [[0_u8; 32], [1; 32]]).unwrap();
        assert_eq!(
            plan,
            "SEARCH s USING PRIMARY KEY (digest=?); \
             SEARCH k USING INTEGER PRIMARY KEY (rowid=?); \
             SEARCH c USING INTEGER PRIMARY KEY (rowid=?); \
             SEARCH m USING INTEGER PRIMARY KEY (rowid=?); \
             CORRELATED SCALAR SUBQUERY 1; SEARCH quota USING INTEGER PRIMARY KEY (rowid=?)"
        );
    }

    #[test]
    fn every_credential_is_read_in_one_walk_that_never_touches_the_table_of_secrets() {
        let plan = explain::steps(&explain::database(), ALL, [0]).unwrap();
        assert_eq!(
            plan,
            "SEARCH k USING INTEGER PRIMARY KEY (rowid>?); \
             SEARCH s USING COVERING INDEX secret_by_key (key=?); \
             SEARCH c USING INTEGER PRIMARY KEY (rowid=?); \
             SEARCH m USING INTEGER PRIMARY KEY (rowid=?); \
             CORRELATED SCALAR SUBQUERY 1; SEARCH quota USING INTEGER PRIMARY KEY (rowid=?)"
        );
    }
}
