//! O2: who is let in.

use bitting_core::{Origin, Role};
use bitting_tests::{
    Class::{NoCredential, Success},
    KEYS, Request, Seed, Server, Switch, cast,
};

use super::{NOBODY, list};

#[tokio::test]
async fn o2_without_a_credential_every_operation_is_401() {
    let server = Server::start().await;
    for (operation, request) in [
        ("key_create", Request::post(KEYS).json(r#"{"name":"x"}"#)),
        ("key_list", Request::get(KEYS)),
        ("key_view", Request::get(NOBODY)),
        ("key_update", Request::patch(NOBODY).json(r#"{"name":"x"}"#)),
        ("key_delete", Request::delete(NOBODY)),
        ("key_roll", Request::post(format!("{NOBODY}/roll"))),
        ("key_validate", Request::post(format!("{KEYS}/validate"))),
    ] {
        let answer = server
            .record(operation, NoCredential, "o2_none", &request)
            .await;
        assert_eq!(
            answer.expect(401).header("www-authenticate"),
            Some("Bearer")
        );
    }
}

#[tokio::test]
async fn o2_a_malformed_credential_is_401() {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    let get = || Request::get(KEYS);
    let with = |value: &str| get().header("authorization", value);
    for (outcome, request) in [
        ("o2_empty", with("")),
        ("o2_scheme_only", with("Bearer")),
        ("o2_scheme_and_space", with("Bearer ")),
        ("o2_token_only", with(&token)),
        ("o2_other_scheme", with(&format!("Token {token}"))),
        ("o2_basic", with("Basic YWRtaW46YWRtaW4=")),
        ("o2_glued", with(&format!("Bearer{token}"))),
        ("o2_two_tokens", with(&format!("Bearer {token} {token}"))),
        ("o2_twice", get().bearer(&token).bearer(&token)),
        ("o2_quoted", with(&format!("Bearer \"{token}\""))),
        (
            "o2_no_ascii",
            get().header("authorization", b"Bearer \xff\xfe"),
        ),
        (
            "o2_in_the_query",
            Request::get(format!("{KEYS}?access_token={token}")),
        ),
        ("o2_other_header", get().header("x-api-key", &token)),
    ] {
        let answer = server
            .record("key_list", NoCredential, outcome, &request)
            .await;
        answer.expect(401);
    }
}

#[tokio::test]
async fn o2_what_is_no_active_key_is_401() {
    let server = Server::start().await;
    let caller = || Seed::caller(Role::Write);
    let token = server.caller(Role::Write).await;
    for (outcome, secret) in [
        (
            "o2_unknown",
            "0123456789abcdef0123456789abcdef01234567".to_owned(),
        ),
        ("o2_mistyped", format!("{}x", &token[..token.len() - 1])),
        ("o2_capitals", token.to_uppercase()),
        ("o2_cut_short", token[..token.len() - 1].to_owned()),
        (
            "o2_login_token",
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.".to_owned(),
        ),
        (
            "o2_pending",
            server
                .plant(caller().start("2024-08-09 13:05:51"))
                .await
                .secret,
        ),
        (
            "o2_expired",
            server
                .plant(caller().end("2024-08-09 13:05:50"))
                .await
                .secret,
        ),
        ("o2_revoked", server.plant(caller().revoked()).await.secret),
        (
            "o2_disabled",
            server.plant(caller().disabled()).await.secret,
        ),
    ] {
        let answer = server
            .record("key_list", NoCredential, outcome, &list(&secret, &[]))
            .await;
        answer.expect(401);
    }
}

#[tokio::test]
async fn o2_a_key_of_any_surface_is_a_credential() {
    let server = Server::start().await;
    for (outcome, origin) in [
        ("o2_made_on_keys", Origin::Keys),
        ("o2_made_on_feldera", Origin::Feldera),
        ("o2_made_on_ocamba", Origin::Ocamba),
    ] {
        let key = server
            .plant(Seed::caller(Role::Write).made_on(origin))
            .await;
        let request = list(&key.secret, &[("fields", "name")]);
        let answer = server.record("key_list", Success, outcome, &request).await;
        answer.expect(200);
    }
}

#[tokio::test]
async fn o2_a_key_is_good_from_its_first_second_and_no_longer_in_its_last() {
    let server = Server::start().await;
    let seed = Seed::caller(Role::None)
        .start("2024-09-01 00:00:00")
        .end("2024-09-01 00:00:02");
    let key = server.plant(seed).await;
    for (now, good) in [
        ("2024-08-31 23:59:59", false),
        ("2024-09-01 00:00:00", true),
        ("2024-09-01 00:00:01", true),
        ("2024-09-01 00:00:02", false),
        ("2024-09-01 00:00:01", true),
    ] {
        server.clock.set(now);
        assert_eq!(server.accepts(&key.secret).await, good, "{now}");
    }
}

/// The database is changed behind the server's back, which is told of nothing: only a key that it has not seen
/// shows what the database says.
#[tokio::test]
async fn o2_a_company_or_member_that_is_switched_off_lets_nobody_in() {
    for switch in [
        "UPDATE company SET enabled = 0 WHERE id = 6197120",
        "UPDATE member SET enabled = 0 WHERE id = 10001",
    ] {
        let server = Server::start().await;
        let (before, after) = (
            server.caller(Role::Root).await,
            server.caller(Role::Root).await,
        );
        assert!(server.accepts(&before).await);
        server
            .database()
            .execute(switch, [])
            .expect("it is switched off");
        assert!(!server.accepts(&after).await, "{switch}");
    }
}

#[tokio::test]
async fn o2_a_member_that_is_switched_off_is_not_let_in_again_however_often_it_was() {
    let server = Server::start().await;
    let (token, colleague) = (
        server.caller(Role::Root).await,
        server
            .plant(Seed::caller(Role::Root).of(cast::COLLEAGUE))
            .await
            .secret,
    );
    for _ in 0..3 {
        assert!(server.accepts(&token).await && server.accepts(&token).await);
        server.switch(cast::MEMBER, Switch::Disable).await;
        assert!(!server.accepts(&token).await);
        assert!(server.accepts(&colleague).await);
        server.switch(cast::MEMBER, Switch::Enable).await;
    }
}
