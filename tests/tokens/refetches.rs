//! F60: when the issuer is asked again.

use std::{sync::Arc, time::Duration};

use bitting_core::Role;
use bitting_tests::issuer::{Algorithm, Signer};
use tokio::task::JoinSet;

use super::{Scene, signer, surfaces::Door};

fn nobodys(scene: &Scene, id: &str) -> String {
    signer().called(id).token(&scene.claims())
}

#[tokio::test]
async fn f60_an_unknown_kid_has_the_keys_fetched_at_most_every_ten_seconds() {
    let scene = Scene::start().await;
    assert_eq!(scene.status(&scene.token()).await, 200);
    assert_eq!(scene.issuer.fetches(), 1);
    for (seconds, fetches) in [(0, 1), (9, 1), (1, 2), (0, 2), (5, 2), (5, 3), (100, 4)] {
        scene.server.clock.advance(seconds);
        for id in ["a", "b", "c"] {
            let token = nobodys(&scene, id);
            assert_eq!(scene.status(&token).await, 401);
        }
        assert_eq!(scene.issuer.fetches(), fetches);
    }
    assert_eq!(scene.issuer.discoveries(), 4);
}

#[tokio::test]
async fn f60_a_new_key_is_good_as_soon_as_it_may_be_fetched() {
    let scene = Scene::start().await;
    assert_eq!(scene.status(&scene.token()).await, 200);
    let new = Signer::new(Algorithm::Es256, "new");
    scene.issuer.publish(&[signer(), &new]);
    let token = new.token(&scene.claims());
    assert_eq!(
        scene.status(&token).await,
        401,
        "the last fetch was just now, and succeeded"
    );
    scene.server.clock.advance(10);
    assert_eq!(scene.status(&token).await, 200);
    assert_eq!(scene.status(&scene.token()).await, 200);
}

#[tokio::test]
async fn f60_what_is_refused_without_a_key_asks_nobody() {
    let scene = Scene::start().await;
    assert_eq!(scene.status(&scene.token()).await, 200);
    scene.server.clock.advance(100);
    let header = serde_json::json!({"alg": "HS256", "kid": "unknown"});
    for token in [
        "a.b.c".to_owned(),
        "..".to_owned(),
        signer().token_with(&header, &scene.claims()),
        signer().token_with(&serde_json::json!({"alg": "ES256"}), &scene.claims()),
    ] {
        assert_eq!(scene.status(&token).await, 401);
    }
    assert_eq!(scene.issuer.fetches(), 1);
}

#[tokio::test]
async fn f60_the_keys_are_fetched_again_every_ten_minutes() {
    let scene = Scene::start().await;
    let token = signer().token(&scene.claims().with("exp", scene.now() + 100_000));
    assert_eq!(scene.status(&token).await, 200);
    for fetches in 2..5 {
        scene.server.clock.advance(500);
        assert_eq!(scene.status(&token).await, 200);
        assert_eq!(scene.issuer.fetches(), fetches - 1);
        scene.server.clock.advance(100);
        assert_eq!(scene.status(&token).await, 200);
        assert_eq!(scene.issuer.fetches(), fetches);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f60_there_is_never_more_than_one_fetch_at_a_time() {
    let scene = Arc::new(Scene::start().await);
    let known = signer().token(&scene.claims().with("exp", scene.now() + 100_000));
    assert_eq!(scene.status(&known).await, 200);
    scene.issuer.delay(Duration::from_millis(300));
    for (seconds, good) in [(10, false), (600, true)] {
        let before = scene.issuer.fetches();
        scene.server.clock.advance(seconds);
        let mut requests = JoinSet::new();
        for id in 0..32 {
            let scene = Arc::clone(&scene);
            let token = if good {
                known.clone()
            } else {
                nobodys(&scene, &format!("k{id}"))
            };
            requests.spawn(async move { scene.at(Door::Ocamba, &token).await.status });
        }
        let statuses = requests.join_all().await;
        assert_eq!(statuses, [if good { 200 } else { 401 }; 32]);
        assert_eq!(scene.issuer.fetches(), before + 1);
    }
}

#[tokio::test]
async fn f60_keys_of_the_api_never_have_anything_fetched() {
    let scene = Scene::start().await;
    assert_eq!(scene.status(&scene.token()).await, 200);
    let key = scene.server.caller(Role::Admin).await;
    scene.server.clock.advance(580);
    for secret in [key.as_str(), "nobody", "a.b"] {
        scene.at(Door::Ocamba, secret).await;
    }
    assert_eq!(scene.issuer.fetches(), 1);
}
