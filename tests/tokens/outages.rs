//! F60: what an issuer that fails costs, and whom.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bitting_core::Role;
use bitting_tests::{
    Request, Setup,
    issuer::{Algorithm, Issuer, Reply, Signer},
};
use serde_json::{Value, json};

use super::{KEYS, Scene, signer, surfaces::Door};

/// Within this what takes seconds has happened, on a machine that is busy.
const SOON: Duration = Duration::from_secs(30);

/// The issuer answers badly.
type Failing = fn(&Issuer);

/// Everything that an issuer can answer instead of keys, but silence.
const FAILURES: &[(&str, Failing)] = &[
    ("500 for the keys", |i| i.answer_keys(Reply::Status(500))),
    ("404 for the keys", |i| i.answer_keys(Reply::Status(404))),
    ("401 for the keys", |i| i.answer_keys(Reply::Status(401))),
    ("203 for the keys", |i| i.answer_keys(Reply::Status(203))),
    ("the keys closed", |i| i.answer_keys(Reply::Close)),
    ("the keys broken off", |i| i.answer_keys(Reply::BreakOff)),
    ("the keys moved", |i| i.answer_keys(Reply::Redirect)),
    ("keys without end", |i| i.answer_keys(Reply::Endless)),
    ("huge keys", |i| {
        let keys: Vec<_> = KEYS.iter().map(Signer::jwk).collect();
        i.answer_keys(Reply::Json(
            json!({"keys": keys, "padding": "x".repeat(2 << 20)}),
        ));
    }),
    ("no keys", |i| i.publish_jwks(&[])),
    ("a thousand keys", |i| {
        let keys: Vec<_> = (0..1_000)
            .map(|id| signer().called(&format!("k{id}")).jwk())
            .collect();
        i.publish_jwks(&keys);
    }),
    ("only keys that cannot be used", |i| {
        let mut jwk = signer().jwk();
        jwk["use"] = json!("enc");
        i.publish_jwks(&[jwk, json!({"kty": "oct", "kid": "ec", "k": "AAAA"})]);
    }),
    ("garbage for keys", |i| {
        i.answer_keys(Reply::Bytes(b"\xff\x00<html>".to_vec()))
    }),
    ("nothing for keys", |i| {
        i.answer_keys(Reply::Bytes(Vec::new()))
    }),
    ("half of the keys", |i| {
        i.answer_keys(Reply::Bytes(br#"{"keys":[{"kty":"#.to_vec()))
    }),
    ("a list of keys", |i| {
        i.answer_keys(Reply::Json(json!([signer().jwk()])))
    }),
    ("one key", |i| i.answer_keys(Reply::Json(signer().jwk()))),
    ("keys that are no list", |i| {
        i.answer_keys(Reply::Json(json!({"keys": {"a": signer().jwk()}})))
    }),
    ("500 for the description", |i| {
        i.answer_discovery(Reply::Status(500))
    }),
    ("the description closed", |i| {
        i.answer_discovery(Reply::Close)
    }),
    ("the description broken off", |i| {
        i.answer_discovery(Reply::BreakOff)
    }),
    ("the description moved", |i| {
        i.answer_discovery(Reply::Redirect)
    }),
    ("a description without end", |i| {
        i.answer_discovery(Reply::Endless)
    }),
    ("garbage for a description", |i| {
        i.answer_discovery(Reply::Bytes(b"<html>".to_vec()))
    }),
    ("another issuer's description", |i| {
        i.describe("issuer", json!("https://issuer.example"))
    }),
    ("a description with a slash", |i| {
        i.describe("issuer", json!(format!("{}/", i.url())))
    }),
    ("a description of nobody", |i| {
        i.describe("issuer", Value::Null)
    }),
    ("no place for keys", |i| i.describe("jwks_uri", Value::Null)),
    ("keys in a file", |i| {
        i.describe("jwks_uri", json!("file:///etc/passwd"))
    }),
    ("keys somewhere unsafe", |i| {
        i.describe("jwks_uri", json!("http://203.0.113.1/keys"))
    }),
    ("keys at a word", |i| i.describe("jwks_uri", json!("keys"))),
    ("keys for a password", |i| {
        i.describe(
            "jwks_uri",
            json!(i.url().replace("//", "//user:password@") + "/keys"),
        );
    }),
];

/// The lines of the log that tell of the issuer.
fn told(scene: &Scene) -> Vec<Value> {
    let url = scene.issuer.url();
    let lines = scene.server.log.lines().into_iter();
    lines
        .filter(|line| line["issuer"] == url.as_str())
        .collect()
}

#[tokio::test]
async fn f60_without_keys_to_go_by_a_token_is_503_and_not_401() {
    for (what, fail) in FAILURES {
        let issuer = Issuer::start(&KEYS.each_ref()).await;
        fail(&issuer);
        let scene = Scene::with(issuer).await;
        assert_eq!(scene.status(&scene.token()).await, 503, "{what}");
        // What no key could make good is told so.
        assert_eq!(scene.status("a.b.c").await, 401, "{what}");
        let header = json!({"alg": "none", "kid": "ec"});
        let none = signer().token_with(&header, &scene.claims());
        assert_eq!(scene.status(&none).await, 401, "{what}");
        // And nobody else minds.
        let key = scene.server.caller(Role::Admin).await;
        assert_eq!(scene.status(&key).await, 200, "{what}");
        let told = told(&scene);
        assert!(!told.is_empty(), "{what}: nothing is in the log");
        assert!(
            told.iter().all(|line| line["level"] == "WARN"),
            "{what}: {told:?}"
        );
        assert_eq!(scene.members_made(), 0);
    }
}

#[tokio::test]
async fn f60_a_failure_takes_no_key_away_that_is_known() {
    for (what, fail) in FAILURES {
        let scene = Scene::start().await;
        let lasting = |sub: &str| {
            let claims = scene
                .claims()
                .with("sub", sub)
                .with("exp", scene.now() + 100_000);
            signer().token(&claims)
        };
        let known = lasting("alice");
        assert_eq!(scene.status(&known).await, 200, "{what}");
        fail(&scene.issuer);
        scene.server.clock.advance(600);
        assert_eq!(scene.status(&known).await, 200, "{what}: known");
        assert_eq!(scene.status(&lasting("bob")).await, 200, "{what}: new");
        let unknown = signer().called("unknown").token(&scene.claims());
        assert_eq!(
            scene.status(&unknown).await,
            503,
            "{what}: of an unknown key"
        );
        // Bad is bad whoever is down.
        let impostor = Signer::new(Algorithm::Es256, signer().id());
        assert_eq!(
            scene.status(&impostor.token(&scene.claims())).await,
            401,
            "{what}"
        );
    }
}

#[tokio::test]
async fn f60_a_server_starts_without_its_issuer_says_so_and_recovers() {
    let issuer = Issuer::absent();
    issuer.publish(&KEYS.each_ref());
    let mut scene = Scene::with(issuer).await;
    scene
        .server
        .send(&Request::get("/healthz"))
        .await
        .expect(200);
    let key = scene.server.caller(Role::Admin).await;
    assert_eq!(scene.status(&key).await, 200);
    assert_eq!(scene.status(&scene.token()).await, 503);
    let lines = told(&scene);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert_eq!(lines[0]["level"], "WARN");
    assert!(
        lines[0]["cause"]
            .as_str()
            .is_some_and(|cause| !cause.is_empty()),
        "{lines:?}"
    );

    scene.issuer.appear();
    scene.server.clock.advance(9);
    assert_eq!(
        scene.status(&scene.token()).await,
        503,
        "no more often than every 10 s"
    );
    scene.server.clock.advance(1);
    assert_eq!(scene.status(&scene.token()).await, 200);
    let unknown = signer().called("unknown").token(&scene.claims());
    assert_eq!(
        scene.status(&unknown).await,
        401,
        "the last fetch succeeded"
    );
    let lines = told(&scene);
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[1]["level"], "INFO");
}

#[tokio::test]
async fn f60_503_and_401_follow_what_the_last_fetch_did() {
    let scene = Scene::start().await;
    assert_eq!(scene.status(&scene.token()).await, 200);
    let unknown = || signer().called("unknown").token(&scene.claims());
    for (fail, status) in [
        (true, 503),
        (false, 401),
        (true, 503),
        (true, 503),
        (false, 401),
    ] {
        // As the last fetch left it, until there is another.
        let before = scene.status(&unknown()).await;
        if fail {
            scene.issuer.answer_keys(Reply::Status(500));
        } else {
            scene.issuer.answer_well();
        }
        assert_eq!(scene.status(&unknown()).await, before);
        scene.server.clock.advance(10);
        assert_eq!(scene.status(&unknown()).await, status);
        assert_eq!(scene.status(&scene.token()).await, 200);
    }
}

#[tokio::test]
async fn f60_an_issuer_that_is_silent_holds_nobody_up_who_does_not_need_it() {
    for silence in [Reply::Hang, Reply::HangInBody] {
        let scene = Arc::new(Scene::start().await);
        let known = scene.token();
        assert_eq!(scene.status(&known).await, 200);
        scene.issuer.answer_keys(silence);
        scene.server.clock.advance(10);
        let began = Instant::now();
        let waiting = tokio::spawn({
            let scene = Arc::clone(&scene);
            async move {
                let unknown = signer().called("unknown").token(&scene.claims());
                scene.at(Door::Ocamba, &unknown).await.status
            }
        });
        while scene.issuer.fetches() < 2 {
            assert!(began.elapsed() < SOON, "the issuer is not asked");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let key = scene.server.caller(Role::Admin).await;
        let new = signer().token(&scene.claims().with("sub", "bob"));
        for token in [&known, &key, &new] {
            assert_eq!(scene.status(token).await, 200);
        }
        assert!(!waiting.is_finished(), "the others did not wait for it");
        assert_eq!(waiting.await.expect("no panic"), 503);
        assert!(began.elapsed() < SOON, "it is given up");
    }
}

#[tokio::test]
async fn f60_a_server_with_a_silent_issuer_starts_and_stops() {
    let issuer = Issuer::start(&KEYS.each_ref()).await;
    issuer.answer_discovery(Reply::Hang);
    let mut server = Setup::default().logins(issuer.settings()).start().await;
    server.send(&Request::get("/healthz")).await.expect(200);
    let began = Instant::now();
    server.stop().await;
    assert!(
        began.elapsed() < Duration::from_secs(4),
        "it does not wait for its issuer"
    );
}

#[tokio::test]
async fn f60_keys_may_be_at_another_place() {
    let elsewhere = Issuer::start(&KEYS.each_ref()).await;
    let issuer = Issuer::start(&[]).await;
    issuer.describe("jwks_uri", json!(format!("{}/keys", elsewhere.url())));
    let scene = Scene::with(issuer).await;
    assert_eq!(scene.status(&scene.token()).await, 200);
    assert_eq!((scene.issuer.fetches(), elsewhere.fetches()), (0, 1));
    assert_eq!(elsewhere.discoveries(), 0);
}
