//! Keys that are added many at once are like any others.

use bitting_core::{Key, KeyRef, Origin, Refusal, query::KeyQuery, query::Search, secret::Secret};
use bitting_store::{SqliteStore, Store, StoreError};

use crate::{
    changes::{NOW, at, create, create_named, member, trail, within},
    fixture::{Fixture, open},
    gate::Held,
};

fn keys(indexes: impl Iterator<Item = u128>) -> Vec<(Key, Secret)> {
    let made = |index: u128| {
        let new = create(index, &index.to_string());
        (new.key, new.secret)
    };
    indexes.map(made).collect()
}

async fn found(store: &SqliteStore, text: &str) -> u64 {
    let query = KeyQuery {
        search: Search::new(text, true, true),
        ..KeyQuery::default()
    };
    let list = store.list(within(Origin::Ocamba), query, at(NOW));
    list.await.unwrap().total
}

/// Nothing the store keeps of its own keys says otherwise of these.
fn assert_whole(fixture: &Fixture) {
    let wrong = fixture.texts(
        "SELECT 'integrity: ' || integrity_check FROM pragma_integrity_check
             WHERE integrity_check <> 'ok'
         UNION ALL SELECT 'foreign key' FROM pragma_foreign_key_check
         UNION ALL SELECT 'total' FROM collection c WHERE total <>
             (SELECT count(*) FROM api_key k WHERE k.owner = c.owner AND k.origin = c.origin)
         UNION ALL SELECT 'text' FROM api_key WHERE number NOT IN (SELECT rowid FROM api_key_text)
         UNION ALL SELECT 'secret' FROM api_key WHERE number NOT IN (SELECT key FROM secret)",
    );
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[tokio::test]
async fn keys_of_a_batch_are_all_there_and_told_of_or_none_is() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    store.bulk_create(keys(1..=300), trail()).await.unwrap();
    assert_eq!(fixture.total(vec![], NOW).await, 300);
    assert_eq!(found(store, "KEY 29").await, 11);
    assert!(fixture.works("300").await);
    let key = KeyRef::Id(create(300, "").key.id);
    let within = within(Origin::Ocamba).into();
    assert!(store.key(within, key).await.unwrap().is_some());
    assert_eq!(fixture.done(), ["key_created in 1 to - and 0 by -"]);

    // The last one has a digest that is taken.
    let mut twice = keys(301..=310);
    twice[9].1.digest = twice[0].1.digest;
    store.bulk_create(twice, trail()).await.unwrap_err();
    let mut stranger = keys(301..=310);
    (stranger[9].0.owner, stranger[9].0.issuer) = (member(9), member(9));
    let refused = store.bulk_create(stranger, trail()).await;
    let unauthenticated = StoreError::Refused(Refusal::Unauthenticated).to_string();
    assert_eq!(refused.unwrap_err().to_string(), unauthenticated);
    assert_eq!(fixture.total(vec![], NOW).await, 300);
    assert_whole(&fixture);

    let mut writer = Held::new(store);
    writer.go();
    store.bulk_create(keys(301..=310), trail()).await.unwrap();
    assert_eq!(writer.held().await.secrets.len(), 10);
}

#[tokio::test]
async fn names_of_named_keys_are_kept_apart_in_a_batch() {
    let fixture = Fixture::new().await;
    let named = |index| {
        let new = create_named(index, "a");
        (new.key, new.secret)
    };
    let batch = vec![named(1), named(2)];
    fixture.store.bulk_create(batch, trail()).await.unwrap_err();
    fixture
        .store
        .bulk_create(vec![named(3)], trail())
        .await
        .unwrap();
    let batch = vec![named(4)];
    fixture.store.bulk_create(batch, trail()).await.unwrap_err();
}

#[tokio::test]
async fn keys_that_are_loaded_are_as_if_they_had_been_made() {
    let fixture = Fixture::new().await;
    fixture.store.create(create(1, "1")).await.unwrap();
    fixture.store.close().await.unwrap();
    let path = fixture.database();
    let loaded = SqliteStore::load(&path, keys(2..=45_000), &trail()).unwrap();
    assert_eq!(loaded, 44_999);
    assert_whole(&fixture);

    let store = open(&path, 1).unwrap();
    assert_eq!(found(&store, "key 4499").await, 11);
    assert_eq!(store.count_secrets().await.unwrap(), 45_001);
    let key = store.key(
        within(Origin::Ocamba).into(),
        KeyRef::Id(create(45_000, "").key.id),
    );
    assert_eq!(key.await.unwrap().unwrap().number.get(), 45_001);
    let recorded = fixture.done();
    let [_, of_load] = recorded.as_slice() else {
        panic!("{recorded:?}");
    };
    assert_eq!(of_load, "key_created in 1 to - and 0 by -");
}

#[tokio::test]
async fn a_load_that_is_refused_half_way_leaves_a_store_that_works() {
    let fixture = Fixture::new().await;
    fixture.store.close().await.unwrap();
    let path = fixture.database();
    let mut some = keys(1..=20_010);
    some[20_005].0.owner = member(9);
    SqliteStore::load(&path, some, &trail()).unwrap_err();
    let store = open(&path, 1).unwrap();
    assert_eq!(found(&store, "key").await, 20_000);
    store.close().await.unwrap();
    assert_whole(&fixture);
}
