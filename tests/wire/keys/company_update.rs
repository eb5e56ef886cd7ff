//! `PUT /v1/companies/{company}`: K34.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, ForeignCompany, Refused, Success, UnknownId},
    Request, Seed, Server, cast,
};
use serde_json::json;

use super::{NO_COMPANY, OFF, OURS, SETTINGS, THEIRS, blamed, verdict, with};

const OP: &str = "company_update";

fn update(token: &str, path: &str, body: &str) -> Request {
    Request::put(path).bearer(token).json(body)
}

#[tokio::test]
async fn k34_it_is_called_otherwise() {
    let (server, root) = with(Role::Root).await;
    let before = server
        .send(&Request::get(OURS).bearer(&root))
        .await
        .expect(200);
    let request = update(&root, OURS, SETTINGS);
    let answer = server.record(OP, Success, "k34_renamed", &request).await;
    let answer = answer.expect(200);
    let mut after = before.json();
    after["name"] = json!("renamed");
    assert_eq!(answer.json(), after);
    let seen = server.send(&Request::get(OURS).bearer(&root)).await;
    assert_eq!(seen.expect(200).text(), answer.text());
}

/// No key of the company works for the very next request, and all of them do when it is on again.
#[tokio::test]
async fn k31_k34_while_it_is_off_none_of_its_keys_works() {
    let (server, root) = with(Role::Root).await;
    let mut keys = Vec::new();
    for seed in [
        Seed::caller(Role::Admin),
        Seed::personal("p"),
        Seed::named("n"),
    ] {
        keys.push(server.plant(seed.of(cast::STRANGER)).await.secret);
    }
    for (outcome, body, on) in [
        ("k34_off", OFF, false),
        ("k34_off_again", OFF, false),
        ("k34_on", SETTINGS, true),
    ] {
        for key in &keys {
            // Known, whatever it is good for.
            server.accepts(key).await;
        }
        let request = update(&root, THEIRS, body);
        let answer = server.record(OP, Success, outcome, &request).await;
        assert_eq!(answer.expect(200).json()["enabled"], on);
        for key in &keys {
            assert_eq!(server.accepts(key).await, on, "{outcome}");
        }
    }
    assert_eq!(verdict(&server, &keys[0], &keys[1]).await, "valid");
}

#[tokio::test]
async fn k9_k34_the_company_of_the_last_root_key_stays_on() {
    let (server, root) = with(Role::Root).await;
    let request = update(&root, OURS, OFF);
    let answer = server.record(OP, Refused, "k9_last", &request).await;
    assert_eq!(answer.expect(409).json()["error_code"], "last_root_key");
    // A root key of another company that is off does not help, and one of another that is on does.
    server
        .plant(Seed::caller(Role::Root).of(cast::STRANGER))
        .await;
    server.send(&update(&root, THEIRS, OFF)).await.expect(200);
    server.send(&request).await.expect(409);
    server
        .send(&update(&root, THEIRS, SETTINGS))
        .await
        .expect(200);
    server.send(&request).await.expect(200);
    assert!(!server.accepts(&root).await);
}

#[tokio::test]
async fn k7_k34_root_updates_every_company() {
    let server = Server::start().await;
    let root = super::stranger(&server, Role::Root).await;
    let request = update(&root, OURS, SETTINGS);
    let answer = server.record(OP, ForeignCompany, "k7_root", &request).await;
    answer.expect(200);
}

#[tokio::test]
async fn k34_what_is_no_setting_is_400() {
    let (server, root) = with(Role::Root).await;
    for (outcome, body, wrong) in [
        (
            "k34_nothing",
            "{}",
            &["name is required", "enabled is required"][..],
        ),
        (
            "k34_nulls",
            r#"{"name":null,"enabled":null}"#,
            &["name is required", "enabled is required"],
        ),
        (
            "k34_types",
            r#"{"name":7,"enabled":"true"}"#,
            &["name must be a string", "enabled must be true or false"],
        ),
        (
            "k34_blank",
            r#"{"name":" ","enabled":true}"#,
            &["name must not be empty"],
        ),
        (
            "k34_unknown",
            r#"{"name":"x","enabled":true,"id":"2"}"#,
            &["body must not have the member `id`: there are name, enabled"],
        ),
    ] {
        let request = update(&root, OURS, body);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        assert_eq!(blamed(&answer.expect(400)), wrong, "{outcome}");
    }
}

#[tokio::test]
async fn k5_k34_an_unknown_company_is_404() {
    let (server, root) = with(Role::Root).await;
    for (outcome, path) in [("k5_unknown", NO_COMPANY), ("k5_word", "/v1/companies/x")] {
        let request = update(&root, path, SETTINGS);
        let answer = server.record(OP, UnknownId, outcome, &request).await;
        answer.expect(404);
    }
}
