//! F60 to F62 with an issuer that others wrote and that is certified for `OpenID` Connect, and with the real
//! binary.

mod node;

use std::{fs, path::Path};

use bitting_client::{Error, Feldera, Options, Token, feldera::types::KeyCreate};
use bitting_tests::{
    Request,
    binary::{Process, run},
    issuer::Algorithm,
    tools::CURL,
};
use serde_json::{Value, json};
use tempfile::tempdir;

use super::surfaces::NAMED;
use node::{AUDIENCE, CLIENT, Provider};

/// What a server is told of a provider.
fn flags(provider: &Provider) -> [&str; 6] {
    [
        "--oidc-issuer",
        provider.issuer(),
        "--oidc-audience",
        AUDIENCE,
        "--oidc-client-id",
        CLIENT,
    ]
}

/// Asserts that neither a token nor a part of it that says something is in `log`.
fn assert_untold(log: &str, token: &str) {
    assert!(!log.is_empty(), "there is a log to look at");
    for segment in token.split('.').skip(1) {
        assert!(!log.contains(segment), "a token is in the log");
    }
}

#[tokio::test]
async fn f60_tokens_of_a_certified_provider_are_good() {
    const TEST: &str = "tokens::provider::f60_tokens_of_a_certified_provider_are_good";
    if !node::is_there(TEST) {
        return;
    }
    for algorithm in Algorithm::ALL {
        let provider = Provider::start(algorithm);
        let data = tempdir().expect("a directory");
        let mut server = Process::serve(data.path(), &flags(&provider));
        let token = provider.token().await;

        let create = Request::post(NAMED)
            .bearer(&token)
            .json(r#"{"name":"nightly-export"}"#);
        let made = server.send(&create).await.expect(201).json();
        let secret = made["api_key"].as_str().expect("a secret").to_owned();
        assert!(secret.starts_with("apikey:"), "{algorithm:?}");
        let config = Request::get("/config/authentication");
        assert_eq!(
            server.send(&config).await.expect(200).json(),
            json!({"GenericOidc": {
                "issuer": provider.issuer(),
                "client_id": CLIENT,
                "extra_oidc_scopes": [],
            }})
        );

        // The provider's claims say write, and not admin.
        let members = Request::get("/v1/companies/1/members").bearer(&token);
        server.send(&members).await.expect(403);
        // A token that the same provider signed with a character changed.
        let (head, last) = token.split_at(token.len() - 20);
        let changed = format!("{head}{}", last.chars().rev().collect::<String>());
        let list = |credential: &str| Request::get(NAMED).bearer(credential);
        server.send(&list(&changed)).await.expect(401);

        // Without its issuer a key goes on working, and so does a token whose key is known.
        provider.stop();
        for credential in [&secret, &token] {
            let keys = server.send(&list(credential)).await.expect(200).json();
            assert_eq!(keys[0]["name"], "nightly-export", "{algorithm:?}");
        }
        let log = server.stop().errors;
        assert_untold(&log, &token);
        assert!(!log.contains(&secret), "a secret is in the log");
    }
}

#[tokio::test]
async fn f60_another_audience_or_client_of_the_same_provider_is_refused() {
    const TEST: &str =
        "tokens::provider::f60_another_audience_or_client_of_the_same_provider_is_refused";
    if !node::is_there(TEST) {
        return;
    }
    let provider = Provider::start(Algorithm::Es256);
    let token = provider.token().await;
    for (audience, client, status) in [
        (AUDIENCE, CLIENT, 200),
        ("another-api", CLIENT, 401),
        (AUDIENCE, "another-app", 401),
    ] {
        let data = tempdir().expect("a directory");
        let mut flags = flags(&provider);
        (flags[3], flags[5]) = (audience, client);
        let mut server = Process::serve(data.path(), &flags);
        let list = Request::get(NAMED).bearer(&token);
        assert_eq!(
            server.send(&list).await.status,
            status,
            "{audience} {client}"
        );
        assert_untold(&server.stop().errors, &token);
    }
    provider.stop();
}

/// Runs curl against an address that the certificate names, trusting `ca`: its status and what it wrote.
async fn curl(port: u16, ca: Option<&str>, bearer: &str) -> (bool, String) {
    let resolve = format!("localhost:{port}:127.0.0.1");
    let url = format!("https://localhost:{port}{NAMED}");
    let header = format!("Authorization: Bearer {bearer}");
    let mut arguments = vec![
        "-sS",
        "--max-time",
        "30",
        "--noproxy",
        "*",
        "--resolve",
        &resolve,
    ];
    arguments.extend(["-H", &header, &url]);
    if let Some(ca) = ca {
        arguments.extend(["--cacert", ca]);
    }
    let output = CURL.run(&arguments).await;
    let text = if output.status.success() {
        output.stdout
    } else {
        output.stderr
    };
    (
        output.status.success(),
        String::from_utf8(text).expect("text"),
    )
}

#[tokio::test]
async fn f5_a_token_and_the_key_it_makes_work_over_tls() -> Result<(), Error> {
    const TEST: &str = "tokens::provider::f5_a_token_and_the_key_it_makes_work_over_tls";
    if !node::is_there(TEST) || !CURL.is_there(TEST) {
        return Ok(());
    }
    let directory = tempdir().expect("a directory");
    let path = |name: &str| -> String {
        let path = directory.path().join(name);
        path.to_str().expect("a path of text").to_owned()
    };
    let certificates = path("certificates");
    let made = run(&["dev-cert", "--dir", &certificates, "--host", "localhost"]);
    assert!(made.status.success(), "{made:?}");
    let file = |name: &str| format!("{certificates}/{name}");
    let (ca, certificate, key) = (file("ca.pem"), file("cert.pem"), file("key.pem"));

    let provider = Provider::start(Algorithm::Rs256);
    let mut flags = flags(&provider).to_vec();
    flags.extend(["--tls-cert", &certificate, "--tls-key", &key]);
    let mut server = Process::serve(Path::new(&path("data")), &flags);
    let token = provider.token().await;

    let port = server.address.port();
    let client = |secret: &str, options: Options| {
        let token = Token::new(secret).expect("a token");
        let url = format!("https://localhost:{port}");
        Feldera::new(&url, options.token(&token)).expect("a client")
    };
    let pem = fs::read(&ca).expect("the certificate of the authority");
    let trusting = || Options::new().ca_certificate(&pem).expect("it is one");
    let body = KeyCreate::builder().name("nightly-export");
    let by_token = client(&token, trusting());
    let made = by_token.key_create().body(body).send().await?.into_inner();
    let secret = made.api_key.expose();
    let by_key = client(secret, trusting());
    let keys = by_key.key_list().send().await?.into_inner();
    assert_eq!(keys.len(), 1);

    let (ended_well, text) = curl(port, Some(&ca), secret).await;
    assert!(ended_well, "{text}");
    let shown: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(shown[0]["name"], "nightly-export");
    // Whoever does not trust the authority sends nothing.
    let (ended_well, text) = curl(port, None, secret).await;
    assert!(!ended_well && text.contains("certificate"), "{text}");
    let untrusting = client(secret, Options::new());
    let refused = untrusting.key_list().send().await;
    let refused = Error::from(refused.expect_err("nobody vouches for the server"));
    assert_eq!(refused.status(), None, "{refused}");

    provider.stop();
    let log = server.stop().errors;
    assert_untold(&log, &token);
    assert!(!log.contains(secret), "a secret is in the log");
    Ok(())
}
