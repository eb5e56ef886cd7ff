//! F60: which signatures are good.

use bitting_tests::issuer::{Algorithm, Signer, compact, hmac_signature};
use serde_json::json;

use super::{KEYS, Scene, case, key, signer};

#[tokio::test]
async fn f60_rs256_es256_and_eddsa_are_taken() {
    let scene = Scene::start().await;
    for key in KEYS.iter() {
        let token = key.token(&scene.claims());
        assert_eq!(scene.status(&token).await, 200, "{:?}", key.algorithm());
    }
    // Neither the type nor anything else that a header says beside its algorithm and its key matters.
    for header in [
        json!({"alg": "ES256", "kid": "ec"}),
        json!({"alg": "ES256", "kid": "ec", "typ": "at+jwt", "cty": "x", "x5t": "AAAA", "n": [1, {"a": 2}]}),
        json!({"alg": "ES256", "kid": "ec", "typ": 7}),
    ] {
        let token = signer().token_with(&header, &scene.claims());
        assert_eq!(scene.status(&token).await, 200, "{header}");
    }
}

#[tokio::test]
async fn f60_none_is_refused_with_and_without_a_signature() {
    let scene = Scene::start().await;
    let claims = scene.claims().text();
    let mut tokens = Vec::new();
    for alg in ["none", "None", "NONE", "nOnE", "", " none", "null"] {
        let header = json!({"alg": alg, "kid": "ec"}).to_string();
        let unsigned = compact(header.as_bytes(), claims.as_bytes(), |_| Vec::new());
        tokens.push(case(&format!("{alg:?}, unsigned"), unsigned));
        tokens.push(case(
            &format!("{alg:?}, signed"),
            signer().token_of(&header, &claims),
        ));
    }
    let header = json!({"kid": "ec"}).to_string();
    tokens.push(case("no algorithm", signer().token_of(&header, &claims)));
    for alg in [
        json!(null),
        json!(7),
        json!(true),
        json!(["ES256"]),
        json!({"ES256": 1}),
    ] {
        let header = json!({"alg": alg, "kid": "ec"});
        tokens.push(case(
            &header.to_string(),
            signer().token_with(&header, &scene.claims()),
        ));
    }
    scene.expect(401, tokens).await;
}

#[tokio::test]
async fn f60_an_hmac_with_a_public_key_as_its_secret_is_refused() {
    let scene = Scene::start().await;
    let claims = scene.claims().text();
    for key in KEYS.iter() {
        let jwk = key.jwk();
        let mut secrets = vec![
            ("DER", key.public_der()),
            ("PEM", key.public_pem().into_bytes()),
            (
                "PEM without its last line end",
                key.public_pem().trim_end().as_bytes().to_vec(),
            ),
            ("bytes", key.public_bytes()),
            ("JWK", jwk.to_string().into_bytes()),
            ("nothing", Vec::new()),
        ];
        for member in ["n", "x"] {
            if let Some(text) = jwk[member].as_str() {
                secrets.push((member, text.as_bytes().to_vec()));
            }
        }
        for alg in ["HS256", "HS384", "HS512"] {
            let header = json!({"alg": alg, "kid": key.id(), "typ": "JWT"}).to_string();
            for (what, secret) in &secrets {
                let sign = |signed: &[u8]| hmac_signature(alg, secret, signed);
                let token = compact(header.as_bytes(), claims.as_bytes(), sign);
                let what = format!("{alg} with the {what} of {}", key.id());
                assert_eq!(scene.status(&token).await, 401, "{what}");
            }
        }
        // The header lies about what is an HMAC.
        let header = key.header().to_string();
        for (what, secret) in &secrets {
            let sign = |signed: &[u8]| hmac_signature("HS256", secret, signed);
            let token = compact(header.as_bytes(), claims.as_bytes(), sign);
            assert_eq!(scene.status(&token).await, 401, "{what} of {}", key.id());
        }
    }
}

#[tokio::test]
async fn f60_a_shared_secret_that_an_issuer_publishes_signs_nothing() {
    let scene = Scene::start().await;
    let secret = json!({"kty": "oct", "k": "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0", "kid": "shared", "alg": "HS256"});
    scene.issuer.publish_jwks(&[signer().jwk(), secret]);
    scene.server.clock.advance(600);
    let header = json!({"alg": "HS256", "kid": "shared"}).to_string();
    let claims = scene.claims().text();
    let sign = |signed: &[u8]| hmac_signature("HS256", b"secretsecretsecretsecret", signed);
    let token = compact(header.as_bytes(), claims.as_bytes(), sign);
    assert_eq!(scene.status(&token).await, 401);
    assert_eq!(scene.status(&scene.token()).await, 200);
}

#[tokio::test]
async fn f60_another_algorithm_is_refused_whatever_it_is_called() {
    let scene = Scene::start().await;
    let claims = scene.claims().text();
    let mut tokens = Vec::new();
    for key in KEYS.iter() {
        let own = key.algorithm().name();
        for alg in [
            "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES256K", "ES384",
            "ES512", "EdDSA", "Ed25519", "Ed448", "HS256", "rs256", "es256", "eddsa", "RS256 ",
            "dir",
        ] {
            if alg != own {
                // Signed by the key as the key signs, but called something else.
                let header = json!({"alg": alg, "kid": key.id()}).to_string();
                let what = format!("{alg} of {}", key.id());
                tokens.push(case(&what, key.token_of(&header, &claims)));
            }
        }
        let others = key.other_signatures(b"").into_iter().map(|(name, _)| name);
        for name in others {
            for alg in [own, name] {
                let header = json!({"alg": alg, "kid": key.id()}).to_string();
                let token = compact(header.as_bytes(), claims.as_bytes(), |signed| {
                    let mut all = key.other_signatures(signed).into_iter();
                    all.find(|(other, _)| *other == name)
                        .expect("it is there")
                        .1
                });
                tokens.push(case(
                    &format!("{name} by {}, called {alg}", key.id()),
                    token,
                ));
            }
        }
    }
    scene.expect(401, tokens).await;
}

#[tokio::test]
async fn f60_a_kid_of_another_kind_of_key_is_refused() {
    let scene = Scene::start().await;
    let claims = scene.claims();
    let mut tokens = Vec::new();
    for key in KEYS.iter() {
        for other in KEYS.iter().filter(|other| other.id() != key.id()) {
            for alg in [key.algorithm(), other.algorithm()] {
                let header = json!({"alg": alg.name(), "kid": other.id()});
                let what = format!("{} by {}", header, key.id());
                tokens.push(case(&what, key.token_with(&header, &claims)));
            }
        }
    }
    scene.expect(401, tokens).await;
}

#[tokio::test]
async fn f60_a_key_that_a_token_brings_along_is_not_used() {
    let scene = Scene::start().await;
    for algorithm in Algorithm::ALL {
        let own = Signer::new(algorithm, "own");
        for kid in ["own", key(algorithm).id()] {
            let name = algorithm.name();
            let jwk = own.called(kid).jwk();
            let url = format!("{}/keys", scene.issuer.url());
            let der = base64::Engine::encode(
                &base64::engine::general_purpose::STANDARD,
                own.public_der(),
            );
            for header in [
                json!({"alg": name, "kid": kid, "jwk": jwk}),
                json!({"alg": name, "kid": kid, "jku": url}),
                json!({"alg": name, "kid": kid, "x5u": url}),
                json!({"alg": name, "kid": kid, "x5c": [der]}),
            ] {
                let token = own.token_with(&header, &scene.claims());
                assert_eq!(scene.status(&token).await, 401, "{header:.60}");
            }
        }
    }
}
