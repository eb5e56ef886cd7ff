//! K8: what is kept of a secret, and who is shown it.

use aws_lc_rs::digest::{SHA256, digest};
use bitting_core::Role;
use bitting_tests::{COMPANIES, KEYS as PERSONAL, NAMED_KEYS, Request};

use super::{MEMBERS, text, with};

#[tokio::test]
async fn k8_only_the_answer_that_tells_that_a_key_was_made_shows_it() {
    let (server, root) = with(Role::Root).await;
    let create = Request::post(MEMBERS)
        .bearer(&root)
        .json(r#"{"name":"Dana","role":"root"}"#);
    let made = server.send(&create).await.expect(201);
    let body = made.json();
    let secret = text(&body["key"], "secret").to_owned();
    server.remember(secret.clone());
    assert_eq!(made.header("cache-control"), Some("no-store"));
    let member = made.header("location").expect("a location").to_owned();
    for token in [&root, &secret] {
        for path in [
            COMPANIES,
            "/v1/companies/6197120",
            MEMBERS,
            &member,
            PERSONAL,
            &format!("{PERSONAL}?view=full"),
            NAMED_KEYS,
        ] {
            let answer = server.send(&Request::get(path).bearer(token)).await;
            let answer = answer.expect(200);
            assert!(!answer.text().contains(&secret), "{path}");
        }
    }
    server.assert_log_tells_no_secret();
}

#[tokio::test]
async fn k8_the_database_has_the_digest_of_a_secret_and_nothing_else_of_it() {
    let (mut server, root) = with(Role::Root).await;
    let create = Request::post(COMPANIES)
        .bearer(&root)
        .json(r#"{"name":"Acme"}"#);
    let made = server.send(&create).await.expect(201).json();
    let secret = text(&made["key"], "secret");
    let random = secret.strip_prefix("bit_").expect("a prefix");
    let digest = digest(&SHA256, secret.as_bytes());
    for stopped in [false, true] {
        let files = server.files();
        let holds = |what: &[u8]| {
            let mut files = files.iter();
            files.any(|file| file.windows(what.len()).any(|window| window == what))
        };
        assert!(holds(digest.as_ref()), "K8: the SHA-256 is stored");
        assert!(holds(b"Administrator"), "what is stored is looked at");
        for part in random.as_bytes().chunks_exact(12) {
            assert!(!holds(part), "a part of the secret is stored");
        }
        if !stopped {
            server.stop().await;
        }
    }
}
