//! Many keys at once.

use std::collections::{BTreeSet, HashMap};

use bitting_core::{
    Collection, CompanyId, Key, KeyNumber, Timestamp,
    audit::{Action, Record, Trail},
    secret::{Sealed, Secret},
};
use rusqlite::{Connection, params};

use super::{
    Transaction, audit,
    key::{has_owner, keep_names_apart},
    secret,
    table::{self, Folded},
};
use crate::StoreError;

/// Adds keys, each with its secret. What is recorded is that keys were made in their companies, and not which.
pub(in crate::sqlite) fn create(
    transaction: &mut Transaction<'_>,
    keys: &[(Key, Secret)],
    trail: &Trail,
) -> Result<(), StoreError> {
    admit(transaction, keys)?;
    add(transaction, keys.iter().map(|(key, stored)| (key, stored)))?;
    record(transaction, keys, trail, &mut BTreeSet::new())
}

/// Adds keys that were admitted, each with its secret.
pub(super) fn add<'k>(
    transaction: &mut Transaction<'_>,
    keys: impl Iterator<Item = (&'k Key, &'k Secret)>,
) -> Result<(), StoreError> {
    let mut totals = Totals::default();
    let mut secrets = Vec::new();
    for (key, stored) in keys {
        let folded = Folded::of(key);
        let number = totals.insert(transaction, key, &folded)?;
        table::insert_text(transaction, number, &folded)?;
        secrets.push((stored, number));
    }
    totals.note(transaction)?;
    // In the order of their table, whose pages are then each gone through once.
    secrets.sort_unstable_by_key(|(stored, _)| *stored.digest.as_bytes());
    for (stored, number) in secrets {
        secret::insert(transaction, number, stored)?;
    }
    Ok(())
}

/// Adds keys to a database whose indexes are put aside, and puts their secrets there too. A company that is
/// `recorded` is not recorded again.
pub(in crate::sqlite) fn load(
    connection: &Connection,
    keys: &[(Key, Secret)],
    trail: &Trail,
    recorded: &mut BTreeSet<CompanyId>,
) -> Result<(), StoreError> {
    admit(connection, keys)?;
    let mut totals = Totals::default();
    let mut park = connection.prepare_cached(
        "INSERT INTO parked_secret (digest, key, id, hint, created_at, retires_at, sealed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (key, stored) in keys {
        let number = totals.insert(connection, key, &Folded::of(key))?;
        park.execute(params![
            stored.digest.as_bytes(),
            number.get(),
            stored.id.0.as_bytes(),
            stored.hint,
            stored.created.seconds(),
            stored.retires.map(Timestamp::seconds),
            stored.sealed.as_ref().map(Sealed::as_bytes),
        ])?;
    }
    totals.note(connection)?;
    record(connection, keys, trail, recorded)
}

/// Refuses keys as [`super::key::create`] would, before the first is written.
fn admit(connection: &Connection, keys: &[(Key, Secret)]) -> Result<(), StoreError> {
    let mut owners = BTreeSet::new();
    for (key, _) in keys {
        if owners.insert((key.company, key.owner)) {
            has_owner(connection, key)?;
        }
        keep_names_apart(connection, key)?;
    }
    Ok(())
}

/// What collections are to be told of new keys, once for many.
#[derive(Default)]
struct Totals(HashMap<Collection, (i64, Option<Timestamp>)>);

impl Totals {
    fn insert(
        &mut self,
        connection: &Connection,
        key: &Key,
        folded: &Folded,
    ) -> Result<KeyNumber, StoreError> {
        let (number, phased) = table::insert_row(connection, key, folded, key.created)?;
        let (more, latest) = self.0.entry(key.collection()).or_default();
        *more += 1;
        *latest = (*latest).max(phased);
        Ok(number)
    }

    fn note(self, connection: &Connection) -> Result<(), StoreError> {
        for (collection, (more, phased)) in self.0 {
            table::note(connection, collection, more, phased)?;
        }
        Ok(())
    }
}

fn record(
    connection: &Connection,
    keys: &[(Key, Secret)],
    trail: &Trail,
    recorded: &mut BTreeSet<CompanyId>,
) -> Result<(), StoreError> {
    for (key, _) in keys {
        if recorded.insert(key.company) {
            let record = Record {
                trail: trail.clone(),
                action: Action::KeyCreated,
                company: key.company,
                actor: None,
                member: None,
                keys: Vec::new(),
            };
            audit::write(connection, &record)?;
        }
    }
    Ok(())
}
