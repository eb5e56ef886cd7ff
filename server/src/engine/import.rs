//! Keys that are brought from elsewhere (K130 to K134).

use std::collections::HashMap;

use bitting_api::keys::decode::KeyImport;
use bitting_core::{
    Clock, Denial, Entropy, Field, Key, KeyDraft, KeyId, MemberId, Owner, Principal, Refusal,
    Violation, audit::Trail, rules, secret::MasterKey,
};
use bitting_store::{Import, ImportKey, Imported, Store, StoreError};

use super::{Caller, Engine};

/// What an import takes besides its keys.
pub(crate) struct Importing<'i> {
    pub(crate) store: &'i dyn Store,
    pub(crate) clock: &'i dyn Clock,
    pub(crate) entropy: &'i dyn Entropy,
    /// What recoverable secrets are sealed under, if any are.
    pub(crate) master: Option<&'i MasterKey>,
    /// Who may do what the keys need, and whose they are if nobody says.
    pub(crate) by: &'i Principal,
    /// Who is recorded; `None` for whoever sits at the machine.
    pub(crate) actor: Option<Principal>,
}

/// What became of a key.
#[derive(Debug)]
pub(crate) enum Outcome {
    Created(KeyId),
    /// The key that has the secret, if `by` sees it.
    Duplicate(Option<KeyId>),
    Invalid(Vec<Violation>),
}

/// A key, or what is wrong with it.
pub(crate) type Draft = Result<KeyImport, Vec<Violation>>;

impl Engine {
    /// Imports keys; what became of each, in order.
    pub(crate) async fn key_import(
        &self,
        caller: &Caller<'_>,
        drafts: Vec<Draft>,
    ) -> Result<Vec<Outcome>, Refusal> {
        let importing = Importing {
            store: &*self.store,
            clock: &*self.clock,
            entropy: &*self.entropy,
            master: self.seal.new.then_some(&self.seal.master),
            by: &caller.principal,
            actor: Some((*caller.principal).clone()),
        };
        let done = importing.import(drafts, caller.asked.trail()).await;
        done.map_err(|error| self.fault(caller.asked, error))
    }
}

impl Importing<'_> {
    /// Adds what can be added; what became of each, in order.
    pub(crate) async fn import(
        &self,
        drafts: Vec<Draft>,
        trail: Trail,
    ) -> Result<Vec<Outcome>, StoreError> {
        let mut owners = HashMap::new();
        let mut outcomes = Vec::with_capacity(drafts.len());
        let mut keys = Vec::new();
        for draft in drafts {
            let made = match draft {
                Ok(draft) => self.prepare(draft, &mut owners).await?,
                Err(wrong) => Err(wrong),
            };
            // Those that may be added are told of below.
            outcomes.push(made.as_ref().map_or_else(
                |wrong| Outcome::Invalid(wrong.clone()),
                |new| Outcome::Created(new.key.id),
            ));
            keys.extend(made.ok());
        }
        if keys.is_empty() {
            return Ok(outcomes);
        }
        let import = Import {
            keys,
            by: self.actor.clone(),
            trail,
        };
        let imported = self.store.import(import).await?;
        let possible = outcomes
            .iter_mut()
            .filter(|outcome| matches!(outcome, Outcome::Created(_)));
        for (outcome, imported) in possible.zip(imported) {
            match imported {
                Imported::Added => {}
                Imported::Duplicate { key, company } => {
                    let seen = rules::may_reach(self.by, company).is_ok();
                    *outcome = Outcome::Duplicate(seen.then_some(key));
                }
                Imported::NameTaken => {
                    let taken = "must be another: a key of the company and of this origin has it";
                    *outcome = Outcome::Invalid(vec![Violation::new(Field::Name, taken)]);
                }
                Imported::NoOwner => *outcome = Outcome::Invalid(vec![no_owner()]),
            }
        }
        Ok(outcomes)
    }

    async fn prepare(
        &self,
        draft: KeyImport,
        owners: &mut HashMap<MemberId, Option<Owner>>,
    ) -> Result<Result<ImportKey, Vec<Violation>>, StoreError> {
        let owner = match draft.owner {
            None => None,
            Some(member) => {
                let found = match owners.get(&member) {
                    Some(known) => *known,
                    None => self.owner(member).await?,
                };
                owners.insert(member, found);
                if found.is_none() {
                    return Ok(Err(vec![no_owner()]));
                }
                found
            }
        };
        let new = rules::NewKey {
            id: KeyId::mint(self.clock, self.entropy),
            origin: draft.origin,
            now: self.clock.now(),
        };
        let wanted = KeyDraft {
            owner,
            ..draft.draft
        };
        let key = match rules::create(self.by, new, wanted) {
            Ok(key) => Key {
                enabled: draft.enabled,
                // As with first keys, where nobody asks.
                issuer: self.actor.as_ref().map_or(key.owner, |_| key.issuer),
                ..key
            },
            Err(refusal) => return Ok(Err(in_words(refusal))),
        };
        let seal = self.master.filter(|_| key.recoverable);
        let seal = seal.map(|master| (master, key.company, key.id));
        Ok(Ok(ImportKey {
            secret: draft.secret.keep(self.clock, self.entropy, seal),
            foreign: draft.secret.is_foreign(),
            alias: draft.secret.alias(),
            key,
        }))
    }

    /// A member whom keys can be brought to.
    async fn owner(&self, member: MemberId) -> Result<Option<Owner>, StoreError> {
        let found = self.store.owner(member).await?;
        Ok(found.filter(|owner| rules::may_reach(self.by, owner.company).is_ok()))
    }
}

fn no_owner() -> Violation {
    Violation::new(Field::Owner, "is no member of the company")
}

/// What is wrong with one key of many, where alone it would be refused.
fn in_words(refusal: Refusal) -> Vec<Violation> {
    let violation = match refusal {
        Refusal::Invalid(wrong) => return wrong,
        Refusal::InvalidName(fault) => Violation::new(Field::Name, fault.to_string()),
        Refusal::Forbidden(Denial::RoleExceedsCreator { creator, .. }) => Violation::new(
            Field::Role,
            format!("must not be above the caller's, which is {creator}"),
        ),
        Refusal::Forbidden(Denial::RoleNotMintable) => Violation::new(
            Field::Role,
            "must be read or write for a key of this origin",
        ),
        other => Violation::new(Field::Body, format!("is refused: {}", other.name())),
    };
    vec![violation]
}
