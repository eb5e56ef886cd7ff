//! `PUT /v1/companies/{company}/members/{member}`: K44.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, ForeignCompany, Refused, Success, UnknownId},
    Request, Seed, Server, cast,
};
use serde_json::json;

use super::{
    COLLEAGUE, MEMBER, NO_MEMBER, OFF, SETTINGS, THEIR_MEMBERS, blamed, stranger, verdict, with,
};

const OP: &str = "member_update";

fn update(token: &str, path: &str, body: &str) -> Request {
    Request::put(path).bearer(token).json(body)
}

#[tokio::test]
async fn k44_it_is_called_otherwise() {
    let (server, admin) = with(Role::Admin).await;
    let view = Request::get(COLLEAGUE).bearer(&admin);
    let before = server.send(&view).await.expect(200);
    let request = update(&admin, COLLEAGUE, SETTINGS);
    let answer = server.record(OP, Success, "k44_renamed", &request).await;
    let answer = answer.expect(200);
    let mut after = before.json();
    after["name"] = json!("renamed");
    assert_eq!(answer.json(), after);
    assert_eq!(server.send(&view).await.expect(200).text(), answer.text());
}

/// Whichever surface is asked, for the very next request.
#[tokio::test]
async fn k41_k44_while_it_is_off_none_of_its_keys_works() {
    let (server, admin) = with(Role::Admin).await;
    let mut keys = Vec::new();
    for seed in [Seed::own("o"), Seed::personal("p"), Seed::named("n")] {
        keys.push(server.plant(seed.of(cast::COLLEAGUE)).await.secret);
    }
    for (outcome, body, on, found) in [
        ("k44_off", OFF, false, "disabled"),
        ("k44_off_again", OFF, false, "disabled"),
        ("k44_on", SETTINGS, true, "valid"),
    ] {
        for key in &keys {
            server.accepts(key).await;
            verdict(&server, &admin, key).await;
        }
        let request = update(&admin, COLLEAGUE, body);
        let answer = server.record(OP, Success, outcome, &request).await;
        assert_eq!(answer.expect(200).json()["enabled"], on);
        for key in &keys {
            assert_eq!(server.accepts(key).await, on, "{outcome}");
            assert_eq!(verdict(&server, &admin, key).await, found, "{outcome}");
        }
    }
}

/// Whatever the status of the key: a revoked one stays a root key, and so does one that has not begun.
#[tokio::test]
async fn k9_k44_an_admin_does_not_switch_a_member_with_a_root_key() {
    for (outcome, seed) in [
        ("k9_root_key", Seed::caller(Role::Root)),
        ("k9_revoked_root_key", Seed::caller(Role::Root).revoked()),
    ] {
        let (server, admin) = with(Role::Admin).await;
        let root = server.caller(Role::Root).await;
        let key = server.plant(seed.of(cast::COLLEAGUE)).await;
        let request = update(&admin, COLLEAGUE, OFF);
        let answer = server.record(OP, Refused, outcome, &request).await;
        assert_eq!(
            answer.expect(403).json()["error_code"],
            "key_above_own_role"
        );
        // A name takes nothing from anybody; and what root switched off, no admin switches on.
        server
            .send(&update(&admin, COLLEAGUE, SETTINGS))
            .await
            .expect(200);
        server
            .send(&update(&root, COLLEAGUE, OFF))
            .await
            .expect(200);
        server
            .send(&update(&admin, COLLEAGUE, SETTINGS))
            .await
            .expect(403);
        assert!(!server.accepts(&key.secret).await);
    }
}

#[tokio::test]
async fn k9_k44_the_member_with_the_last_root_key_stays_on() {
    let (server, root) = with(Role::Root).await;
    let request = update(&root, MEMBER, OFF);
    let answer = server.record(OP, Refused, "k9_last", &request).await;
    assert_eq!(answer.expect(409).json()["error_code"], "last_root_key");
    server
        .plant(Seed::caller(Role::Root).of(cast::COLLEAGUE))
        .await;
    server.send(&request).await.expect(200);
    server.send(&request).await.expect(401);
}

#[tokio::test]
async fn k7_k44_of_another_company_an_admin_finds_nobody_and_root_everybody() {
    let server = Server::start().await;
    for (outcome, role, status) in [("k7_admin", Role::Admin, 404), ("k7_root", Role::Root, 200)] {
        let token = stranger(&server, role).await;
        let request = update(&token, COLLEAGUE, SETTINGS);
        let answer = server.record(OP, ForeignCompany, outcome, &request).await;
        answer.expect(status);
    }
}

#[tokio::test]
async fn k44_what_is_no_setting_is_400() {
    let (server, admin) = with(Role::Admin).await;
    for (outcome, body, wrong) in [
        (
            "k44_nothing",
            "{}",
            &["name is required", "enabled is required"][..],
        ),
        (
            "k44_number",
            r#"{"name":"x","enabled":1}"#,
            &["enabled must be true or false"],
        ),
        (
            "k44_unknown",
            r#"{"name":"x","enabled":true,"role":"root"}"#,
            &["body must not have the member `role`: there are name, enabled"],
        ),
    ] {
        let request = update(&admin, COLLEAGUE, body);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        assert_eq!(blamed(&answer.expect(400)), wrong, "{outcome}");
    }
}

#[tokio::test]
async fn k5_k44_an_unknown_member_is_404() {
    let (server, root) = with(Role::Root).await;
    let elsewhere = format!("{THEIR_MEMBERS}/10002");
    for (outcome, path) in [("k5_unknown", NO_MEMBER), ("k7_elsewhere", &elsewhere)] {
        let request = update(&root, path, SETTINGS);
        let answer = server.record(OP, UnknownId, outcome, &request).await;
        answer.expect(404);
    }
}
