//! Secrets that are brought as digests: K132, K133.

use std::fmt::Write as _;

use bitting_core::Role;
use bitting_tests::{
    Class::Success,
    Request, Server, Switch, cast,
    probe::{Fault, Step},
};
use serde_json::json;

use super::{IMPORTS, OWN, text, verdict, viewed, with};

const OP: &str = "key_import";
/// A key as djangorestframework-api-key makes it, and what it keeps of it.
const DJANGO: &str = "gPtxPdsV.6pNyZVHsm4p2pdXfcSTXjPTYzQ2aNaBb";
/// A secret with each digest that can be brought of it.
const SECRET: &str = "uk_live_3ZpV8xQ1rT5wYbN7cLkJmH";

fn forms(secret: &str) -> [(&'static str, String); 5] {
    use aws_lc_rs::digest::{SHA256, SHA512, digest};
    use base64::{
        Engine as _,
        engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
    };
    let short = digest(&SHA256, secret.as_bytes());
    let long = digest(&SHA512, secret.as_bytes());
    let hex = |bytes: &[u8]| {
        bytes.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    };
    [
        ("sha256_hex", hex(short.as_ref())),
        ("sha256_base64", STANDARD.encode(short.as_ref())),
        ("sha256_base64url", URL_SAFE_NO_PAD.encode(short.as_ref())),
        ("sha512_hex", hex(long.as_ref())),
        ("django_sha512", format!("sha512$${}", hex(long.as_ref()))),
    ]
}

/// Brings `secret` as a digest of this form: the id of its key.
async fn brought(server: &Server, token: &str, form: &str, secret: &str) -> String {
    let (form, digest) = forms(secret)
        .into_iter()
        .find(|(known, _)| *known == form)
        .expect("a form");
    let key = json!({ "name": form, "digest": digest, "digest_form": form });
    let body = json!({ "keys": [key] }).to_string();
    let request = Request::post(IMPORTS).bearer(token).json(body);
    let result = server.send(&request).await.expect(200).json()["results"][0].clone();
    assert_eq!(text(&result, "status"), "created", "{form} {result}");
    text(&result, "id").to_owned()
}

/// How many secrets are known by foreign digests only.
fn foreign(server: &Server) -> i64 {
    let count = "SELECT count(*) FROM foreign_digest";
    server
        .database()
        .query_row(count, [], |row| row.get(0))
        .expect("a count")
}

#[tokio::test]
async fn k132_a_secret_brought_in_any_form_verifies_and_is_a_credential() {
    let (server, token) = with(Role::Admin).await;
    for (form, _) in forms("") {
        let secret = format!("{SECRET}{form}");
        let id = brought(&server, &token, form, &secret).await;
        for _ in 0..2 {
            assert_eq!(verdict(&server, &token, &secret).await, "valid", "{form}");
        }
        assert!(server.accepts(&secret).await, "{form}");
        let (key, _) = viewed(&server, &token, &format!("{OWN}/{id}")).await;
        assert_eq!(text(&key, "name"), form);
        for (_, digest) in forms(&secret) {
            // What was kept of it elsewhere opens nothing.
            assert_ne!(verdict(&server, &token, &digest).await, "valid", "{form}");
        }
    }
    let keys: Vec<_> = forms(DJANGO)
        .into_iter()
        .map(|(form, digest)| json!({ "name": form, "digest": digest, "digest_form": form }))
        .collect();
    let body = json!({ "keys": keys }).to_string();
    let request = Request::post(IMPORTS).bearer(&token).json(body);
    let answer = server
        .record(OP, Success, "k132_every_form", &request)
        .await;
    let answer = answer.expect(200).json();
    let statuses: Vec<_> = (0..5)
        .map(|n| text(&answer["results"][n], "status").to_owned())
        .collect();
    assert_eq!(
        statuses,
        ["created", "duplicate", "duplicate", "created", "duplicate"]
    );
}

/// The first use as a credential, too; and of a key that is no good. Its version and all else stay.
#[tokio::test]
async fn k133_the_first_use_puts_our_digest_in_the_place_of_the_foreign_one() {
    let (server, token) = with(Role::Admin).await;
    let id = brought(&server, &token, "django_sha512", DJANGO).await;
    assert_eq!(foreign(&server), 1);
    let path = format!("{OWN}/{id}");
    let before = viewed(&server, &token, &path).await;
    assert_eq!(
        verdict(&server, &token, "gPtxPdsV.6pNyZVHsm4p2pdXfcSTXjPTYzQ2aNaBc").await,
        "not_found"
    );
    assert_eq!(foreign(&server), 1, "only the secret itself");
    assert_eq!(verdict(&server, &token, DJANGO).await, "valid");
    assert_eq!(foreign(&server), 0);
    let mut after = viewed(&server, &token, &path).await;
    after.0["last_used_at"] = before.0["last_used_at"].clone();
    assert_eq!(after, before);
    let other = format!("{DJANGO}2");
    brought(&server, &token, "sha512_hex", &other).await;
    assert!(server.accepts(&other).await, "as a credential");
    assert_eq!(foreign(&server), 0);
    let off = format!("{DJANGO}3");
    brought(&server, &token, "sha512_hex", &off).await;
    server.switch(cast::MEMBER, Switch::Disable).await;
    assert!(!server.accepts(&off).await);
    assert_eq!(foreign(&server), 0);
}

/// From the answer to a revocation on, whatever was remembered of the first use.
#[tokio::test]
async fn k133_a_key_that_is_revoked_after_its_first_use_is_refused_at_once() {
    let (server, token) = with(Role::Admin).await;
    let id = brought(&server, &token, "sha512_hex", SECRET).await;
    assert!(server.accepts(SECRET).await);
    for _ in 0..2 {
        assert_eq!(verdict(&server, &token, SECRET).await, "valid");
    }
    let revoke = Request::post(format!("{OWN}/{id}/revoke"))
        .bearer(&token)
        .json("{}");
    server.send(&revoke).await.expect(200);
    assert_eq!(verdict(&server, &token, SECRET).await, "revoked");
    assert!(!server.accepts(SECRET).await);
}

/// The memory of a server that was started since knows of it as well.
#[tokio::test]
async fn k133_a_foreign_digest_outlives_a_restart() {
    let (mut server, token) = with(Role::Admin).await;
    brought(&server, &token, "sha512_hex", SECRET).await;
    server.restart().await;
    server.filled().await;
    assert_eq!(verdict(&server, &token, SECRET).await, "valid");
    server.restart().await;
    server.filled().await;
    assert_eq!(foreign(&server), 0);
    assert_eq!(verdict(&server, &token, SECRET).await, "valid");
}

/// While foreign digests are left, what is none of anybody's still costs no read, and a known key neither.
#[tokio::test]
async fn k133_garbage_is_read_for_no_more_than_before() {
    let (server, token) = with(Role::Admin).await;
    brought(&server, &token, "sha512_hex", SECRET).await;
    let known = server.plant(bitting_tests::Seed::own("x")).await.secret;
    assert_eq!(verdict(&server, &token, &known).await, "valid");
    server.probe.fail(Step::Credential, Fault::NotDurable);
    for n in 0..5 {
        let garbage = format!("{SECRET}-{n}");
        assert_eq!(verdict(&server, &token, &garbage).await, "not_found");
        assert!(!server.accepts(&garbage).await);
    }
    assert_eq!(verdict(&server, &token, &known).await, "valid");
}

/// A first use that cannot be written is none: memory would know the secret by a digest that the store has not, and a
/// revocation would not reach it there.
#[tokio::test]
async fn k133_a_first_use_that_cannot_be_written_is_503() {
    let (server, token) = with(Role::Admin).await;
    brought(&server, &token, "sha512_hex", SECRET).await;
    server.probe.fail(Step::Adopt, Fault::DiskFull);
    let ask = Request::post(super::VERIFY)
        .bearer(&token)
        .json(json!({ "key": SECRET }).to_string());
    for request in [&ask, &Request::get(super::WHOAMI).bearer(SECRET)] {
        server.send(request).await.expect(503);
    }
    assert_eq!(foreign(&server), 1);
    server.probe.clear();
    assert_eq!(verdict(&server, &token, SECRET).await, "valid");
    assert_eq!(foreign(&server), 0);
}

/// Deleted, rolled or revoked before it was ever used, and by the very next request.
#[tokio::test]
async fn k133_a_key_that_is_gone_leaves_no_foreign_digest_behind() {
    let (server, token) = with(Role::Admin).await;
    let id = brought(&server, &token, "sha512_hex", SECRET).await;
    let delete = Request::delete(format!("{OWN}/{id}")).bearer(&token);
    server.send(&delete).await.expect(204);
    assert_eq!(foreign(&server), 0);
    assert_eq!(verdict(&server, &token, SECRET).await, "not_found");
    let id = brought(&server, &token, "sha512_hex", SECRET).await;
    let revoke = Request::post(format!("{OWN}/{id}/revoke"))
        .bearer(&token)
        .json("{}");
    server.send(&revoke).await.expect(200);
    assert_eq!(verdict(&server, &token, SECRET).await, "revoked");
}

/// A secret that comes twice, once as itself and once as a foreign digest, is one secret.
#[tokio::test]
async fn k134_a_plain_secret_that_was_brought_as_a_foreign_digest_is_a_duplicate() {
    let (server, token) = with(Role::Admin).await;
    let id = brought(&server, &token, "sha512_hex", SECRET).await;
    let body = json!({ "keys": [{ "name": "x", "secret": SECRET }] }).to_string();
    let request = Request::post(IMPORTS).bearer(&token).json(body);
    let result = server.send(&request).await.expect(200).json()["results"][0].clone();
    assert_eq!(
        (text(&result, "status"), text(&result, "id")),
        ("duplicate", &*id)
    );
}
