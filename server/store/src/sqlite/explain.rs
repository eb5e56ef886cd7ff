//! What SQLite would do for a statement, in a database as it is made. Figures change with machines and data;
//! plans do not, so tests of these hold what the figures rest on.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use rusqlite::{Connection, Params};

use super::{connection, migrate};
use crate::StoreError;

/// A new database, opened as the store opens one.
pub(super) fn database() -> Connection {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("plans.db");
    let mut connection = connection::open(&path, connection::Cache::mib(2)).unwrap();
    migrate::migrate(&mut connection, Path::new("plans.db")).unwrap();
    // Opened anew, as the store does: the planner reads its figures when a connection opens.
    connection::open(&path, connection::Cache::mib(2)).unwrap()
}

/// The steps of a statement.
pub(super) fn steps(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<String, StoreError> {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let steps = statement
        .query_map(params, |row| row.get::<_, String>(3))?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(steps.join("; "))
}
