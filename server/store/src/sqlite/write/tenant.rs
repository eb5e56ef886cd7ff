//! Making companies and members.

use bitting_core::{
    Company, CompanyId, DisplayName, Member, MemberId, Origin, Principal, Refusal, Timestamp,
    audit::{Action, Record},
    rules,
};
use rusqlite::{Connection, params};

use super::{Transaction, audit, secret, table};
use crate::{
    CompanyCreate, CompanyMade, GrantedKey, MemberCreate, StoreError,
    sqlite::{row::corrupt, tenant},
};

pub(in crate::sqlite) fn create_company(
    transaction: &mut Transaction<'_>,
    new: &CompanyCreate,
) -> Result<CompanyMade, StoreError> {
    let by = new.by.as_ref();
    if let Some(first) = &new.first {
        rules::may_grant(by, first.key.role)?;
    }
    let company = Company {
        id: insert_company(transaction, new.name.as_str(), new.now)?,
        name: new.name.clone(),
        enabled: true,
        created: new.now,
    };
    let mut member = None;
    if let Some(first) = &new.first {
        let made = add_member(transaction, company.id, &first.name, new.now)?;
        insert_first_key(transaction, by, (company.id, made.id), &first.key, new.now)?;
        member = Some(made);
    }
    let record = Record {
        trail: new.trail.clone(),
        action: Action::CompanyCreated,
        company: company.id,
        actor: new.by.clone(),
        member: member.as_ref().map(|member| member.id),
        keys: new.first.iter().map(|first| first.key.id).collect(),
    };
    audit::write(transaction, &record)?;
    Ok(CompanyMade { company, member })
}

pub(in crate::sqlite) fn create_member(
    transaction: &mut Transaction<'_>,
    new: &MemberCreate,
) -> Result<Member, StoreError> {
    let by = new.by.as_ref();
    if let Some(by) = by {
        rules::may_reach(by, new.company)?;
    }
    if tenant::company(transaction, new.company)?.is_none() {
        return Err(Refusal::NotFound.into());
    }
    if let Some(key) = &new.key {
        rules::may_grant(by, key.role)?;
    }
    let member = add_member(transaction, new.company, &new.name, new.now)?;
    if let Some(key) = &new.key {
        insert_first_key(transaction, by, (new.company, member.id), key, new.now)?;
    }
    let record = Record {
        trail: new.trail.clone(),
        action: Action::MemberCreated,
        company: new.company,
        actor: new.by.clone(),
        member: Some(member.id),
        keys: new.key.iter().map(|key| key.id).collect(),
    };
    audit::write(transaction, &record)?;
    Ok(member)
}

fn add_member(
    connection: &Connection,
    company: CompanyId,
    name: &DisplayName,
    now: Timestamp,
) -> Result<Member, StoreError> {
    Ok(Member {
        id: insert_member(connection, company, name.as_str(), now)?,
        company,
        name: name.clone(),
        login: None,
        enabled: true,
        created: now,
    })
}

/// Adds a company.
pub(super) fn insert_company(
    connection: &Connection,
    name: &str,
    now: Timestamp,
) -> Result<CompanyId, StoreError> {
    connection
        .prepare_cached("INSERT INTO company (name, created_at) VALUES (?1, ?2)")?
        .execute(params![name, now.seconds()])?;
    CompanyId::new(connection.last_insert_rowid()).ok_or(corrupt("company"))
}

/// Adds a member.
pub(super) fn insert_member(
    connection: &Connection,
    company: CompanyId,
    name: &str,
    now: Timestamp,
) -> Result<MemberId, StoreError> {
    connection
        .prepare_cached("INSERT INTO member (company, name, created_at) VALUES (?1, ?2, ?3)")?
        .execute(params![company.get(), name, now.seconds()])?;
    MemberId::new(connection.last_insert_rowid()).ok_or(corrupt("member"))
}

/// Adds the first key of a member that was just made. What may refuse it is asked before: a refusal here would
/// come after the first write.
pub(super) fn insert_first_key(
    transaction: &mut Transaction<'_>,
    by: Option<&Principal>,
    (company, owner): (CompanyId, MemberId),
    key: &GrantedKey,
    now: Timestamp,
) -> Result<(), StoreError> {
    let new = rules::NewKey {
        id: key.id,
        origin: Origin::Keys,
        now,
    };
    let made = rules::first_key(by, new, company, owner, key.name.clone(), key.role)?;
    let number = table::insert_key(transaction, &made, now)?;
    secret::insert(transaction, number, &key.secret)
}
