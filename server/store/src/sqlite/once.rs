//! Answers that are kept for when their requests are sent again.

use bitting_core::{Conflict, KeyId, KeyRef, Refusal, is_kept, rules, secret::Sealed};
use rusqlite::Connection;
use uuid::Uuid;

use super::row::{self, get, time};
use crate::{KeptAnswer, Once, StoreError};

const KEPT: &str = "SELECT request, key, created_at, answer FROM once WHERE scope = ?1";

/// What was done before under the name of a request.
pub(super) enum Before {
    /// Nothing, or so long ago that it is forgotten.
    Nothing,
    /// Another request.
    Another,
    /// The same; this is its answer.
    Same(KeptAnswer),
}

/// What was done before under the name of a request. The answer of the same one is told to whoever may see the key and
/// is not below it, as a rotation would be.
pub(super) fn before(connection: &Connection, once: &Once) -> Result<Before, StoreError> {
    let mut statement = connection.prepare_cached(KEPT)?;
    let mut rows = statement.query([once.id.scope])?;
    let Some(row) = rows.next()? else {
        return Ok(Before::Nothing);
    };
    if !is_kept(time(get(row, 2)?, "created_at")?, once.now) {
        return Ok(Before::Nothing);
    }
    if get::<[u8; 32]>(row, 0)? != once.id.request {
        return Ok(Before::Another);
    }
    let key = KeyRef::Id(KeyId(Uuid::from_bytes(get(row, 1)?)));
    let answer: Option<Vec<u8>> = get(row, 3)?;
    let found = row::stored_key(connection, once.within, &key)?;
    let Some((answer, found)) = answer.zip(found) else {
        return Err(Refusal::Conflict(Conflict::IdempotencyExpired).into());
    };
    rules::may_change(&once.by, &found.key)?;
    Ok(Before::Same(KeptAnswer {
        sealed: Sealed::from_bytes(answer),
        again: Some((found.key.company, found.key.id)),
    }))
}

/// The answer to the same request, if it was done before.
pub(super) fn answered(
    connection: &Connection,
    once: &Once,
) -> Result<Option<KeptAnswer>, StoreError> {
    match before(connection, once)? {
        Before::Same(answer) => Ok(Some(answer)),
        Before::Nothing | Before::Another => Ok(None),
    }
}
