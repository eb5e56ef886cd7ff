//! What the log of the real binary tells of verification: neither keys nor what else was asked.

use bitting_core::{Origin, secret::Minted};
use bitting_server::{OsEntropy, SystemClock};
use bitting_tests::{Request, binary::Process};
use serde_json::{Value, json};
use tempfile::tempdir;

use super::{create, root_key, text};

async fn send(server: &Process, request: Request, status: u16) -> Value {
    server.send(&request).await.expect(status).json()
}

#[tokio::test]
async fn no_key_that_is_verified_is_in_the_log() {
    let data = tempdir().expect("a directory");
    let mut server = Process::serve(data.path(), &["--log-level", "info"]);
    let root = root_key(data.path());
    let own = text(&create(&server, &root, "own").await, "secret").to_owned();
    let company = Request::post("/v1/companies").bearer(&root);
    let company = company.json(r#"{"name":"other"}"#);
    let company = send(&server, company, 201).await;
    let other = text(&company["key"], "secret").to_owned();
    let make = Request::post("/v1/keys").bearer(&other);
    let make = make.json(r#"{"name":"foreign","prefix":"live"}"#);
    let foreign = text(&send(&server, make, 201).await, "secret").to_owned();
    let minted = Minted::new(&Origin::Keys.format(), &SystemClock, &OsEntropy, None);
    let unknown = minted.plain.expose().to_owned();
    // Mistyped: all but its last character is of a key.
    let mistyped = format!("{}!", &own[..own.len() - 1]);
    let checked = format!("{}0", &unknown[..unknown.len() - 1]);
    let odd = format!("{own} ");
    let secrets = [root, other, own, foreign, unknown, mistyped, checked, odd];
    let [root, _, own, ..] = &secrets;

    let verify = |body: String| Request::post("/v1/verify").bearer(root).json(body);
    let batch = |body: String| Request::post("/v1/verify/batch").bearer(root).json(body);
    let mut seen = Vec::new();
    for secret in &secrets {
        let asked = send(&server, verify(json!({"key": secret}).to_string()), 200).await;
        seen.push(text(&asked, "code").to_owned());
        let all: Vec<_> = secrets.iter().map(|key| json!({"key": key})).collect();
        send(&server, batch(json!({"keys": all}).to_string()), 200).await;
        for body in [
            json!({"key": own, "scopes": [secret, " "]}),
            json!({"key": own, "client_ip": secret}),
            json!({"key": own, (secret.as_str()): secret}),
            json!({"key": [secret]}),
            json!(secret),
        ] {
            send(&server, verify(body.to_string()), 400).await;
            send(&server, batch(json!({"keys": [body]}).to_string()), 400).await;
        }
        send(&server, verify(format!("{{\"key\":\"{secret}\"")), 400).await;
        let target = format!("/v1/verify?key={secret}");
        let asked = Request::post(target.replace(' ', "+")).bearer(root);
        let asked = asked.json(json!({"key": secret}).to_string());
        server.send(&asked).await;
        let asked = Request::post("/v1/verify").header("authorization", format!("Bearer {secret}"));
        server
            .send(&asked.json(json!({"key": secret}).to_string()))
            .await;
        let header = Request::get("/v1/whoami").header("x-api-key", secret);
        send(&server, header, 401).await;
    }
    let expected = [
        "valid",
        "not_found",
        "valid",
        "not_found",
        "not_found",
        "not_found",
        "malformed",
        "malformed",
    ];
    assert_eq!(seen, expected);
    let ended = server.stop();
    assert!(ended.status.success());
    let told = ended.errors.matches("\"operation\":\"key_verify\"").count();
    assert!(told >= secrets.len(), "the log tells of the questions");
    let written = format!("{}{}", ended.errors, ended.output.concat());
    for secret in &secrets {
        let secret = secret.trim_end();
        assert!(!written.contains(secret), "a key is in the log");
        // Nor the most of one.
        let most = &secret[..secret.len() - 8];
        assert!(!written.contains(most), "the most of a key is in the log");
    }
}
