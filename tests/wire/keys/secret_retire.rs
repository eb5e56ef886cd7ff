//! `DELETE /v1/keys/{id}/secrets/{secret}`: K92.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, Refused, Success, UnknownId},
    Request, Seed,
};

use super::{NO_KEY, item, rotated, secrets, text, verdict, viewed, with};

const OP: &str = "secret_retire";
const NO_SECRET: &str = "00000000-0000-7000-8000-000000000001";

#[tokio::test]
async fn k92_it_has_stopped_working() {
    let (server, token) = with(Role::Write).await;
    for (outcome, seed) in [
        ("k92_own", Seed::own("a")),
        ("k92_personal", Seed::personal("b")),
        ("k92_named", Seed::named("c")),
    ] {
        let key = server.plant(seed).await;
        let (new, old) = rotated(&server, &token, &key, 600).await;
        assert_eq!(verdict(&server, &token, &key.secret).await, "valid");
        assert!(server.accepts(&key.secret).await);
        let (_, tag) = viewed(&server, &token, &item(&key)).await;
        server.clock.advance(1);
        let request = Request::delete(format!("{}/secrets/{old}", item(&key))).bearer(&token);
        let answer = server.record(OP, Success, outcome, &request).await;
        answer.expect(204);
        assert_eq!(verdict(&server, &token, &key.secret).await, "not_found");
        assert!(!server.accepts(&key.secret).await);
        assert_eq!(verdict(&server, &token, &new).await, "valid");
        assert_eq!(secrets(&server, &token, &key).await.len(), 1);
        assert_ne!(
            viewed(&server, &token, &item(&key)).await.1,
            tag,
            "K50, K54"
        );
        // And there is no such secret any more.
        server.send(&request).await.expect(404);
    }
}

#[tokio::test]
async fn k92_the_one_that_the_key_keeps_stays() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x")).await;
    for (outcome, overlap) in [("k92_only", 0), ("k92_current", 600)] {
        let (new, _) = rotated(&server, &token, &key, overlap).await;
        let current = secrets(&server, &token, &key).await;
        let path = format!("{}/secrets/{}", item(&key), text(&current[0], "id"));
        let request = Request::delete(path).bearer(&token);
        let answer = server.record(OP, Refused, outcome, &request).await;
        assert_eq!(answer.expect(409).json()["error_code"], "current_secret");
        assert_eq!(verdict(&server, &token, &new).await, "valid");
    }
}

#[tokio::test]
async fn k5_k92_what_is_no_secret_of_the_key_is_404() {
    let (server, token) = with(Role::Root).await;
    let key = server.plant(Seed::own("x")).await;
    let other = server.plant(Seed::own("y")).await;
    let (_, over) = rotated(&server, &token, &key, 60).await;
    let theirs = rotated(&server, &token, &other, 600).await.1;
    server.clock.advance(60);
    let of_key = |secret: &str| format!("{}/secrets/{secret}", item(&key));
    for (outcome, path) in [
        ("k5_unknown", of_key(NO_SECRET)),
        ("k5_word", of_key("x")),
        ("k5_capitals", of_key(&theirs.to_uppercase())),
        ("k5_no_key", format!("{NO_KEY}/secrets/{theirs}")),
        ("k92_another_keys", of_key(&theirs)),
        ("k92_over", of_key(&over)),
    ] {
        let request = Request::delete(path).bearer(&token);
        let answer = server.record(OP, UnknownId, outcome, &request).await;
        answer.expect(404);
    }
    assert_eq!(secrets(&server, &token, &other).await.len(), 2);
}

#[tokio::test]
async fn k92_a_query_and_a_body_are_not_looked_at() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x")).await;
    for (outcome, query, body) in [("k92_query", "?force=1&%FF", ""), ("k92_body", "", "{")] {
        let (_, old) = rotated(&server, &token, &key, 60).await;
        let path = format!("{}/secrets/{old}{query}", item(&key));
        let request = Request::delete(path).bearer(&token);
        let request = if body.is_empty() {
            request
        } else {
            request.json(body)
        };
        let answer = server.record(OP, BadInput, outcome, &request).await;
        answer.expect(204);
    }
}
