//! K102: answers that are not kept any more.

use bitting_core::Role;
use bitting_tests::{Class::Refused, KEYS as PERSONAL, Request, Seed, Server};

use super::{
    counts, item,
    once::{create, rotate, told},
    secrets, with,
};

fn answers(server: &Server) -> (i64, i64) {
    server
        .database()
        .query_row("SELECT count(*), count(answer) FROM once", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .expect("counts")
}

#[tokio::test]
async fn k102_what_ends_a_secret_erases_the_answers_that_have_it() {
    for (outcome, method, end, body) in [
        ("k102_rotated", "POST", "/rotate", "{}"),
        ("k102_revoked", "POST", "/revoke", "{}"),
        ("k102_deleted", "DELETE", "", ""),
    ] {
        let (server, token) = with(Role::Write).await;
        let request = create(&token, "n", r#"{"name":"y"}"#);
        let first = server.send(&request).await.expect(201);
        let path = first.header("location").expect("a location");
        // Another key's answer stays.
        let other = create(&token, "other", r#"{"name":"z"}"#);
        let told_first = told(&server.send(&other).await);
        let end = Request::new(method, format!("{path}{end}")).bearer(&token);
        let end = if body.is_empty() { end } else { end.json(body) };
        let ended = server.send(&end).await;
        assert!(ended.status < 300, "{ended:?}");
        let before = counts(&server);
        for again in [outcome, ""] {
            let answer = server.send(&request).await;
            let answer = if again.is_empty() {
                answer
            } else {
                server.keep("key_create", Refused, outcome, &request, answer)
            };
            assert_eq!(
                answer.expect(409).json()["error_code"],
                "idempotency_expired"
            );
        }
        assert_eq!(counts(&server), before, "it is not made again");
        assert_eq!(told(&server.send(&other).await), told_first);
        assert_eq!(
            answers(&server),
            (2, 1),
            "the secret is gone from the database"
        );
    }
}

/// On another surface too.
#[tokio::test]
async fn k102_rolling_a_personal_key_erases_the_answer_to_its_rotation() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::personal("x")).await;
    let request = rotate(&token, "n", &item(&key));
    let first = server.send(&request).await.expect(200);
    assert_eq!(told(&server.send(&request).await), told(&first));
    let roll = Request::post(format!("{PERSONAL}/{}/roll", key.number)).bearer(&token);
    server.send(&roll).await.expect(200);
    let answer = server
        .record("key_rotate", Refused, "k102_rolled", &request)
        .await;
    assert_eq!(
        answer.expect(409).json()["error_code"],
        "idempotency_expired"
    );
    assert_eq!(secrets(&server, &token, &key).await.len(), 1);
}

#[tokio::test]
async fn k102_a_rotation_under_another_name_erases_the_first() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x")).await;
    let (one, two) = (
        rotate(&token, "one", &item(&key)),
        rotate(&token, "two", &item(&key)),
    );
    server.send(&one).await.expect(200);
    let second = server.send(&two).await.expect(200);
    server.send(&one).await.expect(409);
    assert_eq!(told(&server.send(&two).await), told(&second));
}

/// For a day, whatever becomes of the server; then it is a new request.
#[tokio::test]
async fn k100_k102_an_answer_is_kept_for_a_day() {
    let (mut server, token) = with(Role::Write).await;
    let request = create(&token, "n", r#"{"name":"y"}"#);
    let first = server.send(&request).await.expect(201);
    server.clock.advance(86_399);
    server.restart().await;
    assert_eq!(told(&server.send(&request).await), told(&first));
    server.clock.advance(1);
    let second = server.send(&request).await.expect(201);
    assert_ne!(first.header("location"), second.header("location"));
    assert_eq!(told(&server.send(&request).await), told(&second));
    assert_eq!(answers(&server), (1, 1));
}

#[tokio::test]
async fn k102_old_answers_are_forgotten_a_bounded_number_at_a_time() {
    let (server, token) = with(Role::Write).await;
    let request = create(&token, "young", r#"{"name":"y"}"#);
    server.send(&request).await.expect(201);
    let now = bitting_core::Clock::now(&*server.clock);
    server
        .database()
        .execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
             INSERT INTO once SELECT randomblob(32), zeroblob(32), zeroblob(16), ?1, x'00' FROM n",
            [now.seconds() - 86_400],
        )
        .expect("old answers");
    for (more, left) in [(true, 501), (false, 1), (false, 1)] {
        assert_eq!(server.store.forget_answers(now).await.ok(), Some(more));
        assert_eq!(answers(&server), (left, left));
    }
}
