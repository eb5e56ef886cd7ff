//! The audit log, read.

use bitting_core::{CompanyId, KeyId, MemberId, audit::Action};
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use super::row::{corrupt, get};
use crate::{AuditEntry, AuditPosition, AuditQuery, StoreError};

/// What every way has in common: the parameters 1 to 3 are the place that the page begins after and the earliest time, 4
/// to 6 the company, the action and the member, of which null is any, 7 the limit and 8 the key.
macro_rules! walk {
    ($table:literal) => {
        concat!(
            "SELECT a.at_millis, a.id FROM ",
            $table,
            " WHERE (a.at_millis, a.id) < (?1, ?2) AND a.at_millis >= ?3"
        )
    };
}

/// Conditions that no index of the way answers.
macro_rules! rest {
    () => {
        " AND (?4 IS NULL OR a.company = ?4) AND (?5 IS NULL OR a.action = ?5)"
    };
}

macro_rules! latest_first {
    () => {
        " ORDER BY a.at_millis DESC, a.id DESC LIMIT ?7"
    };
}

const ALL: &str = concat!(walk!("audit a INDEXED BY audit_by_time"), latest_first!());
const OF_COMPANY: &str = concat!(
    walk!("audit a INDEXED BY audit_by_company"),
    " AND a.company = ?4",
    latest_first!()
);
const OF_ACTION: &str = concat!(
    walk!("audit a INDEXED BY audit_by_action"),
    " AND a.action = ?5",
    latest_first!()
);
const OF_COMPANY_AND_ACTION: &str = concat!(
    walk!("audit a INDEXED BY audit_by_company_action"),
    " AND a.company = ?4 AND a.action = ?5",
    latest_first!()
);
/// What it did and what was done to it, each in order, merged; what it did to itself once.
const OF_MEMBER: &str = concat!(
    walk!("audit a INDEXED BY audit_by_actor"),
    " AND a.actor_member = ?6",
    rest!(),
    " UNION ",
    walk!("audit a INDEXED BY audit_by_member"),
    " AND a.member = ?6",
    rest!(),
    " ORDER BY 1 DESC, 2 DESC LIMIT ?7"
);
const OF_KEY: &str = concat!(
    "SELECT k.at_millis, k.record FROM audit_key k CROSS JOIN audit a ON a.id = k.record
     WHERE k.key = ?8 AND (k.at_millis, k.record) < (?1, ?2) AND k.at_millis >= ?3",
    rest!(),
    " AND (?6 IS NULL OR a.actor_member = ?6 OR a.member = ?6)
     ORDER BY k.at_millis DESC, k.record DESC LIMIT ?7"
);

const ENTRY: &str = "SELECT at_millis, action, company, actor_member, actor_via, member, request,
    remote, keys FROM audit WHERE id = ?1";

/// The way that reads least.
fn way(query: &AuditQuery) -> &'static str {
    match (query.key, query.member, query.company, query.action) {
        (Some(_), ..) => OF_KEY,
        (None, Some(_), ..) => OF_MEMBER,
        (None, None, Some(_), Some(_)) => OF_COMPANY_AND_ACTION,
        (None, None, Some(_), None) => OF_COMPANY,
        (None, None, None, Some(_)) => OF_ACTION,
        (None, None, None, None) => ALL,
    }
}

/// Records, the latest first.
pub(super) fn list(
    connection: &Connection,
    query: &AuditQuery,
) -> Result<Vec<AuditEntry>, StoreError> {
    let sql = way(query);
    let before = query.after.unwrap_or(AuditPosition {
        at_millis: query.to_millis.unwrap_or(i64::MAX),
        id: i64::MIN,
    });
    let mut statement = connection.prepare_cached(sql)?;
    let values = params![
        before.at_millis,
        before.id,
        query.from_millis.unwrap_or(i64::MIN),
        query.company.map(CompanyId::get),
        query.action.map(Action::name),
        query.member.map(MemberId::get),
        i64::try_from(query.limit).unwrap_or(i64::MAX),
        query.key.map(|key| key.0.into_bytes()),
    ];
    // A way that has no use for the last of them has not so many.
    let taken = &values[..statement.parameter_count().min(values.len())];
    let found: Vec<i64> = statement
        .query_map(taken, |row| row.get(1))?
        .collect::<Result<_, _>>()?;
    // What was written stays: the records are there whatever was written meanwhile.
    found.into_iter().map(|id| entry(connection, id)).collect()
}

fn entry(connection: &Connection, id: i64) -> Result<AuditEntry, StoreError> {
    let mut statement = connection.prepare_cached(ENTRY)?;
    let mut rows = statement.query([id])?;
    let row = rows.next()?.ok_or(corrupt("record"))?;
    let (actor, via): (Option<i64>, Option<String>) = (get(row, 3)?, get(row, 4)?);
    let actor = actor.map(member).transpose()?;
    Ok(AuditEntry {
        position: AuditPosition {
            at_millis: get(row, 0)?,
            id,
        },
        action: get(row, 1)?,
        company: CompanyId::new(get(row, 2)?).ok_or(corrupt("company"))?,
        actor: actor.zip(via),
        member: get::<Option<i64>>(row, 5)?.map(member).transpose()?,
        request: get(row, 6)?,
        remote: get(row, 7)?,
        keys: keys(row, 8)?,
    })
}

fn member(id: i64) -> Result<MemberId, StoreError> {
    MemberId::new(id).ok_or(corrupt("member"))
}

fn keys(row: &Row<'_>, index: usize) -> Result<Vec<KeyId>, StoreError> {
    let bytes: Vec<u8> = get(row, index)?;
    let (ids, rest) = bytes.as_chunks::<16>();
    if !rest.is_empty() {
        return Err(corrupt("keys"));
    }
    Ok(ids.iter().map(|id| KeyId(Uuid::from_bytes(*id))).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::sqlite::explain;

    /// No way sorts, and each begins where the page does.
    #[test]
    fn every_way_is_a_walk_along_an_index_in_the_order_of_the_list() {
        let database = explain::database();
        for (sql, index) in [
            (ALL, "audit_by_time (at_millis>? AND "),
            (
                OF_COMPANY,
                "audit_by_company (company=? AND at_millis>? AND ",
            ),
            (OF_ACTION, "audit_by_action (action=? AND at_millis>? AND "),
            (
                OF_COMPANY_AND_ACTION,
                "audit_by_company_action (company=? AND action=? AND at_millis>? AND ",
            ),
            (
                OF_MEMBER,
                "audit_by_actor (actor_member=? AND at_millis>? AND ",
            ),
            (OF_MEMBER, "audit_by_member (member=? AND at_millis>? AND "),
            (
                OF_KEY,
                "SEARCH k USING PRIMARY KEY (key=? AND at_millis>? AND ",
            ),
            (OF_KEY, "SEARCH a USING INTEGER PRIMARY KEY (rowid=?)"),
        ] {
            let count = database.prepare(sql).unwrap().parameter_count();
            let values = vec![rusqlite::types::Null; count];
            let plan = explain::steps(&database, sql, rusqlite::params_from_iter(values));
            let plan = plan.unwrap();
            assert!(plan.contains(index), "{sql}\n{plan}");
            assert!(!plan.contains("SCAN"), "{sql}\n{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{sql}\n{plan}");
        }
    }
}
