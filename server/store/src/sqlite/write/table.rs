//! Rows of keys, written. What a presented secret leads to changes here and in [`secret`] and nowhere else, and is
//! noted where it does.

use bitting_core::{
    Collection, Description, Key, KeyNumber, Phase, Reason, Timestamp, query::fold, secret::Prefix,
};
use rusqlite::{Connection, params};

use super::{Transaction, quota, secret};
use crate::{StoreError, list, sqlite::row::origin_code};

fn scopes(key: &Key) -> String {
    let scopes: Vec<_> = key.scopes.iter().map(ToString::to_string).collect();
    scopes.join(" ")
}

fn addresses(key: &Key) -> String {
    let blocks: Vec<_> = key.addresses.iter().map(|b| b.to_string()).collect();
    blocks.join(" ")
}

fn metadata(key: &Key) -> Option<&str> {
    (!key.metadata.is_empty()).then(|| key.metadata.as_json())
}

fn revoked(key: &Key) -> (Option<i64>, Option<&str>) {
    let revoked = key.revoked.as_ref();
    let reason = revoked.and_then(|revoked| revoked.reason.as_ref());
    (
        revoked.map(|revoked| revoked.at.seconds()),
        reason.map(Reason::as_str),
    )
}

fn end(key: &Key) -> i64 {
    key.end.map_or(list::NEVER, Timestamp::seconds)
}

/// The texts of a key as they are searched.
pub(super) struct Folded {
    name: String,
    description: Option<String>,
}

impl Folded {
    pub(super) fn of(key: &Key) -> Self {
        Self {
            name: fold(key.name.as_str()),
            description: key.description.as_ref().map(|d| fold(d.as_str())),
        }
    }
}

/// Adds a key.
pub(super) fn insert_key(
    connection: &Connection,
    key: &Key,
    now: Timestamp,
) -> Result<KeyNumber, StoreError> {
    let folded = Folded::of(key);
    let (number, phased) = insert_row(connection, key, &folded, now)?;
    insert_text(connection, number, &folded)?;
    note(connection, key.collection(), 1, phased)?;
    Ok(number)
}

/// Adds the row of a key. Its text is yet to be indexed, and its collection to be told, with when its phase began.
pub(super) fn insert_row(
    connection: &Connection,
    key: &Key,
    folded: &Folded,
    now: Timestamp,
) -> Result<(KeyNumber, Option<Timestamp>), StoreError> {
    let span = key.phase_span(now);
    let (revoked_at, reason) = revoked(key);
    let quota = quota::insert(connection, key.quota.as_ref())?;
    connection
        .prepare_cached(
            "INSERT INTO api_key
             (id, company, owner, issuer, origin, name, description, name_folded,
              description_folded, role, scopes, start_at, end_at, created_at, updated_at, enabled,
              revoked_at, recoverable, phase, phase_until, revoked_reason, metadata, addresses,
              prefix, limits, quota)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                     ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26)",
        )?
        .execute(params![
            key.id.0.as_bytes(),
            key.company.get(),
            key.owner.get(),
            key.issuer.get(),
            origin_code(key.origin),
            key.name.as_str(),
            key.description.as_ref().map(Description::as_str),
            folded.name,
            folded.description,
            key.role.name(),
            scopes(key),
            key.start.seconds(),
            end(key),
            key.created.seconds(),
            key.updated.seconds(),
            key.enabled,
            revoked_at,
            key.recoverable,
            list::phase_code(span.phase),
            span.until.map(Timestamp::seconds),
            reason,
            metadata(key),
            addresses(key),
            key.prefix.as_ref().map(Prefix::as_str),
            quota::limits(key),
            quota,
        ])?;
    let number = KeyNumber::new(connection.last_insert_rowid())
        .ok_or(StoreError::Corrupt { column: "number" })?;
    Ok((number, span.from))
}

/// Rewrites a key's settings; `before` is what the row holds.
pub(super) fn update_key(
    transaction: &mut Transaction<'_>,
    number: KeyNumber,
    before: &Key,
    key: &Key,
    now: Timestamp,
) -> Result<(), StoreError> {
    let folded = Folded::of(key);
    let span = key.phase_span(now);
    let (revoked_at, reason) = revoked(key);
    transaction
        .prepare_cached(
            "UPDATE api_key SET name = ?2, description = ?3, name_folded = ?4,
             description_folded = ?5, role = ?6, scopes = ?7, start_at = ?8, end_at = ?9,
             updated_at = ?10, enabled = ?11, revoked_at = ?12, phase = ?13, phase_until = ?14,
             revoked_reason = ?15, metadata = ?16, addresses = ?17
             WHERE number = ?1",
        )?
        .execute(params![
            number.get(),
            key.name.as_str(),
            key.description.as_ref().map(Description::as_str),
            folded.name,
            folded.description,
            key.role.name(),
            scopes(key),
            key.start.seconds(),
            end(key),
            key.updated.seconds(),
            key.enabled,
            revoked_at,
            list::phase_code(span.phase),
            span.until.map(Timestamp::seconds),
            reason,
            metadata(key),
            addresses(key),
        ])?;
    if (&before.name, &before.description) != (&key.name, &key.description) {
        delete_text(transaction, number)?;
        insert_text(transaction, number, &folded)?;
    }
    note(transaction, key.collection(), 0, span.from)?;
    secret::note_all(transaction, number)
}

/// Stores what the clock says of a key now.
pub(super) fn update_phase(
    connection: &Connection,
    number: KeyNumber,
    phase: Phase,
    until: Option<Timestamp>,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE api_key SET phase = ?2, phase_until = ?3 WHERE number = ?1")?
        .execute(params![
            number.get(),
            list::phase_code(phase),
            until.map(Timestamp::seconds)
        ])?;
    Ok(())
}

/// Removes a key and its secrets.
pub(super) fn delete_key(
    transaction: &mut Transaction<'_>,
    number: KeyNumber,
    key: &Key,
) -> Result<(), StoreError> {
    secret::delete_all(transaction, number)?;
    delete_text(transaction, number)?;
    quota::delete(transaction, number)?;
    transaction
        .prepare_cached("DELETE FROM api_key WHERE number = ?1")?
        .execute([number.get()])?;
    note(transaction, key.collection(), -1, None)
}

/// Indexes the texts of a key.
pub(super) fn insert_text(
    connection: &Connection,
    number: KeyNumber,
    folded: &Folded,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO api_key_text (rowid, name, description) VALUES (?1, ?2, ?3)")?
        .execute(params![number.get(), folded.name, folded.description])?;
    Ok(())
}

fn delete_text(connection: &Connection, number: KeyNumber) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM api_key_text WHERE rowid = ?1")?
        .execute([number.get()])?;
    Ok(())
}

/// Keeps a collection's total, and the latest moment at which a stored phase of it began.
pub(super) fn note(
    connection: &Connection,
    collection: Collection,
    more: i64,
    phased: Option<Timestamp>,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO collection (owner, origin, total, phased_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (owner, origin) DO UPDATE SET
                 total = total + excluded.total,
                 phased_at = max(phased_at, excluded.phased_at)",
        )?
        .execute(params![
            collection.owner.get(),
            origin_code(collection.origin),
            more,
            phased.unwrap_or(Timestamp::MIN).seconds(),
        ])?;
    Ok(())
}
