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

use super::{KEYS, SOON, Scene, signer, soon, surfaces::Door};

/// How an issuer fails.
enum Failure {
    /// Its keys are answered like this.
    Keys(Reply),
    /// Its description is answered like this.
    Description(Reply),
    /// Its description says this; the function is given its address.
    Says(&'static str, fn(&str) -> Value),
    /// It publishes these keys.
    Publishes(Vec<Value>),
}

impl Failure {
    fn happen(self, to: &Issuer) {
        match self {
            Self::Keys(reply) => to.answer_keys(reply),
            Self::Description(reply) => to.answer_discovery(reply),
            Self::Says(member, value) => to.describe(member, value(&to.url())),
            Self::Publishes(keys) => to.publish_jwks(&keys),
        }
    }
}

/// Everything that an issuer can answer instead of keys, but silence.
fn failures() -> Vec<(&'static str, Failure)> {
    use Failure::{Description, Keys, Publishes, Says};
    let own = signer().jwk();
    let mut encrypting = own.clone();
    encrypting["use"] = json!("enc");
    let shared = json!({"kty": "oct", "kid": "ec", "k": "AAAA"});
    let huge = json!({"keys": [own], "padding": "x".repeat(2 << 20)});
    let thousand = (0..1_000).map(|id| signer().called(&format!("k{id}")).jwk());
    let bytes = |bytes: &[u8]| Reply::Bytes(bytes.to_vec());
    vec![
        ("500 for the keys", Keys(Reply::Status(500))),
        ("404 for the keys", Keys(Reply::Status(404))),
        ("401 for the keys", Keys(Reply::Status(401))),
        ("203 for the keys", Keys(Reply::Status(203))),
        ("the keys closed", Keys(Reply::Close)),
        ("the keys broken off", Keys(Reply::BreakOff)),
        ("the keys moved", Keys(Reply::Redirect)),
        ("keys without end", Keys(Reply::Endless)),
        ("huge keys", Keys(Reply::Json(huge))),
        ("no keys", Publishes(Vec::new())),
        ("a thousand keys", Publishes(thousand.collect())),
        (
            "only keys that cannot be used",
            Publishes(vec![encrypting, shared]),
        ),
        ("garbage for keys", Keys(bytes(b"\xff\x00<html>"))),
        ("nothing for keys", Keys(bytes(b""))),
        ("half of the keys", Keys(bytes(br#"{"keys":[{"kty":"#))),
        ("a list of keys", Keys(Reply::Json(json!([own])))),
        ("one key", Keys(Reply::Json(own.clone()))),
        (
            "keys that are no list",
            Keys(Reply::Json(json!({"keys": {"a": own}}))),
        ),
        ("500 for the description", Description(Reply::Status(500))),
        ("the description closed", Description(Reply::Close)),
        ("the description broken off", Description(Reply::BreakOff)),
        ("the description moved", Description(Reply::Redirect)),
        ("a description without end", Description(Reply::Endless)),
        ("garbage for a description", Description(bytes(b"<html>"))),
        (
            "another's description",
            Says("issuer", |_| json!("https://issuer.example")),
        ),
        (
            "a description with a slash",
            Says("issuer", |url| json!(format!("{url}/"))),
        ),
        ("a description of nobody", Says("issuer", |_| Value::Null)),
        ("no place for keys", Says("jwks_uri", |_| Value::Null)),
        (
            "keys in a file",
            Says("jwks_uri", |_| json!("file:///etc/passwd")),
        ),
        (
            "keys far away and unsafe",
            Says("jwks_uri", |_| json!("http://203.0.113.1/keys")),
        ),
        ("keys at a word", Says("jwks_uri", |_| json!("keys"))),
        (
            "keys for a password",
            Says("jwks_uri", |url| {
                json!(url.replace("//", "//user:password@") + "/keys")
            }),
        ),
    ]
}

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
    for (what, failure) in failures() {
        let issuer = Issuer::start(&KEYS.each_ref()).await;
        failure.happen(&issuer);
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
    for (what, failure) in failures() {
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
        failure.happen(&scene.issuer);
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
        let asked = async {
            while scene.issuer.fetches() < 2 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        soon(asked).await;
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
