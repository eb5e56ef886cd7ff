//! Making companies and members, and listing them.

use bitting_core::{Denial, Member, Principal, Refusal, Role, secret::Digest};
use bitting_store::{Seek, Store, StoreError};

use crate::{
    changes::{NOW, admin, at, company, display, granted, member, new_company, new_member, root},
    fixture::Fixture,
};

const ALL: Seek = Seek {
    after: 0,
    limit: 100,
};

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Refusal {
    match result.unwrap_err() {
        StoreError::Refused(refusal) => refusal,
        error => panic!("not a refusal: {error}"),
    }
}

#[tokio::test]
async fn a_company_is_made_with_its_first_member_and_key() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let new = new_company("acme", Some(granted(1, Role::Admin)));
    let made = store.create_company(new).await.unwrap();
    assert_eq!(made.company.id, company(2));
    assert_eq!(made.company.name, display("acme"));
    assert_eq!(made.company.created, at(NOW));
    assert!(made.company.enabled);
    let first = Member {
        id: member(2),
        company: company(2),
        name: display("first"),
        login: None,
        enabled: true,
        created: at(NOW),
    };
    assert_eq!(made.member, Some(first.clone()));

    let found = store.credential(Digest::of("1")).await.unwrap().unwrap();
    assert_eq!(
        (found.key.company, found.key.owner),
        (company(2), member(2))
    );
    assert_eq!((found.key.issuer, found.key.role), (member(1), Role::Admin));
    assert!(found.enabled);
    assert_eq!(fixture.done(), ["company_created in 2 to 2 and 1 by 1"]);

    let read = store.company(company(2)).await.unwrap();
    assert_eq!(read, Some(made.company));
    let read = store.member(company(2), member(2)).await.unwrap();
    assert_eq!(read, Some(first));
}

#[tokio::test]
async fn a_company_is_made_without_anybody_and_a_member_without_a_key() {
    let fixture = Fixture::new().await;
    let (other, person) = fixture.other().await;
    assert_eq!((other.id, person.company), (company(2), company(2)));
    let keyed = new_member(other.id, Some(granted(1, Role::Read)));
    let keyed = fixture.store.create_member(keyed).await.unwrap();
    assert_ne!(keyed.id, person.id);
    assert!(fixture.works("1").await);
    assert_eq!(
        fixture.done(),
        [
            "company_created in 2 to - and 0 by 1",
            "member_created in 2 to 2 and 0 by 1",
            "member_created in 2 to 3 and 1 by 1",
        ]
    );
}

#[tokio::test]
async fn a_role_above_ones_own_is_not_granted_and_nothing_is_made() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let exceeds = Refusal::Forbidden(Denial::RoleExceedsCreator {
        requested: Role::Root,
        creator: Role::Admin,
    });
    let mut new = new_company("acme", Some(granted(1, Role::Root)));
    new.by = Some(admin());
    assert_eq!(refusal(store.create_company(new).await), exceeds);
    let mut new = new_member(company(1), Some(granted(1, Role::Root)));
    new.by = Some(admin());
    assert_eq!(refusal(store.create_member(new).await), exceeds);

    assert_eq!(store.companies(ALL).await.unwrap().len(), 1);
    let members = store.members(company(1), ALL).await.unwrap();
    assert_eq!(members.unwrap().len(), 1);
    assert!(fixture.done().is_empty());
    // Whoever sits at the machine grants anything.
    let mut new = new_member(company(1), Some(granted(1, Role::Root)));
    new.by = None;
    store.create_member(new).await.unwrap();
    let found = store.credential(Digest::of("1")).await.unwrap().unwrap();
    assert_eq!(found.key.issuer, found.key.owner);
}

#[tokio::test]
async fn a_company_that_is_unknown_or_anothers_gets_no_member() {
    let fixture = Fixture::new().await;
    let (other, _) = fixture.other().await;
    let before = fixture.done();
    let as_admin = Principal {
        role: Role::Admin,
        ..root()
    };
    for (company, by) in [(company(99), root()), (other.id, as_admin)] {
        let mut new = new_member(company, None);
        new.by = Some(by);
        let refused = refusal(fixture.store.create_member(new).await);
        assert_eq!(refused, Refusal::NotFound);
    }
    assert_eq!(fixture.done(), before);
}

#[tokio::test]
async fn pages_go_by_ascending_ids() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let (other, _) = fixture.other().await;
    for _ in 0..3 {
        // In turns, so that ids of one company have gaps.
        for of in [company(1), other.id] {
            store.create_member(new_member(of, None)).await.unwrap();
        }
        store.create_company(new_company("c", None)).await.unwrap();
    }
    let seek = |after, limit| Seek { after, limit };
    for (after, limit, expected) in [
        (0, 100, vec![1, 3, 5, 7]),
        (0, 2, vec![1, 3]),
        (3, 2, vec![5, 7]),
        (4, 1, vec![5]),
        (7, 5, vec![]),
        (i64::MIN, usize::MAX, vec![1, 3, 5, 7]),
        (i64::MAX, 5, vec![]),
        (0, 0, vec![]),
    ] {
        let page = store.members(company(1), seek(after, limit)).await.unwrap();
        let ids: Vec<_> = page.unwrap().iter().map(|m| m.id.get()).collect();
        assert_eq!(ids, expected, "{after} {limit}");
    }
    let page = store.companies(seek(2, 2)).await.unwrap();
    let ids: Vec<_> = page.iter().map(|c| c.id.get()).collect();
    assert_eq!(ids, [3, 4]);
    assert_eq!(store.companies(ALL).await.unwrap().len(), 5);
}

#[tokio::test]
async fn what_is_unknown_or_anothers_is_not_there() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let (other, person) = fixture.other().await;
    assert_eq!(store.company(company(99)).await.unwrap(), None);
    assert_eq!(store.members(company(99), ALL).await.unwrap(), None);
    assert_eq!(store.member(company(1), person.id).await.unwrap(), None);
    assert_eq!(store.member(other.id, member(99)).await.unwrap(), None);
    let alone = store.members(other.id, ALL).await.unwrap();
    assert_eq!(alone, Some(vec![person]));
}

#[tokio::test]
async fn a_store_that_is_closed_is_not_well() {
    let fixture = Fixture::new().await;
    fixture.store.check().await.unwrap();
    fixture.store.close().await.unwrap();
    let closed = fixture.store.check().await;
    assert!(matches!(closed, Err(StoreError::Closed)), "{closed:?}");
}
