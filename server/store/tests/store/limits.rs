//! Limits and quotas of keys.

use bitting_core::{KeyNumber, KeyRef, Limit, Limits, Origin, Quota, Refill};
use bitting_store::{Delete, QuotaId, SetLimits, Spent, Store, StoredKey, Uses};

use crate::{
    changes::{NOW, at, create, root, trail, within},
    fixture::Fixture,
};

fn quota(remaining: u64) -> Quota {
    let refill = Refill {
        amount: 9,
        seconds: 60,
        next: at(NOW + 60),
    };
    Quota {
        remaining,
        refill: Some(refill),
    }
}

async fn set(fixture: &Fixture, key: KeyNumber, limits: &[&str], quota: Option<Quota>) {
    let limits = limits.iter().map(|text| text.parse::<Limit>().unwrap());
    let set = SetLimits {
        within: within(Origin::Ocamba).into(),
        key: KeyRef::Number(key),
        by: root(),
        limits: Limits::new(limits).unwrap(),
        quota,
        if_match: None,
        now: at(NOW),
        trail: trail(),
    };
    fixture.store.limit(set).await.unwrap();
}

async fn view(fixture: &Fixture, key: KeyNumber) -> StoredKey {
    let within = within(Origin::Ocamba).into();
    let found = fixture.store.key(within, KeyRef::Number(key)).await;
    found.unwrap().unwrap()
}

async fn quota_id(fixture: &Fixture, secret: &str) -> Option<QuotaId> {
    let digest = bitting_core::secret::Digest::of(secret);
    let found = fixture.store.credential(digest).await.unwrap();
    found.unwrap().quota
}

async fn spend(fixture: &Fixture, id: QuotaId, left: Quota) {
    let uses = Uses {
        quotas: vec![Spent { id, left }],
        ..Uses::default()
    };
    fixture.store.record_uses(uses).await.unwrap();
}

#[tokio::test]
async fn limits_and_quotas_are_kept_as_they_were_set() {
    let fixture = Fixture::new().await;
    let mut new = create(1, "one");
    new.key.limits = Limits::new(["a/1/2".parse().unwrap()]).unwrap();
    new.key.quota = Some(quota(5));
    let key = fixture.store.create(new.clone()).await.unwrap();
    assert_eq!(view(&fixture, key).await.key, new.key);

    set(
        &fixture,
        key,
        &["b.c:d/1000000000/2678400", "a-1/7/1"],
        None,
    )
    .await;
    let seen = view(&fixture, key).await.key;
    let limits: Vec<_> = seen.limits.iter().map(ToString::to_string).collect();
    assert_eq!(limits, ["a-1/7/1", "b.c:d/1000000000/2678400"]);
    assert_eq!(seen.quota, None);
    assert_eq!(quota_id(&fixture, "one").await, None);

    set(
        &fixture,
        key,
        &[],
        Some(Quota {
            remaining: 0,
            refill: None,
        }),
    )
    .await;
    let seen = view(&fixture, key).await.key;
    assert!(seen.limits.is_empty());
    assert_eq!(
        seen.quota,
        Some(Quota {
            remaining: 0,
            refill: None
        })
    );
}

#[tokio::test]
async fn what_was_used_of_a_quota_is_not_taken_from_the_one_after_it() {
    let fixture = Fixture::new().await;
    let key = fixture.store.create(create(1, "one")).await.unwrap();
    set(&fixture, key, &[], Some(quota(5))).await;
    let before = quota_id(&fixture, "one").await.unwrap();
    let version = view(&fixture, key).await.key.version();
    spend(&fixture, before, quota(2)).await;
    let seen = view(&fixture, key).await.key;
    assert_eq!(seen.quota, Some(quota(2)));
    assert_eq!(seen.version(), version, "use changed the version");

    set(&fixture, key, &[], Some(quota(8))).await;
    let after = quota_id(&fixture, "one").await.unwrap();
    assert_ne!(after, before);
    spend(&fixture, before, quota(1)).await;
    assert_eq!(view(&fixture, key).await.key.quota, Some(quota(8)));
}

#[tokio::test]
async fn a_key_takes_its_quota_along_when_it_is_deleted() {
    let fixture = Fixture::new().await;
    let key = fixture.store.create(create(1, "one")).await.unwrap();
    set(&fixture, key, &[], Some(quota(5))).await;
    set(&fixture, key, &[], Some(quota(6))).await;
    let rows = || fixture.texts("SELECT remaining || '' FROM quota");
    assert_eq!(rows(), ["6"]);
    let delete = Delete {
        within: within(Origin::Ocamba).into(),
        key: KeyRef::Number(key),
        by: root(),
        now: at(NOW),
        trail: trail(),
    };
    fixture.store.delete(delete).await.unwrap();
    assert_eq!(rows(), [""; 0]);
}
