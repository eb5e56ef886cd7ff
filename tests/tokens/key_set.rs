//! F60: which of the issuer's keys are used, and for how long.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bitting_tests::issuer::{Algorithm, Issuer, Signer};
use serde_json::{Value, json};

use super::{KEYS, Scene, case, key, signer};

/// A published key that says something else of itself.
fn with(key: &Signer, member: &str, value: Value) -> Value {
    let mut jwk = key.jwk();
    jwk[member] = value;
    jwk
}

fn without(key: &Signer, members: &[&str]) -> Value {
    let mut jwk = key.jwk();
    let object = jwk.as_object_mut().expect("an object");
    for member in members {
        object.remove(*member);
    }
    jwk
}

#[tokio::test]
async fn f60_a_key_need_not_say_what_it_is_for() {
    let issuer = Issuer::start(&[]).await;
    issuer.publish_jwks(&[
        without(&KEYS[0], &["use", "alg"]),
        without(&KEYS[1], &["use"]),
        without(&KEYS[2], &["alg"]),
    ]);
    let scene = Scene::with(issuer).await;
    for key in KEYS.iter() {
        assert_eq!(
            scene.status(&key.token(&scene.claims())).await,
            200,
            "{}",
            key.id()
        );
    }
}

#[tokio::test]
async fn f60_a_key_for_anything_but_signatures_is_ignored() {
    let good = Signer::new(Algorithm::EdDsa, "good");
    let key = signer();
    for (what, jwk) in [
        ("enc", with(key, "use", json!("enc"))),
        ("Sig", with(key, "use", json!("Sig"))),
        ("no use", with(key, "use", json!(""))),
        ("null", with(key, "use", json!(null))),
        ("a list", with(key, "use", json!(["sig"]))),
        ("operations", with(key, "key_ops", json!(["sign"]))),
        ("deriveKey", with(key, "key_ops", json!(["deriveKey"]))),
        ("no operations", with(key, "key_ops", json!([]))),
        ("of another algorithm", with(key, "alg", json!("ES384"))),
        (
            "of another key's algorithm",
            with(key, "alg", json!("RS256")),
        ),
        ("of an HMAC", with(key, "alg", json!("HS256"))),
        ("for encryption", with(key, "alg", json!("ECDH-ES"))),
        ("of another type", with(key, "kty", json!("RSA"))),
        ("of an unknown type", with(key, "kty", json!("XYZ"))),
        ("of another curve", with(key, "crv", json!("P-384"))),
        ("without a curve", without(key, &["crv"])),
        ("without half of itself", without(key, &["y"])),
        ("with a part cut", with(key, "x", json!("AAAA"))),
        (
            "with a part that is no base 64",
            with(key, "x", json!("%%%")),
        ),
        ("without a name", without(key, &["kid"])),
        ("with an empty name", with(key, "kid", json!(""))),
        ("with a number for a name", with(key, "kid", json!(7))),
        // Whoever reads the set could sign with it.
        (
            "with its private part",
            with(key, "d", json!(URL_SAFE_NO_PAD.encode([7; 32]))),
        ),
        ("a word", json!("key")),
        ("nothing", json!(null)),
    ] {
        let issuer = Issuer::start(&[]).await;
        issuer.publish_jwks(&[jwk, good.jwk()]);
        let scene = Scene::with(issuer).await;
        assert_eq!(
            scene.status(&good.token(&scene.claims())).await,
            200,
            "{what}"
        );
        assert_eq!(scene.status(&scene.token()).await, 401, "{what}");
    }
}

#[tokio::test]
async fn f60_keys_that_share_a_name_are_all_used() {
    let mut keys: Vec<_> = KEYS.iter().map(|key| key.called("same")).collect();
    keys.push(Signer::new(Algorithm::Es256, "same"));
    keys.push(Signer::new(Algorithm::EdDsa, "same"));
    let issuer = Issuer::start(&keys.iter().collect::<Vec<_>>()).await;
    let scene = Scene::with(issuer).await;
    for (place, key) in keys.iter().enumerate() {
        assert_eq!(
            scene.status(&key.token(&scene.claims())).await,
            200,
            "{place}"
        );
    }
    let mut tokens = vec![case(
        "a key that is not among them",
        Signer::new(Algorithm::Es256, "same").token(&scene.claims()),
    )];
    for key in &keys {
        for other in Algorithm::ALL
            .into_iter()
            .filter(|other| *other != key.algorithm())
        {
            let header = json!({"alg": other.name(), "kid": "same"});
            tokens.push(case(
                &format!("{other:?} of {key:?}"),
                key.token_with(&header, &scene.claims()),
            ));
        }
    }
    scene.expect(401, tokens).await;
}

#[tokio::test]
async fn f60_a_withdrawn_key_stops_after_ten_minutes() {
    let scene = Scene::start().await;
    let lasting = |sub: &str, key: &Signer| {
        let claims = scene
            .claims()
            .with("sub", sub)
            .with("exp", scene.now() + 100_000);
        key.token(&claims)
    };
    let (kept, withdrawn) = (key(Algorithm::EdDsa), signer());
    let (known, staying) = (lasting("alice", withdrawn), lasting("alice", kept));
    assert_eq!(scene.status(&known).await, 200);
    assert_eq!(scene.status(&staying).await, 200);
    scene.issuer.publish(&[kept]);
    // Not long before the 10 minutes are over, when the server may already have asked of its own accord.
    scene.server.clock.advance(570);
    assert_eq!(scene.status(&known).await, 200);
    assert_eq!(scene.issuer.fetches(), 1);
    scene.server.clock.advance(30);
    assert_eq!(scene.status(&known).await, 401, "known, and withdrawn");
    assert_eq!(
        scene.status(&lasting("bob", withdrawn)).await,
        401,
        "new, and withdrawn"
    );
    assert_eq!(scene.status(&staying).await, 200);
    assert_eq!(scene.status(&lasting("bob", kept)).await, 200);
    // It is back.
    scene.issuer.publish(&[kept, withdrawn]);
    scene.server.clock.advance(10);
    assert_eq!(scene.status(&known).await, 200);
}

#[tokio::test]
async fn f60_a_key_that_is_not_withdrawn_in_time_is_asked_about_by_a_token_of_another() {
    let scene = Scene::start().await;
    let known = scene.token();
    assert_eq!(scene.status(&known).await, 200);
    let new = Signer::new(Algorithm::Es256, "new");
    scene.issuer.publish(&[&new]);
    scene.server.clock.advance(10);
    // The unknown name has the set fetched, and with it the withdrawal is known.
    assert_eq!(scene.status(&new.token(&scene.claims())).await, 200);
    assert_eq!(scene.status(&known).await, 401);
}

#[tokio::test]
async fn f60_a_name_that_is_used_again_is_another_key() {
    for algorithm in Algorithm::ALL {
        let old = key(algorithm);
        let scene = Scene::with(Issuer::start(&[old]).await).await;
        let lasting = |key: &Signer| key.token(&scene.claims().with("exp", scene.now() + 100_000));
        let known = lasting(old);
        assert_eq!(scene.status(&known).await, 200);
        let new = Signer::new(algorithm, old.id());
        scene.issuer.publish(&[&new]);
        // Nothing tells yet.
        assert_eq!(scene.status(&lasting(&new)).await, 401);
        assert_eq!(scene.status(&known).await, 200);
        scene.server.clock.advance(600);
        assert_eq!(scene.status(&known).await, 401, "{algorithm:?}");
        assert_eq!(scene.status(&lasting(&new)).await, 200, "{algorithm:?}");
    }
}
