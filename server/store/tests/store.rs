//! What every store keeps: one change in a group does not touch another, every change leaves its record, and
//! what the clock says is what is answered however many keys it says it of at once.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{path::PathBuf, sync::Arc, time::Duration};

use bitting_core::{
    Collection, CompanyId, Conflict, Entropy, Key, KeyChange, KeyId, KeyName, KeyNumber, MemberId,
    Origin, Phase, Principal, Refusal, Role, Scopes, SecretId, Timestamp, Via,
    audit::{Action, Record, Trail},
    query::{Filter, KeyQuery},
    secret::{Digest, MasterKey, Minted, Secret},
};
use bitting_store::{
    Create, Delete, FirstKey, Options, RootKey, SqliteStore, Store, StoreError, Update,
};
use uuid::Uuid;

const NOW: i64 = 1_000_000;

struct Fixed(u8);

impl Entropy for Fixed {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(self.0);
    }
}

impl bitting_core::Clock for Fixed {
    fn now_millis(&self) -> i64 {
        NOW * 1000
    }
}

struct Fixture {
    directory: tempfile::TempDir,
    store: Arc<SqliteStore>,
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds).unwrap()
}

fn trail() -> Trail {
    Trail {
        at_millis: 7,
        request: "r".into(),
        remote: "127.0.0.1".into(),
    }
}

fn root() -> Principal {
    Principal {
        company: CompanyId::new(1).unwrap(),
        member: MemberId::new(1).unwrap(),
        role: Role::Root,
        scopes: Scopes::default(),
        via: Via::Key(KeyId(Uuid::from_u128(0))),
    }
}

fn within(origin: Origin) -> Collection {
    Collection {
        company: root().company,
        owner: root().member,
        origin,
    }
}

fn secret(text: &str) -> Secret {
    Secret {
        id: SecretId(Uuid::from_u128(1)),
        digest: Digest::of(text),
        hint: String::new(),
        created: at(NOW),
        retires: None,
        sealed: None,
    }
}

fn create(index: u128, digest: &str) -> Create {
    let key = Key {
        id: KeyId(Uuid::from_u128(index)),
        company: root().company,
        owner: root().member,
        issuer: root().member,
        origin: Origin::Ocamba,
        name: KeyName::new(format!("key {index}")).unwrap(),
        description: None,
        role: Role::Write,
        scopes: Scopes::default(),
        start: at(NOW),
        end: Some(at(NOW + 60)),
        created: at(NOW),
        updated: at(NOW),
        enabled: true,
        revoked: None,
        recoverable: false,
    };
    let record = Record {
        trail: trail(),
        action: Action::KeyCreated,
        company: key.company,
        actor: Some(root()),
        keys: vec![key.id],
    };
    Create {
        key,
        secret: secret(digest),
        record,
    }
}

impl Fixture {
    async fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let store = open(&directory.path().join("bitting.db"), 1).unwrap();
        let first = FirstKey {
            company: "c".into(),
            member: "m".into(),
            key: RootKey {
                id: KeyId(Uuid::from_u128(0)),
                name: KeyName::new("root".into()).unwrap(),
                secret: secret("root"),
                now: at(NOW),
                trail: trail(),
            },
        };
        store.initialise(first).await.unwrap();
        Self {
            directory,
            store: Arc::new(store),
        }
    }

    fn database(&self) -> PathBuf {
        self.directory.path().join("bitting.db")
    }

    fn actions(&self) -> Vec<String> {
        let connection = rusqlite::Connection::open(self.database()).unwrap();
        let mut statement = connection
            .prepare("SELECT action || ' ' || request || ' ' || coalesce(actor_via, '-') FROM audit ORDER BY id")
            .unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    async fn total(&self, filters: Vec<Filter>, now: i64) -> u64 {
        let query = KeyQuery {
            filters,
            ..KeyQuery::default()
        };
        let list = self.store.list(within(Origin::Ocamba), query, at(now));
        list.await.unwrap().total
    }
}

fn open(path: &std::path::Path, master: u8) -> Result<SqliteStore, StoreError> {
    let (master, _) = MasterKey::generate(&Fixed(master));
    SqliteStore::open(path, &master, Options::default())
}

#[tokio::test]
async fn a_change_that_fails_leaves_the_rest_of_its_group_alone() {
    let fixture = Fixture::new().await;
    let tasks: Vec<_> = (1..=200)
        .map(|index| {
            let store = Arc::clone(&fixture.store);
            // Every tenth has the digest of its neighbour, which one of the two cannot have.
            let digest = if index % 10 == 0 { index - 1 } else { index };
            tokio::spawn(async move { store.create(create(index, &digest.to_string())).await })
        })
        .collect();
    let mut made = 0;
    for task in tasks {
        made += u64::from(task.await.unwrap().is_ok());
    }
    assert_eq!(made, 180);
    assert_eq!(fixture.total(vec![], NOW).await, 180);
    assert_eq!(
        fixture
            .total(vec![Filter::Phase(vec![Phase::Active])], NOW)
            .await,
        180
    );
}

#[tokio::test]
async fn every_change_leaves_its_record_and_a_refused_one_none() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let number = store.create(create(1, "one")).await.unwrap();
    let update = |number| Update {
        within: within(Origin::Ocamba),
        number,
        by: root(),
        change: KeyChange::default(),
        now: at(NOW),
        trail: trail(),
    };
    store.update(update(number)).await.unwrap();
    let unknown = store.update(update(KeyNumber::new(99).unwrap())).await;
    assert!(matches!(
        unknown,
        Err(StoreError::Refused(Refusal::NotFound))
    ));
    store.record_shown(Record {
        action: Action::SecretsShown,
        ..create(1, "").record
    });
    store.close().await.unwrap();
    let via = format!("r key {}", Uuid::from_u128(0));
    assert_eq!(
        fixture.actions(),
        [
            "store_initialised r -".to_owned(),
            format!("key_created {via}"),
            format!("key_updated {via}"),
            format!("secrets_shown {via}"),
        ]
    );
    let closed = store.create(create(2, "two")).await;
    assert!(matches!(closed, Err(StoreError::Closed)), "{closed:?}");
}

#[tokio::test]
async fn the_last_active_root_key_stays() {
    let fixture = Fixture::new().await;
    let delete = |number| Delete {
        within: within(Origin::Keys),
        number: KeyNumber::new(number).unwrap(),
        by: root(),
        now: at(NOW),
        trail: trail(),
    };
    let refused = fixture.store.delete(delete(1)).await.unwrap_err();
    assert!(matches!(
        refused,
        StoreError::Refused(Refusal::Conflict(Conflict::LastRootKey))
    ));
    let another = RootKey {
        id: KeyId(Uuid::from_u128(5)),
        name: KeyName::new("another".into()).unwrap(),
        secret: secret("another"),
        now: at(NOW),
        trail: trail(),
    };
    fixture.store.create_root_key(another).await.unwrap();
    fixture.store.delete(delete(1)).await.unwrap();
    assert!(fixture.store.delete(delete(2)).await.is_err());
}

#[tokio::test]
async fn a_thousand_keys_that_end_at_once_are_right_at_the_next_read_and_brought_up_to_date_behind_it()
 {
    let fixture = Fixture::new().await;
    let tasks: Vec<_> = (1..=5_000)
        .map(|index| {
            let store = Arc::clone(&fixture.store);
            tokio::spawn(async move { store.create(create(index, &index.to_string())).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let expired = || vec![Filter::Phase(vec![Phase::Expired])];
    assert_eq!(fixture.total(expired(), NOW + 59).await, 0);
    assert_eq!(fixture.total(expired(), NOW + 60).await, 5_000);
    // The rest is done in the background; how long it takes decides nothing here.
    let connection = rusqlite::Connection::open(fixture.database()).unwrap();
    loop {
        let due: i64 = connection
            .query_row(
                "SELECT count(*) FROM api_key WHERE phase_until IS NOT NULL",
                [],
                |r| r.get(0),
            )
            .unwrap();
        if due == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(fixture.total(expired(), NOW + 60).await, 5_000);
    // And a clock that was set back is answered by what it says.
    assert_eq!(fixture.total(expired(), NOW + 59).await, 0);
}

#[tokio::test]
async fn another_master_key_is_refused_once_something_is_sealed() {
    let fixture = Fixture::new().await;
    fixture.store.close().await.unwrap();
    drop(open(&fixture.database(), 2).unwrap());

    let store = open(&fixture.database(), 3).unwrap();
    let (master, _) = MasterKey::generate(&Fixed(3));
    let mut sealed = create(1, "one");
    let seal = Some((&master, sealed.key.company, sealed.key.id));
    sealed.secret = Minted::new(&Origin::Ocamba.format(), &Fixed(0), &Fixed(9), seal).stored;
    store.create(sealed).await.unwrap();
    store.close().await.unwrap();

    let refused = open(&fixture.database(), 2).err().unwrap();
    assert!(matches!(refused, StoreError::MasterKey { .. }), "{refused}");
    assert!(open(&fixture.database(), 3).is_ok());
}
