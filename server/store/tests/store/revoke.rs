//! Keys that are revoked for good.

use bitting_core::{
    Conflict, Denial, Key, KeyId, KeyRef, Origin, Principal, Reach, Reason, Refusal, Revoked, Role,
    Status, secret::Digest,
};
use bitting_store::{Revoke, Store, StoreError};

use crate::{
    changes::{NOW, at, company, create, root, root_key, secrets, trail, within},
    fixture::Fixture,
    gate::Held,
};

fn revoke(id: KeyId, reason: Option<&str>) -> Revoke {
    Revoke {
        within: Reach {
            company: None,
            owner: None,
            origin: None,
        },
        key: KeyRef::Id(id),
        by: root(),
        reason: reason.map(|reason| Reason::new(reason.into()).unwrap()),
        now: at(NOW + 5),
        trail: trail(),
    }
}

fn refused(result: Result<impl Sized, StoreError>, expected: &Refusal) -> bool {
    matches!(result, Err(StoreError::Refused(refusal)) if refusal == *expected)
}

#[tokio::test]
async fn a_revoked_key_says_when_and_why_and_stays_as_it_was_when_it_is_revoked_again() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let key = create(1, "one").key;
    store.create(create(1, "one")).await.unwrap();
    let after = store.revoke(revoke(key.id, Some("leaked"))).await.unwrap();
    let expected = Key {
        revoked: Some(Revoked {
            at: at(NOW + 5),
            reason: Some(Reason::new("leaked".into()).unwrap()),
        }),
        updated: at(NOW + 5),
        ..key.clone()
    };
    assert_eq!(after.key, expected);
    let found = store.credential(Digest::of("one")).await.unwrap().unwrap();
    assert_eq!(found.key, expected);
    assert_eq!(found.key.status(at(NOW)), Status::Revoked);
    let actions = fixture.actions();
    assert!(actions.last().unwrap().starts_with("key_revoked r key"));

    let mut writer = Held::new(store);
    // Nothing is held.
    (0..10).for_each(|_| writer.go());
    let later = Revoke {
        now: at(NOW + 9),
        ..revoke(key.id, Some("again"))
    };
    assert_eq!(store.revoke(later).await.unwrap(), after);
    assert_eq!(fixture.actions(), actions);
    assert_eq!(writer.more(), None);
}

#[tokio::test]
async fn a_revocation_needs_no_reason() {
    let fixture = Fixture::new().await;
    let key = create(1, "one").key;
    fixture.store.create(create(1, "one")).await.unwrap();
    let after = fixture.store.revoke(revoke(key.id, None)).await.unwrap();
    let at = at(NOW + 5);
    assert_eq!(after.key.revoked, Some(Revoked { at, reason: None }));
}

#[tokio::test]
async fn who_cannot_reach_or_change_a_key_does_not_revoke_it() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let key = create(1, "one").key;
    store.create(create(1, "one")).await.unwrap();
    let elsewhere = Reach {
        company: Some(company(2)),
        owner: None,
        origin: None,
    };
    for within in [elsewhere, within(Origin::Keys).into()] {
        let asked = Revoke {
            within,
            ..revoke(key.id, None)
        };
        assert!(refused(store.revoke(asked).await, &Refusal::NotFound));
    }
    let unknown = revoke(create(9, "").key.id, None);
    assert!(refused(store.revoke(unknown).await, &Refusal::NotFound));
    let weak = Revoke {
        by: Principal {
            role: Role::Read,
            ..root()
        },
        ..revoke(key.id, None)
    };
    let denied = Refusal::Forbidden(Denial::KeyAboveOwnRole);
    assert!(refused(store.revoke(weak.clone()).await, &denied));
    store.revoke(revoke(key.id, None)).await.unwrap();
    // Nor is it told that somebody else did.
    assert!(refused(store.revoke(weak).await, &denied));
}

#[tokio::test]
async fn the_last_active_root_key_is_not_revoked() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let first = create(0, "").key.id;
    let last = Refusal::Conflict(Conflict::LastRootKey);
    assert!(refused(store.revoke(revoke(first, None)).await, &last));
    store.create_root_key(root_key(5, "another")).await.unwrap();
    store.revoke(revoke(first, None)).await.unwrap();
    let another = create(5, "").key.id;
    assert!(refused(store.revoke(revoke(another, None)).await, &last));
    // What is revoked already weakens nothing.
    store.revoke(revoke(first, None)).await.unwrap();
}

#[tokio::test]
async fn the_watch_is_told_before_the_answer() {
    let fixture = Fixture::new().await;
    fixture.store.create(create(1, "one")).await.unwrap();
    let mut writer = Held::new(&fixture.store);
    let store = std::sync::Arc::clone(&fixture.store);
    let change = revoke(create(1, "").key.id, None);
    let answer = tokio::spawn(async move { store.revoke(change).await });
    assert_eq!(writer.held().await, secrets(&["one"]));
    let found = fixture.store.credential(Digest::of("one")).await.unwrap();
    assert!(found.unwrap().key.revoked.is_some());
    assert!(!answer.is_finished());
    writer.go();
    answer.await.unwrap().unwrap();
    assert_eq!(writer.more(), None);
}
