//! A key's several secrets, and a company that is switched off: what memory is told of, and what is left.

use bitting_core::{
    CompanyChange, KeyRef, Role, SecretId, TenantSettings, Timestamp, rules::reach_anywhere,
    secret::Digest,
};
use bitting_store::{Changed, CompanyUpdate, LiveSecret, Retire, Rotate, Store, Use};
use uuid::Uuid;

use crate::{
    changes::{NOW, at, create, display, granted, new_company, only, root, secret, secrets, trail},
    fixture::Fixture,
    gate::Held,
};

fn rotate(text: &str, id: u128, overlap: u32, now: i64) -> Rotate {
    let mut secret = secret(text);
    (secret.id, secret.created) = (SecretId(Uuid::from_u128(id)), at(now));
    Rotate {
        within: reach_anywhere(&root()),
        key: key(),
        by: root(),
        secret,
        overlap,
        now: at(now),
        trail: trail(),
    }
}

fn key() -> KeyRef {
    KeyRef::Id(bitting_core::KeyId(Uuid::from_u128(1)))
}

async fn live(fixture: &Fixture, now: i64) -> Vec<LiveSecret> {
    let found = fixture
        .store
        .secrets(reach_anywhere(&root()), key(), at(now));
    found.await.unwrap().unwrap()
}

fn told(texts: &[&str]) -> Vec<[u8; 32]> {
    sorted(&secrets(texts))
}

/// Each once, in no order.
fn sorted(changed: &Changed) -> Vec<[u8; 32]> {
    let mut digests: Vec<_> = changed.secrets.iter().map(|d| *d.as_bytes()).collect();
    digests.sort_unstable();
    digests.dedup();
    digests
}

#[tokio::test]
async fn memory_is_told_of_every_secret_of_a_key_that_is_rotated_or_has_one_retired() {
    let fixture = Fixture::new().await;
    fixture.store.create(create(1, "one")).await.unwrap();
    let mut writer = Held::new(&fixture.store);
    for (text, id, overlap, expected) in [
        ("two", 2, 30, &["one", "two"][..]),
        ("three", 3, 20, &["one", "two", "three"]),
    ] {
        let store = fixture.store.clone();
        let rotated =
            tokio::spawn(async move { store.rotate(rotate(text, id, overlap, NOW)).await });
        assert_eq!(sorted(&writer.held().await), told(expected));
        assert!(!rotated.is_finished(), "answered before memory knew");
        writer.go();
        rotated.await.unwrap().unwrap();
    }
    let retire = Retire {
        within: reach_anywhere(&root()),
        key: key(),
        secret: SecretId(Uuid::from_u128(2)),
        by: root(),
        now: at(NOW),
        trail: trail(),
    };
    let store = fixture.store.clone();
    let retired = tokio::spawn(async move { store.retire(retire).await });
    let changed = writer.held().await;
    assert_eq!(sorted(&changed), told(&["one", "two", "three"]));
    writer.go();
    retired.await.unwrap().unwrap();
    assert!(!fixture.works("two").await && fixture.works("three").await);
}

/// The ones that do not work any more go with the next rotation, and when they were used with them.
#[tokio::test]
async fn what_is_over_is_removed_by_the_next_rotation_and_nothing_else_is() {
    let fixture = Fixture::new().await;
    let number = fixture.store.create(create(1, "one")).await.unwrap();
    let store = &fixture.store;
    store.rotate(rotate("two", 2, 10, NOW)).await.unwrap();
    let uses = ["one", "two"].map(|text| Use {
        key: number,
        secret: Digest::of(text).tag(),
        at: at(NOW + 1),
    });
    store.record_uses(only(uses.to_vec())).await.unwrap();
    assert_eq!(live(&fixture, NOW + 9).await.len(), 2);
    assert_eq!(live(&fixture, NOW + 10).await.len(), 1);
    assert_eq!(
        live(&fixture, NOW).await.len(),
        2,
        "the clock may go back until then"
    );
    store
        .rotate(rotate("three", 3, 10, NOW + 10))
        .await
        .unwrap();
    assert!(store.credential(Digest::of("one")).await.unwrap().is_none());
    let left = live(&fixture, NOW + 10).await;
    let uses: Vec<Option<Timestamp>> = left.iter().map(|secret| secret.last_used).collect();
    assert_eq!(uses, [None, Some(at(NOW + 1))]);
    let rows = fixture.texts("SELECT count(*) || '' FROM last_use");
    assert_eq!(rows, ["1"]);
}

#[tokio::test]
async fn memory_is_told_of_a_company_that_is_switched_off_or_removed() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let new = new_company("other", Some(granted(7, Role::Admin)));
    let other = store.create_company(new).await.unwrap().company;
    let empty = store.create_company(new_company("empty", None)).await;
    let empty = empty.unwrap().company;
    let mut writer = Held::new(&fixture.store);
    let off = CompanyChange::Settings(TenantSettings {
        name: display("other"),
        enabled: false,
    });
    for (company, change) in [(other.id, off), (empty.id, CompanyChange::Remove)] {
        let update = CompanyUpdate {
            company,
            change,
            by: root(),
            now: at(NOW),
            trail: trail(),
        };
        let store = fixture.store.clone();
        let updated = tokio::spawn(async move { store.update_company(update).await });
        assert!(writer.held().await.people);
        assert!(!updated.is_finished(), "answered before memory knew");
        writer.go();
        updated.await.unwrap().unwrap();
    }
    assert!(!fixture.works("7").await && fixture.works("root").await);
    assert_eq!(store.company(empty.id).await.unwrap(), None);
}
