//! What keeps an instance administrable: a root key that works.

use bitting_core::{CompanyId, Conflict, Key, KeyNumber, MemberId, Refusal, Timestamp, rules};
use rusqlite::Connection;

use crate::StoreError;

/// Refuses a change to a key that would leave the instance without an active root key.
pub(super) fn keep_a_root_key(
    connection: &Connection,
    number: KeyNumber,
    before: &Key,
    after: Option<&Key>,
    now: Timestamp,
) -> Result<(), StoreError> {
    if !rules::weakens_root(before, after, now)
        || is_another(connection, [number.get(), 0, 0], now)?
    {
        return Ok(());
    }
    Err(Refusal::Conflict(Conflict::LastRootKey).into())
}

/// Refuses to take a member's keys out of use where that would leave the instance without an active root key.
pub(super) fn keep_a_root_member(
    connection: &Connection,
    member: MemberId,
    now: Timestamp,
) -> Result<(), StoreError> {
    keep_without(connection, [0, member.get(), 0], now)
}

/// The same for a company's keys.
pub(super) fn keep_a_root_company(
    connection: &Connection,
    company: CompanyId,
    now: Timestamp,
) -> Result<(), StoreError> {
    keep_without(connection, [0, 0, company.get()], now)
}

fn keep_without(
    connection: &Connection,
    without: [i64; 3],
    now: Timestamp,
) -> Result<(), StoreError> {
    // Where there is none with these either, none is lost.
    if is_another(connection, without, now)? || !is_another(connection, [0; 3], now)? {
        return Ok(());
    }
    Err(Refusal::Conflict(Conflict::LastRootKey).into())
}

/// Whether there is an active root key besides this one, the ones of this member and the ones of this company; 0 is
/// none.
fn is_another(
    connection: &Connection,
    [number, owner, company]: [i64; 3],
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (
                 SELECT 1 FROM api_key k
                 JOIN company c ON c.id = k.company
                 JOIN member m ON m.id = k.owner
                 WHERE k.role = 'root' AND k.number <> ?1 AND k.owner <> ?2 AND k.company <> ?4
                 AND k.enabled AND k.revoked_at IS NULL
                 AND k.start_at <= ?3 AND k.end_at > ?3 AND c.enabled AND m.enabled)",
        )?
        .query_row([number, owner, now.seconds(), company], |row| row.get(0))?)
}
