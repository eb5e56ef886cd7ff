//! F11: what is kept of a secret, and who is shown it.

use aws_lc_rs::digest::{SHA256, digest};
use bitting_core::Role;
use bitting_tests::{COMPANIES, KEYS as PERSONAL, Request, Server};

use super::{KEYS, create, item, text};

/// A server, the secret of a root key, and the answered secret of a named key.
async fn made() -> (Server, String, String) {
    let server = Server::start().await;
    let root = server.caller(Role::Root).await;
    let made = server.send(&create(&root, "nightly")).await.expect(201);
    let secret = text(&made, "api_key");
    server.remember(secret.clone());
    (server, root, secret)
}

#[tokio::test]
async fn f11_the_database_has_the_digest_of_a_secret_and_nothing_else_of_it() {
    let (mut server, _, secret) = made().await;
    let random = secret.strip_prefix("apikey:").expect("a prefix");
    let digest = digest(&SHA256, secret.as_bytes());
    let holds = |server: &Server, what: &[u8]| {
        let files = server.files();
        files
            .iter()
            .any(|file| file.windows(what.len()).any(|w| w == what))
    };
    // Once as it lies there while the server runs, in its log ahead of it, and once as the server leaves it.
    for stopped in [false, true] {
        assert!(
            holds(&server, digest.as_ref()),
            "F11: the SHA-256 is stored"
        );
        assert!(holds(&server, b"nightly"), "what is stored is looked at");
        assert!(!holds(&server, secret.as_bytes()));
        // Nor any part of it from which the rest could be guessed.
        for part in random.as_bytes().chunks(16) {
            assert!(!holds(&server, part), "a part of the secret is stored");
        }
        if !stopped {
            server.stop().await;
        }
    }
    let sealed: (i64, i64, i64) = server
        .database()
        .query_row(
            "SELECT count(*), count(s.sealed), sum(k.recoverable)
             FROM api_key k JOIN secret s ON s.key = k.number WHERE k.origin = 2",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .expect("one row");
    assert_eq!(sealed, (1, 0, 0), "F11: it is never sealed");
}

#[tokio::test]
async fn f11_no_endpoint_of_any_surface_shows_it_again() {
    let (server, root, secret) = made().await;
    let personal = server.personal("x").await;
    let digits = &secret["apikey:".len()..];
    for path in [
        KEYS.to_owned(),
        item("nightly"),
        PERSONAL.to_owned(),
        format!("{PERSONAL}?view=full&page=1,1000"),
        format!("{PERSONAL}/{}?view=full", personal.number),
        // Its number among all keys: here it is none.
        format!("{PERSONAL}/2?view=full"),
        COMPANIES.to_owned(),
        format!("{COMPANIES}/6197120/members"),
        format!("{COMPANIES}/6197120/members/10001"),
    ] {
        for token in [&root, &secret] {
            let answer = server.send(&Request::get(&path).bearer(token)).await;
            assert!(!answer.text().contains(digits), "{path} shows it");
            let heads = format!("{:?}", answer.headers);
            assert!(!heads.contains(digits), "{path} shows it in a header");
        }
    }
    // Nor does a refusal of the same name.
    let again = server.send(&create(&root, "nightly")).await.expect(409);
    assert!(!again.text().contains(digits));
    server.assert_log_tells_no_secret();
}

/// Personal keys can be shown again while the server seals; named ones cannot, whatever it is set to.
#[tokio::test]
async fn f11_the_setting_for_sealing_does_not_matter_here() {
    let server = bitting_tests::Setup::default().unsealed().start().await;
    let token = server.caller(Role::Write).await;
    let made = server.send(&create(&token, "x")).await.expect(201);
    assert!(server.accepts(&text(&made, "api_key")).await);
}
