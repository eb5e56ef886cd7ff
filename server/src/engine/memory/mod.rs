//! What the engine remembers of credentials that it has seen, so that a request costs no look-up.
//!
//! What is remembered never outlives an acknowledged change. The store tells of every commit before it answers
//! whoever asked for it ([`Watch`]), and whatever the change touched is forgotten then. A look-up that began
//! before such a commit may end after it, with what was true before: it is used for the request that began
//! before the change was acknowledged, and not remembered.

mod buckets;
mod fingerprint;
mod known;
mod lock;
mod mark;
mod meters;
mod remembered;
mod seconds;
mod table;
mod tallies;
#[cfg(test)]
mod tests;
mod token_names;
mod uses;

use std::{
    mem::size_of,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use arc_swap::ArcSwapOption;
use bitting_core::{
    CompanyId, KeyNumber, Principal, Timestamp, Verdict,
    rules::{Charge, Cost, GoodWhile},
    secret::{Digest, SecretTag},
    usage::Hour,
};
use bitting_store::{Changed, Credential, Uses, Watch};
use quick_cache::{Weighter, sync::Cache};

use self::{
    known::Known,
    mark::Mark,
    meters::{KeyMeter, Meters},
    table::Table,
    tallies::Tallies,
    token_names::TokenNames,
    uses::Waiting,
};
use crate::{login::Verified, system::OsEntropy};

pub(crate) use self::remembered::Remembered;

/// How many bytes of keys that `verify` is asked about are remembered, if the operator does not say.
pub const CACHE_BYTES: usize = 256 << 20;
/// How many bytes of callers' keys are remembered.
const CALLERS: u64 = 16 << 20;
/// How many bytes of login tokens are remembered.
const TOKENS: u64 = 16 << 20;
/// How many locks the look-ups that are under way share. Only those that miss take one.
const STRIPES: usize = 256;

/// What the secret of a caller leads to.
#[derive(Debug)]
pub(super) struct KnownKey {
    number: KeyNumber,
    secret: SecretTag,
    mark: Mark,
    pub(super) principal: Arc<Principal>,
    /// `None`: never, as things are.
    pub(super) good: Option<GoodWhile>,
    people: People,
}

/// What a login token leads to. `Debug` is not for it: what was signed has claims about people.
pub(super) struct KnownToken {
    /// The token without its signature, which it is known by: hashing the whole of it with every request would
    /// cost twice as much, and what was signed is no secret without the signature.
    signed: Box<str>,
    pub(super) verified: Arc<Verified>,
    /// `None`: it was good, and nobody may use it.
    pub(super) principal: Option<Arc<Principal>>,
    people: People,
}

/// The engine's memory.
pub struct Memory {
    /// Keys that others ask about.
    table: Table,
    /// Keys of callers: few, and each with what a caller may.
    callers: Cache<Digest, Arc<KnownKey>, Weight>,
    tokens: Cache<u128, Arc<KnownToken>, Weight>,
    token_names: TokenNames,
    /// Counts the changes to secrets with a first byte; locked while one is remembered or forgotten.
    changes: Box<[Mutex<u64>]>,
    /// Counts the changes to companies and members. What was remembered at another count is read again: such
    /// changes are few, and each can concern any number of keys.
    people: AtomicU32,
    /// Which secrets there are at all; `None` until all of them were walked through.
    known: ArcSwapOption<Known>,
    /// The same, while they are walked through.
    learning: ArcSwapOption<Known>,
    waiting: Waiting,
    meters: Meters,
    tallies: Tallies,
}

/// The moment at which a look-up began.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    changes: u64,
    people: People,
}

/// As [`Moment`], of every secret.
pub(super) struct Moments {
    changes: Box<[u64]>,
    people: People,
}

/// How often companies and members were changed, and in small: millions of keys tell it. It begins anew after four
/// thousand million changes, between which nothing stays in memory unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct People(u32);

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

impl Weighter<u128, Arc<KnownToken>> for Weight {
    fn weight(&self, _: &u128, known: &Arc<KnownToken>) -> u64 {
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
        Self::new(CACHE_BYTES)
    }
}

impl Memory {
    /// A memory that holds at most so many bytes of keys that `verify` is asked about, and 32 MiB of callers'
    /// credentials beside them.
    pub fn new(cache_bytes: usize) -> Self {
        let (key, token) = (512, 1_024);
        let items = |bytes: u64, each: u64| usize::try_from(bytes / each).unwrap_or(usize::MAX);
        Self {
            table: Table::new(cache_bytes),
            callers: Cache::with_weighter(items(CALLERS, key), CALLERS, Weight),
            tokens: Cache::with_weighter(items(TOKENS, token), TOKENS, Weight),
            token_names: TokenNames::new(&OsEntropy),
            changes: (0..STRIPES).map(|_| Mutex::default()).collect(),
            people: AtomicU32::new(0),
            known: ArcSwapOption::empty(),
            learning: ArcSwapOption::empty(),
            waiting: Waiting::default(),
            meters: Meters::default(),
            tallies: Tallies::default(),
        }
    }

    fn stripe_of(digest: &Digest) -> usize {
        usize::from(digest.as_bytes()[0]) % STRIPES
    }

    fn stripe(&self, digest: &Digest) -> &Mutex<u64> {
        &self.changes[Self::stripe_of(digest)]
    }

    fn changes(&self, digest: &Digest) -> std::sync::MutexGuard<'_, u64> {
        // Nothing panics while a lock is held, and a count is right even if something did.
        self.stripe(digest)
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// As [`Memory::moment`], where only a member is looked up.
    pub(super) fn people(&self) -> People {
        People(self.people.load(Ordering::Acquire))
    }

    /// To be called before the look-up whose result is to be remembered.
    pub(super) fn moment(&self, digest: &Digest) -> Moment {
        Moment {
            changes: *self.changes(digest),
            people: self.people(),
        }
    }

    /// What a caller's secret was seen to lead to, and still does.
    pub(super) fn caller(&self, digest: &Digest) -> Option<Arc<KnownKey>> {
        self.callers
            .get(digest)
            .filter(|known| known.people == self.people())
    }

    /// Remembers what a look-up of a caller's secret that began at `began` found.
    pub(super) fn keep_caller(
        &self,
        digest: Digest,
        began: Moment,
        number: KeyNumber,
        principal: Arc<Principal>,
        good: Option<GoodWhile>,
    ) -> Arc<KnownKey> {
        let known = Arc::new(KnownKey {
            number,
            secret: digest.tag(),
            mark: Mark::default(),
            principal,
            good,
            people: began.people,
        });
        let changes = self.changes(&digest);
        if *changes == began.changes {
            self.callers.insert(digest, Arc::clone(&known));
        }
        known
    }

    /// The key that a secret was seen to lead to, and still does.
    pub(super) fn key(&self, digest: &Digest) -> Option<Remembered> {
        self.table
            .get(digest)
            .filter(|record| record.people() == self.people())
    }

    /// Remembers the key that a look-up that began at `began` found.
    pub(super) fn keep_key(&self, digest: Digest, began: Moment, found: Credential) -> Remembered {
        let metered = found.key.is_metered();
        let changes = self.changes(&digest);
        let current = *changes == began.changes;
        // What is not remembered is used for this request only, and so is what meters it.
        let meter = metered.then(|| {
            if current {
                self.meters.of(found.number, &found.key, found.quota)
            } else {
                KeyMeter::apart(&found.key, found.quota)
            }
        });
        let record = Remembered::new(digest, found, began.people, meter);
        if current {
            self.table.insert(record.clone());
        }
        record
    }

    /// Notes that a caller's key was used.
    pub(super) fn caller_used(&self, known: &Arc<KnownKey>, now: Timestamp) {
        if known.mark.set(now).queue {
            self.waiting.presented(Arc::clone(known));
        }
    }

    /// Notes that a key was used: that verification found it good.
    pub(super) fn key_used(&self, record: &Remembered, now: Timestamp) {
        let set = record.mark().set(now);
        if let Some(before) = set.before {
            record.count(before, &self.tallies);
        }
        if set.queue {
            self.waiting.asked(record.clone());
        }
    }

    /// Notes that verification, asked by `company`, found something else, and of which key, if of any.
    pub(super) fn key_refused(
        &self,
        company: CompanyId,
        record: Option<&Remembered>,
        verdict: Verdict,
        now: Timestamp,
    ) {
        let whose = (company, record.map(Remembered::number));
        self.tallies.add(Hour::of(now), whose, verdict, 1);
    }

    /// Takes what a request costs from a key's limits and quota, if it has any.
    pub(super) fn charge(
        &self,
        record: &Remembered,
        cost: Cost<'_>,
        now_millis: i64,
    ) -> Option<Charge> {
        let meter = record.meter()?;
        Some(self.meters.charge(meter, cost, now_millis))
    }

    /// Uses that were not written yet, of about so many rows of the store, and whether more may wait.
    pub(super) fn take_uses(&self, rows: usize) -> (Uses, bool) {
        let taken = self.waiting.take(rows, &self.tallies);
        let uses = Uses {
            secrets: taken.uses,
            quotas: Vec::new(),
            tallies: taken.counts,
        };
        (uses, taken.full)
    }

    /// The same, and all that was counted elsewhere and used of quotas.
    pub(super) fn take_all_but_uses_beyond(&self, rows: usize) -> (Uses, bool) {
        // They are counted before what was counted is taken.
        let (mut uses, full) = self.take_uses(rows);
        uses.quotas = self.meters.take_spent();
        uses.tallies.append(&mut self.tallies.take());
        (uses, full)
    }

    /// Forgets what meters keys of which nothing is used.
    pub(super) fn sweep_meters(&self, now_millis: i64) {
        self.meters.sweep(now_millis);
    }

    /// Whether it is certain that there is no such secret.
    pub(super) fn has_never_seen(&self, digest: &Digest) -> bool {
        let known = self.known.load();
        known.as_ref().is_some_and(|known| !known.may_have(digest))
    }

    /// Whether there are so many more secrets than when they were walked through that it should be done again.
    pub(super) fn is_outgrown(&self) -> bool {
        self.known
            .load()
            .as_ref()
            .is_none_or(|known| known.is_full())
    }

    /// Begins to learn which secrets there are, of which there are about so many. From here on the store tells of
    /// new ones; those from before are to be [`Memory::learn`]ed.
    pub(super) fn begin_learning(&self, about: usize) {
        self.learning.store(Some(Arc::new(Known::for_about(about))));
    }

    /// The moment at which a walk through many secrets goes on.
    pub(super) fn moments(&self) -> Moments {
        Moments {
            changes: self
                .changes
                .iter()
                .map(|count| *count.lock().unwrap_or_else(PoisonError::into_inner))
                .collect(),
            people: self.people(),
        }
    }

    /// Learns of a secret that was found by a read that began at `began`; with `room`, remembers its key too if it
    /// fits. Whether it did.
    pub(super) fn learn(
        &self,
        digest: Digest,
        began: &Moments,
        found: Credential,
        room: bool,
    ) -> bool {
        if let Some(learning) = self.learning.load().as_ref() {
            learning.add(&digest);
        }
        if !room {
            return false;
        }
        let changes = self.changes(&digest);
        if *changes != began.changes[Self::stripe_of(&digest)] {
            return true;
        }
        let meter = found
            .key
            .is_metered()
            .then(|| self.meters.of(found.number, &found.key, found.quota));
        let record = Remembered::new(digest, found, began.people, meter);
        self.table.insert_beside(record)
    }

    /// Every secret was learned of.
    pub(super) fn end_learning(&self) {
        if let Some(learned) = self.learning.load_full() {
            self.known.store(Some(learned));
            self.learning.store(None);
        }
    }

    /// How many keys are remembered, and how many bytes they take.
    pub(super) fn size(&self) -> (usize, usize) {
        self.table.size()
    }

    /// What a login token was seen to lead to, known by its very characters. Whether it still does, its verified part
    /// must say; and whether its member still is who it was, [`Memory::is_current`].
    pub(super) fn token(&self, (signed, signature): (&str, &str)) -> Option<Arc<KnownToken>> {
        self.tokens
            .get(&self.token_names.of(signature))
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
            people: began,
        });
        self.tokens.insert(self.token_names.of(signature), known);
    }
}

impl Watch for Memory {
    fn committed(&self, changed: &Changed) {
        if changed.people {
            self.people.fetch_add(1, Ordering::AcqRel);
        }
        // In this order: what is learned becomes known before it is no longer being learned, so that a walk that
        // ends meanwhile is not missed.
        let learning = self.learning.load();
        let known = self.known.load();
        for digest in &changed.secrets {
            for filter in [&known, &learning].into_iter().filter_map(|f| f.as_ref()) {
                filter.add(digest);
            }
            let mut changes = self.changes(digest);
            *changes = changes.wrapping_add(1);
            self.callers.remove(digest);
            self.table.remove(digest);
        }
    }
}
