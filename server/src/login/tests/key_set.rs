//! Which keys of a set are used.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};

use super::{
    super::{
        json,
        key_set::{KeySet, SigningKey},
    },
    *,
};

fn set(keys: &[Value]) -> Result<KeySet, &'static str> {
    KeySet::read(json!({ "keys": keys }).to_string().as_bytes())
}

fn usable(key: &Value) -> bool {
    set(std::slice::from_ref(key)).is_ok()
}

/// A key with one of its members replaced, or left out for `null`.
fn with(mut key: Value, name: &str, value: Value) -> Value {
    if value.is_null() {
        key.as_object_mut().unwrap().remove(name);
    } else {
        key[name] = value;
    }
    key
}

fn one(key: &Value) -> SigningKey {
    SigningKey::read(&json::object(key.to_string().as_bytes()).unwrap()).unwrap()
}

fn number(bytes: &[u8]) -> Value {
    json!(URL_SAFE_NO_PAD.encode(bytes))
}

#[test]
fn f60_a_key_verifies_what_it_signed_and_nothing_else() {
    for signer in Signer::one_of_each("a") {
        let key = one(&signer.jwk());
        let signature = signer.sign(b"message");
        assert!(key.signed(b"message", &signature));
        assert!(!key.signed(b"massage", &signature));
        assert!(!key.signed(b"message", &Vec::new()));
        for place in [0, signature.len() / 2, signature.len() - 1] {
            let mut changed = signature.clone();
            changed[place] ^= 1;
            assert!(!key.signed(b"message", &changed), "{place}");
        }
    }
}

#[test]
fn f60_keys_that_are_not_for_signatures_are_passed_over() {
    for signer in Signer::one_of_each("a") {
        let good = signer.jwk();
        for (name, value, taken) in [
            ("use", Value::Null, true),
            ("use", json!("sig"), true),
            ("use", json!("enc"), false),
            ("use", json!("Sig"), false),
            ("use", json!(["sig"]), false),
            ("key_ops", json!(["verify"]), true),
            ("key_ops", json!(["sign", "verify"]), true),
            ("key_ops", json!(["encrypt"]), false),
            ("key_ops", json!([]), false),
            ("key_ops", json!("verify"), false),
            ("kid", Value::Null, false),
            ("kid", json!(""), false),
            ("kid", json!(7), false),
            ("alg", Value::Null, true),
            ("alg", json!("HS256"), false),
            ("alg", json!("RS512"), false),
            ("alg", json!("none"), false),
            ("alg", json!(7), false),
            ("kty", json!("oct"), false),
            ("kty", Value::Null, false),
            ("d", json!("AAAA"), false),
        ] {
            let key = with(good.clone(), name, value);
            assert_eq!(usable(&key), taken, "{key}");
        }
    }
}

#[test]
fn f60_a_key_has_the_algorithm_of_its_kind() {
    let all = Signer::one_of_each("a");
    for (signer, other) in all.iter().zip(all.iter().cycle().skip(1)) {
        let named = |alg: &str| with(signer.jwk(), "alg", json!(alg));
        assert!(usable(&named(signer.algorithm())));
        assert!(!usable(&named(other.algorithm())));
    }
}

#[test]
fn f60_rsa_keys_are_of_2048_bits_at_least() {
    let modulus = |bits: usize| {
        let mut n = vec![0xff; bits.div_ceil(8)];
        n[0] >>= (8 - bits % 8) % 8;
        n
    };
    let key =
        |n: &[u8], e: &[u8]| json!({"kty": "RSA", "kid": "a", "n": number(n), "e": number(e)});
    let f4 = [1, 0, 1];
    for bits in [2048, 2049, 3072, 4096, 8192] {
        assert!(usable(&key(&modulus(bits), &f4)), "{bits}");
    }
    for bits in [1, 512, 1024, 2040, 2047, 8193, 16_384] {
        assert!(!usable(&key(&modulus(bits), &f4)), "{bits}");
    }
    let short = [&[0; 128][..], &modulus(1024)].concat();
    assert!(!usable(&key(&short, &f4)), "zeros are no bits");
    let padded = [&[0][..], &modulus(2048)].concat();
    assert_eq!(
        one(&key(&padded, &[0, 1, 0, 1])),
        one(&key(&modulus(2048), &f4))
    );
    for exponent in [
        &[][..],
        &[0],
        &[1],
        &[0, 1],
        &[2],
        &[1, 0, 0],
        &[1, 0, 0, 0, 0, 1],
    ] {
        assert!(!usable(&key(&modulus(2048), exponent)), "{exponent:?}");
    }
    let mut even = modulus(2048);
    *even.last_mut().unwrap() = 0xfe;
    assert!(!usable(&key(&even, &f4)));
}

#[test]
fn f60_malformed_keys_are_passed_over() {
    let [rsa, ec, ed] = Signer::one_of_each("a").map(|signer| signer.jwk());
    for key in [
        with(rsa.clone(), "n", Value::Null),
        with(rsa.clone(), "n", json!("A+/=")),
        with(rsa.clone(), "n", json!(65_537)),
        with(rsa, "e", Value::Null),
        with(ec.clone(), "crv", json!("P-384")),
        with(ec.clone(), "crv", json!("secp256k1")),
        with(ec.clone(), "crv", Value::Null),
        with(ec.clone(), "x", number(&[1; 31])),
        with(ec.clone(), "x", number(&[1; 33])),
        with(ec.clone(), "y", number(&[1; 31])),
        with(ec.clone(), "y", number(&[1; 33])),
        with(ec, "y", Value::Null),
        with(ed.clone(), "crv", json!("Ed448")),
        with(ed.clone(), "crv", json!("X25519")),
        with(ed, "x", number(&[1; 31])),
    ] {
        assert!(!usable(&key), "{key}");
    }
    let good = Signer::ed25519("b").jwk();
    let odd = [
        json!(null),
        json!("key"),
        json!([]),
        json!({}),
        good.clone(),
    ];
    assert_eq!(set(&odd).unwrap().len(), 1);
    // One that says something twice is passed over, the one beside it is not.
    let text = json!({ "keys": [good] }).to_string();
    let twice = text.replace("[{", "[{\"kty\":\"OKP\",\"kid\":\"c\",\"kid\":\"d\"},{");
    assert_eq!(KeySet::read(twice.as_bytes()).unwrap().len(), 1);
}

#[test]
fn f60_points_off_the_curve_verify_nothing() {
    let signer = Signer::p256("a");
    let key = one(&with(signer.jwk(), "y", number(&[7; 32])));
    assert!(!key.signed(b"message", &signer.sign(b"message")));
    let signer = Signer::ed25519("a");
    let key = one(&with(signer.jwk(), "x", number(&[0xff; 32])));
    assert!(!key.signed(b"message", &signer.sign(b"message")));
}

#[test]
fn f60_a_set_without_a_usable_key_is_none() {
    for text in ["", "7", "[]", "{", "{\"keys\":[]} x"] {
        assert_eq!(
            KeySet::read(text.as_bytes()).unwrap_err(),
            "is no JSON object"
        );
    }
    for text in ["{}", "{\"keys\":{}}", "{\"keys\":null}", "{\"KEYS\":[]}"] {
        assert_eq!(
            KeySet::read(text.as_bytes()).unwrap_err(),
            "has no list of keys"
        );
    }
    let none = "has no usable key: of RS256, ES256 or EdDSA, and with a kid";
    assert_eq!(set(&[]).unwrap_err(), none);
    let secret = json!({"kty": "oct", "kid": "a", "k": "c2VjcmV0", "alg": "HS256"});
    assert_eq!(set(&[secret]).unwrap_err(), none);
}

#[test]
fn f60_a_set_has_a_bounded_number_of_keys() {
    let key = Signer::ed25519("a").jwk();
    let keys = |count| set(&vec![key.clone(); count]).map(|set| set.len());
    assert_eq!(keys(100), Ok(100));
    assert_eq!(keys(101), Err("has more than 100 keys"));
}

#[test]
fn f60_keys_of_one_name_are_told_apart() {
    let [rsa, ec, ed] = Signer::one_of_each("a");
    let other = Signer::ed25519("a");
    let set = set(&[rsa.jwk(), ec.jwk(), ed.jwk(), other.jwk()]).unwrap();
    let count = |id, algorithm| set.candidates(id, algorithm).count();
    assert_eq!(count("a", Algorithm::RS256), 1);
    assert_eq!(count("a", Algorithm::ES256), 1);
    assert_eq!(count("a", Algorithm::EdDSA), 2);
    assert_eq!(count("A", Algorithm::EdDSA), 0);
    assert!(set.knows("a") && !set.knows("A"));
    assert!(set.holds(&one(&other.jwk())));
    assert!(
        !set.holds(&one(&Signer::ed25519("a").jwk())),
        "the name is not enough"
    );
    assert!(
        !set.holds(&one(&with(ed.jwk(), "kid", json!("b")))),
        "nor is the key"
    );
}

#[test]
fn a_key_does_not_show() {
    let shown = format!("{:?}", one(&Signer::ed25519("a").jwk()));
    assert!(shown.contains("redacted"), "{shown}");
}
