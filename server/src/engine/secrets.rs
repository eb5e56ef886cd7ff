//! A key's several secrets: rotated, listed, retired, revealed (K90 to K93).

use bitting_core::{
    CompanyId, Conflict, Key, KeyId, KeyRef, Refusal, SecretId, Timestamp,
    audit::{Action, Record},
    rules,
    secret::PlainSecret,
};
use bitting_store::{LiveSecret, Retire, Rotate};
use slog::error;

use super::{Caller, Engine};

/// A key that was just rotated, with its new secret.
pub(crate) struct Rotated {
    pub(crate) key: Key,
    /// When one of the old ones was last used that still work.
    pub(crate) last_used: Option<Timestamp>,
    pub(crate) id: SecretId,
    pub(crate) secret: PlainSecret,
}

/// The secret of a recoverable key.
pub(crate) struct Revealed {
    pub(crate) id: SecretId,
    pub(crate) secret: PlainSecret,
}

impl Engine {
    /// Gives a key a new secret; the old ones go on working for so many seconds.
    pub(crate) async fn own_rotate(
        &self,
        caller: &Caller<'_>,
        id: KeyId,
        overlap: u32,
    ) -> Result<Rotated, Refusal> {
        let (rotate, secret) = self.rotation(caller, id, overlap).await?;
        let id = rotate.secret.id;
        let rotated = self
            .store
            .rotate(rotate)
            .await
            .map_err(|error| self.fault(caller.asked, error))?;
        Ok(Rotated {
            key: rotated.key,
            last_used: rotated.last_used,
            id,
            secret,
        })
    }

    /// A rotation to be made, and the new secret.
    pub(super) async fn rotation(
        &self,
        caller: &Caller<'_>,
        id: KeyId,
        overlap: u32,
    ) -> Result<(Rotate, PlainSecret), Refusal> {
        // Read first: a sealed copy is bound to the key. What may be done is decided in the store, in the
        // transaction that does it.
        let found = self.own_view(caller, id).await?;
        let minted = self.mint(&found.key);
        let rotate = Rotate {
            within: rules::reach_anywhere(&caller.principal),
            key: KeyRef::Id(id),
            by: (*caller.principal).clone(),
            secret: minted.stored,
            overlap,
            now: caller.now,
            trail: caller.asked.trail(),
        };
        Ok((rotate, minted.plain))
    }

    /// The secrets of a key that work: the one that stays first.
    pub(crate) async fn own_secrets(
        &self,
        caller: &Caller<'_>,
        id: KeyId,
    ) -> Result<Vec<LiveSecret>, Refusal> {
        let within = rules::reach_anywhere(&caller.principal);
        self.store
            .secrets(within, KeyRef::Id(id), caller.now)
            .await
            .map_err(|error| self.fault(caller.asked, error))?
            .ok_or(Refusal::NotFound)
    }

    /// Ends a secret of a key before its time.
    pub(crate) async fn own_retire(
        &self,
        caller: &Caller<'_>,
        id: KeyId,
        secret: SecretId,
    ) -> Result<(), Refusal> {
        let retire = Retire {
            within: rules::reach_anywhere(&caller.principal),
            key: KeyRef::Id(id),
            secret,
            by: (*caller.principal).clone(),
            now: caller.now,
            trail: caller.asked.trail(),
        };
        self.store
            .retire(retire)
            .await
            .map_err(|error| self.fault(caller.asked, error))
    }

    /// Shows the secret of a recoverable key again, and records that it did.
    pub(crate) async fn own_reveal(
        &self,
        caller: &Caller<'_>,
        id: KeyId,
    ) -> Result<Revealed, Refusal> {
        let found = self.own_view(caller, id).await?;
        rules::may_change(&caller.principal, &found.key)?;
        // With sealing turned off, secrets are shown once, even those sealed before (O33).
        let sealed = found.secret.as_ref().filter(|_| self.seal.new);
        let sealed = sealed.ok_or(Refusal::Conflict(Conflict::NotRecoverable))?;
        let secret = self
            .unseal(caller, &found.key, sealed)
            .ok_or(Refusal::Internal)?;
        self.record_shown(caller, found.key.company, found.key.id)?;
        Ok(Revealed {
            id: sealed.id,
            secret,
        })
    }

    /// Records that the secret of a key is shown again, in the company of the key.
    pub(super) fn record_shown(
        &self,
        caller: &Caller<'_>,
        company: CompanyId,
        key: KeyId,
    ) -> Result<(), Refusal> {
        let record = Record {
            company,
            ..Self::record(caller, Action::SecretsShown, vec![key])
        };
        if self.store.record_shown(record) {
            return Ok(());
        }
        // What leaves no record is not shown.
        error!(self.log, "a secret is withheld: the audit log cannot be written";
            "request_id" => caller.asked.request);
        Err(Refusal::Unavailable)
    }
}
