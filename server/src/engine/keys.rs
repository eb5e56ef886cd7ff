//! Keys, as the drop-in surfaces know them: create, list, view, update, roll, delete.

use bitting_core::{
    Collection, Key, KeyChange, KeyDraft, KeyId, KeyNumber, KeyRef, Origin, Reach, Refusal,
    audit::{Action, Record},
    query::KeyQuery,
    rules,
    secret::{Minted, PlainSecret, SealContext},
};
use bitting_store::{Create, Delete, Roll, StoredKey, StoredSecret, Update};
use slog::error;

use super::{Caller, Engine};

/// A key that was just made or rolled, with its secret.
pub(crate) struct Created {
    pub(crate) number: KeyNumber,
    pub(crate) key: Key,
    pub(crate) secret: PlainSecret,
}

/// A key as it is shown.
pub(crate) struct Shown {
    pub(crate) number: KeyNumber,
    pub(crate) key: Key,
    /// The secret, where it was asked for, is kept, and is the caller's to see.
    pub(crate) secret: Option<PlainSecret>,
}

/// One page of keys.
pub(crate) struct Listed {
    pub(crate) total: u64,
    pub(crate) keys: Vec<Shown>,
}

impl Engine {
    /// Makes a key.
    pub(crate) async fn key_create(
        &self,
        caller: &Caller<'_>,
        origin: Origin,
        draft: KeyDraft,
    ) -> Result<Created, Refusal> {
        let (create, secret) = self.draft(caller, origin, draft)?;
        let key = create.key.clone();
        let number = self
            .store
            .create(create)
            .await
            .map_err(|error| self.fault(caller.asked, error))?;
        Ok(Created {
            number,
            key,
            secret,
        })
    }

    /// The key that `draft` asks for, to be made, and its secret.
    pub(super) fn draft(
        &self,
        caller: &Caller<'_>,
        origin: Origin,
        draft: KeyDraft,
    ) -> Result<(Create, PlainSecret), Refusal> {
        let new = rules::NewKey {
            id: KeyId::mint(&*self.clock, &*self.entropy),
            origin,
            now: caller.now,
        };
        let key = rules::create(&caller.principal, new, draft)?;
        let minted = self.mint(&key);
        // In the company of the key, where its admins look for it, whoever makes it.
        let record = Record {
            company: key.company,
            ..Self::record(caller, Action::KeyCreated, vec![key.id])
        };
        let create = Create {
            key,
            secret: minted.stored,
            record,
        };
        Ok((create, minted.plain))
    }

    /// The caller's keys of one origin; with `secrets`, those that are the caller's to see.
    pub(crate) async fn key_list(
        &self,
        caller: &Caller<'_>,
        origin: Origin,
        query: KeyQuery,
        secrets: bool,
    ) -> Result<Listed, Refusal> {
        let list = self
            .store
            .list(collection(caller, origin), query, caller.now)
            .await
            .map_err(|error| self.fault(caller.asked, error))?;
        let keys = self.show(caller, list.keys, secrets);
        Ok(Listed {
            total: list.total,
            keys,
        })
    }

    /// A key of one origin within the caller's reach.
    pub(crate) async fn key_view(
        &self,
        caller: &Caller<'_>,
        origin: Origin,
        key: KeyRef,
        secrets: bool,
    ) -> Result<Shown, Refusal> {
        let found = self.key_find(caller, origin, key).await?;
        self.show(caller, vec![found], secrets)
            .pop()
            .ok_or(Refusal::Internal)
    }

    /// Changes a key's settings.
    pub(crate) async fn key_update(
        &self,
        caller: &Caller<'_>,
        origin: Origin,
        key: KeyRef,
        change: KeyChange,
    ) -> Result<(), Refusal> {
        let update = Update {
            within: rules::reach(&caller.principal, origin),
            key,
            by: (*caller.principal).clone(),
            change,
            now: caller.now,
            trail: caller.asked.trail(),
        };
        self.store
            .update(update)
            .await
            .map_err(|error| self.fault(caller.asked, error))
    }

    /// Replaces a key's secret.
    pub(crate) async fn key_roll(
        &self,
        caller: &Caller<'_>,
        origin: Origin,
        key: KeyRef,
    ) -> Result<Created, Refusal> {
        // Read first: the sealed copy is bound to the key's id. What may be done is decided in the store, in
        // the transaction that does it.
        let found = self.key_find(caller, origin, key.clone()).await?;
        let minted = self.mint(&found.key);
        let roll = Roll {
            within: rules::reach(&caller.principal, origin),
            key,
            by: (*caller.principal).clone(),
            secret: minted.stored,
            now: caller.now,
            trail: caller.asked.trail(),
        };
        let rolled = self
            .store
            .roll(roll)
            .await
            .map_err(|error| self.fault(caller.asked, error))?;
        Ok(Created {
            number: rolled.number,
            key: rolled.key,
            secret: minted.plain,
        })
    }

    /// Deletes a key.
    pub(crate) async fn key_delete(
        &self,
        caller: &Caller<'_>,
        origin: Origin,
        key: KeyRef,
    ) -> Result<(), Refusal> {
        let within = rules::reach(&caller.principal, origin);
        self.delete_within(caller, within, key).await
    }

    pub(super) async fn delete_within(
        &self,
        caller: &Caller<'_>,
        within: Reach,
        key: KeyRef,
    ) -> Result<(), Refusal> {
        let delete = Delete {
            within,
            key,
            by: (*caller.principal).clone(),
            now: caller.now,
            trail: caller.asked.trail(),
        };
        self.store
            .delete(delete)
            .await
            .map_err(|error| self.fault(caller.asked, error))
    }

    async fn key_find(
        &self,
        caller: &Caller<'_>,
        origin: Origin,
        key: KeyRef,
    ) -> Result<StoredKey, Refusal> {
        let within = rules::reach(&caller.principal, origin);
        self.store
            .key(within, key.clone())
            .await
            .map_err(|error| self.fault(caller.asked, error))?
            .ok_or_else(|| key.unknown())
    }

    /// A new secret in the format of the key's origin; sealed if the key is recoverable.
    pub(super) fn mint(&self, key: &Key) -> Minted {
        let seal =
            (key.recoverable && self.seal.new).then_some((&*self.seal.master, key.company, key.id));
        Minted::new(&key.format(), &*self.clock, &*self.entropy, seal)
    }

    /// Opens the secrets that are the caller's to see and records which were.
    fn show(&self, caller: &Caller<'_>, keys: Vec<StoredKey>, secrets: bool) -> Vec<Shown> {
        let mut shown: Vec<_> = keys
            .into_iter()
            .map(|stored| {
                let secret = if secrets {
                    self.open(caller, &stored)
                } else {
                    None
                };
                Shown {
                    number: stored.number,
                    key: stored.key,
                    secret,
                }
            })
            .collect();
        let revealed: Vec<_> = shown
            .iter()
            .filter(|shown| shown.secret.is_some())
            .map(|shown| shown.key.id)
            .collect();
        if !revealed.is_empty() {
            let record = Self::record(caller, Action::SecretsShown, revealed);
            if !self.store.record_shown(record) {
                // What leaves no record is not shown.
                error!(self.log, "secrets withheld: the audit log cannot be written";
                    "request_id" => caller.asked.request);
                for shown in &mut shown {
                    shown.secret = None;
                }
            }
        }
        shown
    }

    fn open(&self, caller: &Caller<'_>, stored: &StoredKey) -> Option<PlainSecret> {
        // With sealing turned off, secrets are shown once, even those sealed before (O33).
        if !self.seal.new || !rules::may_see_secret(&caller.principal, &stored.key) {
            return None;
        }
        // Where one does not open, the rest of the answer is good: a damaged copy must not hide a whole list.
        self.unseal(caller, &stored.key, stored.secret.as_ref()?)
    }

    /// The secret that a sealed copy is of; `None`, and a line in the log, of a damaged one.
    pub(super) fn unseal(
        &self,
        caller: &Caller<'_>,
        key: &Key,
        secret: &StoredSecret,
    ) -> Option<PlainSecret> {
        let context = SealContext {
            company: key.company,
            key: key.id,
            secret: secret.id,
        };
        let opened = self.seal.master.open(&secret.sealed, context);
        if let Err(cause) = &opened {
            error!(self.log, "a sealed secret does not open";
                "request_id" => caller.asked.request, "key" => %key.id, "cause" => %cause);
        }
        opened.ok()
    }
}

fn collection(caller: &Caller<'_>, origin: Origin) -> Collection {
    Collection {
        company: caller.principal.company,
        owner: caller.principal.member,
        origin,
    }
}
