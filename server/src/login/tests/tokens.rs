//! Which tokens are good.

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bitting_core::{Role, secret::is_login_token};
use serde_json::json;

use super::{signer::unsigned, *};

fn refused(reason: &'static str) -> Untrusted {
    Untrusted::Refused(reason)
}

#[tokio::test]
async fn f60_a_good_token_of_each_algorithm_is_verified() {
    for signer in Signer::one_of_each("a") {
        let bench = Bench::new(&[&signer]);
        let mut claims = bench.claims();
        claims["role"] = json!("write");
        claims["name"] = json!("Ada");
        let token = signer.token(&claims);
        assert!(is_login_token(&token));
        let verified = bench.verify(&token).await.unwrap();
        assert_eq!(verified.issuer, bench.issuer.url());
        assert_eq!(verified.subject, "u-1");
        assert_eq!(verified.company.get(), 7);
        assert_eq!(verified.role, Some(Role::Write));
        assert_eq!(verified.name.as_deref(), Some("Ada"));
        assert!(bench.is_good(&verified));
    }
}

#[tokio::test]
async fn f60_a_token_of_another_key_is_refused() {
    let [rsa, ec, ed] = Signer::one_of_each("a");
    let bench = Bench::new(&[&rsa, &ec, &ed]);
    let claims = bench.claims();
    for impostor in [Signer::p256("a"), Signer::ed25519("a")] {
        let verdict = bench.verify(&impostor.token(&claims)).await;
        assert_eq!(verdict.unwrap_err(), refused("not signed by its issuer"));
    }
    // Nor does it help to bring the key along, or to say where it is.
    let impostor = Signer::ed25519("a");
    let mut header = impostor.header();
    header["jwk"] = impostor.jwk();
    header["jku"] = json!("http://127.0.0.1:1/keys");
    header["x5u"] = json!("http://127.0.0.1:1/chain");
    header["x5c"] = json!(["AAAA"]);
    let verdict = bench.verify(&impostor.token_with(&header, &claims)).await;
    assert_eq!(verdict.unwrap_err(), refused("not signed by its issuer"));
}

#[tokio::test]
async fn f60_a_token_that_was_changed_is_refused() {
    for signer in Signer::one_of_each("a") {
        let bench = Bench::new(&[&signer]);
        let token = signer.token(&bench.claims());
        let (_, signature) = token.rsplit_once('.').unwrap();
        let mut claims = bench.claims();
        claims["role"] = json!("admin");
        let forged = format!("{}.{signature}", unsigned(&signer.header(), &claims));
        let verdict = bench.verify(&forged).await;
        assert_eq!(verdict.unwrap_err(), refused("not signed by its issuer"));
        let bare = format!("{}.", unsigned(&signer.header(), &claims));
        let verdict = bench.verify(&bare).await;
        assert_eq!(verdict.unwrap_err(), refused("not signed by its issuer"));
        for shorter in 1..signature.len().min(8) {
            let cut = &token[..token.len() - shorter];
            assert!(bench.verify(cut).await.is_err(), "{shorter}");
        }
    }
}

#[tokio::test]
async fn f60_none_and_shared_secrets_are_refused() {
    for signer in Signer::one_of_each("a") {
        let bench = Bench::new(&[&signer]);
        let unsecured = |alg: &str| unsigned(&json!({"alg": alg, "kid": "a"}), &bench.claims());
        for alg in ["none", "None", "NONE", ""] {
            let verdict = bench.verify(&format!("{}.", unsecured(alg))).await;
            assert_eq!(
                verdict.unwrap_err(),
                refused("an algorithm that is not taken")
            );
        }
        // The public key, in every form that somebody may have it in, as the secret.
        let public = signer.public_der();
        let jwk = signer.jwk().to_string().into_bytes();
        for (alg, algorithm) in [
            ("HS256", hmac::HMAC_SHA256),
            ("HS384", hmac::HMAC_SHA384),
            ("HS512", hmac::HMAC_SHA512),
            // With the name of the key's own algorithm it is just a bad signature.
            (signer.algorithm(), hmac::HMAC_SHA256),
        ] {
            for secret in [&public, &jwk] {
                let message = unsecured(alg);
                let tag = hmac::sign(&hmac::Key::new(algorithm, secret), message.as_bytes());
                let token = format!("{message}.{}", URL_SAFE_NO_PAD.encode(tag));
                let why = if alg.starts_with("HS") {
                    "an algorithm that is not taken"
                } else {
                    "not signed by its issuer"
                };
                assert_eq!(
                    bench.verify(&token).await.unwrap_err(),
                    refused(why),
                    "{alg}"
                );
            }
        }
    }
}

#[tokio::test]
async fn f60_a_key_is_only_used_for_its_algorithm() {
    let signers = Signer::one_of_each("a");
    for (signer, other) in signers.iter().zip(signers.iter().cycle().skip(1)) {
        let bench = Bench::new(&[signer]);
        let mut header = signer.header();
        header["alg"] = json!(other.algorithm());
        let verdict = bench
            .verify(&signer.token_with(&header, &bench.claims()))
            .await;
        assert_eq!(
            verdict.unwrap_err(),
            refused("not the algorithm of its key")
        );
        // The name is known: there is nothing to ask the issuer for.
        bench.pass(60);
        assert!(
            bench
                .verify(&signer.token_with(&header, &bench.claims()))
                .await
                .is_err()
        );
        assert_eq!(bench.issuer.fetches(), 1);
    }
}

#[tokio::test]
async fn f60_a_key_that_is_for_another_algorithm_is_not_there() {
    let (good, signer) = (Signer::ed25519("good"), Signer::rsa("a"));
    let bench = Bench::new(&[]);
    for (name, value) in [
        ("alg", json!("RS512")),
        ("alg", json!("PS256")),
        ("use", json!("enc")),
        ("key_ops", json!(["sign"])),
    ] {
        let mut jwk = signer.jwk();
        jwk[name] = value;
        let keys = json!({"keys": [jwk, good.jwk()]});
        bench.issuer.answer_keys(issuer::Answer::Json(keys));
        bench.pass(10 * 60);
        assert_eq!(bench.try_key(&signer).await, UNKNOWN_KEY);
        assert_eq!(bench.try_key(&good).await, Ok(()));
    }
}

#[tokio::test]
async fn f60_keys_that_share_a_name_are_all_tried() {
    let signers = [
        Signer::ed25519("a"),
        Signer::ed25519("a"),
        Signer::p256("a"),
    ];
    let [first, second, third] = &signers;
    let bench = Bench::new(&[first, second, third]);
    for signer in &signers {
        assert_eq!(bench.try_key(signer).await, Ok(()));
    }
    let verdict = bench.try_key(&Signer::ed25519("a")).await;
    assert_eq!(verdict, Err(refused("not signed by its issuer")));
}

#[tokio::test]
async fn f60_what_is_no_token_asks_nobody() {
    let signer = Signer::ed25519("a");
    let bench = Bench::new(&[&signer]);
    let good = signer.token(&bench.claims());
    let mut critical = signer.header();
    critical["crit"] = json!(["exp"]);
    let mut deep = "[".repeat(4_000);
    deep.push_str(&"]".repeat(4_000));
    for token in [
        String::new(),
        "..".to_owned(),
        "...".to_owned(),
        ".".repeat(1_000_000),
        "a".repeat(1_000_000),
        format!("{good}.{good}"),
        format!("{}.{}", "A".repeat(1_000_000), good),
        format!("{}.", good.replace('.', "-")),
        good.replace('.', "\0"),
        good.replacen('.', "=.", 1),
        good.replacen('.', "é.", 1),
        format!("{}.e30.AAAA", URL_SAFE_NO_PAD.encode(deep)),
        format!(
            "{}.e30.AAAA",
            URL_SAFE_NO_PAD.encode(r#"{"alg":"EdDSA","alg":"EdDSA","kid":"a"}"#)
        ),
        signer.token_with(&critical, &bench.claims()),
        signer.token_with(&json!({"alg": "EdDSA"}), &bench.claims()),
    ] {
        let verdict = bench.verify(&token).await;
        assert!(matches!(verdict, Err(Untrusted::Refused(_))), "{token:.60}");
    }
    assert_eq!(bench.issuer.discoveries(), 0);
}

#[tokio::test]
async fn f60_claims_are_checked_once_the_signature_is() {
    let signer = Signer::ed25519("a");
    let bench = Bench::new(&[&signer]);
    for (name, value, why) in [
        ("iss", json!("http://127.0.0.1:1"), "of another issuer"),
        (
            "iss",
            json!(format!("{}/", bench.issuer.url())),
            "of another issuer",
        ),
        ("aud", json!(["other"]), "for another audience"),
        ("client_id", json!("other"), "of another client"),
        ("token_use", json!("id"), "no access token"),
        ("exp", json!(NOW - 60), "expired"),
        ("nbf", json!(NOW + 1), "not good yet"),
        ("sub", json!(""), "no subject"),
        ("company", json!("07"), "no company"),
    ] {
        let mut claims = bench.claims();
        claims[name] = value;
        let verdict = bench.verify(&signer.token(&claims)).await;
        assert_eq!(verdict.unwrap_err(), refused(why));
        // Whoever signed it themselves learns nothing of that.
        let verdict = bench.verify(&Signer::ed25519("a").token(&claims)).await;
        assert_eq!(verdict.unwrap_err(), refused("not signed by its issuer"));
    }
    let twice = bench
        .claims()
        .to_string()
        .replacen('{', "{\"sub\":\"u-2\",", 1);
    let segment = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let signed = format!(
        "{}.{}",
        segment(&signer.header().to_string()),
        segment(&twice)
    );
    let signature = URL_SAFE_NO_PAD.encode(signer.sign(signed.as_bytes()));
    let verdict = bench.verify(&format!("{signed}.{signature}")).await;
    assert_eq!(
        verdict.unwrap_err(),
        refused("the claims are no JSON object")
    );
}

#[tokio::test]
async fn f60_a_known_token_stops_when_it_expires() {
    let signer = Signer::p256("a");
    let bench = Bench::new(&[&signer]);
    let mut claims = bench.claims();
    claims["nbf"] = json!(NOW);
    let verified = bench.verify(&signer.token(&claims)).await.unwrap();
    bench.pass(300 + 59);
    assert!(bench.is_good(&verified));
    bench.pass(1);
    assert!(!bench.is_good(&verified));
    bench.pass(-361);
    assert!(!bench.is_good(&verified), "a clock that was set back");
    assert_eq!(bench.issuer.fetches(), 1);
}

#[tokio::test]
async fn f61_a_role_that_is_none_is_verified_without_one() {
    let signer = Signer::ed25519("a");
    let bench = Bench::new(&[&signer]);
    for (role, given) in [
        (json!("root"), None),
        (json!("owner"), None),
        (json!(["admin"]), None),
        (json!("admin"), Some(Role::Admin)),
    ] {
        let mut claims = bench.claims();
        claims["role"] = role;
        let verified = bench.verify(&signer.token(&claims)).await.unwrap();
        assert_eq!(verified.role, given);
    }
    let verified = bench.verify(&signer.token(&bench.claims())).await;
    assert_eq!(verified.unwrap().role, Some(Role::Read));
}

#[tokio::test]
async fn f60_nothing_shows_a_token() {
    let signer = Signer::ed25519("a");
    let bench = Bench::new(&[&signer]);
    let token = signer.token(&bench.claims());
    let verified = bench.verify(&token).await.unwrap();
    let mut shown = format!("{verified:?}");
    bench.issuer.answer_keys(issuer::Answer::Status(500));
    bench.pass(10 * 60);
    let stranger = Signer::ed25519("kid-of-a-stranger").token(&bench.claims());
    for bad in [
        &stranger,
        &format!("{token}.x"),
        &token.replace("ey", "e.y"),
    ] {
        let error = bench.verify(bad).await.unwrap_err();
        write!(shown, "{error} {error:?}").unwrap();
    }
    shown.extend(bench.lines());
    for text in [&token, &stranger] {
        for segment in text.split('.') {
            assert!(!shown.contains(segment), "{shown}");
        }
    }
    assert!(!shown.contains("kid-of-a-stranger"));
}
