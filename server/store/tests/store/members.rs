//! Switching members on and off, and removing them.

use bitting_core::{Conflict, Field, KeyRef, Member, Origin, Reach, Refusal, Role, Violation};
use bitting_store::{Delete, Store, StoreError};

use crate::{
    changes::{
        NOW, Wish, admin, at, change, company, create, granted, member, new_member, root, root_key,
        trail,
    },
    fixture::Fixture,
};

fn is_refused<T>(result: &Result<T, StoreError>, expected: &Refusal) -> bool {
    matches!(result, Err(StoreError::Refused(refusal)) if refusal == expected)
}

fn conflict(conflict: Conflict) -> Refusal {
    Refusal::Conflict(conflict)
}

async fn first(fixture: &Fixture) -> Member {
    let found = fixture.store.member(company(1), member(1)).await.unwrap();
    found.unwrap()
}

#[tokio::test]
async fn a_member_that_is_switched_off_has_no_key_that_works() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let new = new_member(company(1), Some(granted(1, Role::Write)));
    let person = store.create_member(new).await.unwrap();
    for (wish, works) in [
        (Wish::Disable, false),
        (Wish::Disable, false),
        (Wish::Enable, true),
    ] {
        store.update_member(change(&person, wish)).await.unwrap();
        assert_eq!(fixture.works("1").await, works, "{wish:?}");
        let read = store.member(company(1), person.id).await.unwrap();
        assert_eq!(read.unwrap().enabled, works);
    }
    assert!(fixture.works("root").await);
    assert_eq!(
        fixture.done()[1..],
        [
            "member_disabled in 1 to 2 and 0 by 1",
            "member_updated in 1 to 2 and 0 by 1",
            "member_enabled in 1 to 2 and 0 by 1",
        ]
    );
}

#[tokio::test]
async fn a_member_that_is_unknown_or_anothers_is_not_changed() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let (_, stranger) = fixture.other().await;
    let before = fixture.done();
    for wish in [Wish::Enable, Wish::Disable, Wish::Remove] {
        let mut unknown = change(&stranger, wish);
        unknown.member = member(99);
        let mut elsewhere = change(&stranger, wish);
        elsewhere.company = company(1);
        let mut by_admin = change(&stranger, wish);
        by_admin.by = Some(admin());
        for update in [unknown, elsewhere, by_admin] {
            let result = store.update_member(update).await;
            assert!(is_refused(&result, &Refusal::NotFound), "{result:?}");
        }
    }
    assert_eq!(fixture.done(), before);
}

#[tokio::test]
async fn a_member_with_keys_of_any_origin_is_not_removed_and_one_without_is_for_good() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let person = store.create_member(new_member(company(1), None)).await;
    let person = person.unwrap();
    let remove = || store.update_member(change(&person, Wish::Remove));
    for (index, origin) in Origin::ALL.into_iter().enumerate() {
        let mut new = create(index as u128 + 1, &index.to_string());
        (new.key.owner, new.key.origin) = (person.id, origin);
        let number = store.create(new).await.unwrap();
        let result = remove().await;
        let owns = conflict(Conflict::OwnsKeys);
        assert!(is_refused(&result, &owns), "{origin:?}: {result:?}");
        let delete = Delete {
            within: Reach {
                company: Some(company(1)),
                owner: None,
                origin: None,
            },
            key: KeyRef::Number(number),
            by: root(),
            now: at(NOW),
            trail: trail(),
        };
        store.delete(delete).await.unwrap();
    }
    remove().await.unwrap();
    assert_eq!(
        fixture.done().last().unwrap(),
        "member_removed in 1 to 2 and 0 by 1"
    );
    assert!(is_refused(&remove().await, &Refusal::NotFound));
    assert_eq!(store.member(company(1), person.id).await.unwrap(), None);

    let left = fixture.texts("SELECT 'left' FROM collection WHERE owner = 2");
    assert!(left.is_empty(), "{left:?}");

    // Nobody gets its id, and it gets no key of a request that was under way.
    let next = store.create_member(new_member(company(1), None)).await;
    assert!(next.unwrap().id > person.id);
    let mut late = create(9, "late");
    (late.key.owner, late.key.issuer) = (person.id, person.id);
    let given = create(10, "given");
    let result = store.create(late).await.map(drop);
    assert!(is_refused(&result, &Refusal::Unauthenticated), "{result:?}");
    // Who makes one for another is told that there is no such member, here or in another company.
    let (_, stranger) = fixture.other().await;
    for owner in [person.id, stranger.id] {
        let mut given = given.clone();
        given.key.owner = owner;
        let result = store.create(given).await.map(drop);
        let violation = Violation::new(Field::Owner, "is no member of the company");
        assert!(is_refused(&result, &violation.into()), "{result:?}");
    }
}

#[tokio::test]
async fn keys_that_a_removed_member_made_stay() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let person = store.create_member(new_member(company(1), None)).await;
    let person = person.unwrap();
    let mut made = create(1, "1");
    made.key.issuer = person.id;
    store.create(made).await.unwrap();
    let remove = change(&person, Wish::Remove);
    store.update_member(remove).await.unwrap();
    assert!(fixture.works("1").await);
}

#[tokio::test]
async fn the_member_with_the_last_active_root_key_stays_on() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let owner = first(&fixture).await;
    let last = conflict(Conflict::LastRootKey);
    for wish in [Wish::Disable, Wish::Remove] {
        let result = store.update_member(change(&owner, wish)).await;
        assert!(is_refused(&result, &last), "{wish:?}: {result:?}");
    }
    // Another root key of the same member does not help.
    store.create_root_key(root_key(5, "another")).await.unwrap();
    let disable = || store.update_member(change(&owner, Wish::Disable));
    assert!(is_refused(&disable().await, &last));
    assert!(fixture.works("root").await);
    // Another member's does, while that one is on.
    let new = new_member(company(1), Some(granted(1, Role::Root)));
    let heir = store.create_member(new).await.unwrap();
    let off = change(&heir, Wish::Disable);
    store.update_member(off).await.unwrap();
    assert!(is_refused(&disable().await, &last));
    let on = change(&heir, Wish::Enable);
    store.update_member(on).await.unwrap();
    disable().await.unwrap();
    assert!(!fixture.works("root").await);
    let off = store.update_member(change(&heir, Wish::Disable));
    assert!(is_refused(&off.await, &last));
}

#[tokio::test]
async fn a_root_key_that_is_not_active_keeps_nobody_on() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let owner = first(&fixture).await;
    fixture.execute(&format!("UPDATE api_key SET end_at = {NOW}"));
    let disable = change(&owner, Wish::Disable);
    store.update_member(disable).await.unwrap();
}
