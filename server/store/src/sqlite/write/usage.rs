//! When secrets were used.

use rusqlite::{Connection, params};

use crate::{StoreError, Use};

/// Of a secret that was used before: its row is there, as every row's secret is.
const AGAIN: &str = "UPDATE last_use SET at = max(at, ?3) WHERE key = ?1 AND secret = ?2";
/// Of one that was not, if it is still there.
const FIRST: &str = "INSERT INTO last_use (key, secret, at) SELECT key, ?2, ?3 FROM secret
    WHERE key = ?1 AND substr(digest, 1, 8) = ?2 LIMIT 1";

pub(in crate::sqlite) fn record(connection: &Connection, uses: &[Use]) -> Result<(), StoreError> {
    let mut again = connection.prepare_cached(AGAIN)?;
    let mut first = connection.prepare_cached(FIRST)?;
    for used in uses {
        let secret = used.secret.0;
        let row = params![used.key.get(), secret, used.at.seconds()];
        if again.execute(row)? == 0 {
            first.execute(row)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::sqlite::explain;

    #[test]
    fn a_use_is_recorded_without_touching_the_table_of_secrets() {
        let database = explain::database();
        let plan = explain::steps(&database, AGAIN, params![1, [0_u8; 8], 1]).unwrap();
        assert_eq!(
            plan,
            "SEARCH last_use USING PRIMARY KEY (key=? AND secret=?)"
        );
        let plan = explain::steps(&database, FIRST, params![1, [0_u8; 8], 1]).unwrap();
        assert_eq!(
            plan,
            "SEARCH secret USING COVERING INDEX secret_by_key (key=?)"
        );
    }
}
