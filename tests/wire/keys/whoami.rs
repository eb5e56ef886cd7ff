//! `GET /v1/whoami` and `POST /v1/whoami/revoke`: K80, K81.

use bitting_core::{Clock as _, Origin, Role};
use bitting_tests::{
    Class::{BadInput, ForeignCompany, NoCredential, Success},
    Request, Seed, Server, Setup, cast,
    issuer::{Algorithm, Issuer, Signer},
};

use super::{SELF_REVOKE, WHOAMI, item, text, verdict, viewed, with};

#[tokio::test]
async fn k80_a_key_of_any_role_and_surface_describes_itself() {
    let (server, admin) = with(Role::Admin).await;
    for (outcome, seed) in [
        ("k80_none", Seed::caller(Role::None).scopes(&["a"])),
        ("k80_verify", Seed::caller(Role::Verify)),
        ("k80_personal", Seed::personal("p")),
        ("k80_named", Seed::named("n")),
        (
            "k80_of_a_colleague",
            Seed::caller(Role::Read).of(cast::COLLEAGUE),
        ),
    ] {
        let key = server.plant(seed).await;
        let request = Request::get(WHOAMI).bearer(&key.secret);
        let answer = server.record("whoami", Success, outcome, &request).await;
        let answer = answer.expect(200);
        let (seen, tag) = viewed(&server, &admin, &item(&key)).await;
        let mut body = answer.json();
        // It was used in between.
        body["last_used_at"] = seen["last_used_at"].clone();
        assert_eq!((body, answer.header("etag")), (seen, Some(&*tag)));
    }
}

#[tokio::test]
async fn k80_k81_a_key_of_another_company_describes_and_revokes_itself() {
    let server = Server::start().await;
    let own = server
        .plant(Seed::caller(Role::None).of(cast::STRANGER))
        .await;
    for (operation, request, status) in [
        ("whoami", Request::get(WHOAMI), "active"),
        (
            "self_revoke",
            Request::post(SELF_REVOKE).json("{}"),
            "revoked",
        ),
    ] {
        let request = request.bearer(&own.secret);
        let answer = server
            .record(operation, ForeignCompany, "k80_theirs", &request)
            .await;
        let body = answer.expect(200).json();
        assert_eq!(
            (text(&body, "company_id"), text(&body, "status")),
            ("7000001", status)
        );
    }
}

#[tokio::test]
async fn k80_a_query_and_a_body_are_not_looked_at() {
    let (server, token) = with(Role::None).await;
    for (outcome, request) in [
        ("k80_query", Request::get(format!("{WHOAMI}?id=1&%FF"))),
        ("k80_body", Request::get(WHOAMI).json("{")),
    ] {
        let answer = server
            .record("whoami", BadInput, outcome, &request.bearer(&token))
            .await;
        answer.expect(200);
    }
}

#[tokio::test]
async fn k81_a_key_of_any_role_and_surface_revokes_itself() {
    let server = Server::start().await;
    let (root, admin) = (
        server.caller(Role::Root).await,
        server.caller(Role::Admin).await,
    );
    for (outcome, seed, body) in [
        (
            "k81_none",
            Seed::caller(Role::None),
            r#"{"reason":"leaked"}"#,
        ),
        ("k81_read", Seed::caller(Role::Read), "{}"),
        ("k81_personal", Seed::personal("p"), "{}"),
        ("k81_named", Seed::named("n").made_on(Origin::Feldera), "{}"),
        ("k81_root", Seed::caller(Role::Root), r#"{"reason":"é🗝"}"#),
    ] {
        let key = server.plant(seed).await;
        let request = Request::post(SELF_REVOKE).bearer(&key.secret).json(body);
        let answer = server
            .record("self_revoke", Success, outcome, &request)
            .await;
        let answer = answer.expect(200);
        let (seen, tag) = viewed(&server, &root, &item(&key)).await;
        assert_eq!(seen["status"], "revoked");
        let mut body = answer.json();
        body["last_used_at"] = seen["last_used_at"].clone();
        assert_eq!((body, answer.header("etag")), (seen, Some(&*tag)));
        assert_eq!(verdict(&server, &admin, &key.secret).await, "revoked");
        server.send(&request).await.expect(401);
        server
            .send(&Request::get(WHOAMI).bearer(&key.secret))
            .await
            .expect(401);
    }
}

/// Not by its role: a login token is nobody's key. Kept without the token, which is another one in every run.
#[tokio::test]
async fn k80_k81_a_login_token_is_401() {
    let signer = Signer::new(Algorithm::EdDsa, "key-1");
    let issuer = Issuer::start(&[&signer]).await;
    let server = Setup::default().logins(issuer.settings()).start().await;
    let now = server.clock.now_millis() / 1_000;
    let token = signer.token(&issuer.claims(now).with("role", "admin"));
    server.remember(token.clone());
    let list = Request::get(super::OWN).bearer(&token);
    server.send(&list).await.expect(200);
    for (operation, request) in [
        ("whoami", Request::get(WHOAMI)),
        ("self_revoke", Request::post(SELF_REVOKE).json("{}")),
    ] {
        let answer = server.send(&request.clone().bearer(&token)).await;
        let shown = request.bearer("[login token]");
        let answer = server.keep(operation, NoCredential, "k80_login_token", &shown, answer);
        answer.expect(401);
    }
}
