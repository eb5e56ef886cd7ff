//! F51: what needs no credential.

use bitting_server::login::LoginSettings;
use bitting_tests::{
    Class::{Refused, Success},
    Request, Server, Setup,
    probe::{Fault, Step},
};

use super::{CLUSTER, HEALTH, LOGIN};

const ROUTES: [(&str, &str, &str); 3] = [
    ("cluster_health_view", CLUSTER, r#"{"all_healthy":true}"#),
    ("login_config_view", LOGIN, "{}"),
    ("health_view", HEALTH, r#"{"status":"healthy"}"#),
];

#[tokio::test]
async fn f51_no_credential_is_needed() {
    let server = Server::start().await;
    for (operation, path, body) in ROUTES {
        let request = Request::get(path);
        let answer = server
            .record(operation, Success, "f51_none", &request)
            .await;
        assert_eq!(answer.expect(200).text(), body);
    }
}

/// The store cannot look a credential up, and nobody notices: none is looked at.
#[tokio::test]
async fn f51_a_credential_is_not_looked_at_be_it_bad_or_good() {
    let server = Server::start().await;
    let good = server.caller(bitting_core::Role::Write).await;
    server.probe.fail(Step::Credential, Fault::Corrupt);
    for (operation, path, body) in ROUTES {
        for (outcome, header) in [
            ("f51_bad_credential", "Bearer nonsense".to_owned()),
            ("f51_login_token", "Bearer a.b.c".to_owned()),
            ("f51_other_scheme", "Basic eDp5".to_owned()),
            ("f51_good_credential", format!("Bearer {good}")),
        ] {
            let request = Request::get(path).header("authorization", header);
            let answer = server.record(operation, Success, outcome, &request).await;
            assert_eq!(answer.expect(200).text(), body);
        }
    }
}

#[tokio::test]
async fn f51_a_query_a_body_and_a_trailing_slash_do_not_matter() {
    let server = Server::start().await;
    for (operation, path, body) in ROUTES {
        for (outcome, request) in [
            ("f51_query", Request::get(format!("{path}?x=%FF&="))),
            ("f51_body", Request::get(path).json("{")),
            ("f2_trailing_slash", Request::get(format!("{path}/"))),
        ] {
            let answer = server.record(operation, Success, outcome, &request).await;
            assert_eq!(answer.expect(200).text(), body);
        }
    }
}

#[tokio::test]
async fn f51_a_store_that_cannot_be_read_is_503_and_nothing_else_minds() {
    let server = Server::start().await;
    for (outcome, fault) in [
        ("f51_corrupt", Fault::Corrupt),
        ("f51_disk_full", Fault::DiskFull),
        ("f51_not_durable", Fault::NotDurable),
    ] {
        server.probe.fail(Step::Check, fault);
        let request = Request::get(CLUSTER);
        let answer = server
            .record("cluster_health_view", Refused, outcome, &request)
            .await;
        let body = answer.expect(503).json();
        assert_eq!(body["error_code"], "ServiceUnavailable");
        // Whether this process answers is all that it is asked.
        server.send(&Request::get(HEALTH)).await.expect(200);
    }
    let log = server.log.text();
    assert!(log.contains("store fault"), "the log says what it was");
    server.probe.clear();
    server.send(&Request::get(CLUSTER)).await.expect(200);
}

#[tokio::test]
async fn f51_a_panic_is_500() {
    let server = Server::start().await;
    server.probe.fail(Step::Check, Fault::Panic);
    let request = Request::get(CLUSTER);
    let answer = server
        .record("cluster_health_view", Refused, "f2_panic", &request)
        .await;
    answer.expect(500);
}

#[tokio::test]
async fn f51_a_store_that_is_closed_is_503() {
    let server = Server::start().await;
    server.store.close().await.expect("it closes");
    let request = Request::get(CLUSTER);
    let answer = server
        .record("cluster_health_view", Refused, "f51_closed", &request)
        .await;
    answer.expect(503);
}

/// Nobody is there to be asked for keys: what people are told of their login does not depend on it.
#[tokio::test]
async fn f51_an_issuer_that_is_configured_is_told_as_it_was_written() {
    let issuer = "http://127.0.0.1:9/realms/x/";
    let settings = LoginSettings::new(issuer, "bitting", "the-client", "company", "role");
    let server = Setup::default()
        .logins(settings.expect("settings"))
        .start()
        .await;
    let request = Request::get(LOGIN);
    let answer = server
        .record("login_config_view", Success, "f51_issuer", &request)
        .await;
    assert_eq!(
        answer.expect(200).text(),
        format!(
            r#"{{"GenericOidc":{{"issuer":"{issuer}","client_id":"the-client","extra_oidc_scopes":[]}}}}"#
        )
    );
}
