//! F60: what was tampered with.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bitting_tests::{
    cast::OTHER_COMPANY,
    issuer::{Algorithm, Signer, compact},
};

use super::{KEYS, Scene, case, key};

/// A token with another segment.
fn replaced(token: &str, place: usize, segment: &str) -> String {
    let mut segments: Vec<_> = token.split('.').collect();
    segments[place] = segment;
    segments.join(".")
}

fn bytes(token: &str, place: usize) -> Vec<u8> {
    let segment = token.split('.').nth(place).expect("three segments");
    URL_SAFE_NO_PAD.decode(segment).expect("base 64")
}

#[tokio::test]
async fn f60_a_signature_of_another_key_is_refused() {
    let scene = Scene::start().await;
    let mut tokens = Vec::new();
    for algorithm in Algorithm::ALL {
        let impostor = Signer::new(algorithm, key(algorithm).id());
        tokens.push(case(algorithm.name(), impostor.token(&scene.claims())));
    }
    scene.expect(401, tokens).await;
}

#[tokio::test]
async fn f60_a_payload_or_header_that_was_changed_after_signing_is_refused() {
    let scene = Scene::start().await;
    let mut tokens = Vec::new();
    for key in KEYS.iter() {
        let weak = scene.claims().with("role", "read");
        let good = key.token(&weak);
        assert_eq!(scene.at(super::Door::Ocamba, &good).await.status, 200);
        for (what, claims) in [
            ("a stronger role", weak.clone().with("role", "admin")),
            (
                "another company",
                weak.clone().with("company", OTHER_COMPANY.to_string()),
            ),
            ("another subject", weak.clone().with("sub", "mallory")),
            (
                "a longer life",
                weak.clone().with("exp", scene.now() + 1_000_000),
            ),
        ] {
            let payload = URL_SAFE_NO_PAD.encode(claims.text());
            tokens.push(case(what, replaced(&good, 1, &payload)));
        }
        // The same claims, spelt otherwise.
        let payload = URL_SAFE_NO_PAD.encode(format!("{} ", weak.text()));
        tokens.push(case("a space more", replaced(&good, 1, &payload)));
        let header = URL_SAFE_NO_PAD.encode(format!("{} ", key.header()));
        tokens.push(case(
            "a space more in the header",
            replaced(&good, 0, &header),
        ));
        // Another token's signature.
        let other = key.token(&weak.with("sub", "bob"));
        let signature = other.rsplit('.').next().expect("a segment");
        tokens.push(case(
            "another token's signature",
            replaced(&good, 2, signature),
        ));
    }
    scene.expect(401, tokens).await;
}

#[tokio::test]
async fn f60_a_signature_that_was_changed_or_cut_is_refused() {
    let scene = Scene::start().await;
    let mut tokens = Vec::new();
    for key in KEYS.iter() {
        let good = key.token(&scene.claims());
        let signature = bytes(&good, 2);
        let last = signature.len() - 1;
        let with = |bytes: &[u8]| replaced(&good, 2, &URL_SAFE_NO_PAD.encode(bytes));
        let flipped = |place: usize| {
            let mut signature = signature.clone();
            signature[place] ^= 1;
            signature
        };
        for (what, signature) in [
            ("first bit", flipped(0)),
            ("middle bit", flipped(last / 2)),
            ("last bit", flipped(last)),
            ("a byte less", signature[..last].to_vec()),
            ("a byte less in front", signature[1..].to_vec()),
            ("half", signature[..=last / 2].to_vec()),
            ("a byte more", [&signature[..], &[0]].concat()),
            ("a byte more in front", [&[0], &signature[..]].concat()),
            ("twice", signature.repeat(2)),
            ("nothing", Vec::new()),
            // What ECDSA verifies for every message where nobody looks whether r and s are 0.
            ("zeros", vec![0; signature.len()]),
            ("ones", vec![0xFF; signature.len()]),
        ] {
            tokens.push(case(&format!("{what}, {}", key.id()), with(&signature)));
        }
    }
    scene.expect(401, tokens).await;
}

#[tokio::test]
async fn f60_a_signature_of_nothing_but_the_payload_is_refused() {
    let scene = Scene::start().await;
    let claims = scene.claims().text();
    let mut tokens = Vec::new();
    for key in KEYS.iter() {
        let header = key.header().to_string();
        let segment = URL_SAFE_NO_PAD.encode(&claims);
        for (what, message) in [
            ("the payload", segment.as_bytes()),
            ("the claims", claims.as_bytes()),
            ("nothing", b""),
        ] {
            let token = compact(header.as_bytes(), claims.as_bytes(), |_| {
                key.signature(message)
            });
            tokens.push(case(&format!("{what}, {}", key.id()), token));
        }
    }
    scene.expect(401, tokens).await;
}
