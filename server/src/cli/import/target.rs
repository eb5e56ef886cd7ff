//! Where keys are imported to.

use bitting_api::keys::encode::field_name;
use bitting_client::keys::types::KeyImportStatus;
use bitting_core::{Clock, CompanyId, KeyId, MemberId, Principal, Role, Scopes, Via, Violation};
use bitting_store::Store;

use super::lines::Line;
use crate::{
    cli::{
        Failure,
        open::{Opened, trail},
        remote::Remote,
    },
    engine::{Importing, Outcome},
    system::{OsEntropy, SystemClock},
};

/// Where keys are imported to.
pub(super) enum Target {
    /// A store that nobody else has.
    Rest(Box<Opened>),
    /// A server.
    Remote(Remote),
}

/// What became of a line.
pub(super) enum Became {
    Created,
    Duplicate,
    Invalid(String),
}

impl Target {
    /// Whether every key must name its owner: nobody asks whose it could be.
    pub(super) fn needs_owner(&self) -> bool {
        matches!(self, Self::Rest(_))
    }

    /// Imports keys; what became of each, in order.
    pub(super) async fn import(&self, lines: &[Line]) -> Result<Vec<Became>, Failure> {
        match self {
            Self::Rest(opened) => rest(opened, lines).await,
            Self::Remote(remote) => {
                let keys: Vec<_> = lines.iter().map(|line| line.text.as_str()).collect();
                let results = remote.import(&keys).await?;
                let became = results.into_iter().map(|result| match result.status {
                    KeyImportStatus::Created => Became::Created,
                    KeyImportStatus::Duplicate => Became::Duplicate,
                    KeyImportStatus::Invalid => {
                        let errors = result.errors.unwrap_or_default();
                        let said = errors.iter().map(|e| format!("{} {}", e.field, e.reason));
                        Became::Invalid(said.collect::<Vec<_>>().join("; "))
                    }
                });
                Ok(became.collect())
            }
        }
    }

    /// Writes what is to be written.
    pub(super) async fn close(self) -> Result<(), Failure> {
        match self {
            Self::Rest(opened) => Ok(opened.store.close().await?),
            Self::Remote(_) => Ok(()),
        }
    }
}

async fn rest(opened: &Opened, lines: &[Line]) -> Result<Vec<Became>, Failure> {
    let now = SystemClock.now();
    // Each was looked at before; what changed since is told with its line.
    let whole = |reason: String| vec![Violation::new(bitting_core::Field::Body, reason)];
    let drafts = lines.iter().map(|line| line.draft(now).map_err(whole));
    let everybody = whoever_sits_at_the_machine()?;
    let importing = Importing {
        store: &opened.store,
        clock: &SystemClock,
        entropy: &OsEntropy,
        // Whether the server keeps sealed copies is said where it is started.
        master: None,
        by: &everybody,
        actor: None,
    };
    let outcomes = importing.import(drafts.collect(), trail("import")).await?;
    let became = outcomes.into_iter().map(|outcome| match outcome {
        Outcome::Created(_) => Became::Created,
        Outcome::Duplicate(_) => Became::Duplicate,
        Outcome::Invalid(wrong) => {
            let said = wrong
                .iter()
                .map(|v| format!("{} {}", field_name(v), v.reason));
            Became::Invalid(said.collect::<Vec<_>>().join("; "))
        }
    });
    Ok(became.collect())
}

/// Who may do everything, and is nobody: no key is ever theirs, for each names its owner.
fn whoever_sits_at_the_machine() -> Result<Principal, Failure> {
    let nobody = || Failure("there is no first company".to_owned());
    Ok(Principal {
        company: CompanyId::new(1).ok_or_else(nobody)?,
        member: MemberId::new(1).ok_or_else(nobody)?,
        role: Role::Root,
        scopes: Scopes::default(),
        via: Via::Key(KeyId(uuid::Uuid::nil())),
    })
}
