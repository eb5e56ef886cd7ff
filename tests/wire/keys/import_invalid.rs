//! Imports that are refused, and keys of them: K130 to K132.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, Refused, Success},
    Request,
};
use serde_json::Value;

use super::{IMPORTS, blamed, counts, text, with};

const OP: &str = "key_import";

#[tokio::test]
async fn k130_an_import_as_a_whole_is_1_to_1000_keys() {
    let (server, token) = with(Role::Admin).await;
    let before = counts(&server);
    let many = |n: usize| format!(r#"{{"keys":[{}]}}"#, vec!["7"; n].join(","));
    let wrong = "keys must have 1 to 1000 keys";
    for (outcome, body, reason) in [
        ("k130_nothing", "{}".to_owned(), "keys is required"),
        (
            "k130_null",
            r#"{"keys":null}"#.to_owned(),
            "keys is required",
        ),
        (
            "k130_object",
            r#"{"keys":{}}"#.to_owned(),
            "keys must be an array",
        ),
        ("k130_none", many(0), wrong),
        ("k130_1001", many(1_001), wrong),
        (
            "k130_misspelt",
            r#"{"key":[]}"#.to_owned(),
            "body must not have the member `key`: there are keys",
        ),
        (
            "k130_half",
            r#"{"keys":[{"name":"x","secret":"old_key_4eC3"#.to_owned(),
            "body must be valid JSON",
        ),
        ("k130_array", "[]".to_owned(), "body must be a JSON object"),
    ] {
        let request = Request::post(IMPORTS).bearer(&token).json(body);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        let blamed = blamed(&answer.expect(400));
        assert!(blamed[0].starts_with(reason), "{outcome}: {blamed:?}");
    }
    assert_eq!(counts(&server), before, "something was made");
}

/// Keys that are wrong, each with how what is wrong begins.
fn wrong_keys() -> Vec<(String, &'static str)> {
    let good = r#""secret":"old_key_4eC39HqLyjWDarjtT1zdp7dc""#;
    let hex = "0123456789abcdef".repeat(4);
    vec![
        (
            r#"{"name":"x"}"#.into(),
            "secret is required, or digest and digest_form",
        ),
        (format!("{{{good}}}"), "name is required"),
        (
            r#"{"name":"x","secret":"hunter2-horse"}"#.into(),
            "secret must have at least 128 bits",
        ),
        (
            format!(r#"{{"name":"x","secret":"{}"}}"#, "a".repeat(99)),
            "secret must have at least 8 different",
        ),
        (
            r#"{"name":"x","secret":"a b"}"#.into(),
            "secret must be what a key can be",
        ),
        (
            r#"{"name":"x","secret":7}"#.into(),
            "secret must be a string",
        ),
        (
            format!(r#"{{"name":"x",{good},"digest":"{hex}"}}"#),
            "digest must not be given beside secret",
        ),
        (
            format!(r#"{{"name":"x",{good},"digest_form":"sha256_hex"}}"#),
            "digest_form must not be given without",
        ),
        (
            format!(r#"{{"name":"x","digest":"{hex}"}}"#),
            "digest_form is required beside digest: one of sha256_hex",
        ),
        (
            format!(r#"{{"name":"x","digest":"{hex}","digest_form":"md5"}}"#),
            "digest_form must be one of",
        ),
        (
            format!(r#"{{"name":"x","digest":"{hex}","digest_form":"sha512_hex"}}"#),
            "digest must have 128 hexadecimal digits",
        ),
        (
            r#"{"name":"x","digest":"pbkdf2_sha256$600000$x$y","digest_form":"django_sha512"}"#
                .into(),
            "digest must be sha512$$ and 128 hexadecimal digits",
        ),
        (
            format!(r#"{{"name":"x",{good},"limit":5}}"#),
            "body must not have the member `limit`",
        ),
        (
            format!(r#"{{"name":"x","name":"y",{good}}}"#),
            "body must not name a member twice",
        ),
        (
            format!(r#"{{"name":"x",{good},"expires_in_seconds":1e99}}"#),
            "expires_in_seconds must be a whole number",
        ),
        (
            format!(r#"{{"name":"x",{good},"expires_in_seconds":1.5}}"#),
            "expires_in_seconds must be a whole number",
        ),
        (
            format!(r#"{{"name":"x",{good},"expires_in_seconds":-1}}"#),
            "expires_in_seconds must be a whole number",
        ),
        (
            format!(
                r#"{{"name":"x",{good},"expires_in_seconds":{}}}"#,
                "9".repeat(300)
            ),
            "expires_in_seconds must be a whole number",
        ),
        (
            format!(r#"{{"name":"x",{good},"origin":"unkey"}}"#),
            "origin must be one of keys, ocamba, feldera",
        ),
        (
            format!(r#"{{"name":"x",{good},"enabled":"yes"}}"#),
            "enabled must be true or false",
        ),
        (
            format!(r#"{{"name":"x",{good},"expires_at":"2020-01-01T00:00:00Z"}}"#),
            "expires_at must be later than",
        ),
        (
            format!(r#"{{"name":"x",{good},"scopes":["a\r\nb"]}}"#),
            "scopes scopes[0] must have 1 to 100",
        ),
        ("[]".into(), "body must be a JSON object"),
        ("null".into(), "body must be a JSON object"),
    ]
}

#[tokio::test]
async fn k131_k132_what_is_wrong_with_a_key_is_told_with_its_member_and_rule() {
    let (server, token) = with(Role::Admin).await;
    let before = counts(&server);
    let cases = wrong_keys();
    let keys: Vec<_> = cases.iter().map(|(key, _)| key.as_str()).collect();
    let body = format!(r#"{{"keys":[{}]}}"#, keys.join(","));
    let request = Request::post(IMPORTS).bearer(&token).json(body);
    let answer = server.send(&request).await;
    let answer = server
        .keep(OP, Refused, "k131_every_fault", &request, answer)
        .expect(200);
    let results = answer.json()["results"]
        .as_array()
        .cloned()
        .expect("results");
    assert_eq!(results.len(), cases.len());
    for ((key, reason), result) in cases.iter().zip(&results) {
        assert_eq!(text(result, "status"), "invalid", "{key}");
        assert_eq!(result["id"], Value::Null);
        let error = &result["errors"][0];
        let said = format!("{} {}", text(error, "field"), text(error, "reason"));
        assert!(said.starts_with(reason), "{key}: {said}");
    }
    assert_eq!(counts(&server), before, "something was made");
}

#[tokio::test]
async fn k130_the_body_of_an_import_has_a_bound_of_its_own() {
    let (server, token) = with(Role::Admin).await;
    let post = || Request::post(IMPORTS).bearer(&token);
    let announced = post()
        .header("content-type", "application/json")
        .header("content-length", "4194305");
    server
        .record(OP, Refused, "k130_4_mib_and_1", &announced)
        .await
        .expect(413);
    server
        .record(OP, Refused, "k130_untyped", &post().body("{}"))
        .await
        .expect(415);
    let key = r#"{"name":"x","secret":"old_key_4eC39HqLyjWDarjtT1zdp7dc"}"#;
    let body = format!(r#"{{"keys":[{key}]}}"#);
    let body = " ".repeat(4 * 1024 * 1024 - body.len()) + &body;
    server.send(&post().json(body)).await.expect(200);
    let again = format!(r#"{{"keys":[{key}]}}"#);
    server
        .record(OP, Success, "k130_again", &post().json(again))
        .await
        .expect(200);
}

/// Waits: it is given ten seconds.
#[tokio::test]
async fn k10_k130_an_import_that_does_not_arrive_is_408() {
    let (server, token) = with(Role::Admin).await;
    let request = Request::post(IMPORTS)
        .bearer(&token)
        .header("content-type", "application/json")
        .header("content-length", "10");
    let mut connection = bitting_tests::Connection::open(server.address).await;
    connection.send(&request.head_bytes()).await;
    let answer = connection.answer("POST").await.expect("an answer");
    server
        .keep(OP, Refused, "k130_slow", &request, answer)
        .expect(408);
}
