//! What is remembered of a key that `verify` may be asked about.

use std::{
    mem::size_of,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU8, Ordering},
    },
};

use bitting_core::{
    AllowedAddresses, CompanyId, KeyId, KeyNumber, MemberId, Metadata, Scopes, Timestamp, Verdict,
    rules::Facts,
    secret::{Digest, SecretTag},
    usage::{Hour, Subject, Tally},
};
use bitting_store::Credential;
use triomphe::ThinArc;

use super::{
    People,
    fingerprint::Fingerprint,
    mark::{Mark, Marked},
    meters::KeyMeter,
    seconds::Seconds,
    tallies::Tallies,
};

/// A key as one of its secrets leads to it. Cheap to clone: all clones are one.
///
/// Millions are held, each in one piece of memory with its name at the end; what few keys have is apart.
#[derive(Clone)]
pub(crate) struct Remembered(ThinArc<Head, u8>);

struct Head {
    digest: Fingerprint,
    id: KeyId,
    number: KeyNumber,
    company: CompanyId,
    member: MemberId,
    start: Seconds,
    end: Seconds,
    rest: Option<Box<Rest>>,
    /// How often people were changed when it was looked up.
    people: People,
    mark: Mark,
    flags: AtomicU8,
}

/// What most keys do not have.
#[derive(Default)]
struct Rest {
    retires: Option<Timestamp>,
    scopes: Scopes,
    metadata: Metadata,
    addresses: AllowedAddresses,
    meter: Option<Arc<KeyMeter>>,
}

/// It was asked for since its place in memory was last wanted for another. The only flag that changes.
const WANTED: u8 = 1;
const REVOKED: u8 = 1 << 1;
const ENABLED: u8 = 1 << 2;

/// With the count and the length before it and a name of up to 24 bytes, two lines of the processor's cache: the less each
/// key takes, the more of them are remembered, and the fewer lines a verification waits for.
const _: () = assert!(size_of::<Head>() == 88);

static NONE: LazyLock<Rest> = LazyLock::new(Rest::default);

impl Remembered {
    /// `meter` is the key's, if it has one.
    pub(super) fn new(
        digest: Digest,
        found: Credential,
        people: People,
        meter: Option<Arc<KeyMeter>>,
    ) -> Self {
        let key = found.key;
        let flag = |flag, holds| if holds { flag } else { 0 };
        let flags =
            flag(REVOKED, key.revoked.is_some()) | flag(ENABLED, key.enabled && found.enabled);
        let rest = Rest {
            retires: found.retires,
            scopes: key.scopes,
            metadata: key.metadata,
            addresses: key.addresses,
            meter,
        };
        let head = Head {
            digest: Fingerprint::of(&digest),
            id: key.id,
            number: found.number,
            company: key.company,
            member: key.owner,
            start: Seconds::of(key.start),
            end: key.end.map_or(Seconds::NEVER, Seconds::of),
            rest: (!rest.is_empty()).then(|| Box::new(rest)),
            people,
            mark: Mark::default(),
            flags: AtomicU8::new(flags),
        };
        Self(ThinArc::from_header_and_slice(
            head,
            key.name.as_str().as_bytes(),
        ))
    }

    fn head(&self) -> &Head {
        &self.0.header.header
    }

    fn rest(&self) -> &Rest {
        self.head().rest.as_deref().unwrap_or(&NONE)
    }

    /// What its secret is known by.
    pub(super) fn fingerprint(&self) -> &Fingerprint {
        &self.head().digest
    }

    /// How often people were changed when it was looked up.
    pub(super) fn people(&self) -> People {
        self.head().people
    }

    /// The key's id.
    pub(crate) fn id(&self) -> KeyId {
        self.head().id
    }

    /// The key's decimal id.
    pub(super) fn number(&self) -> KeyNumber {
        self.head().number
    }

    /// What tells the secret that leads to it from its others.
    pub(super) fn secret(&self) -> SecretTag {
        self.head().digest.tag()
    }

    fn has(&self, flag: u8) -> bool {
        self.head().flags.load(Ordering::Relaxed) & flag != 0
    }

    /// The company it belongs to.
    pub(crate) fn company(&self) -> CompanyId {
        self.head().company
    }

    /// The member whose key it is.
    pub(crate) fn member(&self) -> MemberId {
        self.head().member
    }

    /// Its name.
    pub(crate) fn name(&self) -> &str {
        // The bytes are those of a text.
        str::from_utf8(&self.0.slice).unwrap_or_default()
    }

    /// When it ends, if it does.
    pub(crate) fn end(&self) -> Option<Timestamp> {
        self.head().end.get()
    }

    /// What it is good for.
    pub(crate) fn scopes(&self) -> &Scopes {
        &self.rest().scopes
    }

    /// What its issuer keeps with it.
    pub(crate) fn metadata(&self) -> &Metadata {
        &self.rest().metadata
    }

    /// What meters it, if anything does.
    pub(super) fn meter(&self) -> Option<&Arc<KeyMeter>> {
        self.rest().meter.as_ref()
    }

    /// What decides whether it is good.
    pub(crate) fn facts(&self) -> Facts<'_> {
        let (head, rest) = (self.head(), self.rest());
        Facts {
            revoked: self.has(REVOKED),
            enabled: self.has(ENABLED),
            start: head.start.get().unwrap_or(Timestamp::MAX),
            end: self.end(),
            retires: rest.retires,
            addresses: &rest.addresses,
            scopes: &rest.scopes,
        }
    }

    /// Its last use.
    pub(super) fn mark(&self) -> &Mark {
        &self.head().mark
    }

    /// Counts uses of it.
    pub(super) fn count(&self, uses: Marked, tallies: &Tallies) {
        let whose = (self.company(), Some(self.number()));
        tallies.add(Hour::of(uses.at), whose, Verdict::Valid, uses.count);
    }

    /// Counts uses of it for its company.
    pub(super) fn count_for_company(&self, uses: Marked, tallies: &Tallies) {
        let whose = (self.company(), None);
        tallies.add(Hour::of(uses.at), whose, Verdict::Valid, uses.count);
    }

    /// Uses of it, as they are written.
    pub(super) fn counted(&self, uses: Marked) -> Tally {
        Tally {
            hour: Hour::of(uses.at),
            subject: Subject::Key(self.number()),
            verdict: Verdict::Valid,
            count: uses.count,
        }
    }

    /// Notes that it was asked for.
    pub(super) fn want(&self) {
        if !self.has(WANTED) {
            self.head().flags.fetch_or(WANTED, Ordering::Relaxed);
        }
    }

    /// Whether it was asked for since this was last called.
    pub(super) fn take_wanted(&self) -> bool {
        self.head().flags.fetch_and(!WANTED, Ordering::Relaxed) & WANTED != 0
    }

    /// How much memory it takes, near enough to bound it.
    pub(super) fn bytes(&self) -> usize {
        // Allocators round up.
        let own = (size_of::<Head>() + 16 + self.0.slice.len()).next_multiple_of(32);
        own + self.head().rest.as_deref().map_or(0, Rest::bytes)
    }
}

impl Rest {
    fn is_empty(&self) -> bool {
        self.retires.is_none()
            && self.scopes.is_empty()
            && self.metadata.is_empty()
            && self.addresses.is_empty()
            && self.meter.is_none()
    }

    fn bytes(&self) -> usize {
        let scopes: usize = self
            .scopes
            .iter()
            .map(|scope| scope.as_str().len() + 64)
            .sum();
        let addresses = self.addresses.iter().count() * 32;
        size_of::<Self>() + scopes + addresses + self.metadata.as_json().len()
    }
}
