//! F61: the member that a token makes, and what becomes of its tokens when something becomes of it.

use std::sync::Arc;

use bitting_store::LoginState;
use bitting_tests::{
    Request, Switch,
    cast::{COMPANY, OTHER_COMPANY},
    probe::{Moment, Step},
};
use serde_json::json;
use tokio::task::JoinSet;

use super::{
    Scene, signer, soon,
    surfaces::{Door, members},
};

/// A record: company, member, actor, how it acted, request, address, bytes of keys, and when.
type Row = (
    i64,
    i64,
    Option<i64>,
    Option<String>,
    String,
    String,
    i64,
    i64,
);

/// Sends each token at once: the statuses, in no order.
async fn all_at_once(scene: &Arc<Scene>, door: Door, tokens: Vec<String>) -> Vec<u16> {
    let mut requests = JoinSet::new();
    for token in tokens {
        let scene = Arc::clone(scene);
        requests.spawn(async move { scene.at(door, &token).await.status });
    }
    requests.join_all().await
}

#[tokio::test]
async fn f61_the_first_sight_makes_a_member_and_leaves_one_record() {
    let mut scene = Scene::start().await;
    let token = scene.token();
    assert_eq!(scene.login("alice").await, LoginState::New);
    let first = scene.at(Door::Ocamba, &token).await.expect(200);
    let member = scene.member("alice").await;
    for _ in 0..3 {
        assert_eq!(scene.status(&token).await, 200);
    }
    // Another token of the same subject is the same member.
    let again = signer().token(&scene.claims().with("jti", "2").with("role", "write"));
    scene.at(Door::Feldera, &again).await.expect(200);
    assert_eq!(
        (scene.members_made(), scene.member("alice").await),
        (1, member)
    );

    scene.server.stop().await;
    let database = scene.server.database();
    let mut statement = database
        .prepare(
            "SELECT company, member, actor_member, actor_via, request, remote, length(keys), at_millis
             FROM audit WHERE action = 'member_first_seen'",
        )
        .expect("a statement");
    let rows: Vec<Row> = statement
        .query_map([], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
                row.get(5)?,
                row.get(6)?,
                row.get(7)?,
            ))
        })
        .expect("rows")
        .map(|row| row.expect("a row"))
        .collect();
    let (request, remote) = (first.request_id().to_owned(), "127.0.0.1".to_owned());
    let at = scene.now() * 1_000;
    assert_eq!(
        rows,
        [(COMPANY, member.get(), None, None, request, remote, 0, at)]
    );
}

#[tokio::test]
async fn k41_the_member_is_shown_with_its_login() {
    let scene = Scene::start().await;
    let token = scene.token();
    let page = scene.at(Door::Keys, &token).await.expect(200).json();
    let member = scene.member("alice").await;
    let shown = json!({
        "id": member.to_string(),
        "company_id": COMPANY.to_string(),
        "name": "alice",
        "login": {"issuer": scene.issuer.url(), "subject": "alice"},
        "enabled": true,
        "created_at": "2024-08-09T13:05:50Z",
    });
    let items = page["items"].as_array().expect("items");
    assert_eq!(items.last(), Some(&shown));
    let one = format!("{}/{member}", members(COMPANY));
    assert_eq!(
        scene
            .send(Request::get(&one), &token)
            .await
            .expect(200)
            .json(),
        shown
    );
    scene.change(member, Switch::Disable).await;
    let root = scene.server.caller(bitting_core::Role::Root).await;
    let disabled = scene.server.send(&Request::get(&one).bearer(root)).await;
    assert_eq!(disabled.expect(200).json()["enabled"], false);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f61_many_first_sights_at_once_make_one_member() {
    let scene = Arc::new(Scene::start().await);
    // Half of them are one token, half are others of the same subject.
    let tokens: Vec<_> = (0..32)
        .map(|id| signer().token(&scene.claims().with("jti", id / 2 * (id % 2))))
        .collect();
    let statuses = all_at_once(&scene, Door::Keys, tokens).await;
    assert_eq!(statuses, [200; 32]);
    assert_eq!(scene.members_made(), 1);
    assert_eq!(
        scene.count("SELECT count(*) FROM member m LEFT JOIN login l ON l.member = m.id WHERE m.name = 'alice'"),
        1,
        "no member is left over"
    );
    let records = "SELECT count(*) FROM audit WHERE action = 'member_first_seen'";
    assert_eq!(scene.count(records), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f61_many_first_sights_in_two_companies_make_two_members() {
    let scene = Arc::new(Scene::start().await);
    let tokens: Vec<_> = (0..32)
        .map(|id| {
            let company = if id % 2 == 0 { COMPANY } else { OTHER_COMPANY };
            signer().token(&scene.claims().with("company", company.to_string()))
        })
        .collect();
    let statuses = all_at_once(&scene, Door::Ocamba, tokens).await;
    assert_eq!(statuses, [200; 32]);
    assert_eq!(scene.members_made(), 2);
    let (here, there) = (
        scene.login("alice").await,
        scene.login_in(OTHER_COMPANY, "alice").await,
    );
    assert_ne!(here, there);
}

#[tokio::test]
async fn f61_a_first_sight_that_another_overtook_is_the_same_member() {
    let scene = Arc::new(Scene::start().await);
    let held = scene.server.probe.hold(Step::LoginCreate, Moment::Before);
    let slow = tokio::spawn({
        let scene = Arc::clone(&scene);
        async move {
            let token = scene.token();
            scene.at(Door::Ocamba, &token).await.status
        }
    });
    soon(held.reached()).await;
    assert_eq!(scene.status(&scene.token()).await, 200);
    let member = scene.member("alice").await;
    held.release();
    assert_eq!(soon(slow).await.expect("no panic"), 200);
    assert_eq!(
        (scene.members_made(), scene.member("alice").await),
        (1, member)
    );
}

#[tokio::test]
async fn f61_a_first_sight_that_a_removal_overtook_is_refused() {
    for change in [Switch::Disable, Switch::Remove] {
        let scene = Arc::new(Scene::start().await);
        let held = scene.server.probe.hold(Step::LoginCreate, Moment::Before);
        let slow = tokio::spawn({
            let scene = Arc::clone(&scene);
            async move {
                let token = scene.token();
                scene.at(Door::Ocamba, &token).await.status
            }
        });
        soon(held.reached()).await;
        assert_eq!(scene.status(&scene.token()).await, 200);
        scene.change(scene.member("alice").await, change).await;
        held.release();
        assert_eq!(soon(slow).await.expect("no panic"), 401, "{change:?}");
        assert_eq!(scene.status(&scene.token()).await, 401, "{change:?}");
        assert_eq!(scene.login("alice").await, LoginState::Refused);
    }
}

#[tokio::test]
async fn f61_a_disabled_member_is_refused_at_once_and_let_in_again_at_once() {
    let scene = Scene::start().await;
    let (known, other) = (
        scene.token(),
        signer().token(&scene.claims().with("jti", "other")),
    );
    assert_eq!(scene.status(&known).await, 200);
    let bystander = signer().token(&scene.claims().with("sub", "bob"));
    assert_eq!(scene.status(&bystander).await, 200);
    let member = scene.member("alice").await;
    for _ in 0..2 {
        scene.change(member, Switch::Disable).await;
        for token in [&known, &other, &known] {
            assert_eq!(scene.status(token).await, 401);
        }
        // Not even what it may do is told apart (F61: 403).
        let roleless = signer().token(&scene.claims().with("role", "root"));
        assert_eq!(scene.status(&roleless).await, 401);
        assert_eq!(scene.status(&bystander).await, 200);
        scene.change(member, Switch::Enable).await;
        for token in [&known, &other, &known] {
            assert_eq!(scene.status(token).await, 200);
        }
    }
    assert_eq!(scene.member("alice").await, member);
    assert_eq!(scene.members_made(), 2);
}

#[tokio::test]
async fn f61_a_removed_member_stays_refused_and_is_never_made_again() {
    let scene = Scene::start().await;
    let known = scene.token();
    assert_eq!(scene.status(&known).await, 200);
    let before = scene.count("SELECT count(*) FROM member");
    scene
        .change(scene.member("alice").await, Switch::Remove)
        .await;
    for token in [
        known.clone(),
        signer().token(&scene.claims().with("jti", "other")),
        signer().token(
            &scene
                .claims()
                .with("role", "write")
                .with("name", "Alice again"),
        ),
        super::key(bitting_tests::issuer::Algorithm::Rs256).token(&scene.claims()),
        known,
    ] {
        for _ in 0..2 {
            assert_eq!(scene.status(&token).await, 401);
        }
    }
    assert_eq!(scene.count("SELECT count(*) FROM member"), before - 1);
    assert_eq!(scene.login("alice").await, LoginState::Refused);
    // In another company it is another member, which nobody removed.
    let there = signer().token(&scene.claims().with("company", OTHER_COMPANY.to_string()));
    scene.at(Door::Ocamba, &there).await.expect(200);
}

#[tokio::test]
async fn f61_what_was_known_before_a_change_is_not_remembered_after_it() {
    for moment in [Moment::During, Moment::After] {
        let scene = Arc::new(Scene::start().await);
        let token = scene.token();
        assert_eq!(scene.status(&token).await, 200);
        let member = scene.member("alice").await;
        // Whoever is changed, members that are known are looked up again.
        let other = signer().token(&scene.claims().with("sub", "bob"));
        assert_eq!(scene.status(&other).await, 200);
        scene
            .change(scene.member("bob").await, Switch::Disable)
            .await;
        let held = scene.server.probe.hold(Step::Login, moment);
        let slow = tokio::spawn({
            let (scene, token) = (Arc::clone(&scene), token.clone());
            async move { scene.at(Door::Ocamba, &token).await.status }
        });
        soon(held.reached()).await;
        scene.change(member, Switch::Disable).await;
        held.release();
        // It began before the change was acknowledged: either answer is right. The next one is not free to choose.
        soon(slow).await.expect("no panic");
        for _ in 0..2 {
            assert_eq!(scene.status(&token).await, 401, "{moment:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f61_under_load_no_request_that_begins_after_the_change_is_let_in() {
    let scene = Arc::new(Scene::start().await);
    let token = scene.token();
    assert_eq!(scene.status(&token).await, 200);
    let member = scene.member("alice").await;
    for round in 0..10 {
        let mut load = JoinSet::new();
        for _ in 0..8 {
            let (scene, token) = (Arc::clone(&scene), token.clone());
            load.spawn(async move {
                for _ in 0..4 {
                    scene.at(Door::Config, &token).await;
                }
            });
        }
        scene.change(member, Switch::Disable).await;
        let statuses = all_at_once(&scene, Door::Config, vec![token.clone(); 8]).await;
        assert_eq!(statuses, [401; 8], "round {round}");
        load.join_all().await;
        scene.change(member, Switch::Enable).await;
        let statuses = all_at_once(&scene, Door::Config, vec![token.clone(); 8]).await;
        assert_eq!(statuses, [200; 8], "round {round}");
    }
}
