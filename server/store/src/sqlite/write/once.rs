//! Changes that are made once, however often they are asked for.

use bitting_core::{Conflict, KeyId, Refusal, Timestamp, kept_since, rules};
use rusqlite::{Connection, params};

use super::{Transaction, key, rotate};
use crate::{
    Create, KeptAnswer, Once, Rotate, Seal, StoreError, StoredKey,
    sqlite::once::{Before, before},
};

/// How many answers are forgotten at once.
const BATCH: i64 = 1_000;

/// One that was forgotten meanwhile is replaced.
const KEEP: &str = "INSERT OR REPLACE INTO once (scope, request, key, created_at, answer)
    VALUES (?1, ?2, ?3, ?4, ?5)";
const ERASE: &str = "UPDATE once SET answer = NULL WHERE key = ?1 AND answer IS NOT NULL";
const FORGET: &str = "DELETE FROM once WHERE scope IN (
    SELECT scope FROM once WHERE created_at <= ?1 ORDER BY created_at LIMIT ?2)";

pub(in crate::sqlite) fn create(
    transaction: &mut Transaction<'_>,
    new: &Create,
    once: &Once,
    seal: &Seal,
) -> Result<KeptAnswer, StoreError> {
    if let Some(answer) = again(transaction, once)? {
        return Ok(answer);
    }
    let number = key::create(transaction, new)?;
    let made = StoredKey {
        number,
        key: new.key.clone(),
        secret: None,
        last_used: None,
    };
    keep(transaction, once, &made, seal)
}

pub(in crate::sqlite) fn rotate(
    transaction: &mut Transaction<'_>,
    rotate: &Rotate,
    once: &Once,
    seal: &Seal,
) -> Result<KeptAnswer, StoreError> {
    // In the order of K2: what the caller may not is said before what else is against it.
    let found = key::load(transaction, rotate.within, &rotate.key)?;
    rules::may_change(&rotate.by, &found.key)?;
    if let Some(answer) = again(transaction, once)? {
        return Ok(answer);
    }
    let rotated = rotate::rotate(transaction, rotate)?;
    keep(transaction, once, &rotated, seal)
}

/// The answer to the same request, if it was done before. Another one under the same name is refused.
fn again(connection: &Connection, once: &Once) -> Result<Option<KeptAnswer>, StoreError> {
    match before(connection, once)? {
        Before::Nothing => Ok(None),
        Before::Another => Err(Refusal::Conflict(Conflict::IdempotencyMismatch).into()),
        Before::Same(answer) => Ok(Some(answer)),
    }
}

fn keep(
    connection: &Connection,
    once: &Once,
    done: &StoredKey,
    seal: &Seal,
) -> Result<KeptAnswer, StoreError> {
    let sealed = seal(done);
    connection.prepare_cached(KEEP)?.execute(params![
        once.id.scope,
        once.id.request,
        done.key.id.0.as_bytes(),
        once.now.seconds(),
        sealed.as_bytes(),
    ])?;
    Ok(KeptAnswer {
        sealed,
        again: None,
    })
}

/// Erases the answers that have a secret of a key.
pub(super) fn erase(connection: &Connection, key: KeyId) -> Result<(), StoreError> {
    connection
        .prepare_cached(ERASE)?
        .execute([key.0.as_bytes()])?;
    Ok(())
}

/// Forgets answers that are older than they are kept, the oldest first; whether there may be more.
pub(in crate::sqlite) fn forget(
    connection: &Connection,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let forgotten = connection
        .prepare_cached(FORGET)?
        .execute([kept_since(now).seconds(), BATCH])?;
    Ok(i64::try_from(forgotten).is_ok_and(|forgotten| forgotten == BATCH))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::sqlite::explain;

    #[test]
    fn answers_are_erased_and_forgotten_by_their_indexes() {
        let database = explain::database();
        let plan = explain::steps(&database, ERASE, [[0_u8; 16]]).unwrap();
        assert_eq!(plan, "SEARCH once USING INDEX once_by_key (key=?)");
        let plan = explain::steps(&database, FORGET, [1, 1]).unwrap();
        assert_eq!(
            plan,
            "SEARCH once USING PRIMARY KEY (scope=?); LIST SUBQUERY 1; \
             SEARCH once USING COVERING INDEX once_by_age (created_at<?)"
        );
    }
}
