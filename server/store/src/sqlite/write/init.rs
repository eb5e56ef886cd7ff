//! What is made at the machine: the first company, member and key, and further root keys.

use bitting_core::{
    CompanyId, MemberId, Role,
    audit::{Action, Record},
};
use rusqlite::{Connection, OptionalExtension};

use super::{
    Transaction, audit,
    tenant::{insert_company, insert_first_key, insert_member},
};
use crate::{FirstKey, GrantedKey, Initialised, RootKey, StoreError, sqlite::row::corrupt};

pub(in crate::sqlite) fn is_initialised(connection: &Connection) -> Result<bool, StoreError> {
    Ok(
        connection.query_row("SELECT EXISTS (SELECT 1 FROM company)", [], |row| {
            row.get(0)
        })?,
    )
}

pub(in crate::sqlite) fn initialise(
    transaction: &mut Transaction<'_>,
    first: &FirstKey,
) -> Result<Initialised, StoreError> {
    if is_initialised(transaction)? {
        return Err(StoreError::AlreadyInitialised);
    }
    let now = first.key.now;
    let company = insert_company(transaction, &first.company, now)?;
    let member = insert_member(transaction, company, &first.member, now)?;
    add_root_key(
        transaction,
        (company, member),
        &first.key,
        Action::StoreInitialised,
    )
}

pub(in crate::sqlite) fn create_root_key(
    transaction: &mut Transaction<'_>,
    key: &RootKey,
) -> Result<Initialised, StoreError> {
    // One that is switched off would give a key that does not work: the oldest that is on.
    let oldest: Option<(i64, i64)> = transaction
        .query_row(
            "SELECT c.id, m.id FROM company c JOIN member m ON m.company = c.id
             WHERE c.enabled AND m.enabled ORDER BY c.id, m.id LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let (company, member) = oldest.ok_or(StoreError::NotInitialised)?;
    let owner = (
        CompanyId::new(company).ok_or(corrupt("company"))?,
        MemberId::new(member).ok_or(corrupt("member"))?,
    );
    add_root_key(transaction, owner, key, Action::RootKeyCreated)
}

fn add_root_key(
    transaction: &mut Transaction<'_>,
    (company, member): (CompanyId, MemberId),
    new: &RootKey,
    action: Action,
) -> Result<Initialised, StoreError> {
    let key = GrantedKey {
        id: new.id,
        name: new.name.clone(),
        role: Role::Root,
        secret: new.secret.clone(),
    };
    insert_first_key(transaction, None, (company, member), &key, new.now)?;
    let record = Record {
        trail: new.trail.clone(),
        action,
        company,
        actor: None,
        member: None,
        keys: vec![new.id],
    };
    audit::write(transaction, &record)?;
    Ok(Initialised {
        company,
        member,
        key: new.id,
    })
}
