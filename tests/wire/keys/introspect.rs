//! `POST /v1/introspect`: K120, K121.

use bitting_core::Role;
use bitting_tests::{
    Answer,
    Class::{ForeignCompany, Success},
    Planted, Request, Seed, Server, Switch, cast,
};

use super::{INTROSPECT, OWN, stranger, with};

const OP: &str = "introspect";
/// All that is told of a token that is not active.
const INACTIVE: &str = r#"{"active":false}"#;

fn ask(token: &str, form: &str) -> Request {
    Request::post(INTROSPECT).bearer(token).form(form)
}

fn about(token: &str, key: &Planted) -> Request {
    ask(token, &format!("token={}", key.secret))
}

#[tokio::test]
async fn k121_a_good_key_of_every_surface_is_told() {
    let (server, token) = with(Role::Verify).await;
    for (outcome, seed, absent) in [
        (
            "k121_of_keys",
            Seed::own("x")
                .scopes(&["b:read", "a"])
                .end("2030-01-01 00:00:00"),
            &[][..],
        ),
        (
            "k121_of_ocamba",
            Seed::personal("personal"),
            &["scope", "exp"],
        ),
        ("k121_of_feldera", Seed::named("named"), &["scope", "exp"]),
        (
            "k121_of_a_colleague",
            Seed::own("x").of(cast::COLLEAGUE).scopes(&["a"]),
            &["exp"],
        ),
    ] {
        let key = server.plant(seed).await;
        let answer = server
            .record(OP, Success, outcome, &about(&token, &key))
            .await;
        let answer = answer.expect(200);
        let mut members = vec![
            "active",
            "scope",
            "client_id",
            "token_type",
            "exp",
            "iat",
            "nbf",
            "sub",
            "jti",
            "company_id",
            "member_id",
            "key_id",
        ];
        members.retain(|member| !absent.contains(member));
        assert_eq!(Answer::members(answer.text()), members, "{outcome}");
        let told = answer.json();
        assert_eq!(told["active"], true);
        assert_eq!(told["sub"], told["member_id"]);
        for id in ["client_id", "jti", "key_id"] {
            assert_eq!(told[id], key.id.to_string());
        }
        // The clock of the test, and the start of what it plants.
        assert_eq!(
            (&told["iat"], &told["nbf"]),
            (&1_723_208_750.into(), &1_704_067_200.into())
        );
        if outcome == "k121_of_keys" {
            assert_eq!(told["scope"], "a b:read");
            assert_eq!(told["exp"], 1_893_456_000);
        }
    }
}

/// Nothing is told of what is not active, whatever it is not active for: not even how long the answer took to write.
#[tokio::test]
async fn k121_of_what_is_not_active_nothing_is_told() {
    let (server, token) = with(Role::Verify).await;
    let of_nobody = server.plant(Seed::own("x").of(cast::COLLEAGUE)).await;
    server.switch(cast::COLLEAGUE, Switch::Disable).await;
    let mut secrets = vec![
        (
            "k121_unknown",
            "0123456789abcdef0123456789abcdef01234567".to_owned(),
        ),
        (
            "k121_mistyped",
            "bit_000000000000000000000000000000000000".to_owned(),
        ),
        ("k121_empty", String::new()),
        (
            "k121_login_token",
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.".to_owned(),
        ),
        ("k121_of_a_member_that_is_off", of_nobody.secret),
    ];
    for (outcome, seed) in [
        ("k121_revoked", Seed::own("x").revoked()),
        ("k121_disabled", Seed::own("x").disabled()),
        ("k121_expired", Seed::own("x").end("2024-08-09 13:05:50")),
        ("k121_pending", Seed::own("x").start("2024-08-09 13:05:51")),
        ("k121_bound", Seed::own("x").addresses(&["127.0.0.1"])),
    ] {
        secrets.push((outcome, server.plant(seed.scopes(&["a"])).await.secret));
    }
    for (outcome, secret) in secrets {
        let request = ask(&token, &format!("token={secret}"));
        let answer = server.record(OP, Success, outcome, &request).await;
        assert_eq!(answer.expect(200).text(), INACTIVE, "{outcome}");
    }
}

#[tokio::test]
async fn k121_the_key_of_another_company_is_not_active_for_root_either() {
    let server = Server::start().await;
    let ours = server.plant(Seed::own("x")).await;
    let theirs = server.plant(Seed::own("x").of(cast::STRANGER)).await;
    for (outcome, role) in [("k121_verify", Role::Verify), ("k121_root", Role::Root)] {
        let token = stranger(&server, role).await;
        let request = about(&token, &ours);
        let answer = server.record(OP, ForeignCompany, outcome, &request).await;
        assert_eq!(answer.expect(200).text(), INACTIVE);
        let answer = server.send(&about(&token, &theirs)).await;
        assert_eq!(answer.expect(200).json()["active"], true);
    }
}

#[tokio::test]
async fn k120_the_address_may_be_told_and_hints_and_other_parameters_are_not_looked_at() {
    let (server, token) = with(Role::Verify).await;
    let key = server
        .plant(Seed::own("x").addresses(&["192.0.2.0/24"]))
        .await
        .secret;
    for (outcome, more, active) in [
        ("k120_from_there", "&client_ip=192.0.2.7", true),
        ("k120_mapped", "&client_ip=%3A%3Affff%3A192.0.2.7", true),
        ("k120_from_elsewhere", "&client_ip=192.0.3.7", false),
        (
            "k120_as_clients_send_it",
            "&token_type_hint=refresh_token&client_id=x&client_id=y&client_ip=192.0.2.7",
            true,
        ),
    ] {
        let request = ask(&token, &format!("token={key}{more}"));
        let answer = server.record(OP, Success, outcome, &request).await;
        assert_eq!(answer.expect(200).json()["active"], active, "{outcome}");
    }
}

/// From the answer to a revocation on, and from memory before it.
#[tokio::test]
async fn k121_a_key_that_is_revoked_is_not_active_any_more() {
    let (server, admin) = with(Role::Admin).await;
    let key = server.plant(Seed::own("x")).await;
    let request = about(&admin, &key);
    for _ in 0..2 {
        let answer = server.send(&request).await.expect(200);
        assert_eq!(answer.json()["active"], true);
    }
    let revoke = Request::post(format!("{OWN}/{}/revoke", key.id))
        .bearer(&admin)
        .json("{}");
    server.send(&revoke).await.expect(200);
    assert_eq!(server.send(&request).await.expect(200).text(), INACTIVE);
}
