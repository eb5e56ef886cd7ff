//! What the watch is told, and when.

use std::{future::Future, sync::Arc};

use bitting_core::{
    KeyChange, KeyName, KeyRef, Origin, Phase, Role,
    query::{Filter, KeyQuery},
    secret::Digest,
};
use bitting_store::{Changed, Delete, FirstKey, Roll, Store, StoreError, Update};

use crate::{
    changes::{
        NOW, Wish, at, change, company, create, create_named, granted, member, new_company,
        new_login, new_member, root, root_key, secret, secrets, trail, within,
    },
    fixture::{Fixture, open},
    gate::Held,
};

fn people() -> Changed {
    Changed {
        secrets: Vec::new(),
        people: true,
    }
}

/// Makes a change and expects the watch to be told of it, when what changed can be `seen` and the caller was not
/// answered yet.
async fn expect<T: Send + 'static>(
    writer: &mut Held,
    change: impl Future<Output = Result<T, StoreError>> + Send + 'static,
    told: Changed,
    seen: impl Future<Output = bool>,
) -> T {
    let answer = tokio::spawn(change);
    assert_eq!(writer.held().await, told);
    assert!(seen.await, "not seen: {told:?}");
    assert!(!answer.is_finished(), "answered: {told:?}");
    writer.go();
    let answer = answer.await.unwrap().unwrap();
    assert_eq!(writer.more(), None);
    answer
}

/// A change to the store of a fixture, as a future of its own.
macro_rules! ask {
    ($fixture:expr, $method:ident($change:expr)) => {{
        let store = Arc::clone(&$fixture.store);
        let change = $change;
        async move { store.$method(change).await }
    }};
}

#[tokio::test]
async fn every_change_to_a_key_is_told_of_before_it_is_answered_and_when_it_can_be_read() {
    let fixture = Fixture::new().await;
    let mut writer = Held::new(&fixture.store);
    let made = ask!(fixture, create(create(1, "one")));
    let works = fixture.works("one");
    let number = expect(&mut writer, made, secrets(&["one"]), works).await;
    let key = KeyRef::Number(number);
    let within = within(Origin::Ocamba).into();

    let update = Update {
        within,
        key: key.clone(),
        by: root(),
        change: KeyChange {
            name: Some(KeyName::new("renamed".into()).unwrap()),
            ..KeyChange::default()
        },
        now: at(NOW),
        trail: trail(),
    };
    let renamed = async {
        let found = fixture.store.credential(Digest::of("one")).await.unwrap();
        found.unwrap().key.name.as_str() == "renamed"
    };
    let update = ask!(fixture, update(update));
    expect(&mut writer, update, secrets(&["one"]), renamed).await;

    let roll = Roll {
        within,
        key: key.clone(),
        by: root(),
        secret: secret("two"),
        now: at(NOW),
        trail: trail(),
    };
    let rolled = async { fixture.works("two").await && !fixture.works("one").await };
    let roll = ask!(fixture, roll(roll));
    expect(&mut writer, roll, secrets(&["one", "two"]), rolled).await;

    let delete = Delete {
        within,
        key,
        by: root(),
        now: at(NOW),
        trail: trail(),
    };
    let gone = async { !fixture.works("two").await };
    let delete = ask!(fixture, delete(delete));
    expect(&mut writer, delete, secrets(&["two"]), gone).await;
}

#[tokio::test]
async fn every_secret_of_a_key_is_told_of() {
    let fixture = Fixture::new().await;
    fixture.store.create(create(1, "one")).await.unwrap();
    let database = rusqlite::Connection::open(fixture.database()).unwrap();
    let another = "INSERT INTO secret SELECT ?1, key, id, hint, created_at + 1, 0, NULL
                   FROM secret WHERE key = 2";
    let digest = Digest::of("other");
    database.execute(another, [digest.as_bytes()]).unwrap();
    let mut writer = Held::new(&fixture.store);
    let roll = Roll {
        within: within(Origin::Ocamba).into(),
        key: KeyRef::Number(bitting_core::KeyNumber::new(2).unwrap()),
        by: root(),
        secret: secret("two"),
        now: at(NOW),
        trail: trail(),
    };
    let roll = ask!(fixture, roll(roll));
    let all = secrets(&["one", "other", "two"]);
    expect(&mut writer, roll, all, fixture.works("two")).await;
}

#[tokio::test]
async fn keys_that_come_with_companies_and_members_are_told_of() {
    let fixture = Fixture::new().await;
    let mut writer = Held::new(&fixture.store);
    let new = ask!(
        fixture,
        create_company(new_company("acme", Some(granted(1, Role::Admin))))
    );
    expect(&mut writer, new, secrets(&["1"]), fixture.works("1")).await;
    let new = ask!(
        fixture,
        create_member(new_member(company(1), Some(granted(2, Role::Read))))
    );
    expect(&mut writer, new, secrets(&["2"]), fixture.works("2")).await;
    let new = ask!(fixture, create_root_key(root_key(3, "another")));
    let works = fixture.works("another");
    expect(&mut writer, new, secrets(&["another"]), works).await;
}

#[tokio::test]
async fn the_first_key_of_a_store_is_told_of() {
    let directory = tempfile::tempdir().unwrap();
    let store = Arc::new(open(&directory.path().join("bitting.db"), 1).unwrap());
    let fixture = Fixture { directory, store };
    let mut writer = Held::new(&fixture.store);
    let first = FirstKey {
        company: "c".into(),
        member: "m".into(),
        key: root_key(0, "root"),
    };
    let first = ask!(fixture, initialise(first));
    let works = fixture.works("root");
    expect(&mut writer, first, secrets(&["root"]), works).await;
}

#[tokio::test]
async fn a_member_that_is_switched_or_removed_is_told_of() {
    let fixture = Fixture::new().await;
    let keyed = new_member(company(1), Some(granted(1, Role::Read)));
    let keyed = fixture.store.create_member(keyed).await.unwrap();
    let keyless = fixture.store.create_member(new_member(company(1), None));
    let keyless = keyless.await.unwrap();
    let mut writer = Held::new(&fixture.store);
    for (wish, works) in [(Wish::Disable, false), (Wish::Enable, true)] {
        let update = ask!(fixture, update_member(change(&keyed, wish)));
        let seen = async { fixture.works("1").await == works };
        expect(&mut writer, update, people(), seen).await;
    }
    let remove = change(&keyless, Wish::Remove);
    let remove = ask!(fixture, update_member(remove));
    let gone = async {
        let read = fixture.store.member(company(1), keyless.id).await;
        read.unwrap().is_none()
    };
    expect(&mut writer, remove, people(), gone).await;
}

#[tokio::test]
async fn what_no_credential_leads_to_is_not_told_of() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    store.create(create(1, "one")).await.unwrap();
    store.create(create_named(2, "a")).await.unwrap();
    let mut writer = Held::new(store);
    // Nothing is held.
    (0..100).for_each(|_| writer.go());

    store.create(create_named(3, "a")).await.unwrap_err();
    let first = store.member(company(1), member(1)).await.unwrap().unwrap();
    let disable = change(&first, Wish::Disable);
    store.update_member(disable).await.unwrap_err();
    store.create_company(new_company("c", None)).await.unwrap();
    let new = new_member(company(1), None);
    store.create_member(new).await.unwrap();
    let login = new_login(company(1), "ann");
    store.create_login(login).await.unwrap();
    // Phases are brought up to date by this.
    let expired = KeyQuery {
        filters: vec![Filter::Phase(vec![Phase::Expired])],
        ..KeyQuery::default()
    };
    let list = store.list(within(Origin::Ocamba), expired, at(NOW + 60));
    assert_eq!(list.await.unwrap().total, 1);
    assert!(store.record_shown(create(1, "").record));
    store.close().await.unwrap();
    assert_eq!(writer.more(), None);
}

#[tokio::test]
async fn of_a_group_that_is_undone_what_is_made_alone_is_told_of_and_nothing_else() {
    let fixture = Fixture::new().await;
    let mut writer = Held::new(&fixture.store);
    let first = tokio::spawn(ask!(fixture, create(create(1, "one"))));
    assert_eq!(writer.held().await, secrets(&["one"]));
    let group = [(2, "two"), (3, "one"), (4, "four")]
        .map(|(index, secret)| tokio::spawn(ask!(fixture, create(create(index, secret)))));
    tokio::task::yield_now().await;
    writer.go();
    first.await.unwrap().unwrap();
    for alone in ["two", "four"] {
        assert_eq!(writer.held().await, secrets(&[alone]));
        writer.go();
    }
    let [two, one, four] = group;
    two.await.unwrap().unwrap();
    one.await.unwrap().unwrap_err();
    four.await.unwrap().unwrap();
    assert_eq!(writer.more(), None);
}
