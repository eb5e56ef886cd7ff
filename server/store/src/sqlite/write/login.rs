//! Making the member that a login token is for, the first time that it is seen (F61).

use bitting_core::audit::{Action, Record};
use rusqlite::{Connection, params};

use super::{audit, tenant::insert_member};
use crate::{LoginCreate, LoginState, StoreError, sqlite::tenant};

pub(in crate::sqlite) fn create(
    connection: &Connection,
    new: &LoginCreate,
) -> Result<LoginState, StoreError> {
    let state = tenant::login(connection, &new.seek)?;
    if state != LoginState::New {
        return Ok(state);
    }
    let company = new.seek.company;
    let member = insert_member(connection, company, new.name.as_str(), new.now)?;
    connection
        .prepare_cached(
            "INSERT INTO login (company, issuer, subject, member) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            company.get(),
            new.seek.login.issuer,
            new.seek.login.subject,
            member.get(),
        ])?;
    let record = Record {
        trail: new.trail.clone(),
        action: Action::MemberFirstSeen,
        company,
        // Nobody yet: the token stands for the member that it makes.
        actor: None,
        member: Some(member),
        keys: Vec::new(),
    };
    audit::write(connection, &record)?;
    Ok(LoginState::Known(member))
}
