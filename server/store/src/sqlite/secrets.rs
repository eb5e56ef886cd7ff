//! A key's several secrets, read.

use bitting_core::{KeyNumber, KeyRef, Reach, SecretId, Timestamp, rules::is_live, secret::Digest};
use rusqlite::Connection;
use uuid::Uuid;

use super::row::{self, get, time};
use crate::{LiveSecret, StoreError};

/// When a secret was last used: the only place that reads it for one secret and not for a whole key.
macro_rules! last_use_of_a_secret {
    () => {
        "(SELECT last_use(uses, s.key, substr(s.digest, 1, 8)) FROM last_use WHERE run = s.key >> 8)"
    };
}

/// The one that stays first: after it, those that a rotation gave an end.
const OF_KEY: &str = concat!(
    "SELECT s.id, s.hint, s.created_at, s.retires_at, ",
    last_use_of_a_secret!(),
    ", s.digest FROM secret s WHERE s.key = ?1
     ORDER BY s.retires_at IS NOT NULL, s.created_at DESC, s.id DESC"
);

/// The secrets of a key within reach that work at `now`.
pub(super) fn live(
    connection: &Connection,
    within: Reach,
    key: &KeyRef,
    now: Timestamp,
) -> Result<Option<Vec<LiveSecret>>, StoreError> {
    // One snapshot: a key that goes in between had its secrets, and not none.
    let transaction = connection.unchecked_transaction()?;
    let Some(found) = row::stored_key(&transaction, within, key)? else {
        return Ok(None);
    };
    let secrets = of_key(&transaction, found.number)?.into_iter();
    let live = secrets.filter(|(_, secret)| is_live(secret.retires, now));
    Ok(Some(live.map(|(_, secret)| secret).collect()))
}

/// Every secret of a key, those too that do not work any more, each with what it is looked up by.
pub(super) fn of_key(
    connection: &Connection,
    number: KeyNumber,
) -> Result<Vec<(Digest, LiveSecret)>, StoreError> {
    let mut statement = connection.prepare_cached(OF_KEY)?;
    let mut rows = statement.query([number.get()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (retires, used): (Option<i64>, Option<i64>) = (get(row, 3)?, get(row, 4)?);
        let secret = LiveSecret {
            id: SecretId(Uuid::from_bytes(get(row, 0)?)),
            hint: get(row, 1)?,
            created: time(get(row, 2)?, "created_at")?,
            retires: retires.map(|at| time(at, "retires_at")).transpose()?,
            last_used: used.map(|at| time(at, "at")).transpose()?,
        };
        found.push((Digest::from_bytes(get(row, 5)?), secret));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::sqlite::explain;

    #[test]
    fn the_secrets_of_a_key_are_sought_by_their_key_and_their_uses_by_the_secret() {
        let plan = explain::steps(&explain::database(), OF_KEY, [1]).unwrap();
        assert_eq!(
            plan,
            "SEARCH s USING INDEX secret_by_key (key=?); CORRELATED SCALAR SUBQUERY 1; \
             SEARCH last_use USING INTEGER PRIMARY KEY (rowid=?); USE TEMP B-TREE FOR ORDER BY"
        );
    }
}
