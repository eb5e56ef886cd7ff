//! `DELETE /v1/keys/{id}`: K58.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, Success, UnknownId},
    Request, Seed,
};

use super::{NO_KEY, OWN, item, names, verdict, with};

const OP: &str = "key_delete";

#[tokio::test]
async fn k58_it_is_gone_for_good() {
    let (server, token) = with(Role::Write).await;
    for (outcome, seed) in [
        ("k58_own", Seed::own("a")),
        ("k58_personal", Seed::personal("b")),
        ("k58_named", Seed::named("c")),
        ("k58_revoked", Seed::own("d").revoked()),
        ("k58_expired", Seed::own("e").end("2024-02-01 00:00:00")),
    ] {
        let key = server.plant(seed).await;
        // Known to be good, as far as it is, before it goes.
        server.accepts(&key.secret).await;
        verdict(&server, &token, &key.secret).await;
        let request = Request::delete(item(&key)).bearer(&token);
        let answer = server.record(OP, Success, outcome, &request).await;
        assert!(answer.expect(204).body.is_empty());
        assert!(!server.accepts(&key.secret).await);
        assert_eq!(verdict(&server, &token, &key.secret).await, "not_found");
        server
            .send(&Request::get(item(&key)).bearer(&token))
            .await
            .expect(404);
        let page = server.send(&Request::get(OWN).bearer(&token)).await;
        assert_eq!(names(&page.expect(200)), ["write caller"], "{outcome}");
    }
}

#[tokio::test]
async fn k5_k58_what_is_no_key_or_none_any_more_is_404() {
    let (server, token) = with(Role::Root).await;
    let key = server.plant(Seed::own("x")).await;
    server
        .send(&Request::delete(item(&key)).bearer(&token))
        .await
        .expect(204);
    for (outcome, path) in [
        ("k5_unknown", NO_KEY),
        ("k5_word", "/v1/keys/x"),
        ("k58_gone", &item(&key)),
    ] {
        let request = Request::delete(path).bearer(&token);
        let answer = server.record(OP, UnknownId, outcome, &request).await;
        answer.expect(404);
    }
}

/// Also the one that asks, unless it is the last of its kind.
#[tokio::test]
async fn k58_a_key_may_delete_itself() {
    let (server, _) = with(Role::Write).await;
    let own = server.plant(Seed::caller(Role::Write)).await;
    let request = Request::delete(item(&own)).bearer(&own.secret);
    server.send(&request).await.expect(204);
    server.send(&request).await.expect(401);
}

#[tokio::test]
async fn k58_a_query_and_a_body_are_not_looked_at() {
    let (server, token) = with(Role::Write).await;
    for (outcome, query, body) in [("k58_query", "?force=1&%FF", ""), ("k58_body", "", "{")] {
        let key = server.plant(Seed::own("x")).await;
        let request = Request::delete(format!("{}{query}", item(&key))).bearer(&token);
        let request = if body.is_empty() {
            request
        } else {
            request.json(body)
        };
        let answer = server.record(OP, BadInput, outcome, &request).await;
        answer.expect(204);
    }
}
