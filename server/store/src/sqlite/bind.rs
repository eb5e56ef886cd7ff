//! What `sea-query` builds, handed to `rusqlite`.

use rusqlite::{
    Connection, Statement, ToSql,
    types::{ToSqlOutput, Value},
};
use sea_query::{SelectStatement, SqliteQueryBuilder};

use crate::StoreError;

/// A value that `rusqlite` binds.
pub(super) struct Bound(Value);

impl ToSql for Bound {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed((&self.0).into()))
    }
}

fn bind(value: sea_query::Value) -> Result<Bound, StoreError> {
    use sea_query::Value as V;
    // Lists are made of integers and texts; anything else is a mistake of ours that a test finds.
    Ok(Bound(match value {
        V::BigInt(Some(n)) => Value::Integer(n),
        V::BigUnsigned(Some(n)) => Value::Integer(i64::try_from(n).unwrap_or(i64::MAX)),
        V::Int(Some(n)) => Value::Integer(n.into()),
        V::String(Some(text)) => Value::Text(text),
        _ => return Err(StoreError::Corrupt { column: "bind" }),
    }))
}

/// The text of `select` and the values to bind to it.
pub(super) fn build(select: &SelectStatement) -> Result<(String, Vec<Bound>), StoreError> {
    let (sql, values) = select.build(SqliteQueryBuilder);
    let values = values.into_iter().map(bind).collect::<Result<_, _>>()?;
    Ok((sql, values))
}

/// The integers in the first column of what `select` finds, in its order.
pub(super) fn integers(
    connection: &Connection,
    select: &SelectStatement,
) -> Result<Vec<i64>, StoreError> {
    let (sql, values) = build(select)?;
    // A statement with many values is one of a kind and large: kept, a few hundred of them would fill the
    // memory.
    if values.len() > CACHED {
        return rows(&mut connection.prepare(&sql)?, values);
    }
    rows(&mut *connection.prepare_cached(&sql)?, values)
}

/// The number in the first column of the row found, and the value in the second.
pub(super) fn count_and_value(
    connection: &Connection,
    select: &SelectStatement,
) -> Result<(i64, Option<sea_query::Value>), StoreError> {
    let (sql, values) = build(select)?;
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let (count, value) = connection
        .prepare(&sql)?
        .query_row(rusqlite::params_from_iter(values), row)?;
    let value = match value {
        Value::Integer(number) => Some(number.into()),
        Value::Text(text) => Some(text.into()),
        _ => None,
    };
    Ok((count, value))
}

/// The most values of a statement that is kept for the next time.
const CACHED: usize = 64;

fn rows(statement: &mut Statement<'_>, values: Vec<Bound>) -> Result<Vec<i64>, StoreError> {
    let rows = statement.query_map(rusqlite::params_from_iter(values), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
