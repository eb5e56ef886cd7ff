//! What is made at the machine: the first company, member and key, and further root keys.

use bitting_core::{
    CompanyId, Key, MemberId, Origin, Role, Scopes,
    audit::{Action, Record},
};
use rusqlite::{Connection, OptionalExtension, params};

use super::{audit, table};
use crate::{FirstKey, Initialised, RootKey, StoreError};

pub(in crate::sqlite) fn is_initialised(connection: &Connection) -> Result<bool, StoreError> {
    Ok(
        connection.query_row("SELECT EXISTS (SELECT 1 FROM company)", [], |row| {
            row.get(0)
        })?,
    )
}

pub(in crate::sqlite) fn initialise(
    connection: &Connection,
    first: &FirstKey,
) -> Result<Initialised, StoreError> {
    if is_initialised(connection)? {
        return Err(StoreError::AlreadyInitialised);
    }
    let now = first.key.now.seconds();
    connection.execute(
        "INSERT INTO company (name, created_at) VALUES (?1, ?2)",
        params![first.company, now],
    )?;
    let company = connection.last_insert_rowid();
    connection.execute(
        "INSERT INTO member (company, name, created_at) VALUES (?1, ?2, ?3)",
        params![company, first.member, now],
    )?;
    let member = connection.last_insert_rowid();
    add_root_key(
        connection,
        company,
        member,
        &first.key,
        Action::StoreInitialised,
    )
}

pub(in crate::sqlite) fn create_root_key(
    connection: &Connection,
    key: &RootKey,
) -> Result<Initialised, StoreError> {
    // One that is switched off would give a key that does not work: the oldest that is on.
    let oldest = connection
        .query_row(
            "SELECT c.id, m.id FROM company c JOIN member m ON m.company = c.id
             WHERE c.enabled AND m.enabled ORDER BY c.id, m.id LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let (company, member) = oldest.ok_or(StoreError::NotInitialised)?;
    add_root_key(connection, company, member, key, Action::RootKeyCreated)
}

fn add_root_key(
    connection: &Connection,
    company: i64,
    member: i64,
    new: &RootKey,
    action: Action,
) -> Result<Initialised, StoreError> {
    let company = CompanyId::new(company).ok_or(StoreError::Corrupt { column: "company" })?;
    let member = MemberId::new(member).ok_or(StoreError::Corrupt { column: "member" })?;
    let key = Key {
        id: new.id,
        company,
        owner: member,
        issuer: member,
        origin: Origin::Keys,
        name: new.name.clone(),
        description: None,
        role: Role::Root,
        scopes: Scopes::default(),
        start: new.now,
        end: None,
        created: new.now,
        updated: new.now,
        enabled: true,
        revoked: None,
        recoverable: false,
    };
    let number = table::insert_key(connection, &key, new.now)?;
    table::insert_secret(connection, number, &new.secret)?;
    let record = Record {
        trail: new.trail.clone(),
        action,
        company,
        actor: None,
        keys: vec![new.id],
    };
    audit::write(connection, &record)?;
    Ok(Initialised {
        company,
        member,
        key: new.id,
    })
}
