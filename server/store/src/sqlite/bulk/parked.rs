//! What is put aside while keys are loaded: indexes, the text index, and the table of secrets, which is an index by
//! digest. Each costs a fraction when it is made at the end, from what is sorted by then.
//!
//! What was put aside is in the database itself: a load that ended half-way is finished by whoever opens the
//! database next, step by step, and each step in a transaction of its own.

use rusqlite::{Connection, OptionalExtension};

use crate::StoreError;

/// Indexes of only some rows stay: they cost the other rows nothing, and one of them keeps names apart.
const PARK: &str = "
    CREATE TABLE parked_index (name TEXT PRIMARY KEY, sql TEXT NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO parked_index SELECT name, sql FROM sqlite_schema
        WHERE type = 'index' AND tbl_name IN ('api_key', 'secret')
        AND sql IS NOT NULL AND sql NOT LIKE '% WHERE %';
    CREATE TABLE parked_figure (tbl TEXT, idx TEXT, stat TEXT) STRICT;
    INSERT INTO parked_figure SELECT tbl, idx, stat FROM sqlite_stat1
        WHERE idx IN (SELECT name FROM parked_index);
    CREATE TABLE parked_secret (
        digest BLOB, key INTEGER, id BLOB, hint TEXT, created_at INTEGER, retires_at INTEGER,
        sealed BLOB
    ) STRICT;
    -- Up to which key the text index has them.
    CREATE TABLE parked_text (number INTEGER NOT NULL) STRICT;
    INSERT INTO parked_text SELECT coalesce(max(number), 0) FROM api_key;";

/// A digest that is there already stays what it was.
const SECRETS: &str = "
    INSERT OR IGNORE INTO secret SELECT digest, key, id, hint, created_at, retires_at, sealed
        FROM parked_secret ORDER BY digest;
    DELETE FROM parked_secret;";

/// How many keys' texts are indexed in one transaction.
const TEXTS: i64 = 200_000;

const DONE: &str = "
    INSERT INTO sqlite_stat1 (tbl, idx, stat) SELECT tbl, idx, stat FROM parked_figure;
    DROP TABLE parked_index;
    DROP TABLE parked_figure;
    DROP TABLE parked_secret;
    DROP TABLE parked_text;";

/// Whether something is put aside.
fn is_parked(connection: &Connection) -> Result<bool, StoreError> {
    let parked = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'parked_index')";
    Ok(connection.query_row(parked, [], |row| row.get(0))?)
}

/// Puts aside what is made again by [`finish`].
pub(super) fn park(connection: &Connection) -> Result<(), StoreError> {
    let transaction = connection.unchecked_transaction()?;
    transaction.execute_batch(PARK)?;
    let names: Vec<String> = transaction
        .prepare("SELECT name FROM parked_index")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for name in names {
        transaction.execute_batch(&format!("DROP INDEX {name}"))?;
    }
    Ok(transaction.commit()?)
}

/// Makes again what is put aside, if anything is.
pub(in crate::sqlite) fn finish(connection: &Connection) -> Result<(), StoreError> {
    if !is_parked(connection)? {
        return Ok(());
    }
    super::load::prepare(connection)?;
    secrets(connection)?;
    while texts(connection)? {}
    while index(connection)? {}
    let transaction = connection.unchecked_transaction()?;
    transaction.execute_batch(DONE)?;
    Ok(transaction.commit()?)
}

fn secrets(connection: &Connection) -> Result<(), StoreError> {
    let transaction = connection.unchecked_transaction()?;
    transaction.execute_batch(SECRETS)?;
    Ok(transaction.commit()?)
}

/// Indexes the texts of some keys; whether there were any.
fn texts(connection: &Connection) -> Result<bool, StoreError> {
    let transaction = connection.unchecked_transaction()?;
    let from: i64 =
        transaction.query_row("SELECT number FROM parked_text", [], |row| row.get(0))?;
    let insert = "INSERT INTO api_key_text (rowid, name, description)
        SELECT number, name_folded, description_folded FROM api_key
        WHERE number > ?1 ORDER BY number LIMIT ?2";
    let some = transaction.execute(insert, [from, TEXTS])? > 0;
    let done = "UPDATE parked_text SET number = coalesce((SELECT max(number) FROM (
        SELECT number FROM api_key WHERE number > ?1 ORDER BY number LIMIT ?2)), number)";
    transaction.execute(done, [from, TEXTS])?;
    transaction.commit()?;
    Ok(some)
}

/// Makes an index; whether there was one to make.
pub(super) fn index(connection: &Connection) -> Result<bool, StoreError> {
    let transaction = connection.unchecked_transaction()?;
    let next: Option<(String, String)> = transaction
        .query_row("SELECT name, sql FROM parked_index LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let Some((name, sql)) = next else {
        return Ok(false);
    };
    transaction.execute_batch(&sql)?;
    transaction.execute("DELETE FROM parked_index WHERE name = ?1", [name])?;
    transaction.commit()?;
    Ok(true)
}
