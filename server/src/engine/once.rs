//! Requests that are sent again and done once (K100 to K102).

use std::{sync::Arc, time::Duration};

use bitting_core::{
    Conflict, Field, IdempotencyKey, Key, KeyDraft, KeyId, MemberId, OnceId, Origin, Refusal,
    SecretId, Timestamp, Violation, rules, secret::PlainSecret,
};
use bitting_store::{KeptAnswer, Once, Seal, StoredKey};
use slog::{error, warn};
use zeroize::Zeroizing;

use super::{Caller, Engine};

/// How often answers are forgotten that are older than they are kept.
const FORGET_EVERY: Duration = Duration::from_secs(60);

/// What was done to a key, for whoever words the answer.
#[derive(Clone, Copy)]
pub(crate) struct Answered<'a> {
    pub(crate) key: &'a Key,
    /// When one of its old secrets was last used that still work.
    pub(crate) last_used: Option<Timestamp>,
    /// The id of its new secret.
    pub(crate) id: SecretId,
    pub(crate) secret: &'a PlainSecret,
    pub(crate) now: Timestamp,
}

/// How an answer is written: whole, as it is kept.
pub(crate) type Encode = fn(Answered<'_>) -> Zeroizing<Vec<u8>>;

impl Engine {
    /// What tells a request apart that is to be done once.
    pub(crate) fn once(
        &self,
        caller: &Caller<'_>,
        operation: &str,
        key: &IdempotencyKey,
        target: &str,
        body: &[u8],
    ) -> Result<OnceId, Refusal> {
        if !self.seal.new {
            let reason = "must not be given: this server keeps no sealed copies of secrets";
            return Err(Violation::new(Field::Parameter("Idempotency-Key"), reason).into());
        }
        Ok(OnceId::new(&caller.principal, operation, key, target, body))
    }

    /// The answer to the same request, if it was done before.
    pub(crate) async fn answered(
        &self,
        caller: &Caller<'_>,
        id: OnceId,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, Refusal> {
        let found = self
            .store
            .answered(within(caller, id))
            .await
            .map_err(|error| self.fault(caller.asked, error))?;
        found.map(|kept| self.tell(caller, &kept, &id)).transpose()
    }

    /// Makes a key as [`Engine::own_create`] does, unless the same request did before; the answer as it is kept.
    pub(crate) async fn own_create_once(
        &self,
        caller: &Caller<'_>,
        draft: KeyDraft,
        owner: Option<MemberId>,
        (id, encode): (OnceId, Encode),
    ) -> Result<Zeroizing<Vec<u8>>, Refusal> {
        let draft = self.own_draft(caller, draft, owner).await?;
        let (create, secret) = self.draft(caller, Origin::Keys, draft)?;
        let seal = self.sealing(caller, id, (create.secret.id, secret), encode);
        let kept = self
            .store
            .create_once(create, within(caller, id), seal)
            .await
            .map_err(|error| self.fault(caller.asked, error))?;
        self.tell(caller, &kept, &id)
    }

    /// Rotates a key as [`Engine::own_rotate`] does, unless the same request did before; the answer as it is kept.
    pub(crate) async fn own_rotate_once(
        &self,
        caller: &Caller<'_>,
        key: KeyId,
        overlap: u32,
        (id, encode): (OnceId, Encode),
    ) -> Result<Zeroizing<Vec<u8>>, Refusal> {
        let (rotate, secret) = self.rotation(caller, key, overlap).await?;
        let seal = self.sealing(caller, id, (rotate.secret.id, secret), encode);
        let kept = self
            .store
            .rotate_once(rotate, within(caller, id), seal)
            .await
            .map_err(|error| self.fault(caller.asked, error))?;
        self.tell(caller, &kept, &id)
    }

    /// Forgets answers that are older than they are kept, until it is dropped.
    pub(crate) async fn keep_forgetting(&self) {
        loop {
            tokio::time::sleep(FORGET_EVERY).await;
            loop {
                match self.store.forget_answers(self.clock.now()).await {
                    Ok(true) => {}
                    Ok(false) => break,
                    Err(fault) => {
                        warn!(self.log, "old answers were not forgotten"; "cause" => %fault);
                        break;
                    }
                }
            }
        }
    }

    /// How the answer to a request is made in the transaction that does it.
    fn sealing(
        &self,
        caller: &Caller<'_>,
        once: OnceId,
        (id, secret): (SecretId, PlainSecret),
        encode: Encode,
    ) -> Seal {
        let (master, entropy) = (Arc::clone(&self.seal.master), Arc::clone(&self.entropy));
        let now = caller.now;
        Arc::new(move |done: &StoredKey| {
            let answer = encode(Answered {
                key: &done.key,
                last_used: done.last_used,
                id,
                secret: &secret,
                now,
            });
            master.seal_answer(&answer, &once, &*entropy)
        })
    }

    /// A kept answer. A secret that it tells again leaves a record. One that does not open, as it was sealed under
    /// another master key, is as good as erased.
    fn tell(
        &self,
        caller: &Caller<'_>,
        kept: &KeptAnswer,
        id: &OnceId,
    ) -> Result<Zeroizing<Vec<u8>>, Refusal> {
        let opened = self.seal.master.open_answer(&kept.sealed, id);
        let answer = opened.map_err(|cause| {
            error!(self.log, "a sealed answer does not open";
                "request_id" => caller.asked.request, "cause" => %cause);
            Refusal::Conflict(Conflict::IdempotencyExpired)
        })?;
        if let Some((company, key)) = kept.again {
            self.record_shown(caller, company, key)?;
        }
        Ok(answer)
    }
}

/// Whose request it is, and which keys' secrets may be told again.
fn within(caller: &Caller<'_>, id: OnceId) -> Once {
    Once {
        id,
        within: rules::reach_anywhere(&caller.principal),
        by: (*caller.principal).clone(),
        now: caller.now,
    }
}
