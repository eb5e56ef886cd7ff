//! Changing companies and removing them.

use bitting_core::{
    Company, CompanyChange, CompanyId, Conflict, Refusal, TenantSettings,
    audit::{Action, Record},
    rules,
};
use rusqlite::{Connection, params};

use super::{Transaction, audit, lockout::keep_a_root_company};
use crate::{CompanyUpdate, StoreError, sqlite::tenant};

pub(in crate::sqlite) fn update(
    transaction: &mut Transaction<'_>,
    update: &CompanyUpdate,
) -> Result<Option<Company>, StoreError> {
    rules::may_reach(&update.by, update.company)?;
    let company = update.company;
    let before = tenant::company(transaction, company)?.ok_or(Refusal::NotFound)?;
    let action = match &update.change {
        CompanyChange::Settings(settings) => {
            let action = switched(before.enabled, settings);
            if action == Action::CompanyDisabled {
                keep_a_root_company(transaction, company, update.now)?;
            }
            set(transaction, company, settings)?;
            action
        }
        CompanyChange::Remove => {
            keep_its_members(transaction, company)?;
            for sql in REMOVAL {
                transaction.prepare_cached(sql)?.execute([company.get()])?;
            }
            Action::CompanyRemoved
        }
    };
    transaction.changed_people();
    let record = Record {
        trail: update.trail.clone(),
        action,
        company,
        actor: Some(update.by.clone()),
        member: None,
        keys: Vec::new(),
    };
    audit::write(transaction, &record)?;
    tenant::company(transaction, company)
}

fn switched(before: bool, settings: &TenantSettings) -> Action {
    match (before, settings.enabled) {
        (false, true) => Action::CompanyEnabled,
        (true, false) => Action::CompanyDisabled,
        _ => Action::CompanyUpdated,
    }
}

fn set(
    connection: &Connection,
    company: CompanyId,
    settings: &TenantSettings,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE company SET name = ?2, enabled = ?3 WHERE id = ?1")?
        .execute(params![
            company.get(),
            settings.name.as_str(),
            settings.enabled
        ])?;
    Ok(())
}

/// Refuses to remove a company that has members: they, and their keys, would be left without one.
fn keep_its_members(connection: &Connection, company: CompanyId) -> Result<(), StoreError> {
    let any: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM member WHERE company = ?1)")?
        .query_row([company.get()], |row| row.get(0))?;
    if any {
        return Err(Refusal::Conflict(Conflict::HasMembers).into());
    }
    Ok(())
}

/// What removes a company that has no members.
pub(in crate::sqlite) const REMOVAL: [&str; 2] = [
    // What its removed members left behind: nobody logs in to a company that is not there.
    "DELETE FROM login WHERE company = ?1",
    "DELETE FROM company WHERE id = ?1",
];
