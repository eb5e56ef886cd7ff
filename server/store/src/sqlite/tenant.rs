//! Companies and their members, read.

use bitting_core::{Company, CompanyId, DisplayName, Login, Member, MemberId, Owner};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use super::row::{corrupt, get, time};
use crate::{LoginSeek, LoginState, Seek, StoreError};

/// A statement that finds companies.
macro_rules! companies_where {
    ($rest:literal) => {
        concat!(
            "SELECT id, name, enabled, created_at FROM company WHERE ",
            $rest
        )
    };
}

/// A statement that finds members, each with whom it logs in as.
macro_rules! members_where {
    ($rest:literal) => {
        concat!(
            "SELECT m.id, m.company, m.name, m.enabled, m.created_at, l.issuer, l.subject
             FROM member m LEFT JOIN login l ON l.member = m.id WHERE ",
            $rest
        )
    };
}

const COMPANY: &str = companies_where!("id = ?1");
const COMPANIES: &str = companies_where!("id > ?1 ORDER BY id LIMIT ?2");
const MEMBER: &str = members_where!("m.id = ?1 AND m.company = ?2");
const MEMBERS: &str = members_where!("m.company = ?1 AND m.id > ?2 ORDER BY m.id LIMIT ?3");
const LOGIN: &str = "
    SELECT c.enabled, l.company IS NOT NULL, l.member, m.enabled
    FROM company c
    LEFT JOIN login l ON l.company = c.id AND l.issuer = ?2 AND l.subject = ?3
    LEFT JOIN member m ON m.id = l.member
    WHERE c.id = ?1";

fn name(row: &Row<'_>, index: usize) -> Result<DisplayName, StoreError> {
    DisplayName::new(get(row, index)?).map_err(|_| corrupt("name"))
}

fn read_company(row: &Row<'_>) -> Result<Company, StoreError> {
    Ok(Company {
        id: CompanyId::new(get(row, 0)?).ok_or(corrupt("company"))?,
        name: name(row, 1)?,
        enabled: get(row, 2)?,
        created: time(get(row, 3)?, "created_at")?,
    })
}

fn read_member(row: &Row<'_>) -> Result<Member, StoreError> {
    let (issuer, subject): (Option<String>, Option<String>) = (get(row, 5)?, get(row, 6)?);
    Ok(Member {
        id: MemberId::new(get(row, 0)?).ok_or(corrupt("member"))?,
        company: CompanyId::new(get(row, 1)?).ok_or(corrupt("company"))?,
        name: name(row, 2)?,
        login: issuer
            .zip(subject)
            .map(|(issuer, subject)| Login { issuer, subject }),
        enabled: get(row, 3)?,
        created: time(get(row, 4)?, "created_at")?,
    })
}

/// Every row that `sql` finds, read.
fn all<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    read: fn(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

fn limit(seek: Seek) -> i64 {
    i64::try_from(seek.limit).unwrap_or(i64::MAX)
}

/// Companies, by ascending id.
pub(super) fn companies(connection: &Connection, seek: Seek) -> Result<Vec<Company>, StoreError> {
    all(
        connection,
        COMPANIES,
        [seek.after, limit(seek)],
        read_company,
    )
}

/// A company.
pub(super) fn company(
    connection: &Connection,
    id: CompanyId,
) -> Result<Option<Company>, StoreError> {
    Ok(all(connection, COMPANY, [id.get()], read_company)?.pop())
}

/// The members of a company, by ascending id; `None` where there is no such company.
pub(super) fn members(
    connection: &Connection,
    of: CompanyId,
    seek: Seek,
) -> Result<Option<Vec<Member>>, StoreError> {
    // One snapshot: a company that goes in between had its members, and not none.
    let transaction = connection.unchecked_transaction()?;
    if company(&transaction, of)?.is_none() {
        return Ok(None);
    }
    let params = [of.get(), seek.after, limit(seek)];
    all(&transaction, MEMBERS, params, read_member).map(Some)
}

/// A member of a company.
pub(super) fn member(
    connection: &Connection,
    company: CompanyId,
    id: MemberId,
) -> Result<Option<Member>, StoreError> {
    Ok(all(connection, MEMBER, [id.get(), company.get()], read_member)?.pop())
}

/// Which company a member belongs to.
pub(super) fn owner(
    connection: &Connection,
    member: MemberId,
) -> Result<Option<Owner>, StoreError> {
    let company: Option<i64> = connection
        .prepare_cached("SELECT company FROM member WHERE id = ?1")?
        .query_row([member.get()], |row| row.get(0))
        .optional()?;
    let Some(company) = company else {
        return Ok(None);
    };
    let company = CompanyId::new(company).ok_or(corrupt("company"))?;
    Ok(Some(Owner { company, member }))
}

/// What is known of whom a login token is for (F61).
pub(super) fn login(connection: &Connection, seek: &LoginSeek) -> Result<LoginState, StoreError> {
    let mut statement = connection.prepare_cached(LOGIN)?;
    let mut rows = statement.query(params![
        seek.company.get(),
        seek.login.issuer,
        seek.login.subject
    ])?;
    let Some(row) = rows.next()? else {
        return Ok(LoginState::NoCompany);
    };
    let (company_on, seen): (bool, bool) = (get(row, 0)?, get(row, 1)?);
    let (member, member_on): (Option<i64>, Option<bool>) = (get(row, 2)?, get(row, 3)?);
    Ok(match (company_on, seen, member) {
        (false, ..) => LoginState::NoCompany,
        (true, false, _) => LoginState::New,
        (true, true, Some(member)) if member_on == Some(true) => {
            LoginState::Known(MemberId::new(member).ok_or(corrupt("member"))?)
        }
        // Removed, or switched off.
        (true, true, _) => LoginState::Refused,
    })
}

#[cfg(test)]
mod tests;
