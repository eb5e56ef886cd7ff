//! Groups of changes that share a commit.

use std::sync::Arc;

use bitting_core::{KeyChange, KeyName, KeyNumber, KeyRef, Origin, Role, secret::Digest};
use bitting_store::{Delete, Store, StoreError, Update};

use crate::{
    changes::{
        NOW, Wish, admin, at, change, company, create, create_named, granted, member, named,
        new_company, new_member, root, trail, within,
    },
    fixture::Fixture,
    gate::Held,
};

/// Asks for a change, and goes on.
macro_rules! ask {
    ($fixture:expr, $method:ident($change:expr)) => {{
        let (store, change) = (Arc::clone(&$fixture.store), $change);
        tokio::spawn(async move { store.$method(change).await.map(drop) })
    }};
}

fn update(name: &str, to: &str) -> Update {
    Update {
        within: named(company(1)),
        key: KeyRef::Name(name.into()),
        by: root(),
        change: KeyChange {
            name: Some(KeyName::plain(to.into()).unwrap()),
            ..KeyChange::default()
        },
        now: at(NOW),
        trail: trail(),
    }
}

#[tokio::test]
async fn what_is_refused_does_not_undo_its_group() {
    let fixture = Fixture::new().await;
    let owner = fixture.store.member(company(1), member(1)).await;
    let owner = owner.unwrap().unwrap();
    let new = new_member(company(1), Some(granted(50, Role::Read)));
    let keyed = fixture.store.create_member(new).await.unwrap();
    fixture.store.create(create_named(51, "a")).await.unwrap();
    let mut writer = Held::new(&fixture.store);
    let first = fixture.spawn_creates([create(1, "first")]);
    writer.held().await;

    let mut ownerless = create(4, "ownerless");
    ownerless.key.owner = member(99);
    let mut company_by_admin = new_company("c", Some(granted(5, Role::Root)));
    company_by_admin.by = Some(admin());
    let mut member_by_admin = new_member(company(1), Some(granted(6, Role::Root)));
    member_by_admin.by = Some(admin());
    let last_root_key = Delete {
        within: within(Origin::Keys).into(),
        key: KeyRef::Number(KeyNumber::new(1).unwrap()),
        by: root(),
        now: at(NOW),
        trail: trail(),
    };
    let before = fixture.spawn_creates([create(2, "before"), create_named(3, "c")]);
    let refused = [
        ask!(fixture, create(create_named(7, "a"))),
        ask!(fixture, create(ownerless)),
        ask!(fixture, update(update("a", "c"))),
        ask!(fixture, update(update("unknown", "b"))),
        ask!(fixture, delete(last_root_key)),
        ask!(fixture, create_company(company_by_admin)),
        ask!(fixture, create_member(member_by_admin)),
        ask!(fixture, create_member(new_member(company(99), None))),
        ask!(fixture, update_member(change(&owner, Wish::Disable))),
        ask!(fixture, update_member(change(&keyed, Wish::Remove))),
    ];
    let after = fixture.spawn_creates([create(8, "after")]);
    tokio::task::yield_now().await;
    writer.go();

    let told = writer.held().await;
    assert_eq!(told.secrets, ["before", "3", "after"].map(Digest::of));
    writer.go();
    for made in first.into_iter().chain(before).chain(after) {
        made.await.unwrap().unwrap();
    }
    for refused in refused {
        let result = refused.await.unwrap();
        assert!(matches!(result, Err(StoreError::Refused(_))), "{result:?}");
    }
    assert_eq!(writer.more(), None);
}
