#![allow(clippy::unwrap_used)]
use bitting_core::{
    CompanyId, Key, KeyDraft, KeyId, KeyName, MemberId, Origin, Role, Scopes, Via,
    rules::{self, NewKey},
};
use uuid::Uuid;

use super::*;

fn principal() -> Principal {
    Principal {
        company: CompanyId::new(1).unwrap(),
        member: MemberId::new(1).unwrap(),
        role: Role::Write,
        scopes: Scopes::default(),
        via: Via::Key(KeyId(Uuid::from_u128(1))),
    }
}

fn number(n: i64) -> KeyNumber {
    KeyNumber::new(n).unwrap()
}

pub(super) fn found(n: i64) -> Credential {
    let new = NewKey {
        id: KeyId(Uuid::from_u128(7)),
        origin: Origin::Keys,
        now: Timestamp::from_seconds(1_000).unwrap(),
    };
    let draft = KeyDraft::new(KeyName::new(format!("key {n}")).unwrap());
    let key: Key = rules::create(&principal(), new, draft).unwrap();
    Credential {
        number: number(n),
        key,
        retires: None,
        enabled: true,
        quota: None,
    }
}

pub(super) fn remembered(n: i64) -> Remembered {
    Remembered::new(Digest::of(&n.to_string()), found(n), People(0), None)
}

fn changed(secrets: &[Digest], people: bool) -> Changed {
    Changed {
        secrets: secrets.to_vec(),
        people,
    }
}

/// Remembers a secret both as a caller's and as one that others ask about, by a look-up from `began` on.
fn keep(memory: &Memory, digest: Digest, began: Moment) {
    memory.keep_caller(digest, began, number(1), Arc::new(principal()), None);
    memory.keep_key(digest, began, found(1));
}

/// Whether it is remembered as both, or as neither.
fn remembers(memory: &Memory, digest: &Digest) -> bool {
    let (caller, key) = (
        memory.caller(digest).is_some(),
        memory.key(digest).is_some(),
    );
    assert_eq!(caller, key);
    key
}

#[test]
fn a_key_is_remembered_until_it_changes() {
    let memory = Memory::default();
    let digest = Digest::of("a");
    keep(&memory, digest, memory.moment(&digest));
    assert!(remembers(&memory, &digest));
    memory.committed(&changed(&[Digest::of("b")], false));
    assert!(remembers(&memory, &digest));
    memory.committed(&changed(&[digest], false));
    assert!(!remembers(&memory, &digest));
}

#[test]
fn a_look_up_that_a_change_overtook_is_not_remembered() {
    let memory = Memory::default();
    let digest = Digest::of("a");
    let began = memory.moment(&digest);
    memory.committed(&changed(&[digest], false));
    keep(&memory, digest, began);
    assert!(!remembers(&memory, &digest));
    let began = memory.moment(&digest);
    memory.committed(&changed(&[], true));
    keep(&memory, digest, began);
    assert!(!remembers(&memory, &digest));
}

#[test]
fn a_walk_that_a_change_overtook_does_not_bring_back_what_was() {
    let memory = Memory::default();
    let (digest, other) = (Digest::of("a"), Digest::of("b"));
    let began = memory.moments();
    memory.committed(&changed(&[digest], false));
    memory.learn(digest, &began, found(1), true);
    memory.learn(other, &began, found(2), true);
    assert!(memory.key(&digest).is_none());
    assert_eq!(memory.key(&other).unwrap().name(), "key 2");
}

#[test]
fn a_walk_takes_nothing_away() {
    let memory = Memory::new(1_000);
    let began = memory.moments();
    let digests: Vec<_> = (0..10).map(|n: i32| Digest::of(&n.to_string())).collect();
    let fits = digests
        .iter()
        .take_while(|digest| memory.learn(**digest, &began, found(1), true))
        .count();
    assert!((2..10).contains(&fits), "{fits}");
    assert!(
        digests[..fits]
            .iter()
            .all(|digest| memory.key(digest).is_some())
    );
    assert!(memory.key(&digests[fits]).is_none());
}

#[test]
fn a_change_to_people_concerns_every_key() {
    let memory = Memory::default();
    let digest = Digest::of("a");
    keep(&memory, digest, memory.moment(&digest));
    memory.committed(&changed(&[], true));
    assert!(!remembers(&memory, &digest));
}

#[test]
fn callers_are_bounded() {
    let memory = Memory::default();
    for i in 0..200_000 {
        let digest = Digest::of(&i.to_string());
        let principal = Arc::new(principal());
        memory.keep_caller(digest, memory.moment(&digest), number(1), principal, None);
    }
    assert!(memory.callers.weight() <= CALLERS);
    assert!(memory.callers.len() < 200_000);
}

#[test]
fn keys_are_bounded_and_those_that_are_asked_for_stay() {
    let bytes = 4 << 20;
    let memory = Memory::new(bytes);
    let favourite = Digest::of("favourite");
    memory.keep_key(favourite, memory.moment(&favourite), found(1));
    for i in 1..=100_000 {
        let digest = Digest::of(&i.to_string());
        memory.keep_key(digest, memory.moment(&digest), found(i));
        assert!(memory.key(&favourite).is_some(), "after {i}");
    }
    let (keys, taken) = memory.size();
    assert!(taken <= bytes, "{taken}");
    assert!((10_000..60_000).contains(&keys), "{keys}");
}

#[test]
fn a_secret_is_surely_none_only_once_all_were_learned_of() {
    let memory = Memory::default();
    let (old, new, later) = (Digest::of("old"), Digest::of("new"), Digest::of("later"));
    assert!(!memory.has_never_seen(&Digest::of("none")));
    memory.begin_learning(10);
    let began = memory.moments();
    memory.learn(old, &began, found(1), false);
    // Made while the walk is under way, behind it.
    memory.committed(&changed(&[new], false));
    assert!(!memory.has_never_seen(&Digest::of("none")));
    memory.end_learning();
    memory.committed(&changed(&[later], false));
    for digest in [old, new, later] {
        assert!(!memory.has_never_seen(&digest));
    }
    assert!(memory.has_never_seen(&Digest::of("none")));
}

#[test]
fn uses_are_taken_oldest_first_and_each_key_once() {
    let memory = Memory::default();
    let at = |seconds| Timestamp::from_seconds(seconds).unwrap();
    let far = 1_000_000;
    let records = [1, far].map(|n: i64| {
        let digest = Digest::of(&n.to_string());
        memory.keep_key(digest, memory.moment(&digest), found(n))
    });
    for (n, seconds) in [(0, 10), (1, 11), (0, 12)] {
        memory.key_used(&records[n], at(seconds));
    }
    let taken = |rows| {
        let (uses, _) = memory.take_uses(rows);
        let uses = uses.secrets.iter();
        uses.map(|used| (used.key.get(), used.at.seconds()))
            .collect::<Vec<_>>()
    };
    assert_eq!(taken(1), [(1, 12)]);
    memory.key_used(&records[0], at(13));
    assert_eq!(taken(1), [(far, 11)]);
    assert_eq!(taken(9), [(1, 13)]);
    assert_eq!(taken(9), []);
}

#[test]
fn what_is_taken_was_counted() {
    let memory = Memory::default();
    let at = Timestamp::from_seconds(7_200).unwrap();
    let digest = Digest::of("1");
    let record = memory.keep_key(digest, memory.moment(&digest), found(1));
    memory.key_used(&record, at);
    memory.key_used(&record, at);
    memory.key_refused(principal().company, None, Verdict::NotFound, at);
    let mut tallies = memory.take_all_but_uses_beyond(9).0.tallies;
    tallies.sort_unstable();
    let told: Vec<_> = tallies
        .iter()
        .map(|tally| (tally.verdict, tally.count, tally.hour.0))
        .collect();
    let (good, none) = (Verdict::Valid, Verdict::NotFound);
    // Of the company, and of the key.
    assert_eq!(told, [(none, 1, 2), (good, 2, 2), (good, 2, 2)]);
}
