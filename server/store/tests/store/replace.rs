//! Other settings in place of a key's.

use bitting_core::{
    AddressBlock, AllowedAddresses, Conflict, Denial, Description, Key, KeyName, KeyRef,
    KeySettings, Metadata, Origin, Principal, Reach, Refusal, Role, Scope, Scopes, Version,
    query::KeyQuery, query::Search,
};
use bitting_store::{Replace, Store, StoreError, StoredKey};

use crate::{
    changes::{
        NOW, at, company, create, create_named, named, root, root_key, secrets, trail, within,
    },
    fixture::{Fixture, open},
    gate::Held,
};

fn everywhere() -> Reach {
    Reach {
        company: None,
        owner: None,
        origin: None,
    }
}

fn settings(key: &Key) -> KeySettings {
    KeySettings {
        name: key.name.clone(),
        description: key.description.clone(),
        start: Some(key.start),
        end: key.end,
        enabled: key.enabled,
        role: key.role,
        scopes: key.scopes.clone(),
        metadata: key.metadata.clone(),
        addresses: key.addresses.clone(),
    }
}

fn replace(key: &Key, settings: KeySettings) -> Replace {
    Replace {
        within: everywhere(),
        key: KeyRef::Id(key.id),
        by: root(),
        settings,
        if_match: None,
        now: at(NOW + 1),
        trail: trail(),
    }
}

fn renamed(key: &Key, name: &str) -> KeySettings {
    KeySettings {
        name: KeyName::new(name.into()).unwrap(),
        ..settings(key)
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Refusal {
    match result {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

async fn stored(fixture: &Fixture, key: &Key) -> StoredKey {
    let found = fixture.store.key(everywhere(), KeyRef::Id(key.id)).await;
    found.unwrap().unwrap()
}

#[tokio::test]
async fn every_setting_is_kept_and_nothing_else_is_touched() {
    let fixture = Fixture::new().await;
    let new = create(1, "one");
    fixture.store.create(new.clone()).await.unwrap();
    let blocks = ["10.0.0.0/8", "2001:db8::1"].map(|block| block.parse::<AddressBlock>().unwrap());
    let wanted = KeySettings {
        name: KeyName::new("Zebra".into()).unwrap(),
        description: Some(Description::new("of the zoo".into()).unwrap()),
        start: Some(at(NOW + 10)),
        end: Some(at(NOW + 20)),
        enabled: false,
        role: Role::Read,
        scopes: Scopes::new([Scope::new("a:b".into()).unwrap()]).unwrap(),
        metadata: Metadata::new(r#"{"a":1}"#.into()).unwrap(),
        addresses: AllowedAddresses::new(blocks).unwrap(),
    };
    let answer = fixture.store.replace(replace(&new.key, wanted.clone()));
    let after = answer.await.unwrap().key;
    assert_eq!(settings(&after), wanted);
    let rest = Key {
        name: new.key.name.clone(),
        description: None,
        start: new.key.start,
        end: new.key.end,
        enabled: true,
        role: new.key.role,
        scopes: Scopes::default(),
        metadata: Metadata::default(),
        addresses: AllowedAddresses::default(),
        updated: new.key.updated,
        ..after.clone()
    };
    assert_eq!((rest, after.updated), (new.key.clone(), at(NOW + 1)));
    assert_eq!(stored(&fixture, &new.key).await.key, after);
    let action = fixture.actions().pop().unwrap();
    assert!(action.starts_with("key_updated r key"), "{action}");
    // Searches find what it says now.
    for (text, found) in [("zebra", 1), ("the zoo", 1), ("key 1", 0)] {
        let query = KeyQuery {
            search: Search::new(text, true, true),
            ..KeyQuery::default()
        };
        let list = fixture.store.list(within(Origin::Ocamba), query, at(NOW));
        assert_eq!(list.await.unwrap().total, found, "{text}");
    }
    // And whoever opens the database next.
    fixture.store.close().await.unwrap();
    let store = open(&fixture.database(), 1).unwrap();
    let found = store.key(everywhere(), KeyRef::Id(new.key.id)).await;
    assert_eq!(found.unwrap().unwrap().key, after);
}

#[tokio::test]
async fn a_version_that_is_not_asked_for_is_refused_and_one_of_several_is_enough() {
    let fixture = Fixture::new().await;
    let key = create(1, "one").key;
    fixture.store.create(create(1, "one")).await.unwrap();
    let before = fixture.actions();
    let other = Version::parse(&"0".repeat(32)).unwrap();
    for versions in [vec![], vec![other]] {
        let change = Replace {
            if_match: Some(versions),
            ..replace(&key, renamed(&key, "new"))
        };
        assert_eq!(
            refusal(fixture.store.replace(change).await),
            Refusal::Changed
        );
    }
    assert_eq!(stored(&fixture, &key).await.key, key);
    assert_eq!(fixture.actions(), before);
    let change = Replace {
        if_match: Some(vec![other, key.version()]),
        ..replace(&key, renamed(&key, "new"))
    };
    let after = fixture.store.replace(change.clone()).await.unwrap().key;
    assert_eq!(after.name.as_str(), "new");
    assert_eq!(
        refusal(fixture.store.replace(change).await),
        Refusal::Changed
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_concurrent_replacements_of_one_version_exactly_one_wins() {
    let fixture = Fixture::new().await;
    let key = create(1, "one").key;
    fixture.store.create(create(1, "one")).await.unwrap();
    let tasks: Vec<_> = (0..16)
        .map(|index| {
            let store = std::sync::Arc::clone(&fixture.store);
            let change = Replace {
                if_match: Some(vec![key.version()]),
                ..replace(&key, renamed(&key, &format!("new {index}")))
            };
            tokio::spawn(async move { store.replace(change).await })
        })
        .collect();
    let mut won = Vec::new();
    for task in tasks {
        match task.await.unwrap() {
            Ok(after) => won.push(after),
            refused => assert_eq!(refusal(refused), Refusal::Changed),
        }
    }
    assert_eq!(won.len(), 1, "{won:?}");
    assert_eq!(stored(&fixture, &key).await, won[0]);
}

#[tokio::test]
async fn what_is_refused_first_is_said() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let taken = create_named(2, "taken").key;
    store.create(create_named(1, "a")).await.unwrap();
    store.create(create_named(2, "taken")).await.unwrap();
    let key = create_named(1, "a").key;
    // Everything is against this one.
    let wrong = Replace {
        within: Reach {
            company: Some(company(2)),
            ..everywhere()
        },
        by: Principal {
            role: Role::Read,
            ..root()
        },
        if_match: Some(vec![taken.version()]),
        ..replace(&key, renamed(&key, "taken"))
    };
    assert_eq!(
        refusal(store.replace(wrong.clone()).await),
        Refusal::NotFound
    );
    let reached = Replace {
        within: named(company(1)),
        ..wrong
    };
    let by_name = Replace {
        key: KeyRef::Name("b".into()),
        ..reached.clone()
    };
    assert_eq!(
        refusal(store.replace(by_name).await),
        Refusal::UnknownName("b".into())
    );
    assert_eq!(
        refusal(store.replace(reached.clone()).await),
        Refusal::Changed
    );
    let matched = Replace {
        if_match: None,
        ..reached
    };
    assert_eq!(
        refusal(store.replace(matched.clone()).await),
        Refusal::Forbidden(Denial::KeyAboveOwnRole)
    );
    let allowed = Replace {
        by: root(),
        ..matched
    };
    let conflict = Refusal::Conflict(Conflict::NameTaken);
    assert_eq!(refusal(store.replace(allowed).await), conflict);
    // Its own name is not taken by another.
    let same = replace(&key, settings(&key));
    store.replace(same).await.unwrap();
}

#[tokio::test]
async fn the_last_active_root_key_is_not_replaced_by_something_weaker() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let first = stored(&fixture, &create(0, "").key).await.key;
    let weaker = [
        KeySettings {
            enabled: false,
            ..settings(&first)
        },
        KeySettings {
            role: Role::Admin,
            ..settings(&first)
        },
        KeySettings {
            end: Some(at(NOW + 1_000)),
            ..settings(&first)
        },
    ];
    for weaker in weaker.clone() {
        let last = Refusal::Conflict(Conflict::LastRootKey);
        let result = store.replace(replace(&first, weaker)).await;
        assert_eq!(refusal(result), last);
    }
    store
        .replace(replace(&first, renamed(&first, "x")))
        .await
        .unwrap();
    store.create_root_key(root_key(5, "another")).await.unwrap();
    for weaker in weaker {
        store.replace(replace(&first, weaker)).await.unwrap();
    }
}

#[tokio::test]
async fn the_watch_is_told_before_the_answer() {
    let fixture = Fixture::new().await;
    let key = create(1, "one").key;
    fixture.store.create(create(1, "one")).await.unwrap();
    let mut writer = Held::new(&fixture.store);
    let store = std::sync::Arc::clone(&fixture.store);
    let change = replace(&key, renamed(&key, "new"));
    let answer = tokio::spawn(async move { store.replace(change).await });
    assert_eq!(writer.held().await, secrets(&["one"]));
    assert_eq!(stored(&fixture, &key).await.key.name.as_str(), "new");
    assert!(!answer.is_finished());
    writer.go();
    answer.await.unwrap().unwrap();
    assert_eq!(writer.more(), None);
}
