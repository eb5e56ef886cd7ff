//! Keys: one change in a group does not touch another, every change leaves its record, and what the clock says is
//! what is answered however many keys it says it of at once.

use std::{sync::Arc, time::Duration};

use bitting_core::{
    Conflict, KeyChange, KeyNumber, KeyRef, Origin, Phase, Refusal,
    audit::{Action, Record},
    query::Filter,
    secret::{MasterKey, Minted},
};
use bitting_store::{Delete, Store, StoreError, Update};
use uuid::Uuid;

use crate::{
    changes::{NOW, at, create, root, root_key, trail, within},
    fixture::{Fixed, Fixture, open},
};

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
        within: within(Origin::Ocamba).into(),
        key: KeyRef::Number(number),
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
        within: within(Origin::Keys).into(),
        key: KeyRef::Number(KeyNumber::new(number).unwrap()),
        by: root(),
        now: at(NOW),
        trail: trail(),
    };
    let refused = fixture.store.delete(delete(1)).await.unwrap_err();
    assert!(matches!(
        refused,
        StoreError::Refused(Refusal::Conflict(Conflict::LastRootKey))
    ));
    let another = root_key(5, "another");
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
