//! K51, K52, K53: new keys that are refused.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, Refused},
    Request, Server,
};
use serde_json::json;

use super::{OWN, blamed, counts, text, with};

const OP: &str = "key_create";

/// Sends each body and compares what is blamed; nothing is made.
async fn invalid<B: AsRef<str>>(cases: &[(&str, B, &[&str])]) {
    let (server, token) = with(Role::Admin).await;
    let before = counts(&server);
    for (outcome, body, wrong) in cases {
        let request = Request::post(OWN).bearer(&token).json(body.as_ref());
        let answer = server.record(OP, BadInput, outcome, &request).await;
        assert_eq!(blamed(&answer.expect(400)), *wrong, "{outcome}");
    }
    assert_eq!(counts(&server), before, "something was made");
}

/// The same of one member, with `must …` for what is wrong.
pub(super) async fn wrong(member: &str, cases: &[(&str, &str, &str)]) {
    let named: Vec<_> = cases
        .iter()
        .map(|(outcome, value, reason)| {
            let body = format!(r#"{{"name":"x","{member}":{value}}}"#);
            (*outcome, body, format!("{member} {reason}"))
        })
        .collect();
    for (outcome, body, reason) in named {
        invalid(&[(outcome, body, &[&reason])]).await;
    }
}

#[tokio::test]
async fn k51_everything_that_is_wrong_is_named_in_the_order_of_the_rule() {
    let body = r#"{"prefix":"apikey","recoverable":1,"quota":[],"limits":{},"allowed_addresses":{},"metadata":[],"scopes":"a","role":"owner","expires_in_seconds":0,"expires_at":"never","starts_at":1,"owner_id":7,"description":[],"nam":"x"}"#;
    invalid(&[(
        "k51_everything_wrong",
        body,
        &[
            "body must not have the member `nam`: there are name, description, owner_id, starts_at, expires_at, expires_in_seconds, role, scopes, metadata, allowed_addresses, limits, quota, recoverable, prefix",
            "name is required",
            "description must be a string",
            "owner_id must be a string",
            "starts_at must be a string",
            "expires_at must be a time by RFC 3339, as 2026-01-01T08:30:00Z",
            "expires_in_seconds must be a whole number from 1 to 3153600000",
            "role must be one of none, verify, read, write, admin, root",
            "scopes must be an array",
            "metadata must be an object",
            "allowed_addresses must be an array",
            "limits must be an array",
            "quota must be an object",
            "recoverable must be true or false",
            "prefix must be a lower-case letter and 1 to 9 lower-case letters or digits, and not apikey",
        ],
    )])
    .await;
}

#[tokio::test]
async fn k6_what_is_no_time_is_400() {
    let form = "must be a time by RFC 3339, as 2026-01-01T08:30:00Z";
    wrong(
        "starts_at",
        &[
            ("k6_date", r#""2026-01-01""#, form),
            ("k6_no_zone", r#""2026-01-01T08:30:00""#, form),
            ("k6_space", r#""2026-01-01 08:30:00Z""#, form),
            ("k6_fraction", r#""2026-01-01T08:30:00.1234567890Z""#, form),
            ("k6_leap_second", r#""2016-12-31T23:59:60Z""#, form),
            ("k6_no_such_day", r#""2023-02-29T00:00:00Z""#, form),
            ("k6_year_0", r#""0000-01-01T00:00:00Z""#, form),
            (
                "k6_before_year_1",
                r#""0001-01-01T00:00:00+01:00""#,
                "must be in the years 0001 to 9999, UTC",
            ),
            ("k6_empty", r#""""#, form),
            ("k6_number", "1767225600", "must be a string"),
            ("k6_nul", r#""2026-01-01T08:30:00\u0000""#, form),
        ],
    )
    .await;
}

#[tokio::test]
async fn k51_an_end_is_later_than_the_start() {
    let later = "must be later than the start";
    let expires = &*format!("expires_at {later}");
    let lifetime = &*format!("expires_in_seconds {later}");
    invalid(&[
        ("k51_end_now", r#"{"name":"x","expires_at":"2024-08-09T13:05:50Z"}"#, &[expires][..]),
        ("k51_end_at_start", r#"{"name":"x","starts_at":"2030-01-01T00:00:00Z","expires_at":"2030-01-01T01:00:00+01:00"}"#, &[expires]),
        ("k51_reversed", r#"{"name":"x","starts_at":"2030-01-02T00:00:00Z","expires_at":"2030-01-01T00:00:00Z"}"#, &[expires]),
        ("k51_lifetime_before_start", r#"{"name":"x","starts_at":"2030-01-02T00:00:00Z","expires_in_seconds":60}"#, &[lifetime]),
        (
            "k51_end_and_lifetime",
            r#"{"name":"x","expires_at":"2030-01-01T00:00:00Z","expires_in_seconds":60}"#,
            &["expires_in_seconds must not be given beside expires_at"],
        ),
    ])
    .await;
    let whole = "must be a whole number from 1 to 3153600000";
    wrong(
        "expires_in_seconds",
        &[
            ("k51_lifetime_0", "0", whole),
            ("k51_lifetime_beyond", "3153600001", whole),
            ("k51_lifetime_beyond_64_bits", "18446744073709551617", whole),
            ("k51_lifetime_negative", "-1", whole),
            ("k51_lifetime_fraction", "60.0", whole),
            ("k51_lifetime_exponent", "6e1", whole),
            ("k51_lifetime_string", r#""60""#, whole),
        ],
    )
    .await;
}

#[tokio::test]
async fn k51_texts_and_flags() {
    let long = json!("é".repeat(1_001)).to_string();
    wrong(
        "description",
        &[
            (
                "k51_description_of_1001",
                &long,
                "must have at most 1000 characters",
            ),
            (
                "k51_description_nul",
                r#""a\u0000""#,
                "must not contain U+0000",
            ),
            (
                "k51_description_surrogate",
                r#""\ud83d""#,
                "must not have one half of a surrogate pair",
            ),
        ],
    )
    .await;
    let prefix =
        "must be a lower-case letter and 1 to 9 lower-case letters or digits, and not apikey";
    wrong(
        "prefix",
        &[
            ("k51_prefix_apikey", r#""apikey""#, prefix),
            ("k51_prefix_of_1", r#""a""#, prefix),
            ("k51_prefix_of_11", r#""abcdefghijk""#, prefix),
            ("k51_prefix_capital", r#""Acme""#, prefix),
            ("k51_prefix_digit", r#""1a""#, prefix),
            ("k51_prefix_underscore", r#""a_b""#, prefix),
            ("k51_prefix_empty", r#""""#, prefix),
        ],
    )
    .await;
    wrong(
        "recoverable",
        &[(
            "k51_recoverable_string",
            r#""true""#,
            "must be true or false",
        )],
    )
    .await;
    let owner = "must be the id of a member: a string of decimal digits";
    wrong(
        "owner_id",
        &[
            ("k5_owner_not_canonical", r#""010002""#, owner),
            ("k5_owner_signed", r#""+10002""#, owner),
            ("k5_owner_zero", r#""0""#, owner),
            ("k5_owner_beyond", r#""9223372036854775808""#, owner),
            ("k5_owner_word", r#""me""#, owner),
            ("k5_owner_number", "10002", "must be a string"),
            (
                "k51_owner_unknown",
                r#""999""#,
                "is no member of the company",
            ),
            (
                "k51_owner_of_another_company",
                r#""20001""#,
                "is no member of the company",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn k9_what_only_an_admin_grants_is_403() {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    let before = counts(&server);
    for (outcome, body, code) in [
        (
            "k9_role",
            r#"{"name":"x","role":"admin"}"#,
            "role_exceeds_creator",
        ),
        (
            "k9_scopes",
            r#"{"name":"x","scopes":["a"]}"#,
            "not_grantable",
        ),
        (
            "k9_a_colleague",
            r#"{"name":"x","owner_id":"10002"}"#,
            "not_grantable",
        ),
        // Below admin nobody learns which members there are.
        (
            "k9_a_stranger",
            r#"{"name":"x","owner_id":"20001"}"#,
            "not_grantable",
        ),
        (
            "k9_nobody",
            r#"{"name":"x","owner_id":"999"}"#,
            "not_grantable",
        ),
    ] {
        let request = Request::post(OWN).bearer(&token).json(body);
        let answer = server.record(OP, Refused, outcome, &request).await;
        assert_eq!(
            text(&answer.expect(403).json(), "error_code"),
            code,
            "{outcome}"
        );
    }
    assert_eq!(counts(&server), before, "something was made");
    let own = Request::post(OWN)
        .bearer(&token)
        .json(r#"{"name":"x","owner_id":"10001"}"#);
    server.send(&own).await.expect(201);
}
