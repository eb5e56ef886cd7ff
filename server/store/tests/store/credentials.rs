//! Every credential, for whoever keeps them in memory.

use bitting_core::{KeyRef, Origin, Owner, Role, secret::Digest};
use bitting_store::{Delete, KnownSecret, Store};

use crate::{
    changes::{
        NOW, Wish, at, change, company, create, granted, member, new_member, root, trail, within,
    },
    fixture::Fixture,
};

/// All of them, read so many at a time, and how many came at once.
async fn walk(fixture: &Fixture, limit: usize) -> (Vec<KnownSecret>, Vec<usize>) {
    let (mut all, mut sizes) = (Vec::new(), Vec::new());
    loop {
        let after = all
            .last()
            .map_or(0, |last: &KnownSecret| last.credential.number.get());
        let some = fixture.store.credentials(after, limit).await.unwrap();
        if some.is_empty() {
            return (all, sizes);
        }
        sizes.push(some.len());
        all.extend(some);
    }
}

#[tokio::test]
async fn every_credential_is_what_its_digest_leads_to_and_no_key_is_split() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let keyed = new_member(company(1), Some(granted(90, Role::Read)));
    let keyed = store.create_member(keyed).await.unwrap();
    let disable = change(&keyed, Wish::Disable);
    store.update_member(disable).await.unwrap();
    for index in 1..=5 {
        store
            .create(create(index, &format!("secret {index}")))
            .await
            .unwrap();
    }
    // Key 4 has three secrets, one of which retires; key 5 is gone.
    for (digest, retires) in [("a", "NULL"), ("b", "77")] {
        let database = rusqlite::Connection::open(fixture.database()).unwrap();
        let another = format!(
            "INSERT INTO secret SELECT ?1, key, randomblob(16), hint, created_at, {retires}, NULL
             FROM secret WHERE key = 4 LIMIT 1"
        );
        let digest = Digest::of(digest);
        database.execute(&another, [digest.as_bytes()]).unwrap();
    }
    let delete = Delete {
        within: within(Origin::Ocamba).into(),
        key: KeyRef::Id(create(3, "").key.id),
        by: root(),
        now: at(NOW),
        trail: trail(),
    };
    store.delete(delete).await.unwrap();

    for (limit, expected) in [
        (0, vec![1, 1, 1, 3, 1, 1]),
        (1, vec![1, 1, 1, 3, 1, 1]),
        (2, vec![2, 4, 2]),
        (4, vec![6, 2]),
        (5, vec![6, 2]),
        (8, vec![8]),
        (100, vec![8]),
    ] {
        let (all, sizes) = walk(&fixture, limit).await;
        assert_eq!(sizes, expected, "{limit}");
        let numbers: Vec<_> = all.iter().map(|k| k.credential.number.get()).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 4, 4, 6, 7], "{limit}");
        for known in all {
            let found = store.credential(known.digest).await.unwrap().unwrap();
            assert_eq!(known.credential, found);
            assert_eq!(found.enabled, found.number.get() != 2);
        }
    }
    let found = store.credential(Digest::of("b")).await.unwrap().unwrap();
    assert_eq!(found.retires, Some(at(77)));
    // One for each key.
    assert_eq!(store.count_secrets().await.unwrap(), 6);
}

#[tokio::test]
async fn a_members_company_is_known_whichever_it_is() {
    let fixture = Fixture::new().await;
    let (other, stranger) = fixture.other().await;
    let owner = fixture.store.owner(stranger.id).await.unwrap();
    let expected = Owner {
        company: other.id,
        member: stranger.id,
    };
    assert_eq!(owner, Some(expected));
    assert_eq!(fixture.store.owner(member(99)).await.unwrap(), None);
}
