//! F62: a token is never tried as a key, nor a key as a token.

use std::fs;

use bitting_core::Role;
use bitting_tests::{
    KEYS, Request, Seed, Server,
    issuer::compact,
    probe::{Fault, Step},
};
use serde_json::json;

use super::{Scene, signer, surfaces::Door};

/// What the log says of what was looked at as a token and is none.
const REFUSED: &str = "login token refused";

#[tokio::test]
async fn f62_dots_make_no_token_but_two_of_them() {
    let scene = Scene::start().await;
    for secret in [
        "a.b",
        "a.b.c.d",
        ".",
        "...",
        "a..",
        "apikey:a.b.c",
        "..b",
        "x.y.z",
    ] {
        let seed = Seed::caller(Role::Admin);
        scene.server.plant_called(seed, secret).await;
        let is_token = secret.matches('.').count() == 2;
        let status = scene.status(secret).await;
        assert_eq!(status, if is_token { 401 } else { 200 }, "{secret:?}");
    }
    // A token with a fourth segment is a key, and one that nobody has.
    let token = scene.token();
    for text in [
        format!("{token}."),
        format!(".{token}"),
        format!("{token}.AAAA"),
        token.replacen('.', "..", 1),
        token.replacen('.', "", 1),
    ] {
        assert_eq!(scene.status(&text).await, 401, "{text}");
    }
}

#[tokio::test]
async fn f62_a_token_is_never_looked_up_as_a_key() {
    let scene = Scene::start().await;
    // Good as a token for nobody, and as a key for an admin.
    let expired = signer().token(&scene.claims().with("exp", 0));
    let nobodys = signer().token(&scene.claims().with("company", "999"));
    for token in [expired.as_str(), &nobodys, "a.b.c", ".."] {
        let seed = Seed::caller(Role::Admin);
        scene.server.plant_called(seed, token).await;
        assert_eq!(scene.status(token).await, 401, "{token}");
    }
    // Nor is the store asked whether there is such a key.
    scene.server.probe.fail(Step::Credential, Fault::Corrupt);
    for token in [expired.as_str(), &nobodys, "a.b.c", ".."] {
        assert_eq!(scene.status(token).await, 401, "{token}");
    }
    let good = scene.token();
    assert_eq!(scene.status(&good).await, 200);
}

#[tokio::test]
async fn f62_a_key_is_never_tried_as_a_token() {
    let scene = Scene::start().await;
    assert_eq!(scene.status(&scene.token()).await, 200);
    let (asked, made) = (scene.issuer.fetches(), scene.members_made());
    scene.server.clock.advance(11);
    scene.server.probe.fail(Step::Login, Fault::Corrupt);
    let key = scene.server.caller(Role::Admin).await;
    for (secret, status) in [
        (key.as_str(), 200),
        ("0123456789abcdef0123456789abcdef01234567", 401),
        ("bit_0123456789", 401),
        ("a.b", 401),
        ("a.b.c.d", 401),
    ] {
        assert_eq!(scene.status(secret).await, status, "{secret}");
    }
    assert_eq!(
        (scene.issuer.fetches(), scene.members_made()),
        (asked, made)
    );
    // Nor is it taken apart as one would be.
    let lines = scene.server.log.lines();
    let refused = lines.iter().find(|line| line["msg"] == REFUSED);
    assert!(refused.is_none(), "{refused:?}");
    scene.server.probe.clear();
    assert_eq!(scene.status("a.b.c").await, 401);
    let lines = scene.server.log.lines();
    assert!(lines.iter().any(|line| line["msg"] == REFUSED));
}

#[tokio::test]
async fn f62_without_an_issuer_every_token_is_401() {
    let scene = Scene::start().await;
    let token = scene.token();
    let alone = Server::start().await;
    alone.plant_called(Seed::caller(Role::Admin), &token).await;
    for door in Door::ALL {
        let answer = alone.send(&door.request().bearer(&token)).await.expect(401);
        super::assert_dialect(door, &answer);
    }
    let config = alone.send(&Request::get("/config/authentication")).await;
    assert_eq!(config.expect(200).json(), json!({}));
    alone.remember(token);
    alone.assert_log_tells_no_secret();
}

#[tokio::test]
async fn f62_no_token_is_kept_in_the_data_directory() {
    let mut scene = Scene::start().await;
    let good = scene.token();
    assert_eq!(scene.status(&good).await, 200);
    let other = compact(signer().header().to_string().as_bytes(), b"{}", |_| {
        vec![7; 64]
    });
    assert_eq!(scene.status(&other).await, 401);
    let create = Request::post(KEYS).json(r#"{"name":"x"}"#);
    scene.send(create, &good).await.expect(201);
    let path = scene.server.database().path().expect("a path").to_owned();
    scene.server.stop().await;
    let mut files = 0;
    let directory = std::path::Path::new(&path).parent().expect("a directory");
    for file in fs::read_dir(directory).expect("a directory") {
        let content = fs::read(file.expect("a file").path()).expect("a file");
        let content = String::from_utf8_lossy(&content);
        for token in [&good, &other] {
            for segment in token.split('.').skip(1).filter(|segment| segment.len() > 8) {
                assert!(!content.contains(segment), "a token was written to a file");
            }
        }
        files += 1;
    }
    assert!(files > 0);
}
