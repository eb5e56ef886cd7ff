//! What SQL asks of a run.

use bitting_core::Timestamp;
use rusqlite::{
    Connection,
    functions::{Context, FunctionFlags},
};

use super::{LAST_USE, entries};
use crate::StoreError;

const NAME: &str = "last_use";

/// Gives a connection the function `last_use(uses, key)`: when any secret of the key was last used, in seconds since 1970,
/// or null; and `last_use(uses, key, secret)` of the secret whose digest has these first eight bytes.
pub(in crate::sqlite) fn add_functions(connection: &Connection) -> Result<(), StoreError> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function(NAME, 2, flags, |context| last_use(context, None))?;
    connection.create_scalar_function(NAME, 3, flags, |context| {
        let secret: [u8; 8] = context.get(2)?;
        last_use(context, Some(secret))
    })?;
    Ok(())
}

fn last_use(context: &Context<'_>, secret: Option<[u8; 8]>) -> rusqlite::Result<Option<i64>> {
    let Some(uses) = context.get_raw(0).as_blob_or_null()? else {
        return Ok(None);
    };
    let key: i64 = context.get(1)?;
    let damaged = |fault: StoreError| rusqlite::Error::UserFunctionError(Box::new(fault));
    let found = entries(LAST_USE, uses, key.to_le_bytes()[0]).map_err(damaged)?;
    let of_secret = found.filter(|(id, _)| secret.is_none_or(|secret| id[1..] == secret));
    Ok(of_secret.map(|(_, value)| seconds(value)).max())
}

/// Seconds since 1970, of what an entry has.
fn seconds(value: u64) -> i64 {
    Timestamp::MIN.seconds().saturating_add_unsigned(value)
}
