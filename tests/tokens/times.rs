//! F60: when a token is good.

use super::{Scene, case, signer};

#[tokio::test]
async fn f60_exp_has_60_seconds_of_leeway_and_not_one_more() {
    let scene = Scene::start().await;
    let now = scene.now();
    let expired = |ago: i64| signer().token(&scene.claims().with("exp", now - ago));
    for (ago, status) in [
        (-1, 200),
        (0, 200),
        (1, 200),
        (59, 200),
        (60, 401),
        (61, 401),
        (3_600, 401),
    ] {
        assert_eq!(
            scene.status(&expired(ago)).await,
            status,
            "expired {ago} s ago"
        );
    }
}

#[tokio::test]
async fn f60_exp_is_a_number_of_seconds() {
    let scene = Scene::start().await;
    let now = scene.now();
    let spelt = |exp: &str| {
        case(
            exp,
            signer().token_of(
                signer().header().to_string(),
                scene.claims().spelt("exp", exp),
            ),
        )
    };
    // Fractions are allowed (RFC 7519, NumericDate), and what is far away is far away.
    let good = [
        format!("{}.25", now + 1),
        format!("{}.5", now - 60),
        format!("{}e0", now + 1),
        format!("{}", i64::MAX),
        format!("{}", u64::MAX),
        "18446744073709551616".to_owned(),
        "1e300".to_owned(),
    ];
    scene.expect(200, good.iter().map(|exp| spelt(exp))).await;
    let bad = [
        format!("{}.75", now - 61),
        format!("\"{}\"", now + 60),
        format!("[{}]", now + 60),
        format!("{{\"exp\":{}}}", now + 60),
        format!("-{now}"),
        i64::MIN.to_string(),
        "-1e300".to_owned(),
        "0".to_owned(),
        "-0".to_owned(),
        "null".to_owned(),
        "true".to_owned(),
        "\"\"".to_owned(),
        "\"never\"".to_owned(),
        // Beyond what a number of JSON readers holds, and no JSON at all.
        "1e400".to_owned(),
        "NaN".to_owned(),
        "Infinity".to_owned(),
        format!("+{}", now + 60),
        format!("0{}", now + 60),
    ];
    scene.expect(401, bad.iter().map(|exp| spelt(exp))).await;
    let without = signer().token(&scene.claims().without("exp"));
    assert_eq!(scene.status(&without).await, 401, "required");
}

#[tokio::test]
async fn f60_nbf_is_honoured() {
    let scene = Scene::start().await;
    let now = scene.now();
    let spelt = |nbf: &str| {
        case(
            nbf,
            signer().token_of(
                signer().header().to_string(),
                scene.claims().spelt("nbf", nbf),
            ),
        )
    };
    let good = [
        now.to_string(),
        (now - 1).to_string(),
        "0".to_owned(),
        "-1e300".to_owned(),
    ];
    scene.expect(200, good.iter().map(|nbf| spelt(nbf))).await;
    let bad = [
        // Well beyond any leeway that another reading of the rule could find.
        (now + 61).to_string(),
        (now + 3_600).to_string(),
        "1e300".to_owned(),
        "null".to_owned(),
        "true".to_owned(),
        format!("\"{}\"", now - 1),
    ];
    scene.expect(401, bad.iter().map(|nbf| spelt(nbf))).await;
}

#[tokio::test]
async fn f60_a_token_becomes_good_and_ends_while_it_is_known() {
    let scene = Scene::start().await;
    let now = scene.now();
    let claims = scene.claims().with("nbf", now + 100).with("exp", now + 200);
    let token = signer().token(&claims);
    for (at, status) in [
        (0, 401),
        (99, 401),
        (100, 200),
        (200, 200),
        (259, 200),
        (260, 401),
        (1_000, 401),
        // A clock that was wrong and is set back.
        (259, 200),
        (99, 401),
    ] {
        scene.server.clock.advance(now + at - scene.now());
        // Twice: what is known of it must not outlive it.
        for _ in 0..2 {
            assert_eq!(scene.status(&token).await, status, "after {at} s");
        }
    }
}

#[tokio::test]
async fn f60_when_a_token_was_made_does_not_matter() {
    let scene = Scene::start().await;
    let now = scene.now();
    for token in [
        signer().token(&scene.claims().without("iat")),
        signer().token(&scene.claims().with("iat", now - 1_000_000)),
        signer().token(&scene.claims().with("iat", "yesterday")),
    ] {
        assert_eq!(scene.status(&token).await, 200);
    }
}
