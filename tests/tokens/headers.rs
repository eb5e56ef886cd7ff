//! F60: headers and claims that are not as they must be.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;

use super::{Scene, case, signer};

#[tokio::test]
async fn f60_a_claim_or_a_header_given_twice_refuses() {
    let scene = Scene::start().await;
    let (header, claims) = (signer().header().to_string(), scene.claims());
    let mut tokens = Vec::new();
    for (claim, value) in [
        ("sub", json!("alice")),
        ("company", json!("7000001")),
        ("role", json!("read")),
        ("exp", json!(scene.now() + 1_000)),
        ("iss", json!(scene.issuer.url())),
        ("aud", json!("other")),
        ("token_use", json!("id")),
    ] {
        tokens.push(case(
            claim,
            signer().token_of(&header, claims.twice(claim, value)),
        ));
    }
    let escaped = format!(r#"{{"rol\u0065":"read",{}"#, &claims.text()[1..]);
    tokens.push(case("an escaped name", signer().token_of(&header, escaped)));
    for member in [
        r#""alg":"none""#,
        r#""alg":"ES256""#,
        r#""kid":"rsa""#,
        r#""k\u0069d":"ec""#,
    ] {
        let twice = format!("{{{member},{}", &header[1..]);
        tokens.push(case(member, signer().token_of(&twice, claims.text())));
    }
    scene.expect(401, tokens).await;
}

#[tokio::test]
async fn f60_crit_refuses_whatever_it_names() {
    let scene = Scene::start().await;
    let mut tokens = Vec::new();
    for crit in [
        json!(["b64"]),
        json!(["exp"]),
        json!(["alg"]),
        json!(["http://example.com/x"]),
        json!([]),
        json!("exp"),
        json!({}),
        json!(null),
        json!(7),
    ] {
        let mut header = signer().header();
        header["crit"] = crit.clone();
        header["b64"] = json!(true);
        header["http://example.com/x"] = json!(1);
        let what = crit.to_string();
        tokens.push(case(&what, signer().token_with(&header, &scene.claims())));
    }
    scene.expect(401, tokens).await;
    // A payload that is not encoded (RFC 7797), and nobody told that it is.
    let mut header = signer().header();
    header["b64"] = json!(false);
    let head = URL_SAFE_NO_PAD.encode(header.to_string());
    let signed = format!("{head}.{}", scene.claims().text());
    let signature = URL_SAFE_NO_PAD.encode(signer().signature(signed.as_bytes()));
    let payload = URL_SAFE_NO_PAD.encode(scene.claims().text());
    let token = format!("{head}.{payload}.{signature}");
    assert_eq!(scene.status(&token).await, 401);
}

#[tokio::test]
async fn f60_kid_is_required() {
    let scene = Scene::start().await;
    let mut tokens = Vec::new();
    for header in [
        json!({"alg": "ES256"}),
        json!({"alg": "ES256", "kid": ""}),
        json!({"alg": "ES256", "kid": null}),
        json!({"alg": "ES256", "kid": 7}),
        json!({"alg": "ES256", "kid": ["ec"]}),
        json!({"alg": "ES256", "KID": "ec"}),
        json!({"alg": "ES256", "kid": "EC"}),
        json!({"alg": "ES256", "kid": "ec "}),
        json!({"alg": "ES256", "kid": "ec\u{0}"}),
        json!({"alg": "ES256", "kid": "../keys"}),
        json!({"alg": "ES256", "kid": "' OR 1=1 --"}),
        json!({"alg": "ES256", "kid": "k".repeat(5_000)}),
    ] {
        let what = format!("{header:.60}");
        tokens.push(case(&what, signer().token_with(&header, &scene.claims())));
    }
    scene.expect(401, tokens).await;
}
