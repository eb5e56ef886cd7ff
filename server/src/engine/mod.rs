//! The engine: what can be done to keys, for every surface. It joins the rules, which know no storage, with
//! the store, which knows no surface.

mod keys;

use std::sync::Arc;

use bitting_core::{
    Clock, Entropy, Principal, Refusal, Status, Timestamp, Via,
    audit::{Action, Record, Trail},
    secret::{Digest, MasterKey, Screening, is_login_token, screen},
};
use bitting_store::{Store, StoreError};
use slog::{Logger, error};

/// How recoverable secrets are sealed.
#[derive(Debug)]
pub struct Seal {
    /// The key-encryption key.
    pub master: MasterKey,
    /// Whether secrets are sealed and shown again; if not, what was sealed before stays sealed (O33).
    pub new: bool,
}

/// The engine.
pub struct Engine {
    /// Where keys live.
    pub store: Arc<dyn Store>,
    /// Where now comes from.
    pub clock: Arc<dyn Clock>,
    /// Where randomness comes from.
    pub entropy: Arc<dyn Entropy>,
    /// How secrets are sealed.
    pub seal: Seal,
    /// Where faults are told.
    pub log: Logger,
}

/// An authenticated request.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// Who asks.
    pub(crate) principal: Principal,
    /// Now: one moment for the whole request.
    pub(crate) now: Timestamp,
    /// When, from where, in which request.
    pub(crate) trail: Trail,
}

impl Engine {
    /// Whose secret this is, if it is the secret of a key that is active now.
    pub(crate) async fn authenticate(
        &self,
        presented: &str,
        trail: Trail,
    ) -> Result<Caller, Refusal> {
        // A login token is never tried as a key (F62), and a mistyped key is none.
        if is_login_token(presented) || screen(presented) == Screening::Mistyped {
            return Err(Refusal::Unauthenticated);
        }
        let found = self
            .store
            .credential(Digest::of(presented))
            .await
            .map_err(|error| self.fault(&trail, error))?
            .ok_or(Refusal::Unauthenticated)?;
        let now = self.clock.now();
        let retired = found.retires.is_some_and(|at| at <= now);
        if retired || !found.enabled || found.key.status(now) != Status::Active {
            return Err(Refusal::Unauthenticated);
        }
        let principal = Principal {
            company: found.key.company,
            member: found.key.owner,
            role: found.key.role,
            scopes: found.key.scopes,
            via: Via::Key(found.key.id),
        };
        Ok(Caller {
            principal,
            now,
            trail,
        })
    }

    /// What a request is told of what went wrong in the store; the log is told everything.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "it is what `map_err` hands over"
    )]
    fn fault(&self, trail: &Trail, fault: StoreError) -> Refusal {
        if let StoreError::Refused(refusal) = &fault {
            return refusal.clone();
        }
        // Enough to know it by: a fault of the database repeats its whole statement.
        let cause: String = fault.to_string().chars().take(500).collect();
        error!(self.log, "store fault"; "request_id" => &trail.request, "cause" => cause);
        if fault.is_transient() {
            Refusal::Unavailable
        } else {
            Refusal::Internal
        }
    }

    /// A record of what `caller` does.
    fn record(caller: &Caller, action: Action, keys: Vec<bitting_core::KeyId>) -> Record {
        Record {
            trail: caller.trail.clone(),
            action,
            company: caller.principal.company,
            actor: Some(caller.principal.clone()),
            keys,
        }
    }
}
