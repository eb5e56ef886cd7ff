//! The audit log.

use bitting_core::{MemberId, audit::Record};
use rusqlite::{Connection, params};

use crate::StoreError;

/// Writes a record.
pub(in crate::sqlite) fn write(connection: &Connection, record: &Record) -> Result<(), StoreError> {
    let actor = record.actor.as_ref();
    let via = actor.map(|principal| principal.via.to_string());
    let keys: Vec<u8> = record
        .keys
        .iter()
        .flat_map(|key| key.0.into_bytes())
        .collect();
    connection
        .prepare_cached(
            "INSERT INTO audit
             (at_millis, action, company, actor_member, actor_via, request, remote, member, keys)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            record.trail.at_millis,
            record.action.name(),
            record.company.get(),
            actor.map(|principal| principal.member.get()),
            via,
            record.trail.request,
            record.trail.remote,
            record.member.map(MemberId::get),
            keys,
        ])?;
    let id = connection.last_insert_rowid();
    let mut named = connection.prepare_cached(
        "INSERT OR IGNORE INTO audit_key (key, at_millis, record) VALUES (?1, ?2, ?3)",
    )?;
    for key in &record.keys {
        named.execute(params![key.0.as_bytes(), record.trail.at_millis, id])?;
    }
    Ok(())
}
