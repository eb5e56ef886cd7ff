//! Keys that are brought from elsewhere.

use std::collections::{BTreeMap, BTreeSet, HashMap, hash_map::Entry};

use bitting_core::{
    CompanyId, Key, KeyId,
    audit::{Action, Record},
    secret::Digest,
};
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::{
    Transaction, audit, bulk,
    key::{has_owner, keep_names_apart},
};
use crate::{Import, ImportKey, Imported, StoreError};

/// Adds what can be added of `import`, and tells what became of each.
pub(in crate::sqlite) fn import(
    transaction: &mut Transaction<'_>,
    import: &Import,
) -> Result<Vec<Imported>, StoreError> {
    let mut admission = Admission::default();
    let mut outcomes = Vec::with_capacity(import.keys.len());
    for key in &import.keys {
        outcomes.push(admission.admit(transaction, key)?);
    }
    let all = || import.keys.iter().zip(&outcomes);
    let added: Vec<_> = all()
        .filter(|(_, outcome)| **outcome == Imported::Added)
        .map(|(key, _)| key)
        .collect();
    bulk::add(transaction, added.iter().map(|new| (&new.key, &new.secret)))?;
    for new in added.iter().filter(|new| new.foreign) {
        transaction
            .prepare_cached("INSERT INTO foreign_digest (digest) VALUES (?1)")?
            .execute([new.secret.digest.as_bytes()])?;
    }
    record(transaction, import, &added)?;
    Ok(outcomes)
}

/// What of an import was looked at so far.
#[derive(Default)]
struct Admission<'i> {
    secrets: HashMap<Digest, &'i Key>,
    names: BTreeSet<(CompanyId, &'i str)>,
    owners: BTreeMap<i64, bool>,
}

impl<'i> Admission<'i> {
    /// What is to become of a key; nothing is written.
    fn admit(
        &mut self,
        connection: &Connection,
        new: &'i ImportKey,
    ) -> Result<Imported, StoreError> {
        let digests = [Some(new.secret.digest), new.alias];
        for digest in digests.into_iter().flatten() {
            let before = self.secrets.get(&digest).map(|key| (key.id, key.company));
            let before = match before {
                None => holder(connection, &digest)?,
                before => before,
            };
            if let Some((key, company)) = before {
                return Ok(Imported::Duplicate { key, company });
            }
        }
        if !self.has_owner(connection, &new.key)? {
            return Ok(Imported::NoOwner);
        }
        if !self.has_free_name(connection, &new.key)? {
            return Ok(Imported::NameTaken);
        }
        for digest in digests.into_iter().flatten() {
            if let Entry::Vacant(entry) = self.secrets.entry(digest) {
                entry.insert(&new.key);
            }
        }
        Ok(Imported::Added)
    }

    fn has_owner(&mut self, connection: &Connection, key: &Key) -> Result<bool, StoreError> {
        if let Some(known) = self.owners.get(&key.owner.get()) {
            return Ok(*known);
        }
        let found = granted(has_owner(connection, key))?;
        self.owners.insert(key.owner.get(), found);
        Ok(found)
    }

    fn has_free_name(&mut self, connection: &Connection, key: &'i Key) -> Result<bool, StoreError> {
        if key.origin != bitting_core::Origin::Feldera {
            return Ok(true);
        }
        Ok(granted(keep_names_apart(connection, key))?
            && self.names.insert((key.company, key.name.as_str())))
    }
}

/// Whether something was not refused.
fn granted(outcome: Result<(), StoreError>) -> Result<bool, StoreError> {
    match outcome {
        Ok(()) => Ok(true),
        Err(error) if error.is_refusal() => Ok(false),
        Err(error) => Err(error),
    }
}

/// The key that has a secret, and its company.
fn holder(
    connection: &Connection,
    digest: &Digest,
) -> Result<Option<(KeyId, CompanyId)>, StoreError> {
    let found: Option<([u8; 16], i64)> = connection
        .prepare_cached(
            "SELECT k.id, k.company FROM secret s JOIN api_key k ON k.number = s.key
             WHERE s.digest = ?1",
        )?
        .query_row([digest.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((id, company)) = found else {
        return Ok(None);
    };
    let company = CompanyId::new(company).ok_or(StoreError::Corrupt { column: "company" })?;
    Ok(Some((KeyId(Uuid::from_bytes(id)), company)))
}

/// One record for each company that got keys.
fn record(
    connection: &Connection,
    import: &Import,
    added: &[&ImportKey],
) -> Result<(), StoreError> {
    let mut companies = BTreeMap::<_, Vec<_>>::new();
    for new in added {
        companies
            .entry(new.key.company)
            .or_default()
            .push(new.key.id);
    }
    for (company, keys) in companies {
        let record = Record {
            trail: import.trail.clone(),
            action: Action::KeysImported,
            company,
            actor: import.by.clone(),
            member: None,
            keys,
        };
        audit::write(connection, &record)?;
    }
    Ok(())
}

/// Puts the digest of ours in the place of a foreign one.
pub(in crate::sqlite) fn adopt(
    transaction: &mut Transaction<'_>,
    foreign: Digest,
    digest: Digest,
) -> Result<(), StoreError> {
    let found = transaction
        .prepare_cached("DELETE FROM foreign_digest WHERE digest = ?1")?
        .execute([foreign.as_bytes()])?;
    if found == 0 {
        return Ok(());
    }
    // Where another key was brought with the same secret, it is that one's.
    transaction
        .prepare_cached("UPDATE OR IGNORE secret SET digest = ?2 WHERE digest = ?1")?
        .execute([foreign.as_bytes(), digest.as_bytes()])?;
    transaction.changed_secret(foreign);
    transaction.changed_secret(digest);
    Ok(())
}
