//! When keys were last used.

use bitting_core::{
    KeyNumber, KeyRef, Origin, SecretId, Timestamp,
    secret::{Digest, SecretTag},
};
use bitting_store::{Delete, Roll, Store, StoredKey, Use};
use uuid::Uuid;

use crate::{
    changes::{NOW, at, create, only, root, secret, trail, within},
    fixture::Fixture,
    gate::Held,
};

/// The tag of the secret that was made of `text`.
fn of(text: &str) -> SecretTag {
    Digest::of(text).tag()
}

fn used(key: KeyNumber, secret: SecretTag, at_seconds: i64) -> Use {
    Use {
        key,
        secret,
        at: at(at_seconds),
    }
}

async fn view(fixture: &Fixture, key: KeyNumber) -> StoredKey {
    let within = within(Origin::Ocamba).into();
    let found = fixture.store.key(within, KeyRef::Number(key)).await;
    found.unwrap().unwrap()
}

/// Everything that is recorded: the key and when, by key and secret. Keys of a run share a row, in which each secret has
/// its key's place in the run, eight bytes of its own, and five of the moment.
fn rows(fixture: &Fixture) -> Vec<String> {
    let mut told = Vec::new();
    for row in fixture.texts("SELECT run || ' ' || hex(uses) FROM last_use ORDER BY run") {
        let (run, uses) = row.split_once(' ').unwrap();
        for entry in uses
            .as_bytes()
            .chunks(28)
            .map(|entry| str::from_utf8(entry).unwrap())
        {
            let number = |part: &str| i64::from_str_radix(part, 16).unwrap();
            let key = (run.parse::<i64>().unwrap() << 8) + number(&entry[..2]);
            let at = number(&entry[18..]) + Timestamp::MIN.seconds();
            told.push(format!("{key} {at}"));
        }
    }
    told
}

#[tokio::test]
async fn the_latest_use_of_any_secret_counts_and_changes_nothing_else() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let key = store.create(create(1, "one")).await.unwrap();
    fixture.execute(
        "INSERT INTO secret SELECT zeroblob(32), key, zeroblob(16), hint, created_at, 0, NULL
         FROM secret WHERE key = 2",
    );
    let before = view(&fixture, key).await;
    assert_eq!(before.last_used, None);
    let audit = fixture.actions();
    let mut writer = Held::new(store);
    // Nothing is held.
    (0..10).for_each(|_| writer.go());

    let (one, other) = (of("one"), SecretTag([0; 8]));
    let batch = vec![used(key, one, 50), used(key, other, 70), used(key, one, 60)];
    store.record_uses(only(batch)).await.unwrap();
    assert_eq!(rows(&fixture), ["2 70", "2 60"]);
    let after = view(&fixture, key).await;
    assert_eq!(after.last_used, Some(at(70)));
    assert_eq!(after.key, before.key);
    assert_eq!(after.key.version(), before.key.version());

    // An earlier one, and again the same.
    let batch = vec![used(key, other, 69), used(key, one, 60)];
    store.record_uses(only(batch)).await.unwrap();
    store.record_uses(only(vec![])).await.unwrap();
    assert_eq!(rows(&fixture), ["2 70", "2 60"]);
    assert_eq!(fixture.actions(), audit);
    assert_eq!(writer.more(), None);
}

#[tokio::test]
async fn of_secrets_that_are_gone_nothing_is_kept_or_recorded() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let mut keys = Vec::new();
    for index in 1..=3 {
        keys.push(
            store
                .create(create(index, &index.to_string()))
                .await
                .unwrap(),
        );
    }
    let all = || {
        let made = ["1", "2", "3"].map(of);
        let used = keys
            .iter()
            .zip(made)
            .map(|(key, secret)| used(*key, secret, 50));
        used.collect()
    };
    store.record_uses(only(all())).await.unwrap();
    assert_eq!(rows(&fixture), ["2 50", "3 50", "4 50"]);

    let mut new = secret("new");
    new.id = SecretId(Uuid::from_u128(2));
    let roll = Roll {
        within: within(Origin::Ocamba).into(),
        key: KeyRef::Number(keys[0]),
        by: root(),
        secret: new,
        now: at(NOW),
        trail: trail(),
    };
    assert_eq!(store.roll(roll).await.unwrap().last_used, None);
    let delete = Delete {
        within: within(Origin::Ocamba).into(),
        key: KeyRef::Number(keys[1]),
        by: root(),
        now: at(NOW),
        trail: trail(),
    };
    store.delete(delete).await.unwrap();
    assert_eq!(rows(&fixture), ["4 50"]);

    // Uses from before arrive late; those of what is there are recorded all the same.
    let mut late: Vec<Use> = all();
    late.push(used(keys[0], of("new"), 40));
    late.push(used(KeyNumber::new(999).unwrap(), of("1"), 40));
    late.push(used(keys[2], of("3"), 60));
    store.record_uses(only(late)).await.unwrap();
    assert_eq!(rows(&fixture), ["2 40", "4 60"]);
}
