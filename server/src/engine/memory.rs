//! What the engine remembers of credentials that it has seen, so that a request costs no look-up.
//!
//! What is remembered never outlives an acknowledged change. The store tells of every commit before it answers
//! whoever asked for it ([`Watch`]), and whatever the change touched is forgotten then. A look-up that began
//! before such a commit may end after it, with what was true before: it is used for the request that began
//! before the change was acknowledged, and not remembered.

use std::{
    mem::size_of,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use bitting_core::{Principal, rules::GoodWhile, secret::Digest};
use bitting_store::{Changed, Watch};
use quick_cache::{Weighter, sync::Cache};

use crate::login::Verified;

/// How many bytes of keys are remembered.
const KEYS: u64 = 64 << 20;
/// How many bytes of login tokens are remembered.
const TOKENS: u64 = 16 << 20;
/// How many locks the look-ups that are under way share. Only those that miss take one.
const STRIPES: usize = 256;

/// What a presented secret leads to.
#[derive(Debug)]
pub(super) struct KnownKey {
    pub(super) principal: Arc<Principal>,
    /// `None`: never, as things are.
    pub(super) good: Option<GoodWhile>,
    people: u64,
}

/// What a login token leads to. `Debug` is not for it: what was signed has claims about people.
pub(super) struct KnownToken {
    /// The token without its signature, which it is known by: hashing the whole of it with every request would
    /// cost twice as much, and what was signed is no secret without the signature.
    signed: Box<str>,
    pub(super) verified: Arc<Verified>,
    /// `None`: it was good, and nobody may use it.
    pub(super) principal: Option<Arc<Principal>>,
    people: u64,
}

/// The engine's memory.
pub struct Memory {
    keys: Cache<Digest, Arc<KnownKey>, Weight>,
    tokens: Cache<Digest, Arc<KnownToken>, Weight>,
    /// Counts the changes to secrets with a first byte; locked while one is remembered or forgotten.
    changes: Box<[Mutex<u64>]>,
    /// Counts the changes to companies and members. What was remembered at another count is read again: such
    /// changes are few, and each can concern any number of keys.
    people: AtomicU64,
}

/// The moment at which a look-up began.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    changes: u64,
    people: u64,
}

/// How often companies and members were changed before a look-up of one of them began.
#[derive(Clone, Copy, Debug)]
pub(super) struct People(u64);

/// How much memory an entry takes: near enough to bound it.
#[derive(Clone, Copy, Debug)]
struct Weight;

/// What the cache itself keeps for an entry.
const ENTRY: usize = 2 * size_of::<Digest>() + 32;

fn heap(principal: &Principal) -> usize {
    let scopes: usize = principal
        .scopes
        .iter()
        .map(|scope| scope.as_str().len() + 48)
        .sum();
    size_of::<Principal>() + scopes
}

fn weight(bytes: usize) -> u64 {
    u64::try_from(ENTRY + bytes).unwrap_or(u64::MAX)
}

impl Weighter<Digest, Arc<KnownKey>> for Weight {
    fn weight(&self, _: &Digest, known: &Arc<KnownKey>) -> u64 {
        weight(size_of::<KnownKey>() + heap(&known.principal))
    }
}

impl Weighter<Digest, Arc<KnownToken>> for Weight {
    fn weight(&self, _: &Digest, known: &Arc<KnownToken>) -> u64 {
        // The issuer and the subject are held twice: in what was verified, and in the principal.
        let verified = &known.verified;
        let texts = 2 * (verified.issuer.len() + verified.subject.len());
        let name = verified.name.as_ref().map_or(0, String::len);
        let own = size_of::<KnownToken>() + size_of::<Verified>();
        let principal = known.principal.as_deref().map_or(0, heap);
        weight(own + known.signed.len() + texts + name + principal)
    }
}

impl Default for Memory {
    fn default() -> Self {
        let (key, token) = (512, 1_024);
        let items = |bytes: u64, each: u64| usize::try_from(bytes / each).unwrap_or(usize::MAX);
        Self {
            keys: Cache::with_weighter(items(KEYS, key), KEYS, Weight),
            tokens: Cache::with_weighter(items(TOKENS, token), TOKENS, Weight),
            changes: (0..STRIPES).map(|_| Mutex::default()).collect(),
            people: AtomicU64::new(0),
        }
    }
}

impl Memory {
    fn stripe(&self, digest: &Digest) -> &Mutex<u64> {
        &self.changes[usize::from(digest.as_bytes()[0]) % STRIPES]
    }

    fn changes(&self, digest: &Digest) -> std::sync::MutexGuard<'_, u64> {
        // Nothing panics while a lock is held, and a count is right even if something did.
        self.stripe(digest)
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn people(&self) -> u64 {
        self.people.load(Ordering::Acquire)
    }

    /// To be called before the look-up whose result is to be remembered.
    pub(super) fn moment(&self, digest: &Digest) -> Moment {
        Moment {
            changes: *self.changes(digest),
            people: self.people(),
        }
    }

    /// As [`Memory::moment`], where only a member is looked up.
    pub(super) fn people_now(&self) -> People {
        People(self.people())
    }

    /// What a presented secret was seen to lead to, and still does.
    pub(super) fn key(&self, digest: &Digest) -> Option<Arc<KnownKey>> {
        self.keys
            .get(digest)
            .filter(|known| known.people == self.people())
    }

    /// Remembers what a look-up that began at `began` found.
    pub(super) fn keep_key(
        &self,
        digest: Digest,
        began: Moment,
        principal: Arc<Principal>,
        good: Option<GoodWhile>,
    ) -> Arc<KnownKey> {
        let known = Arc::new(KnownKey {
            principal,
            good,
            people: began.people,
        });
        let changes = self.changes(&digest);
        if *changes == began.changes {
            self.keys.insert(digest, Arc::clone(&known));
        }
        known
    }

    /// What a login token was seen to lead to, known by its very characters. Whether it still does, its verified part must say; and whether
    /// its member still is who it was, [`Memory::is_current`].
    pub(super) fn token(&self, (signed, signature): (&str, &str)) -> Option<Arc<KnownToken>> {
        self.tokens
            .get(&Digest::of(signature))
            .filter(|known| *known.signed == *signed)
    }

    /// Whether no company or member was changed since `known` was remembered.
    pub(super) fn is_current(&self, known: &KnownToken) -> bool {
        known.people == self.people()
    }

    /// Remembers what a token leads to, by a look-up of its member that began at `began`.
    pub(super) fn keep_token(
        &self,
        (signed, signature): (&str, &str),
        began: People,
        verified: Arc<Verified>,
        principal: Option<Arc<Principal>>,
    ) {
        let known = Arc::new(KnownToken {
            signed: signed.into(),
            verified,
            principal,
            people: began.0,
        });
        self.tokens.insert(Digest::of(signature), known);
    }
}

impl Watch for Memory {
    fn committed(&self, changed: &Changed) {
        if changed.people {
            self.people.fetch_add(1, Ordering::AcqRel);
        }
        for digest in &changed.secrets {
            let mut changes = self.changes(digest);
            *changes = changes.wrapping_add(1);
            self.keys.remove(digest);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use bitting_core::{CompanyId, KeyId, MemberId, Role, Scopes, Via};
    use uuid::Uuid;

    use super::*;

    fn principal() -> Arc<Principal> {
        Arc::new(Principal {
            company: CompanyId::new(1).unwrap(),
            member: MemberId::new(1).unwrap(),
            role: Role::Write,
            scopes: Scopes::default(),
            via: Via::Key(KeyId(Uuid::from_u128(1))),
        })
    }

    fn changed(secrets: &[Digest], people: bool) -> Changed {
        Changed {
            secrets: secrets.to_vec(),
            people,
        }
    }

    #[test]
    fn a_key_is_remembered_until_it_changes() {
        let memory = Memory::default();
        let digest = Digest::of("a");
        memory.keep_key(digest, memory.moment(&digest), principal(), None);
        assert!(memory.key(&digest).is_some());
        memory.committed(&changed(&[Digest::of("b")], false));
        assert!(memory.key(&digest).is_some());
        memory.committed(&changed(&[digest], false));
        assert!(memory.key(&digest).is_none());
    }

    #[test]
    fn a_look_up_that_a_change_overtook_is_not_remembered() {
        let memory = Memory::default();
        let digest = Digest::of("a");
        let began = memory.moment(&digest);
        memory.committed(&changed(&[digest], false));
        memory.keep_key(digest, began, principal(), None);
        assert!(memory.key(&digest).is_none());
        let began = memory.moment(&digest);
        memory.committed(&changed(&[], true));
        memory.keep_key(digest, began, principal(), None);
        assert!(memory.key(&digest).is_none());
    }

    #[test]
    fn a_change_to_people_concerns_every_key() {
        let memory = Memory::default();
        let digest = Digest::of("a");
        memory.keep_key(digest, memory.moment(&digest), principal(), None);
        memory.committed(&changed(&[], true));
        assert!(memory.key(&digest).is_none());
    }

    #[test]
    fn memory_is_bounded() {
        let memory = Memory::default();
        for i in 0..400_000 {
            let digest = Digest::of(&i.to_string());
            memory.keep_key(digest, memory.moment(&digest), principal(), None);
        }
        assert!(memory.keys.weight() <= KEYS);
        assert!(memory.keys.len() < 400_000);
    }
}
