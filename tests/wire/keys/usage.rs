//! `GET /v1/keys/{id}/usage` and `GET /v1/companies/{company}/usage`: K150 to K152.

use std::time::{Duration, Instant};

use bitting_core::Role;
use bitting_tests::{
    Class::{ForeignCompany, Success, UnknownId},
    Planted, Request, Seed, Server, cast,
};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::{BATCH, NO_KEY, OURS, VERIFY, item, stranger, with};

const KEY: &str = "key_usage";
const COMPANY: &str = "company_usage";

fn get(token: &str, path: &str, query: &str) -> Request {
    Request::get(format!("{path}/usage{query}")).bearer(token)
}

async fn ask(server: &Server, token: &str, question: Value) {
    let request = Request::post(VERIFY).bearer(token);
    let request = request.json(question.to_string());
    server.send(&request).await.expect(200);
}

/// A server that was asked about a key twice in one hour, in other ways three hours later, and restarted, so that all
/// of it is written.
async fn asked() -> (Server, String, Planted) {
    let (mut server, token) = with(Role::Admin).await;
    let key = server.plant(Seed::own("x").scopes(&["a"])).await;
    for _ in 0..2 {
        ask(&server, &token, json!({ "key": key.secret })).await;
    }
    server.clock.advance(3 * 3_600);
    ask(
        &server,
        &token,
        json!({ "key": key.secret, "scopes": ["b"] }),
    )
    .await;
    ask(&server, &token, json!({ "key": "no key" })).await;
    let question = json!({ "key": key.secret });
    let batch = json!({ "keys": [question, question, { "key": "none" }] });
    let batch = Request::post(BATCH).bearer(&token).json(batch.to_string());
    server.send(&batch).await.expect(200);
    server.restart().await;
    (server, token, key)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "as it is written where it is made"
)]
fn span(starts_at: &str, outcomes: Value) -> Value {
    json!({ "starts_at": starts_at, "outcomes": outcomes })
}

#[tokio::test]
async fn k151_a_keys_usage_is_counted_by_the_hour_and_by_the_day() {
    let (server, token, key) = asked().await;
    let path = item(&key);
    let later = json!({ "insufficient_scope": 1, "valid": 2 });
    let (at_13, at_16) = ("2024-08-09T13:00:00Z", "2024-08-09T16:00:00Z");
    let both = [
        span(at_13, json!({ "valid": 2 })),
        span(at_16, later.clone()),
    ];
    for (outcome, query, from, to, items) in [
        (
            "k151_usual",
            "",
            "2024-08-08T17:00:00Z",
            "2024-08-09T17:00:00Z",
            json!(both),
        ),
        (
            "k151_since",
            "?from=2024-08-09T14:00:00Z",
            "2024-08-09T14:00:00Z",
            "2024-08-09T17:00:00Z",
            json!([both[1]]),
        ),
        (
            "k151_one_hour",
            "?from=2024-08-09T13:59:59Z&to=2024-08-09T15:00:00%2B02:00",
            at_13,
            "2024-08-09T14:00:00Z",
            json!([both[0]]),
        ),
        (
            "k151_days",
            "?interval=day",
            "2024-07-11T00:00:00Z",
            "2024-08-10T00:00:00Z",
            json!([span(
                "2024-08-09T00:00:00Z",
                json!({ "insufficient_scope": 1, "valid": 4 })
            )]),
        ),
        (
            "k151_nothing",
            "?interval=day&to=2024-08-08T00:00:00Z",
            "2024-07-10T00:00:00Z",
            "2024-08-09T00:00:00Z",
            json!([]),
        ),
    ] {
        let request = get(&token, &path, query);
        let answer = server.record(KEY, Success, outcome, &request).await;
        let usage = answer.expect(200).json();
        assert_eq!(usage["items"], items, "{outcome}");
        assert_eq!((&usage["from"], &usage["to"]), (&json!(from), &json!(to)));
    }
}

#[tokio::test]
async fn k152_a_companys_usage_has_what_was_found_of_no_key_too() {
    let (server, token, _) = asked().await;
    let answer = server
        .record(COMPANY, Success, "k152_usual", &get(&token, OURS, ""))
        .await;
    let later = json!({ "malformed": 1, "not_found": 1, "insufficient_scope": 1, "valid": 2 });
    assert_eq!(
        answer.expect(200).json()["items"],
        json!([
            span("2024-08-09T13:00:00Z", json!({ "valid": 2 })),
            span("2024-08-09T16:00:00Z", later),
        ])
    );
    // Whoever asks about another company's key is counted for its own.
    let theirs = stranger(&server, Role::Admin).await;
    let other = format!("/v1/companies/{}", cast::OTHER_COMPANY);
    let usage = server.send(&get(&theirs, &other, "")).await.expect(200);
    assert_eq!(usage.json()["items"], json!([]));
}

#[tokio::test]
async fn k150_old_hours_become_days_and_old_days_are_forgotten() {
    let (mut server, token, key) = asked().await;
    let day = json!([span(
        "2024-08-09T00:00:00Z",
        json!({ "insufficient_scope": 1, "valid": 4 })
    )]);
    let path = item(&key);
    let by_day = "?interval=day&from=2024-08-09T00:00:00Z&to=2024-08-09T00:00:00Z";
    let by_hour = "?from=2024-08-09T00:00:00Z&to=2024-08-09T23:00:00Z";
    let seen = async |server: &Server, query: &str| {
        let answer = server.send(&get(&token, &path, query)).await;
        answer.expect(200).json()["items"].take()
    };
    let gone = async |server: &Server, query: &str| {
        let deadline = Instant::now() + Duration::from_secs(60);
        while seen(server, query).await != json!([]) {
            assert!(Instant::now() < deadline, "{query}: it is still there");
            sleep(Duration::from_millis(20)).await;
        }
    };
    server.clock.advance(33 * 86_400);
    server.restart().await;
    gone(&server, by_hour).await;
    assert_eq!(seen(&server, by_day).await, day);
    server.clock.advance(400 * 86_400);
    server.restart().await;
    gone(&server, by_day).await;
}

#[tokio::test]
async fn k7_the_usage_of_another_is_as_that_of_none() {
    let (server, token, key) = asked().await;
    let request = get(&token, NO_KEY, "");
    let answer = server.record(KEY, UnknownId, "k5_unknown", &request).await;
    answer.expect(404);
    let request = get(&server.caller(Role::Root).await, "/v1/companies/99", "");
    let answer = server
        .record(COMPANY, UnknownId, "k5_unknown", &request)
        .await;
    answer.expect(404);
    let theirs = stranger(&server, Role::Admin).await;
    for (operation, path) in [(KEY, item(&key)), (COMPANY, OURS.to_owned())] {
        let request = get(&theirs, &path, "");
        let answer = server
            .record(operation, ForeignCompany, "k7_foreign", &request)
            .await;
        answer.expect(404);
    }
    // A colleague's key is another's below admin.
    let reader = server
        .plant(Seed::caller(Role::Read).of(cast::COLLEAGUE))
        .await;
    let request = get(&reader.secret, &item(&key), "");
    server.send(&request).await.expect(404);
}
