//! K2: which refusal of a request about keys is given when several apply.

use bitting_core::Role;
use bitting_tests::{
    Class::{NoCredential, Refused, WeakRole},
    Request, Seed, Server,
};
use serde_json::json;

use super::{BATCH, NO_KEY, OWN, SELF_REVOKE, VERIFY, item, plain, text, with, with_members};

const STALE: &str = "\"00000000000000000000000000000000\"";

/// Requests with which more is wrong than the caller.
fn wrong() -> Vec<(&'static str, &'static str, Request)> {
    let revoke = format!("{NO_KEY}/revoke");
    vec![
        ("key_create", "k2_before_415", Request::post(OWN).body("{")),
        ("key_create", "k2_before_400", Request::post(OWN).json("{")),
        (
            "key_list",
            "k2_before_400",
            Request::get(format!("{OWN}?limit=0")),
        ),
        ("key_view", "k2_before_404", Request::get(NO_KEY)),
        (
            "key_update",
            "k2_before_400",
            Request::put(NO_KEY).json("{}"),
        ),
        (
            "key_update",
            "k2_before_404",
            Request::put(NO_KEY)
                .json(plain("x").to_string())
                .header("if-match", "x"),
        ),
        ("key_delete", "k2_before_404", Request::delete(NO_KEY)),
        (
            "key_revoke",
            "k2_before_404",
            Request::post(revoke).json("{}"),
        ),
        (
            "key_verify",
            "k2_before_400",
            Request::post(VERIFY).json("{"),
        ),
        (
            "key_verify_batch",
            "k2_before_415",
            Request::post(BATCH).body("{"),
        ),
        (
            "self_revoke",
            "k2_before_400",
            Request::post(SELF_REVOKE).json("[]"),
        ),
    ]
}

#[tokio::test]
async fn k2_401_before_whatever_is_wrong_with_a_request_about_keys() {
    let server = Server::start().await;
    for (operation, outcome, request) in wrong() {
        let answer = server
            .record(operation, NoCredential, outcome, &request)
            .await;
        answer.expect(401);
    }
}

#[tokio::test]
async fn k2_403_for_the_role_before_whatever_is_wrong_with_a_request_about_keys() {
    let (server, token) = with(Role::None).await;
    for (operation, outcome, request) in wrong() {
        if operation == "self_revoke" {
            continue;
        }
        let answer = server
            .record(operation, WeakRole, outcome, &request.bearer(&token))
            .await;
        assert_eq!(answer.expect(403).json()["error_code"], "insufficient_role");
    }
}

/// From the first of the list to the last: what is mended each time is what was refused before.
#[tokio::test]
async fn k2_the_refusals_of_an_update_come_in_order() {
    let (server, _) = with(Role::Read).await;
    let write = server.plant(Seed::caller(Role::Write)).await.secret;
    let named = server.named("mine").await;
    server.named("taken").await;
    let (path, tag) = (
        item(&named),
        super::viewed(&server, &write, &item(&named)).await.1,
    );
    let settings = |name: &str, role: &str| {
        let settings = with_members(
            plain(name),
            &[("role", json!(role)), ("scopes", json!(null))],
        );
        settings.to_string()
    };
    let put = |path: &str| Request::put(path).bearer(&write);
    for (outcome, request, status, code) in [
        (
            "k2_415",
            put(NO_KEY).header("if-match", "x").body("{"),
            415,
            "unsupported_media_type",
        ),
        (
            "k2_400_body",
            put(NO_KEY).header("if-match", STALE).json("{}"),
            400,
            "invalid_request",
        ),
        (
            "k2_400_header",
            put(NO_KEY)
                .header("if-match", "x")
                .json(settings("taken", "root")),
            400,
            "invalid_request",
        ),
        (
            "k2_404",
            put(NO_KEY)
                .header("if-match", STALE)
                .json(settings("taken", "root")),
            404,
            "not_found",
        ),
        (
            "k2_412",
            put(&path)
                .header("if-match", STALE)
                .json(settings("taken", "root")),
            412,
            "changed",
        ),
        (
            "k2_403",
            put(&path)
                .header("if-match", &tag)
                .json(settings("taken", "root")),
            403,
            "role_exceeds_creator",
        ),
        (
            "k2_403_not_mintable",
            put(&path)
                .header("if-match", &tag)
                .json(settings("taken", "none")),
            403,
            "role_not_mintable",
        ),
        (
            "k2_409",
            put(&path)
                .header("if-match", &tag)
                .json(settings("taken", "read")),
            409,
            "name_taken",
        ),
    ] {
        let answer = server
            .record("key_update", Refused, outcome, &request)
            .await;
        assert_eq!(
            text(&answer.expect(status).json(), "error_code"),
            code,
            "{outcome}"
        );
    }
    let fine = put(&path)
        .header("if-match", &tag)
        .json(settings("free", "read"));
    server.send(&fine).await.expect(200);
}

/// That a key is above the caller is said after that it was changed, and before that it is the last of its kind.
#[tokio::test]
async fn k2_a_key_above_the_caller() {
    let server = Server::start().await;
    let last = server.plant(Seed::caller(Role::Root)).await;
    let write = server.caller(Role::Write).await;
    let put = Request::put(item(&last))
        .bearer(&write)
        .json(plain("x").to_string());
    for (operation, outcome, request, status) in [
        (
            "key_update",
            "k2_above_412",
            put.clone().header("if-match", STALE),
            412,
        ),
        ("key_update", "k2_above", put, 403),
        (
            "key_revoke",
            "k2_above",
            Request::post(format!("{}/revoke", item(&last)))
                .bearer(&write)
                .json("{}"),
            403,
        ),
        (
            "key_delete",
            "k2_above",
            Request::delete(item(&last)).bearer(&write),
            403,
        ),
    ] {
        let answer = server.record(operation, Refused, outcome, &request).await;
        answer.expect(status);
    }
    assert!(server.accepts(&last.secret).await);
}
