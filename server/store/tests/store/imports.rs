//! Keys that are brought from elsewhere: each whole or not at all, and known by its own digest from its first use on.

use bitting_core::{KeyRef, Origin, secret::Digest};
use bitting_store::{Delete, Import, ImportKey, Imported, Store};

use crate::{
    changes::{NOW, at, create, create_named, member, root, trail, within},
    fixture::{Fixture, open},
};

/// A key whose secret is known by the SHA-512 of `text` only.
fn foreign(index: u128, text: &str) -> ImportKey {
    let mut new = plain(index, text);
    new.secret.digest = Digest::foreign(text);
    new.foreign = true;
    new.alias = None;
    new
}

/// A key with the secret `text`.
fn plain(index: u128, text: &str) -> ImportKey {
    let new = create(index, text);
    ImportKey {
        key: new.key,
        secret: new.secret,
        foreign: false,
        alias: Some(Digest::foreign(text)),
    }
}

async fn import(fixture: &Fixture, keys: Vec<ImportKey>) -> Vec<Imported> {
    let import = Import {
        keys,
        by: Some(root()),
        trail: trail(),
    };
    fixture.store.import(import).await.unwrap()
}

async fn found(fixture: &Fixture, text: &str) -> Option<bool> {
    let found = fixture
        .store
        .credential_of(Digest::of(text), Digest::foreign(text));
    found.await.unwrap().map(|(_, foreign)| foreign)
}

#[tokio::test]
async fn what_can_be_added_is_and_what_cannot_is_told_one_by_one() {
    let fixture = Fixture::new().await;
    let named = create_named(5, "taken");
    fixture.store.create(named).await.unwrap();
    let mut nobodys = plain(3, "three");
    nobodys.key.owner = member(999);
    let mut taken = plain(4, "four");
    taken.key.origin = Origin::Feldera;
    taken.key.name = create_named(6, "taken").key.name;
    let first = plain(1, "one");
    let id = first.key.id;
    let keys = vec![first, plain(2, "one"), nobodys, taken, plain(7, "seven")];
    let outcomes = import(&fixture, keys).await;
    let company = root().company;
    let expected = [
        Imported::Added,
        Imported::Duplicate { key: id, company },
        Imported::NoOwner,
        Imported::NameTaken,
        Imported::Added,
    ];
    assert_eq!(outcomes, expected);
    assert_eq!(fixture.total(vec![], NOW).await, 2);
    assert!(fixture.works("one").await && fixture.works("seven").await);
    assert!(!fixture.works("three").await && !fixture.works("four").await);
    let done = fixture.done();
    assert_eq!(done.last().unwrap(), "keys_imported in 1 to - and 2 by 1");
    // What adds nothing records nothing.
    import(&fixture, vec![plain(8, "one")]).await;
    assert_eq!(fixture.done(), done);
}

#[tokio::test]
async fn a_foreign_digest_is_there_until_the_first_use_and_no_longer_than_its_key() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    assert!(!store.has_foreign());
    import(&fixture, vec![plain(1, "plain")]).await;
    assert!(!store.has_foreign());
    let keys = vec![
        foreign(2, "used"),
        foreign(3, "deleted"),
        foreign(4, "left"),
    ];
    import(&fixture, keys).await;
    assert!(store.has_foreign());
    assert_eq!(found(&fixture, "used").await, Some(true));
    assert_eq!(found(&fixture, "none").await, None);
    for _ in 0..2 {
        let (foreign, own) = (Digest::foreign("used"), Digest::of("used"));
        store.adopt(foreign, own).await.unwrap();
        assert_eq!(found(&fixture, "used").await, Some(false));
    }
    assert!(fixture.works("used").await);
    let delete = Delete {
        within: within(Origin::Ocamba).into(),
        key: KeyRef::Id(create(3, "").key.id),
        by: root(),
        now: at(NOW),
        trail: trail(),
    };
    store.delete(delete).await.unwrap();
    assert_eq!(found(&fixture, "deleted").await, None);
    assert_eq!(
        fixture.texts("SELECT CAST(count(*) AS TEXT) FROM foreign_digest"),
        ["1"]
    );
    // As itself, it would be the same secret once more.
    let again = import(&fixture, vec![plain(9, "left")]).await;
    assert!(matches!(again[..], [Imported::Duplicate { .. }]));
    store.close().await.unwrap();
    let reopened = open(&fixture.database(), 1).unwrap();
    assert!(reopened.has_foreign());
    let (foreign, own) = (Digest::foreign("left"), Digest::of("left"));
    reopened.adopt(foreign, own).await.unwrap();
    reopened.close().await.unwrap();
    assert!(!open(&fixture.database(), 1).unwrap().has_foreign());
    let wrong = "SELECT 'foreign key' FROM pragma_foreign_key_check
                 UNION ALL SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'";
    assert!(fixture.texts(wrong).is_empty());
}
