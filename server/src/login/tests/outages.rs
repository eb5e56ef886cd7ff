//! An issuer that is down, slow or strange.

use std::time::{Duration, Instant};

use serde_json::json;

use super::{issuer::Answer, *};

const NO_KEYS: &str = "WARN the issuer of login tokens did not give its keys";

fn cause(bench: &Bench) -> String {
    let lines = bench.lines();
    let line = lines.last().unwrap();
    assert!(line.starts_with(NO_KEYS), "{line}");
    assert!(
        line.contains(&format!("issuer={}", bench.issuer.url())),
        "{line}"
    );
    let (_, after) = line.split_once("cause=").unwrap();
    after.split(" issuer=").next().unwrap().to_owned()
}

#[tokio::test]
async fn f60_without_its_issuer_a_token_is_neither_good_nor_bad() {
    let signer = Signer::ed25519("a");
    let mut bench = Bench::of(Issuer::absent());
    bench.issuer.publish(&[&signer]);
    assert_eq!(bench.try_key(&signer).await, UNAVAILABLE);
    assert!(
        cause(&bench).starts_with("the discovery document cannot be fetched: Connection refused")
    );
    // It is there now, but asked again only after ten seconds.
    bench.issuer.appear();
    bench.pass(9);
    assert_eq!(bench.try_key(&signer).await, UNAVAILABLE);
    assert_eq!(bench.issuer.discoveries(), 0);
    bench.pass(1);
    assert_eq!(bench.try_key(&signer).await, Ok(()));
    assert_eq!(bench.try_key(&Signer::ed25519("b")).await, UNKNOWN_KEY);
    let lines = bench.lines();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[1].starts_with("INFO the issuer of login tokens gave its keys"));
}

#[tokio::test]
async fn f60_an_issuer_that_is_down_stops_nobody_who_is_known() {
    let (signer, other) = (Signer::rsa("a"), Signer::rsa("b"));
    let mut bench = Bench::new(&[&signer]);
    let token = signer.token(&bench.lasting());
    let verified = bench.verify(&token).await.unwrap();
    bench.issuer.disappear().await;
    for _ in 0..3 {
        bench.pass(3_600);
        assert!(bench.still_good(&verified).await);
        assert!(bench.verify(&token).await.is_ok());
        assert_eq!(bench.try_key(&other).await, UNAVAILABLE);
    }
    // One attempt an hour was due each time, and no more were made.
    assert_eq!(bench.lines().len(), 1 + 3);
    bench.issuer.appear();
    bench.issuer.publish(&[&other]);
    bench.pass(9);
    assert!(bench.still_good(&verified).await);
    bench.pass(1);
    assert!(
        !bench.still_good(&verified).await,
        "withdrawn as soon as it can be known"
    );
    assert_eq!(bench.try_key(&other).await, Ok(()));
    assert_eq!(bench.lines().len(), 1 + 3 + 1, "recovery is told");
}

#[tokio::test]
async fn f60_a_failure_is_only_of_the_last_fetch() {
    let (signer, other) = (Signer::ed25519("a"), Signer::ed25519("b"));
    let bench = Bench::new(&[&signer]);
    assert_eq!(bench.try_key(&signer).await, Ok(()));
    bench.issuer.answer_keys(Answer::Status(500));
    bench.pass(10);
    assert_eq!(bench.try_key(&other).await, UNAVAILABLE);
    assert_eq!(cause(&bench), "the key set was answered with 500");
    assert!(!bench.logins.ring.due(), "the keys are still young");
    bench.issuer.publish(&[&signer]);
    bench.pass(10);
    assert_eq!(bench.try_key(&other).await, UNKNOWN_KEY);
}

#[tokio::test]
async fn f60_strange_key_sets_are_failures() {
    let signer = Signer::ed25519("a");
    let bench = Bench::new(&[&signer]);
    let verified = bench.verify(&signer.token(&bench.lasting())).await.unwrap();
    let other = Signer::ed25519("b");
    let key = |name: &str, value: Value| {
        let mut jwk = other.jwk();
        jwk[name] = value;
        Answer::Json(json!({"keys": [jwk]}))
    };
    let none = "has no usable key: of RS256, ES256 or EdDSA, and with a kid";
    let huge = "is larger than 1048576 bytes";
    let mebibyte = |more: usize| {
        let mut text = json!({"keys": [other.jwk()]}).to_string().into_bytes();
        text.resize((1 << 20) + more, b' ');
        Answer::Bytes(text)
    };
    for (answer, why) in [
        (Answer::Json(json!({"keys": []})), none),
        (key("kid", json!(null)), none),
        (key("use", json!("enc")), none),
        (key("key_ops", json!(["sign"])), none),
        (key("kty", json!("oct")), none),
        (key("alg", json!("RS256")), none),
        (Answer::Json(json!({"keys": "a"})), "has no list of keys"),
        (Answer::Json(json!([])), "is no JSON object"),
        (Answer::Bytes(b"<html>".to_vec()), "is no JSON object"),
        (Answer::Bytes(Vec::new()), "is no JSON object"),
        (Answer::Bytes(vec![b'['; 1 << 20]), "is no JSON object"),
        (
            Answer::Bytes(b"{\"keys\":[],\"keys\":[]}".to_vec()),
            "is no JSON object",
        ),
        (Answer::Status(204), "was answered with 204"),
        (Answer::Status(401), "was answered with 401"),
        (Answer::Status(500), "was answered with 500"),
        (Answer::Redirect, "was answered with 302"),
        (mebibyte(1), huge),
        (
            Answer::Endless {
                length: Some(100 << 20),
            },
            huge,
        ),
        (Answer::Endless { length: None }, huge),
        (Answer::BreakOff, "broke off"),
    ] {
        bench.issuer.answer_keys(answer);
        bench.pass(600);
        assert_eq!(bench.try_key(&other).await, UNAVAILABLE, "{why}");
        let cause = cause(&bench);
        match why {
            // What follows is the library's.
            "broke off" => assert!(cause.starts_with("the key set broke off: "), "{cause}"),
            _ => assert_eq!(cause, format!("the key set {why}")),
        }
        assert!(bench.is_good(&verified), "{why}");
    }
    bench.issuer.answer_keys(mebibyte(0));
    bench.pass(600);
    assert_eq!(
        bench.try_key(&other).await,
        Ok(()),
        "a full mebibyte is read"
    );
}

#[tokio::test]
async fn f60_a_key_set_without_end_is_not_read_to_it() {
    let signer = Signer::ed25519("a");
    let bench = Bench::new(&[&signer]);
    for length in [Some(100 << 20), None] {
        bench.issuer.answer_keys(Answer::Endless { length });
        bench.pass(600);
        assert_eq!(bench.try_key(&signer).await, UNAVAILABLE);
    }
    // What the sockets between hold may have been sent too.
    assert!(bench.issuer.sent() < 30 << 20, "{}", bench.issuer.sent());
}

#[tokio::test]
async fn f60_strange_discovery_documents_are_failures() {
    let signer = Signer::ed25519("a");
    let bench = Bench::new(&[&signer]);
    let url = bench.issuer.url();
    let (another, nowhere) = (
        "is of another issuer",
        "names no key set (jwks_uri) that may be fetched",
    );
    let described = |name: &str, value: Value| {
        bench.issuer.describe(name, value);
    };
    let mut wait = 0;
    for (name, value, why) in [
        ("issuer", json!(format!("{url}/")), another),
        ("issuer", json!("https://login.example.com"), another),
        ("issuer", json!(null), another),
        ("issuer", json!([url]), another),
        ("jwks_uri", json!(null), nowhere),
        ("jwks_uri", json!("/keys"), nowhere),
        ("jwks_uri", json!("http://keys.example.com/keys"), nowhere),
        ("jwks_uri", json!("http://169.254.169.254/keys"), nowhere),
        ("jwks_uri", json!("file:///etc/passwd"), nowhere),
        ("jwks_uri", json!([format!("{url}/keys")]), nowhere),
    ] {
        described(name, value);
        bench.pass(wait);
        wait = 10;
        assert_eq!(bench.try_key(&signer).await, UNAVAILABLE);
        assert_eq!(cause(&bench), format!("the discovery document {why}"));
    }
    for (answer, why) in [
        (Answer::Redirect, "was answered with 302"),
        (Answer::Status(404), "was answered with 404"),
        (Answer::Bytes(b"[]".to_vec()), "is no JSON object"),
        (
            Answer::Endless { length: None },
            "is larger than 1048576 bytes",
        ),
    ] {
        bench.issuer.answer_discovery(answer);
        bench.pass(10);
        assert_eq!(bench.try_key(&signer).await, UNAVAILABLE);
        assert_eq!(cause(&bench), format!("the discovery document {why}"));
    }
    assert_eq!(bench.issuer.fetches(), 0);
    let elsewhere = url.replace("127.0.0.1", "localhost");
    described("jwks_uri", json!(format!("{elsewhere}/keys")));
    bench.pass(10);
    assert_eq!(bench.try_key(&signer).await, Ok(()));
}

/// The issuer hangs when a key is asked for that it may or may not have.
async fn give_up(bench: &Bench) {
    bench.pass(10);
    let started = Instant::now();
    let unknown = Signer::ed25519("unknown");
    assert_eq!(bench.try_key(&unknown).await, UNAVAILABLE);
    let waited = started.elapsed().as_secs_f64();
    assert!((4.5..8.0).contains(&waited), "{waited}");
    assert_eq!(cause(bench), "no answer within 5 seconds");
}

#[tokio::test]
async fn f60_an_issuer_that_hangs_is_given_up() {
    let signer = Signer::ed25519("a");
    let bench = Bench::new(&[&signer]);
    assert_eq!(bench.try_key(&signer).await, Ok(()));
    bench.issuer.answer_discovery(Answer::Hang);
    give_up(&bench).await;
}

#[tokio::test]
async fn f60_an_issuer_that_hangs_hardly_holds_up_those_who_are_known() {
    let signer = Signer::ed25519("a");
    let bench = Bench::new(&[&signer]);
    let token = signer.token(&bench.lasting());
    let verified = bench.verify(&token).await.unwrap();
    bench.issuer.answer_keys(Answer::HangInBody);
    give_up(&bench).await;
    bench.pass(600);
    let started = Instant::now();
    assert!(bench.still_good(&verified).await);
    let waited = started.elapsed().as_secs_f64();
    assert!((0.8..3.0).contains(&waited), "{waited}");
    let started = Instant::now();
    for _ in 0..100 {
        assert!(bench.still_good(&verified).await);
        assert!(bench.verify(&token).await.is_ok());
    }
    assert!(started.elapsed() < Duration::from_secs(1));
    assert_eq!(bench.issuer.fetches(), 3);
}

#[tokio::test]
async fn f60_a_connection_that_is_never_answered_is_given_up() {
    // Nobody accepts: the connection is made by the system, and that is all.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut issuer = Issuer::absent();
    issuer.address = listener.local_addr().unwrap();
    let bench = Bench::of(issuer);
    let started = Instant::now();
    assert_eq!(bench.try_key(&Signer::ed25519("a")).await, UNAVAILABLE);
    assert!(started.elapsed() < Duration::from_secs(8));
    assert_eq!(cause(&bench), "no answer within 5 seconds");
}
