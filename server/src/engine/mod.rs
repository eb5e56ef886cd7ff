//! The engine: what can be done to keys, for every surface. It joins the rules, which know no storage, with
//! the store, which knows no surface.

mod audit;
mod authenticate;
mod caller;
mod door;
mod foreign;
mod grant;
mod import;
mod keys;
mod memory;
mod named;
mod once;
mod own;
mod secrets;
mod tenants;
mod tend;
mod verify;

use std::sync::Arc;

use bitting_core::{
    Clock, Entropy, KeyId, Refusal,
    audit::{Action, Record},
    secret::MasterKey,
};
use bitting_store::{Store, StoreError};
use slog::{Logger, error};

use crate::login::Logins;

pub(crate) use bitting_store::{
    AuditEntry, AuditPosition, AuditQuery, LiveSecret, Order, OrderField, PageQuery, Position,
    PositionValue, StoredKey,
};
pub(crate) use caller::{Asked, Caller};
pub(crate) use grant::{FirstKey, grant};
pub(crate) use import::{Importing, Outcome};
pub(crate) use keys::Created;
pub(crate) use memory::Remembered;
pub use memory::{CACHE_BYTES, Memory};
pub(crate) use once::{Answered, Encode};
pub(crate) use secrets::Rotated;
pub(crate) use verify::{Answer, Question};

/// How recoverable secrets are sealed.
#[derive(Debug)]
pub struct Seal {
    /// The key-encryption key. Shared with the store's thread, which has answers sealed (K100).
    pub master: Arc<MasterKey>,
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
    /// Who vouches for login tokens, if anybody.
    pub logins: Option<Arc<Logins>>,
    /// What is remembered of credentials; the server has the store keep it true.
    pub memory: Arc<Memory>,
    /// Where faults are told.
    pub log: Logger,
}

impl Engine {
    /// Whether the store can be read; `request` is for the log.
    pub(crate) async fn check(&self, request: &str) -> Result<(), Refusal> {
        self.store.check().await.map_err(|fault| {
            self.log_fault(request, &fault);
            Refusal::Unavailable
        })
    }

    /// The issuer of login tokens and the client that gets them for people, if there is one.
    pub(crate) fn issuer(&self) -> Option<(&str, &str)> {
        let settings = self.logins.as_ref()?.settings();
        Some((settings.issuer(), settings.client_id()))
    }

    /// What a request is told of what went wrong in the store; the log is told everything.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "it is what `map_err` hands over"
    )]
    fn fault(&self, asked: Asked<'_>, fault: StoreError) -> Refusal {
        if let StoreError::Refused(refusal) = &fault {
            return refusal.clone();
        }
        self.log_fault(asked.request, &fault);
        if fault.is_transient() {
            Refusal::Unavailable
        } else {
            Refusal::Internal
        }
    }

    fn log_fault(&self, request: &str, fault: &StoreError) {
        // Enough to know it by: a fault of the database repeats its whole statement.
        let cause: String = fault.to_string().chars().take(500).collect();
        error!(self.log, "store fault"; "request_id" => request, "cause" => cause);
    }

    /// A record of what `caller` does.
    fn record(caller: &Caller<'_>, action: Action, keys: Vec<KeyId>) -> Record {
        Record {
            trail: caller.asked.trail(),
            action,
            company: caller.principal.company,
            actor: Some((*caller.principal).clone()),
            member: None,
            keys,
        }
    }
}
