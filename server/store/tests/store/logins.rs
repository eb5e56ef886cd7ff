//! Members that log in with tokens (F61).

use std::sync::Arc;

use bitting_core::{CompanyId, Login};
use bitting_store::{LoginState, Seek, Store};

use crate::{
    changes::{Wish, change, company, display, member, new_login, seek},
    fixture::Fixture,
};

async fn state(fixture: &Fixture, company: CompanyId, subject: &str) -> LoginState {
    fixture.store.login(seek(company, subject)).await.unwrap()
}

async fn make(fixture: &Fixture, company: CompanyId, subject: &str) -> LoginState {
    let new = new_login(company, subject);
    fixture.store.create_login(new).await.unwrap()
}

async fn members(fixture: &Fixture, company: CompanyId) -> usize {
    let all = Seek {
        after: 0,
        limit: 100,
    };
    let members = fixture.store.members(company, all).await.unwrap();
    members.unwrap().len()
}

#[tokio::test]
async fn f61_a_member_is_made_once_for_an_issuer_a_subject_and_a_company() {
    let fixture = Fixture::new().await;
    let (other, _) = fixture.other().await;
    let before = fixture.done().len();
    assert_eq!(state(&fixture, company(1), "ann").await, LoginState::New);
    let known = LoginState::Known(member(3));
    assert_eq!(make(&fixture, company(1), "ann").await, known);
    assert_eq!(make(&fixture, company(1), "ann").await, known);
    assert_eq!(state(&fixture, company(1), "ann").await, known);

    let read = fixture.store.member(company(1), member(3)).await.unwrap();
    let read = read.unwrap();
    assert_eq!(read.name, display("ann"));
    let login = Login {
        issuer: "https://issuer".into(),
        subject: "ann".into(),
    };
    assert_eq!(read.login, Some(login));
    assert_eq!(
        fixture.done()[before..],
        ["member_first_seen in 1 to 3 and 0 by -"]
    );

    for (company, subject) in [(other.id, "ann"), (company(1), "Ann")] {
        assert_eq!(state(&fixture, company, subject).await, LoginState::New);
        let made = make(&fixture, company, subject).await;
        assert!(matches!(made, LoginState::Known(_)), "{made:?}");
        assert_ne!(made, known);
    }
    let mut elsewhere = seek(company(1), "ann");
    elsewhere.login.issuer.push('/');
    let found = fixture.store.login(elsewhere).await.unwrap();
    assert_eq!(found, LoginState::New);
}

#[tokio::test]
async fn f61_a_company_that_is_unknown_or_switched_off_has_no_members_to_log_in() {
    let fixture = Fixture::new().await;
    let (other, _) = fixture.other().await;
    assert!(matches!(
        make(&fixture, other.id, "ann").await,
        LoginState::Known(_)
    ));
    fixture.execute("UPDATE company SET enabled = 0 WHERE id = 2");
    for (company, subject) in [(company(99), "ann"), (other.id, "ann"), (other.id, "bob")] {
        let none = LoginState::NoCompany;
        assert_eq!(state(&fixture, company, subject).await, none);
        assert_eq!(make(&fixture, company, subject).await, none);
    }
    assert_eq!(members(&fixture, other.id).await, 2);
}

#[tokio::test]
async fn f61_a_member_that_was_switched_off_or_removed_is_refused_and_never_made_again() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    make(&fixture, company(1), "ann").await;
    let ann = store.member(company(1), member(2)).await.unwrap().unwrap();
    let update = |wish| store.update_member(change(&ann, wish));
    update(Wish::Disable).await.unwrap();
    for _ in 0..2 {
        assert_eq!(make(&fixture, company(1), "ann").await, LoginState::Refused);
        let refused = state(&fixture, company(1), "ann").await;
        assert_eq!(refused, LoginState::Refused);
    }
    update(Wish::Enable).await.unwrap();
    let known = LoginState::Known(ann.id);
    assert_eq!(state(&fixture, company(1), "ann").await, known);

    update(Wish::Remove).await.unwrap();
    for _ in 0..2 {
        assert_eq!(make(&fixture, company(1), "ann").await, LoginState::Refused);
        let refused = state(&fixture, company(1), "ann").await;
        assert_eq!(refused, LoginState::Refused);
    }
    assert_eq!(members(&fixture, company(1)).await, 1);
    // More than one can be gone.
    let LoginState::Known(bob) = make(&fixture, company(1), "bob").await else {
        panic!("bob was not made");
    };
    let bob = store.member(company(1), bob).await.unwrap().unwrap();
    let remove = change(&bob, Wish::Remove);
    store.update_member(remove).await.unwrap();
    assert_eq!(
        state(&fixture, company(1), "bob").await,
        LoginState::Refused
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn f61_seen_many_times_at_once_one_member_is_made() {
    let fixture = Fixture::new().await;
    let tasks: Vec<_> = (0..32)
        .map(|_| {
            let store = Arc::clone(&fixture.store);
            tokio::spawn(async move { store.create_login(new_login(company(1), "ann")).await })
        })
        .collect();
    for task in tasks {
        let state = task.await.unwrap().unwrap();
        assert_eq!(state, LoginState::Known(member(2)));
    }
    assert_eq!(members(&fixture, company(1)).await, 2);
    assert_eq!(fixture.done(), ["member_first_seen in 1 to 2 and 0 by -"]);
}
