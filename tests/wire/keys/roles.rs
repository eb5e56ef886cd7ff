//! K2, K4: what each role may do.

use bitting_api::operations::{self, Access, Surface};
use bitting_core::{Clock as _, Role};
use bitting_tests::{
    Class::{Success, WeakRole},
    Request, Server, Setup,
    issuer::{Algorithm, Issuer, Signer},
};

use super::{MEMBERS, counts, every_operation, with};

#[tokio::test]
async fn k2_each_role_may_do_what_the_table_says_and_no_more() {
    for role in Role::ALL {
        let (server, token) = with(role).await;
        for (operation, request, needs) in every_operation(&server).await {
            let answer = server.send(&request.bearer(&token)).await;
            let refused = answer.status == 403;
            assert_eq!(refused, role < needs, "{role} {operation}\n{answer:?}");
            assert!(
                refused || answer.status < 300,
                "{role} {operation}\n{answer:?}"
            );
        }
    }
}

#[tokio::test]
async fn k4_a_weak_role_is_told_which_one_it_is_and_which_it_takes() {
    let server = Server::start().await;
    for (role, outcome) in [
        (Role::None, "k4_none"),
        (Role::Verify, "k4_verify"),
        (Role::Read, "k4_read"),
        (Role::Write, "k4_write"),
        (Role::Admin, "k4_admin"),
    ] {
        let token = server.caller(role).await;
        for (operation, request, needs) in every_operation(&server).await {
            if role >= needs {
                continue;
            }
            let request = request.bearer(&token);
            let answer = server.record(operation, WeakRole, outcome, &request).await;
            let answer = answer.expect(403);
            assert_eq!(answer.json()["error_code"], "insufficient_role");
            let details = format!(r#""details":{{"required":"{needs}","actual":"{role}"}}}}"#);
            assert!(answer.text().ends_with(&details), "{}", answer.text());
        }
    }
}

/// What a token is for and how it is signed differs from run to run: the exchanges are kept without it.
#[tokio::test]
async fn k2_a_login_token_is_good_as_well_unless_its_role_is_none() {
    let signer = Signer::new(Algorithm::EdDsa, "key-1");
    let issuer = Issuer::start(&[&signer]).await;
    let server = Setup::default().logins(issuer.settings()).start().await;
    let now = server.clock.now_millis() / 1_000;
    for (class, outcome, role, status) in [
        (WeakRole, "k4_login_token_of_no_role", "root", 403),
        (WeakRole, "k4_login_token_reads", "read", 403),
        (Success, "k2_login_token_administers", "admin", 200),
    ] {
        let token = signer.token(&issuer.claims(now).with("role", role));
        server.remember(token.clone());
        let request = |token: &str| Request::get(format!("{MEMBERS}?limit=1")).bearer(token);
        let answer = server.send(&request(&token)).await;
        let shown = request("[login token]");
        let answer = server.keep("member_list", class, outcome, &shown, answer);
        answer.expect(status);
    }
}

#[tokio::test]
async fn k4_a_login_token_of_no_role_may_do_nothing_that_takes_one() {
    let signer = Signer::new(Algorithm::EdDsa, "key-1");
    let issuer = Issuer::start(&[&signer]).await;
    let server = Setup::default().logins(issuer.settings()).start().await;
    let now = server.clock.now_millis() / 1_000;
    let token = signer.token(&issuer.claims(now).with("role", "owner"));
    server.remember(token.clone());
    let all = every_operation(&server).await;
    let before = counts(&server);
    for (operation, request, _) in all {
        let row = operations::of(Surface::Keys).find(|row| row.id == operation);
        if !matches!(row.expect("a row").access, Access::Role(_)) {
            continue;
        }
        let answer = server.send(&request.clone().bearer(&token)).await;
        let shown = request.bearer("[login token]");
        let answer = server.keep(operation, WeakRole, "k4_token_role", &shown, answer);
        assert_eq!(answer.expect(403).json()["error_code"], "token_role");
    }
    assert_eq!(counts(&server), before);
}
