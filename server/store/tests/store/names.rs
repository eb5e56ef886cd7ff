//! Names of keys of the origin `feldera`, which tell them apart (F6, F12, F13, F20, F30).

use bitting_core::{
    Conflict, KeyChange, KeyName, KeyRef, MemberId, Origin, Reach, Refusal, Role, secret::Digest,
};
use bitting_store::{Delete, Roll, Store, StoreError, Update};

use crate::{
    changes::{NOW, at, company, create_named, named, root, secret, trail, within},
    fixture::Fixture,
    gate::Held,
};

fn by_name(name: &str) -> KeyRef {
    KeyRef::Name(name.into())
}

fn delete(within: Reach, name: &str) -> Delete {
    Delete {
        within,
        key: by_name(name),
        by: root(),
        now: at(NOW),
        trail: trail(),
    }
}

fn rename(from: &str, to: &str) -> Update {
    Update {
        within: named(company(1)),
        key: by_name(from),
        by: root(),
        change: KeyChange {
            name: Some(KeyName::plain(to.into()).unwrap()),
            ..KeyChange::default()
        },
        now: at(NOW),
        trail: trail(),
    }
}

fn is_taken<T>(result: &Result<T, StoreError>) -> bool {
    let taken = Refusal::Conflict(Conflict::NameTaken);
    matches!(result, Err(StoreError::Refused(refusal)) if *refusal == taken)
}

fn is_unknown<T>(result: &Result<T, StoreError>, name: &str) -> bool {
    let unknown = Refusal::UnknownName(name.into());
    matches!(result, Err(StoreError::Refused(refusal)) if *refusal == unknown)
}

async fn names(fixture: &Fixture, of: i64) -> Vec<String> {
    let keys = fixture.store.named_keys(company(of)).await.unwrap();
    keys.iter().map(|key| key.name.as_str().into()).collect()
}

#[tokio::test]
async fn f13_a_name_is_taken_once_in_a_company_until_its_key_is_deleted() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let (other, stranger) = fixture.other().await;
    store.create(create_named(1, "a")).await.unwrap();
    let before = fixture.done();
    assert!(is_taken(&store.create(create_named(2, "a")).await));
    assert_eq!(fixture.done(), before);

    store.create(create_named(3, "A")).await.unwrap();
    let mut elsewhere = create_named(4, "a");
    (elsewhere.key.company, elsewhere.key.owner) = (other.id, stranger.id);
    store.create(elsewhere).await.unwrap();
    for index in [5, 6] {
        let mut unnamed = create_named(index, "a");
        unnamed.key.origin = Origin::Ocamba;
        store.create(unnamed).await.unwrap();
    }

    store.delete(delete(named(company(1)), "a")).await.unwrap();
    store.create(create_named(7, "a")).await.unwrap();
    assert_eq!(names(&fixture, 1).await, ["A", "a"]);
}

#[tokio::test]
async fn f13_a_key_is_not_renamed_to_a_taken_name_and_gives_its_own_back() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    store.create(create_named(1, "a")).await.unwrap();
    store.create(create_named(2, "b")).await.unwrap();
    assert!(is_taken(&store.update(rename("a", "b")).await));
    store.update(rename("a", "a")).await.unwrap();
    store.update(rename("a", "c")).await.unwrap();
    assert_eq!(names(&fixture, 1).await, ["b", "c"]);
    store.create(create_named(3, "a")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn f13_of_concurrent_creates_of_one_name_exactly_one_is_made() {
    let fixture = Fixture::new().await;
    let mut made = 0;
    for task in fixture.spawn_creates((1..=32).map(|index| create_named(index, "a"))) {
        let result = task.await.unwrap();
        assert!(result.is_ok() || is_taken(&result), "{result:?}");
        made += u32::from(result.is_ok());
    }
    assert_eq!(made, 1);
    assert_eq!(names(&fixture, 1).await, ["a"]);
}

#[tokio::test]
async fn f13_of_creates_of_one_name_in_one_group_exactly_one_is_made() {
    let fixture = Fixture::new().await;
    let mut writer = Held::new(&fixture.store);
    let first = fixture.spawn_creates([create_named(100, "first")]);
    writer.held().await;
    let same = (1..=32).map(|index| create_named(index, "a"));
    let ends = [create_named(98, "before"), create_named(99, "after")];
    let [before, after] = ends;
    let group = fixture.spawn_creates([before].into_iter().chain(same).chain([after]));
    tokio::task::yield_now().await;
    writer.go();
    // What came first and what came last are in it: it was one group.
    let told = writer.held().await;
    let expected = ["98", "1", "99"].map(Digest::of);
    assert_eq!(told.secrets, expected);
    writer.go();
    for task in first {
        task.await.unwrap().unwrap();
    }
    let mut made = 0;
    for task in group {
        let result = task.await.unwrap();
        assert!(result.is_ok() || is_taken(&result), "{result:?}");
        made += u32::from(result.is_ok());
    }
    assert_eq!(made, 3);
    assert_eq!(writer.more(), None);
}

#[tokio::test]
async fn f6_a_key_is_found_by_its_name_or_number_by_whoever_can_reach_it() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let (other, _) = fixture.other().await;
    let number = store.create(create_named(1, "a")).await.unwrap();
    let whole = Reach {
        origin: None,
        ..named(company(1))
    };
    let stranger = Reach {
        owner: MemberId::new(99),
        ..whole
    };
    for (reach, reached) in [
        (whole, true),
        (named(company(1)), true),
        (within(Origin::Feldera).into(), true),
        (within(Origin::Ocamba).into(), false),
        (stranger, false),
        (named(other.id), false),
    ] {
        for key in [KeyRef::Number(number), by_name("a")] {
            let found = store.key(reach, key.clone()).await.unwrap();
            assert_eq!(found.is_some(), reached, "{reach:?} {key:?}");
            assert!(found.is_none_or(|found| found.number == number));
        }
        if !reached {
            let result = store.delete(delete(reach, "a")).await;
            assert!(is_unknown(&result, "a"), "{result:?}");
        }
    }
}

#[tokio::test]
async fn f30_an_unknown_name_is_said_to_be_unknown_and_a_name_of_another_origin_is_unknown() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let mut unnamed = create_named(1, "a");
    unnamed.key.origin = Origin::Ocamba;
    store.create(unnamed).await.unwrap();
    for name in ["a", "", "A", "a\0", "é", &"x".repeat(100_000)] {
        let reach = Reach {
            origin: None,
            ..named(company(1))
        };
        assert_eq!(store.key(reach, by_name(name)).await.unwrap(), None);
        assert!(is_unknown(&store.delete(delete(reach, name)).await, name));
    }
}

#[tokio::test]
async fn a_key_is_rolled_by_its_name() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let number = store.create(create_named(1, "a")).await.unwrap();
    let roll = Roll {
        within: named(company(1)),
        key: by_name("a"),
        by: root(),
        secret: secret("new"),
        now: at(NOW),
        trail: trail(),
    };
    assert_eq!(store.roll(roll).await.unwrap().number, number);
    assert!(fixture.works("new").await);
    assert!(!fixture.works("1").await);
}

#[tokio::test]
async fn f20_named_keys_are_listed_by_name_and_by_code_point() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let (other, stranger) = fixture.other().await;
    for (index, name) in ["b", "a-1", "Z", "a_1", "a", "9", "-", "_"]
        .iter()
        .enumerate()
    {
        let mut new = create_named(index as u128 + 1, name);
        if *name == "9" {
            new.key.role = Role::Read;
        }
        store.create(new).await.unwrap();
    }
    let mut elsewhere = create_named(50, "c");
    (elsewhere.key.company, elsewhere.key.owner) = (other.id, stranger.id);
    store.create(elsewhere).await.unwrap();
    let mut unnamed = create_named(51, "d");
    unnamed.key.origin = Origin::Keys;
    store.create(unnamed).await.unwrap();

    let sorted = ["-", "9", "Z", "_", "a", "a-1", "a_1", "b"];
    assert_eq!(names(&fixture, 1).await, sorted);
    assert_eq!(names(&fixture, 2).await, ["c"]);
    assert!(names(&fixture, 99).await.is_empty());
    let keys = store.named_keys(company(1)).await.unwrap();
    assert_eq!(keys[1].id, create_named(6, "9").key.id);
    assert_eq!((keys[1].role, keys[2].role), (Role::Read, Role::Write));
}
