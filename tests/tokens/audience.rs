//! F60: by whom and for whom a token is.

use bitting_tests::issuer::{AUDIENCE, CLIENT, Issuer};
use serde_json::json;

use super::{KEYS, Scene, case, signer};

#[tokio::test]
async fn f60_iss_is_compared_exactly() {
    let scene = Scene::start().await;
    let url = scene.issuer.url();
    let mut tokens = Vec::new();
    for iss in [
        json!(format!("{url}/")),
        json!(format!("{url}//")),
        json!(format!(" {url}")),
        json!(format!("{url}\n")),
        json!(url.to_uppercase()),
        json!(url.replace("http:", "https:")),
        json!(url.replace("127.0.0.1", "localhost")),
        json!(&url[..url.len() - 1]),
        json!(format!("{url}0")),
        json!("https://issuer.example"),
        json!(""),
        json!(null),
        json!(7),
        json!([url]),
        json!({"iss": url}),
    ] {
        tokens.push(case(
            &iss.to_string(),
            signer().token(&scene.claims().with("iss", iss)),
        ));
    }
    tokens.push(case("none", signer().token(&scene.claims().without("iss"))));
    scene.expect(401, tokens).await;
}

#[tokio::test]
async fn f60_another_issuers_token_is_refused_with_the_same_key() {
    let scene = Scene::start().await;
    let other = Issuer::start(&KEYS.each_ref()).await;
    let token = signer().token(&other.claims(scene.now()));
    assert_eq!(scene.status(&token).await, 401);
    assert_eq!(
        (other.discoveries(), other.fetches()),
        (0, 0),
        "whom a token names is not asked"
    );
}

#[tokio::test]
async fn f60_aud_may_be_an_array() {
    let scene = Scene::start().await;
    for aud in [
        json!(AUDIENCE),
        json!([AUDIENCE]),
        json!(["other", AUDIENCE]),
        json!([AUDIENCE, AUDIENCE]),
        json!([7, null, AUDIENCE]),
    ] {
        let token = signer().token(&scene.claims().with("aud", aud.clone()));
        assert_eq!(scene.status(&token).await, 200, "{aud}");
    }
    let mut tokens = Vec::new();
    for aud in [
        json!("other"),
        json!(""),
        json!(AUDIENCE.to_uppercase()),
        json!(format!("{AUDIENCE}/")),
        json!(format!("{AUDIENCE} other")),
        json!(&AUDIENCE[1..]),
        json!(CLIENT),
        json!([]),
        json!(["other"]),
        json!([[AUDIENCE]]),
        json!({"0": AUDIENCE}),
        json!({AUDIENCE: true}),
        json!(null),
        json!(true),
        json!(7),
    ] {
        tokens.push(case(
            &aud.to_string(),
            signer().token(&scene.claims().with("aud", aud)),
        ));
    }
    tokens.push(case("none", signer().token(&scene.claims().without("aud"))));
    scene.expect(401, tokens).await;
}

#[tokio::test]
async fn f60_client_id_and_token_use_may_be_absent_and_not_other() {
    let scene = Scene::start().await;
    let claims = scene.claims();
    for claims in [
        claims.clone().without("client_id"),
        claims.clone().without("token_use"),
        claims.clone().without("client_id").without("token_use"),
        // Claims of other uses are not looked at.
        claims
            .clone()
            .with("azp", "other")
            .with("scope", "openid")
            .with("nonce", "x"),
    ] {
        assert_eq!(
            scene.status(&signer().token(&claims)).await,
            200,
            "{}",
            claims.text()
        );
    }
    let mut tokens = Vec::new();
    for (claim, good, value) in [
        ("client_id", CLIENT, "other-app"),
        ("token_use", "access", "id"),
    ] {
        for value in [
            json!(value),
            json!(good.to_uppercase()),
            json!(format!("{good} ")),
            json!(""),
            json!(null),
            json!([good]),
            json!(7),
        ] {
            let token = signer().token(&claims.clone().with(claim, value.clone()));
            tokens.push(case(&format!("{claim}: {value}"), token));
        }
    }
    scene.expect(401, tokens).await;
}
