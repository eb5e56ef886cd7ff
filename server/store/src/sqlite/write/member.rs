//! Switching members on and off, and removing them.

use bitting_core::{
    Conflict, MemberChange, MemberId, Refusal,
    audit::{Action, Record},
    rules,
};
use rusqlite::Connection;

use super::{Transaction, audit, lockout::keep_a_root_member};
use crate::{MemberUpdate, StoreError, sqlite::tenant};

pub(in crate::sqlite) fn update(
    transaction: &mut Transaction<'_>,
    update: &MemberUpdate,
) -> Result<(), StoreError> {
    if let Some(by) = &update.by {
        rules::may_reach(by, update.company)?;
    }
    if tenant::member(transaction, update.company, update.member)?.is_none() {
        return Err(Refusal::NotFound.into());
    }
    let action = match update.change {
        MemberChange::Enable => {
            switch(transaction, update.member, true)?;
            Action::MemberEnabled
        }
        MemberChange::Disable => {
            keep_a_root_member(transaction, update.member, update.now)?;
            switch(transaction, update.member, false)?;
            Action::MemberDisabled
        }
        MemberChange::Remove => {
            keep_a_root_member(transaction, update.member, update.now)?;
            keep_its_keys(transaction, update.member)?;
            remove(transaction, update.member)?;
            Action::MemberRemoved
        }
    };
    transaction.changed_people();
    let record = Record {
        trail: update.trail.clone(),
        action,
        company: update.company,
        actor: update.by.clone(),
        member: Some(update.member),
        keys: Vec::new(),
    };
    audit::write(transaction, &record)
}

fn switch(connection: &Connection, member: MemberId, enabled: bool) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE member SET enabled = ?2 WHERE id = ?1")?
        .execute((member.get(), enabled))?;
    Ok(())
}

/// Refuses to remove a member that has keys, of whatever origin: they would be left without an owner.
fn keep_its_keys(connection: &Connection, member: MemberId) -> Result<(), StoreError> {
    let owns: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM api_key WHERE owner = ?1)")?
        .query_row([member.get()], |row| row.get(0))?;
    if owns {
        return Err(Refusal::Conflict(Conflict::OwnsKeys).into());
    }
    Ok(())
}

/// What removes a member that has no keys.
pub(in crate::sqlite) const REMOVAL: [&str; 3] = [
    // The row stays, so that whoever it was is never made again (F61).
    "UPDATE login SET member = NULL WHERE member = ?1",
    "DELETE FROM collection WHERE owner = ?1",
    "DELETE FROM member WHERE id = ?1",
];

fn remove(connection: &Connection, member: MemberId) -> Result<(), StoreError> {
    for sql in REMOVAL {
        connection.prepare_cached(sql)?.execute([member.get()])?;
    }
    Ok(())
}
