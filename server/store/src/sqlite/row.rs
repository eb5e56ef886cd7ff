//! Rows and what they mean.

use bitting_core::{
    AddressBlock, AllowedAddresses, CompanyId, Description, Key, KeyId, KeyName, KeyNumber, KeyRef,
    Limit, Limits, MemberId, Metadata, Origin, Quota, Reach, Reason, Refill, Revoked, Role, Scope,
    Scopes, SecretId, Timestamp,
    secret::{Prefix, Sealed},
};
use rusqlite::{Connection, Params, Row, params, types::FromSql};
use uuid::Uuid;

use super::named::is_named;
pub(super) use crate::list::origin_code;
use crate::{StoreError, StoredKey, StoredSecret, list::NEVER};

/// The columns that [`key`] reads, of a table called `k`.
macro_rules! key_columns {
    () => {
        "k.number, k.id, k.company, k.owner, k.issuer, k.origin, k.name, k.description, k.role,
         k.scopes, k.start_at, k.end_at, k.created_at, k.updated_at, k.enabled, k.revoked_at,
         k.recoverable, k.revoked_reason, k.metadata, k.addresses, k.prefix,
         k.limits, (SELECT remaining || coalesce(' ' || amount || ' ' || seconds || ' ' || next_at, '')
                    FROM quota WHERE id = k.quota)"
    };
}
pub(super) use key_columns;

/// How many columns these are.
pub(super) const KEY_COLUMNS: usize = 23;

/// That a column holds what no version writes.
pub(super) fn corrupt(column: &'static str) -> StoreError {
    StoreError::Corrupt { column }
}

pub(super) fn get<T: FromSql>(row: &Row<'_>, index: usize) -> Result<T, StoreError> {
    Ok(row.get(index)?)
}

pub(super) fn time(seconds: i64, column: &'static str) -> Result<Timestamp, StoreError> {
    Timestamp::from_seconds(seconds).ok_or(corrupt(column))
}

/// Reads a key from the columns of [`key_columns`].
pub(super) fn key(row: &Row<'_>) -> Result<(KeyNumber, Key), StoreError> {
    let member = |index, column| -> Result<MemberId, StoreError> {
        MemberId::new(get(row, index)?).ok_or(corrupt(column))
    };
    let origin: i64 = get(row, 5)?;
    let end: i64 = get(row, 11)?;
    let description: Option<String> = get(row, 7)?;
    let key = Key {
        id: KeyId(Uuid::from_bytes(get(row, 1)?)),
        company: CompanyId::new(get(row, 2)?).ok_or(corrupt("company"))?,
        owner: member(3, "owner")?,
        issuer: member(4, "issuer")?,
        origin: Origin::ALL
            .into_iter()
            .find(|o| origin_code(*o) == origin)
            .ok_or(corrupt("origin"))?,
        name: KeyName::new(get(row, 6)?).map_err(|_| corrupt("name"))?,
        description: description
            .map(Description::new)
            .transpose()
            .map_err(|_| corrupt("description"))?,
        role: get::<String>(row, 8)?
            .parse::<Role>()
            .map_err(|_| corrupt("role"))?,
        scopes: scopes(row, 9)?,
        start: time(get(row, 10)?, "start_at")?,
        end: (end != NEVER).then(|| time(end, "end_at")).transpose()?,
        created: time(get(row, 12)?, "created_at")?,
        updated: time(get(row, 13)?, "updated_at")?,
        enabled: get(row, 14)?,
        revoked: revoked(row, 15, 17)?,
        recoverable: get(row, 16)?,
        metadata: metadata(row, 18)?,
        addresses: addresses(row, 19)?,
        limits: limits(row, 21)?,
        quota: quota(row, 22)?,
        prefix: prefix(row, 20)?,
    };
    let number = KeyNumber::new(get(row, 0)?).ok_or(corrupt("number"))?;
    Ok((number, key))
}

fn scopes(row: &Row<'_>, index: usize) -> Result<Scopes, StoreError> {
    get::<String>(row, index)?
        .split_ascii_whitespace()
        .map(|scope| Scope::new(scope.to_owned()))
        .collect::<Result<Vec<_>, _>>()
        .and_then(Scopes::new)
        .map_err(|_| corrupt("scopes"))
}

fn revoked(row: &Row<'_>, at: usize, reason: usize) -> Result<Option<Revoked>, StoreError> {
    let Some(at) = get::<Option<i64>>(row, at)? else {
        return Ok(None);
    };
    let reason = get::<Option<String>>(row, reason)?
        .map(Reason::new)
        .transpose();
    Ok(Some(Revoked {
        at: time(at, "revoked_at")?,
        reason: reason.map_err(|_| corrupt("revoked_reason"))?,
    }))
}

fn metadata(row: &Row<'_>, index: usize) -> Result<Metadata, StoreError> {
    match get::<Option<String>>(row, index)? {
        None => Ok(Metadata::default()),
        Some(compact) => Metadata::new(compact).map_err(|_| corrupt("metadata")),
    }
}

fn addresses(row: &Row<'_>, index: usize) -> Result<AllowedAddresses, StoreError> {
    let blocks: Vec<AddressBlock> = get::<String>(row, index)?
        .split_ascii_whitespace()
        .map(str::parse)
        .collect::<Result<_, _>>()
        .map_err(|_| corrupt("addresses"))?;
    AllowedAddresses::new(blocks).map_err(|_| corrupt("addresses"))
}

fn limits(row: &Row<'_>, index: usize) -> Result<Limits, StoreError> {
    let limits: Vec<Limit> = get::<String>(row, index)?
        .split_ascii_whitespace()
        .map(str::parse)
        .collect::<Result<_, _>>()
        .map_err(|_| corrupt("limits"))?;
    Limits::new(limits).map_err(|_| corrupt("limits"))
}

fn quota(row: &Row<'_>, index: usize) -> Result<Option<Quota>, StoreError> {
    let Some(text) = get::<Option<String>>(row, index)? else {
        return Ok(None);
    };
    let numbers: Vec<i64> = text
        .split(' ')
        .map(str::parse)
        .collect::<Result<_, _>>()
        .map_err(|_| corrupt("quota"))?;
    let (remaining, refill) = match numbers[..] {
        [remaining] => (remaining, None),
        [remaining, amount, seconds, next] => (
            remaining,
            Some(Refill {
                amount: amount.try_into().map_err(|_| corrupt("amount"))?,
                seconds: seconds.try_into().map_err(|_| corrupt("seconds"))?,
                next: time(next, "next_at")?,
            }),
        ),
        _ => return Err(corrupt("quota")),
    };
    Ok(Some(Quota {
        remaining: remaining.try_into().map_err(|_| corrupt("remaining"))?,
        refill,
    }))
}

fn prefix(row: &Row<'_>, index: usize) -> Result<Option<Prefix>, StoreError> {
    get::<Option<String>>(row, index)?
        .map(|prefix| Prefix::new(&prefix))
        .transpose()
        .map_err(|_| corrupt("prefix"))
}

/// A statement that finds a key, with the secret that it keeps: those that a rotation gave an end are not shown again.
macro_rules! stored_key_where {
    ($($condition:expr),+) => {
        concat!(
            "SELECT ",
            key_columns!(),
            ", s.id, s.sealed, (SELECT last_use(uses, k.number) FROM last_use WHERE run = k.number >> 8)
             FROM api_key k
             LEFT JOIN secret s ON s.digest = (
                 SELECT digest FROM secret
                 WHERE key = k.number AND retires_at IS NULL
                 ORDER BY created_at DESC, id DESC LIMIT 1)
             WHERE ",
            $($condition),+
        )
    };
}

const BY_NUMBER: &str = stored_key_where!("k.number = ?1");
const BY_ID: &str = stored_key_where!("k.id = ?1");
pub(super) const BY_NAME: &str =
    stored_key_where!("k.company = ?1 AND ", is_named!(), " AND k.name = ?2");

/// A key within reach, with the secret that it keeps.
pub(super) fn stored_key(
    connection: &Connection,
    within: Reach,
    key: &KeyRef,
) -> Result<Option<StoredKey>, StoreError> {
    let found = match key {
        KeyRef::Number(number) => read_stored_key(connection, BY_NUMBER, [number.get()]),
        KeyRef::Id(id) => read_stored_key(connection, BY_ID, [id.0.as_bytes()]),
        KeyRef::Name(name) => match within.company {
            Some(company) => read_stored_key(connection, BY_NAME, params![company.get(), name]),
            // A name tells keys of one company apart, not of all.
            None => Ok(None),
        },
    };
    Ok(found?.filter(|found| within.covers(&found.key)))
}

fn read_stored_key(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Option<StoredKey>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let (number, key) = key(row)?;
    let id: Option<[u8; 16]> = get(row, KEY_COLUMNS)?;
    let sealed: Option<Vec<u8>> = get(row, KEY_COLUMNS + 1)?;
    let secret = id.zip(sealed).map(|(id, sealed)| StoredSecret {
        id: SecretId(Uuid::from_bytes(id)),
        sealed: Sealed::from_bytes(sealed),
    });
    let last_used: Option<i64> = get(row, KEY_COLUMNS + 2)?;
    Ok(Some(StoredKey {
        number,
        key,
        secret,
        last_used: last_used.map(|at| time(at, "at")).transpose()?,
    }))
}
