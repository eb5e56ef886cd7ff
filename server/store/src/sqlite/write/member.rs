//! Changing members, removing them, and giving their keys to others.

use bitting_core::{
    Conflict, Field, KeyId, Member, MemberChange, MemberId, Refusal, Role, TenantSettings,
    Timestamp, Violation,
    audit::{Action, Record},
    rules,
};
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{Transaction, audit, lockout::keep_a_root_member};
use crate::{MemberUpdate, StoreError, sqlite::tenant};

pub(in crate::sqlite) fn update(
    transaction: &mut Transaction<'_>,
    update: &MemberUpdate,
) -> Result<Option<Member>, StoreError> {
    if let Some(by) = &update.by {
        rules::may_reach(by, update.company)?;
    }
    let (company, member) = (update.company, update.member);
    let before = tenant::member(transaction, company, member)?.ok_or(Refusal::NotFound)?;
    let mut keys = Vec::new();
    let action = match &update.change {
        MemberChange::Settings(settings) => {
            let action = switched(before.enabled, settings);
            if action != Action::MemberUpdated {
                may_switch(transaction, update)?;
            }
            if action == Action::MemberDisabled {
                keep_a_root_member(transaction, member, update.now)?;
            }
            set(transaction, member, settings)?;
            action
        }
        MemberChange::Remove { new_owner } => {
            let heir = new_owner
                .map(|heir| another(transaction, &before, heir))
                .transpose()?;
            may_switch(transaction, update)?;
            // With a member who is switched off the keys would be as good as gone.
            if !heir.as_ref().is_some_and(|heir| heir.enabled) {
                keep_a_root_member(transaction, member, update.now)?;
            }
            match heir {
                Some(heir) => keys = hand_over(transaction, member, heir.id, update.now)?,
                None => keep_its_keys(transaction, member)?,
            }
            remove(transaction, member)?;
            Action::MemberRemoved
        }
    };
    transaction.changed_people();
    let record = Record {
        trail: update.trail.clone(),
        action,
        company,
        actor: update.by.clone(),
        member: Some(member),
        keys,
    };
    audit::write(transaction, &record)?;
    tenant::member(transaction, company, member)
}

fn switched(before: bool, settings: &TenantSettings) -> Action {
    match (before, settings.enabled) {
        (false, true) => Action::MemberEnabled,
        (true, false) => Action::MemberDisabled,
        _ => Action::MemberUpdated,
    }
}

/// Whether a member has a root key. Only these can be above whoever may change members.
const ROOT_KEY: &str = "SELECT EXISTS (
    SELECT 1 FROM api_key INDEXED BY api_key_root WHERE role = 'root' AND owner = ?1)";

fn may_switch(connection: &Connection, update: &MemberUpdate) -> Result<(), StoreError> {
    let is_root: bool = connection
        .prepare_cached(ROOT_KEY)?
        .query_row([update.member.get()], |row| row.get(0))?;
    rules::may_switch(update.by.as_ref(), is_root.then_some(Role::Root))?;
    Ok(())
}

fn set(
    connection: &Connection,
    member: MemberId,
    settings: &TenantSettings,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE member SET name = ?2, enabled = ?3 WHERE id = ?1")?
        .execute(params![
            member.get(),
            settings.name.as_str(),
            settings.enabled
        ])?;
    Ok(())
}

/// Another member of the same company.
fn another(connection: &Connection, of: &Member, heir: MemberId) -> Result<Member, StoreError> {
    let found = if heir == of.id {
        None
    } else {
        tenant::member(connection, of.company, heir)?
    };
    let reason = "is no other member of the company";
    let violation = Violation::new(Field::Parameter("new_owner"), reason);
    found.ok_or_else(|| Refusal::from(violation).into())
}

/// What gives a member's keys to another, and what is counted of them.
pub(in crate::sqlite) const HAND_OVER: [&str; 2] = [
    "UPDATE api_key SET owner = ?2, updated_at = max(updated_at, ?3) WHERE owner = ?1",
    "INSERT INTO collection (owner, origin, total, phased_at)
     SELECT ?2, origin, total, phased_at FROM collection WHERE owner = ?1
     ON CONFLICT (owner, origin) DO UPDATE SET
         total = total + excluded.total,
         phased_at = max(phased_at, excluded.phased_at)",
];

/// Gives a member's keys to another; which they are. What they lead to is read anew by everybody: who belongs where has
/// changed.
fn hand_over(
    connection: &Connection,
    from: MemberId,
    to: MemberId,
    now: Timestamp,
) -> Result<Vec<KeyId>, StoreError> {
    let keys = connection
        .prepare_cached("SELECT id FROM api_key WHERE owner = ?1 ORDER BY number")?
        .query_map([from.get()], |row| row.get(0))?
        .map(|id| id.map(|id| KeyId(Uuid::from_bytes(id))))
        .collect::<Result<_, _>>()?;
    let [keys_over, totals_over] = HAND_OVER;
    connection
        .prepare_cached(keys_over)?
        .execute([from.get(), to.get(), now.seconds()])?;
    connection
        .prepare_cached(totals_over)?
        .execute([from.get(), to.get()])?;
    Ok(keys)
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::sqlite::explain;

    #[test]
    fn the_keys_of_a_member_are_found_by_an_index_of_owners_and_root_keys_by_theirs() {
        let database = explain::database();
        let [keys, totals] = HAND_OVER;
        let plan = explain::steps(&database, keys, [1, 2, 3]).unwrap();
        assert!(plan.starts_with("SEARCH api_key USING"), "{plan}");
        assert!(plan.contains("(owner=?)"), "{plan}");
        let plan = explain::steps(&database, totals, [1, 2]).unwrap();
        assert!(
            plan.starts_with("SEARCH collection USING PRIMARY KEY (owner=?)"),
            "{plan}"
        );
        let plan = explain::steps(&database, ROOT_KEY, [1]).unwrap();
        assert!(plan.contains("api_key_root"), "{plan}");
    }
}
