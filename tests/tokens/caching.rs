//! F60, F61: what is remembered of a token, and for how long.

use bitting_core::Role;
use bitting_tests::{
    Request,
    cast::COMPANY,
    probe::{Fault, Step},
};

use super::{
    KEYS, Scene, signer,
    surfaces::{Door, members},
};

#[tokio::test]
async fn f60_a_known_token_costs_neither_the_issuer_nor_the_store_anything() {
    let mut scene = Scene::start().await;
    let token = scene.token();
    assert_eq!(scene.status(&token).await, 200);
    assert_eq!((scene.issuer.discoveries(), scene.issuer.fetches()), (1, 1));
    scene.issuer.disappear().await;
    scene.server.probe.fail(Step::Login, Fault::Corrupt);
    for _ in 0..10 {
        assert_eq!(scene.status(&token).await, 200);
    }
    // While somebody else has to be looked up, which cannot be done.
    let other = signer().token(&scene.claims().with("sub", "bob"));
    scene.send(Door::Ocamba.request(), &other).await.expect(500);
    assert_eq!((scene.issuer.discoveries(), scene.issuer.fetches()), (1, 1));
}

#[tokio::test]
async fn f60_the_keys_of_an_issuer_that_is_gone_go_on_working() {
    let mut scene = Scene::start().await;
    let long = |sub: &str, scene: &Scene| {
        let claims = scene
            .claims()
            .with("sub", sub)
            .with("exp", scene.now() + 100_000);
        signer().token(&claims)
    };
    let known = long("alice", &scene);
    assert_eq!(scene.status(&known).await, 200);
    scene.issuer.disappear().await;
    for minutes in [1, 9, 10, 60, 600] {
        scene.server.clock.advance(minutes * 60);
        assert_eq!(scene.status(&known).await, 200, "{minutes} min");
        let new = long(&format!("new {minutes}"), &scene);
        assert_eq!(scene.status(&new).await, 200, "{minutes} min");
    }
}

#[tokio::test]
async fn f61_a_fault_is_not_remembered() {
    let scene = Scene::start().await;
    let token = scene.token();
    for step in [Step::Login, Step::LoginCreate] {
        for (fault, status) in [
            (Fault::Corrupt, 500),
            (Fault::NotDurable, 503),
            (Fault::DiskFull, 503),
            (Fault::Panic, 500),
        ] {
            scene.server.probe.fail(step, fault);
            for door in Door::ALL {
                let answer = scene.send(door.request(), &token).await;
                assert_eq!(answer.status, status, "{step:?} {fault:?} {door:?}");
            }
        }
    }
    scene.server.probe.clear();
    assert_eq!(scene.members_made(), 0);
    assert_eq!(scene.status(&token).await, 200);
}

#[tokio::test]
async fn f61_changes_to_others_do_not_end_a_token() {
    let scene = Scene::start().await;
    let token = scene.token();
    assert_eq!(scene.status(&token).await, 200);
    let root = scene.server.caller(Role::Root).await;
    for request in [
        Request::post("/v1/companies").json(r#"{"name":"x"}"#),
        Request::post(members(COMPANY)).json(r#"{"name":"x"}"#),
    ] {
        scene.server.send(&request.bearer(&root)).await.expect(201);
        assert_eq!(scene.status(&token).await, 200);
    }
    assert_eq!(scene.members_made(), 1);
}

#[tokio::test]
async fn f60_what_is_remembered_of_one_token_is_not_taken_for_another() {
    let scene = Scene::start().await;
    // Three signatures of the same claims, and three claims of the same subject.
    for key in KEYS.iter() {
        assert_eq!(scene.status(&key.token(&scene.claims())).await, 200);
    }
    let good = scene.token();
    assert_eq!(scene.status(&good).await, 200);
    for place in [0, good.len() / 2, good.len() - 1] {
        let mut bytes = good.clone().into_bytes();
        bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
        let other = String::from_utf8(bytes).expect("ASCII");
        assert_eq!(scene.status(&other).await, 401, "{place}");
        assert_eq!(scene.status(&good).await, 200);
    }
}
