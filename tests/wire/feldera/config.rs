//! `GET /v0/config`: F50.

use bitting_core::{Clock as _, Origin, Role};
use bitting_tests::{
    Class::{BadInput, Success, WeakRole},
    Request, Seed, Server, Setup,
    issuer::{Algorithm, Issuer, Signer},
};

use super::CONFIG;

const OP: &str = "config_view";

#[tokio::test]
async fn f50_every_active_key_with_any_role_is_told_what_runs() {
    let server = Server::start().await;
    for (outcome, role) in [
        ("f50_none", Role::None),
        ("f50_verify", Role::Verify),
        ("f50_read", Role::Read),
        ("f50_write", Role::Write),
        ("f50_admin", Role::Admin),
        ("f50_root", Role::Root),
    ] {
        let token = server.caller(role).await;
        let request = Request::get(CONFIG).bearer(token);
        let answer = server.record(OP, Success, outcome, &request).await;
        let body = answer.expect(200).json();
        assert_eq!(body["edition"], "Open source");
        let version = body["version"].as_str().expect("a string");
        // The version of everything in the workspace.
        assert_eq!(version, env!("CARGO_PKG_VERSION"));
    }
}

#[tokio::test]
async fn f50_a_key_of_any_surface_is_good() {
    let server = Server::start().await;
    for (outcome, origin) in [
        ("f50_made_on_keys", Origin::Keys),
        ("f50_made_on_ocamba", Origin::Ocamba),
        ("f50_made_on_feldera", Origin::Feldera),
    ] {
        let seed = Seed::named("x").role(Role::None).made_on(origin);
        let secret = server.plant(seed).await.secret;
        let request = Request::get(CONFIG).bearer(secret);
        let answer = server.record(OP, Success, outcome, &request).await;
        answer.expect(200);
    }
}

#[tokio::test]
async fn f50_a_query_and_a_body_are_not_looked_at() {
    let server = Server::start().await;
    let token = server.caller(Role::None).await;
    for (outcome, request) in [
        ("f50_query", Request::get(format!("{CONFIG}?edition=x&%FF"))),
        ("f50_body", Request::get(CONFIG).json("{")),
        ("f2_trailing_slash", Request::get(format!("{CONFIG}/"))),
    ] {
        let request = request.bearer(&token);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        answer.expect(200);
    }
}

/// What a token is for and how it is signed differs from run to run: the exchanges are kept without it.
#[tokio::test]
async fn f50_a_login_token_is_good_as_well_unless_its_role_is_none() {
    let signer = Signer::new(Algorithm::EdDsa, "key-1");
    let issuer = Issuer::start(&[&signer]).await;
    let server = Setup::default().logins(issuer.settings()).start().await;
    let now = server.clock.now_millis() / 1_000;
    for (class, outcome, role, status) in [
        (Success, "f50_login_token_reads", "read", 200),
        (Success, "f50_login_token_administers", "admin", 200),
        (WeakRole, "f50_login_token_of_no_role", "auditor", 403),
    ] {
        let token = signer.token(&issuer.claims(now).with("role", role));
        server.remember(token.clone());
        let answer = server.send(&Request::get(CONFIG).bearer(token)).await;
        let shown = Request::get(CONFIG).bearer("[login token]");
        let answer = server.keep(OP, class, outcome, &shown, answer);
        answer.expect(status);
    }
}
