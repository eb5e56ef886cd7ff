//! Keys to be listed, few of their values distinct so that ties, duplicates and edges are common.

use bitting_core::{
    AllowedAddresses, Collection, CompanyId, Description, Entropy, Key, KeyId, KeyName, MemberId,
    Metadata, Origin, Revoked, Role, Scopes, SecretId, Timestamp,
    audit::{Action, Record, Trail},
    secret::{Digest, Secret},
};
use bitting_store::{Create, FirstKey, RootKey, SqliteStore, Store};
use proptest::prelude::*;
use uuid::Uuid;

/// 2024-08-08 13:00:00.
pub(crate) const NOW: i64 = 1_723_122_000;

/// Entropy without any: nothing here has to be unguessable.
pub(crate) struct Zeros;

impl Entropy for Zeros {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(0);
    }
}

/// What is true of a key.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) start: i64,
    pub(crate) end: Option<i64>,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) enabled: bool,
    pub(crate) revoked: bool,
    /// Whether it is in the collection that is listed, or in the way.
    pub(crate) listed: bool,
}

/// A key as the model knows it.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(crate) number: i64,
    pub(crate) facts: Facts,
}

/// A moment near the present: on the second, on the day, or anywhere near.
pub(crate) fn moment() -> impl Strategy<Value = i64> {
    prop_oneof![
        (-2..=2_i64).prop_map(|seconds| NOW + seconds),
        (-3..=3_i64).prop_map(|days| NOW - NOW.rem_euclid(86_400) + days * 86_400),
        (-200_000..=200_000_i64).prop_map(|seconds| NOW + seconds),
    ]
}

/// A name or description: a few words, with what is special in SQL, in the notation and in folding.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "alpha", "Beta", "ALPHABET", "be", "éa", "ÉA", "İx", "ẞeta", "100%", "a_b", "it's",
        "\"q\"", "gt:5", "a,b", "key", "🗝key", "λ", "-1", "ΑΣ", "\\", "*", "null",
    ]);
    prop::collection::vec(word, 1..4).prop_map(|words| words.join(" "))
}

/// Any key.
pub(crate) fn facts() -> impl Strategy<Value = Facts> {
    (
        text(),
        prop::option::of(text()),
        moment(),
        prop::option::of(moment()),
        (moment(), moment()),
        (prop::bool::weighted(0.9), prop::bool::weighted(0.1)),
        prop::bool::weighted(0.9),
    )
        .prop_map(|(name, description, start, end, times, switches, listed)| {
            let (enabled, revoked) = switches;
            Facts {
                name,
                description,
                start,
                // The rules let no key end before it starts.
                end: end.filter(|end| *end > start),
                created: times.0,
                updated: times.1,
                enabled,
                revoked,
                listed,
            }
        })
}

/// The collection that is listed.
pub(crate) fn collection() -> Collection {
    Collection {
        company: CompanyId::new(1).expect("an id"),
        owner: MemberId::new(1).expect("an id"),
        origin: Origin::Ocamba,
    }
}

fn trail() -> Trail {
    Trail {
        at_millis: 0,
        request: "test".to_owned(),
        remote: String::new(),
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds).expect("a time in range")
}

fn secret(index: u128) -> Secret {
    Secret {
        id: SecretId(Uuid::from_u128(index)),
        digest: Digest::of(&index.to_string()),
        hint: String::new(),
        created: at(NOW),
        retires: None,
        sealed: None,
    }
}

/// Puts keys into an empty store; those that are listed, as the model knows them.
pub(crate) async fn fill(store: &SqliteStore, keys: &[Facts]) -> Vec<Stored> {
    let first = FirstKey {
        company: "company".to_owned(),
        member: "member".to_owned(),
        key: RootKey {
            id: KeyId(Uuid::from_u128(0)),
            name: KeyName::new("root".to_owned()).expect("a name"),
            secret: secret(0),
            now: at(NOW),
            trail: trail(),
        },
    };
    store.initialise(first).await.expect("the store is empty");
    let mut stored = Vec::new();
    for (index, facts) in (1_u128..).zip(keys) {
        let within = collection();
        let key = Key {
            id: KeyId(Uuid::from_u128(index)),
            company: within.company,
            owner: within.owner,
            issuer: within.owner,
            origin: if facts.listed {
                within.origin
            } else {
                // Not `feldera`, whose names are unique.
                Origin::Keys
            },
            name: KeyName::new(facts.name.clone()).expect("a name"),
            description: facts
                .description
                .clone()
                .map(|text| Description::new(text).expect("a description")),
            role: Role::Write,
            scopes: Scopes::default(),
            start: at(facts.start),
            end: facts.end.map(at),
            created: at(facts.created),
            updated: at(facts.updated),
            enabled: facts.enabled,
            revoked: facts.revoked.then(|| Revoked {
                at: at(NOW),
                reason: None,
            }),
            metadata: Metadata::default(),
            addresses: AllowedAddresses::default(),
            limits: bitting_core::Limits::default(),
            quota: None,
            prefix: None,
            recoverable: false,
        };
        let record = Record {
            trail: trail(),
            action: Action::KeyCreated,
            company: within.company,
            actor: None,
            member: None,
            keys: vec![key.id],
        };
        let create = Create {
            key,
            secret: secret(index),
            record,
        };
        let number = store.create(create).await.expect("a key is created");
        if facts.listed {
            stored.push(Stored {
                number: number.get(),
                facts: facts.clone(),
            });
        }
    }
    stored
}
