//! K150: queries of usage that are refused.

use bitting_core::Role;
use bitting_tests::{Class::BadInput, Request, Seed};

use super::{OURS, blamed, item, with};

#[tokio::test]
async fn k150_what_is_wrong_with_a_query_is_named() {
    let (server, token) = with(Role::Admin).await;
    let key = item(&server.plant(Seed::own("x")).await);
    let time = "must be a time by RFC 3339, as 2026-01-01T08:30:00Z";
    let known = "there are interval, from, to";
    let hours = "to must not be before from, nor more than 744 hours after it";
    let days = "to must not be before from, nor more than 400 days after it";
    for (outcome, query, reason) in [
        (
            "k150_interval",
            "interval=week",
            "interval must be hour or day".to_owned(),
        ),
        (
            "k150_interval_empty",
            "interval=",
            "interval must be hour or day".to_owned(),
        ),
        ("k150_from", "from=yesterday", format!("from {time}")),
        ("k150_to", "to=1723208750", format!("to {time}")),
        (
            "k150_twice",
            "to=2024-08-09T10:00:00Z&to=2024-08-09T10:00:00Z",
            "to must be given only once".to_owned(),
        ),
        (
            "k150_misspelt",
            "since=x",
            format!("query must not have the parameter `since`: {known}"),
        ),
        (
            "k150_backwards",
            "from=2024-08-09T10:00:00Z&to=2024-08-09T09:59:59Z",
            hours.to_owned(),
        ),
        (
            "k150_745_hours",
            "from=2024-08-01T00:00:00Z&to=2024-09-01T00:00:00Z",
            hours.to_owned(),
        ),
        (
            "k150_401_days",
            "interval=day&from=2023-01-01T00:00:00Z&to=2024-02-05T00:00:00Z",
            days.to_owned(),
        ),
        (
            "k150_years",
            "from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z",
            hours.to_owned(),
        ),
    ] {
        for (operation, path) in [("key_usage", &*key), ("company_usage", OURS)] {
            let request = Request::get(format!("{path}/usage?{query}")).bearer(&token);
            let answer = server.record(operation, BadInput, outcome, &request).await;
            assert_eq!(blamed(&answer.expect(400))[0], reason, "{outcome}");
        }
    }
    for query in [
        "from=2024-08-01T00:00:00Z&to=2024-08-31T23:59:59Z",
        "interval=day&from=2023-01-01T00:00:00Z&to=2024-02-04T00:00:00Z",
        "from=9999-12-31T23:59:59Z&to=9999-12-31T23:59:59Z",
        "interval=day&from=0001-01-01T00:00:00Z&to=0001-01-02T00:00:00Z",
    ] {
        let request = Request::get(format!("{OURS}/usage?{query}")).bearer(&token);
        server.send(&request).await.expect(200);
    }
}
