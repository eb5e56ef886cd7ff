//! K57: queries that are refused, and those that are only strange.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, Success},
    Request, Seed,
};

use super::{OWN, blamed, names, with};

const OP: &str = "key_list";

#[tokio::test]
async fn k57_what_is_no_value_of_a_parameter_is_400_and_named() {
    let (server, token) = with(Role::Root).await;
    let sorts = "sort must be one of created_at, updated_at, name, expires_at, with or without -";
    let limit = "limit must be a number from 1 to 1000";
    let id = "must be an id: decimal digits without a leading zero";
    let time = "must be a time by RFC 3339, as 2026-01-01T08:30:00Z";
    let long = format!("q={}", "a".repeat(3_001));
    for (outcome, query, reason) in [
        ("k57_limit_0", "limit=0", limit.to_owned()),
        ("k57_limit_1001", "limit=1001", limit.to_owned()),
        ("k57_limit_word", "limit=all", limit.to_owned()),
        ("k57_sort_unknown", "sort=id", sorts.to_owned()),
        ("k57_sort_empty", "sort=", sorts.to_owned()),
        ("k57_sort_sign", "sort=-", sorts.to_owned()),
        ("k57_sort_plus", "sort=%2Bname", sorts.to_owned()),
        ("k57_sort_two", "sort=name,created_at", sorts.to_owned()),
        (
            "k57_q_empty",
            "q=",
            "q must have 1 to 3000 characters".to_owned(),
        ),
        (
            "k57_q_of_3001",
            &long,
            "q must have 1 to 3000 characters".to_owned(),
        ),
        (
            "k57_status_unknown",
            "status=Active",
            "status must be one of revoked, disabled, expired, pending, active".to_owned(),
        ),
        (
            "k57_status_two",
            "status=active,expired",
            "status must be one of revoked, disabled, expired, pending, active".to_owned(),
        ),
        ("k57_owner_word", "owner=me", format!("owner {id}")),
        (
            "k57_owner_not_canonical",
            "owner=010001",
            format!("owner {id}"),
        ),
        ("k57_company_zero", "company=0", format!("company {id}")),
        (
            "k57_company_beyond",
            "company=9223372036854775808",
            format!("company {id}"),
        ),
        (
            "k57_scope_space",
            "scope=a%20b",
            "scope must have 1 to 100 of the characters A-Z a-z 0-9 _ . : / * -".to_owned(),
        ),
        (
            "k57_scope_empty",
            "scope=",
            "scope must have 1 to 100 of the characters A-Z a-z 0-9 _ . : / * -".to_owned(),
        ),
        (
            "k57_origin_unknown",
            "origin=web",
            "origin must be one of keys, ocamba, feldera".to_owned(),
        ),
        (
            "k57_expires_date",
            "expires_before=2026-01-01",
            format!("expires_before {time}"),
        ),
        (
            "k57_expires_plus",
            "expires_before=2026-01-01T00:00:00+01:00",
            format!("expires_before {time}"),
        ),
        (
            "k57_used_fraction",
            "last_used_before=2026-01-01T00:00:00.Z",
            format!("last_used_before {time}"),
        ),
    ] {
        let request = Request::get(format!("{OWN}?{query}")).bearer(&token);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        assert_eq!(blamed(&answer.expect(400)), [reason], "{outcome}");
    }
}

#[tokio::test]
async fn k57_a_parameter_that_is_unknown_or_given_twice_is_400_and_named() {
    let (server, token) = with(Role::Read).await;
    let known = "limit, page_token, sort, q, status, owner, company, scope, origin, expires_before, last_used_before";
    for (outcome, query, reason) in [
        (
            "k57_unknown",
            "state=active",
            format!("query must not have the parameter `state`: there are {known}"),
        ),
        (
            "k57_other_case",
            "Sort=name",
            format!("query must not have the parameter `Sort`: there are {known}"),
        ),
        (
            "k57_twice",
            "scope=a&scope=b",
            "scope must be given only once".to_owned(),
        ),
        (
            "k57_same_twice",
            "sort=name&sort=name",
            "sort must be given only once".to_owned(),
        ),
    ] {
        let request = Request::get(format!("{OWN}?{query}")).bearer(&token);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        assert_eq!(blamed(&answer.expect(400)), [reason], "{outcome}");
    }
    let query = "last_used_before=x&expires_before=x&origin=x&scope=%20&company=x&owner=x&status=x&q=&sort=x&limit=x&x=1&page_token=x";
    let request = Request::get(format!("{OWN}?{query}")).bearer(&token);
    let answer = server
        .record(OP, BadInput, "k57_everything_wrong", &request)
        .await;
    let blamed = blamed(&answer.expect(400));
    let fields: Vec<_> = blamed
        .iter()
        .filter_map(|blamed| blamed.split(' ').next())
        .collect();
    assert_eq!(
        fields,
        [
            "query",
            "limit",
            "sort",
            "q",
            "status",
            "owner",
            "company",
            "scope",
            "origin",
            "expires_before",
            "last_used_before"
        ]
    );
}

/// Whatever is asked: 200 or 400, and never a fault of ours.
#[tokio::test]
async fn k57_strange_values_are_no_fault_of_ours() {
    let (server, token) = with(Role::Root).await;
    server
        .plant(Seed::own("a").description("\u{1}%_'\"\\"))
        .await;
    let names = [
        "limit",
        "page_token",
        "sort",
        "q",
        "status",
        "owner",
        "company",
        "scope",
        "origin",
        "expires_before",
        "last_used_before",
    ];
    let values = [
        "",
        "%00",
        "%FF",
        "%ED%A0%80",
        "%25",
        "_",
        "'",
        "%22",
        "%5C",
        "'%20OR%201=1--",
        "*",
        "-1",
        "1e3",
        "NaN",
        "9223372036854775807",
        "18446744073709551616",
        "%F0%9F%97%9D",
        "%C4%B0",
        "%EF%AC%83",
        "%CC%81",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-23:59",
        "null",
        "a%0Ab",
        ";--",
    ];
    for name in names {
        for value in values {
            let request = Request::get(format!("{OWN}?{name}={value}")).bearer(&token);
            let answer = server.send(&request).await;
            assert!(
                matches!(answer.status, 200 | 400),
                "{name}={value}\n{answer:?}"
            );
        }
        let long = Request::get(format!("{OWN}?{name}={}", "1".repeat(50_000))).bearer(&token);
        server.send(&long).await.expect(400);
    }
    assert!(!server.log.text().contains("store fault"));
}

#[tokio::test]
async fn k57_limits_and_times_at_their_bounds_are_fine() {
    let (server, token) = with(Role::Read).await;
    let long = format!("q={}", "%C4%B0".repeat(3_000));
    for (outcome, query, found) in [
        ("k57_limit_1", "limit=1", 1),
        ("k57_limit_1000", "limit=1000", 1),
        ("k57_first_time", "expires_before=0001-01-01T00:00:00Z", 0),
        ("k57_last_time", "expires_before=9999-12-31T23:59:59Z", 0),
        ("k57_greatest_id", "owner=9223372036854775807", 0),
        ("k57_q_of_3000", &long, 0),
        ("k57_empty_parameters", "&&", 1),
    ] {
        let request = Request::get(format!("{OWN}?{query}")).bearer(&token);
        let answer = server.record(OP, Success, outcome, &request).await;
        assert_eq!(names(&answer.expect(200)).len(), found, "{outcome}");
    }
}
