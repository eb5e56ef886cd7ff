//! K140: limits and quotas that are refused, where they are set and where a key is made.

use bitting_core::Role;
use bitting_tests::{Class::BadInput, Request, Seed};
use serde_json::json;

use super::{OWN, blamed, item, viewed, with};

const NAME: &str = "must have 1 to 50 of the characters A-Z a-z 0-9 _ . : -";

/// What is sent as `limits`, and what is said of it.
fn limits() -> Vec<(&'static str, String, String)> {
    let one = |name: &str, limit: &str, window: &str| {
        format!(r#"[{{"name":{name},"limit":{limit},"window_seconds":{window}}}]"#)
    };
    let whole = |member: &str, most: u64| {
        format!("limits limits[0].{member} must be a whole number from 1 to {most}")
    };
    let limit = |value: &str| one(r#""a""#, value, "1");
    let window = |value: &str| one(r#""a""#, "1", value);
    let name = |value: &str| one(value, "1", "1");
    let few = |value| format!("limits {value}");
    let (most, longest) = (1_000_000_000, 2_678_400);
    let twice = r#"{"name":"a","limit":1,"window_seconds":1}"#;
    let many: Vec<_> = (0..11)
        .map(|n| format!(r#"{{"name":"{n}","limit":1,"window_seconds":1}}"#))
        .collect();
    let form = format!("limits limits[0].name {NAME}");
    let long = format!("\"{}\"", "n".repeat(51));
    vec![
        (
            "k140_limits_text",
            r#""a""#.to_owned(),
            few("must be an array"),
        ),
        (
            "k140_limit_text",
            r#"["a"]"#.to_owned(),
            few("limits[0] must be an object"),
        ),
        ("k140_limit_zero", limit("0"), whole("limit", most)),
        ("k140_limit_negative", limit("-1"), whole("limit", most)),
        ("k140_limit_fraction", limit("1.5"), whole("limit", most)),
        ("k140_limit_exponent", limit("1e3"), whole("limit", most)),
        ("k140_limit_huge", limit("1000000001"), whole("limit", most)),
        (
            "k140_limit_beyond_64_bits",
            limit("18446744073709551616"),
            whole("limit", most),
        ),
        ("k140_limit_digits", limit(r#""5""#), whole("limit", most)),
        (
            "k140_window_zero",
            window("0"),
            whole("window_seconds", longest),
        ),
        (
            "k140_window_huge",
            window("2678401"),
            whole("window_seconds", longest),
        ),
        ("k140_name_empty", name(r#""""#), form.clone()),
        ("k140_name_51", name(&long), form.clone()),
        ("k140_name_header", name(r#""a\r\nX-Evil: 1""#), form),
        (
            "k140_name_number",
            name("7"),
            few("limits[0].name must be a string"),
        ),
        (
            "k140_limit_incomplete",
            r#"[{"name":"a"}]"#.to_owned(),
            few("limits[0].limit is required, .window_seconds is required"),
        ),
        (
            "k140_limit_misspelt",
            r#"[{"name":"a","limit":1,"window_seconds":1,"burst":2}]"#.to_owned(),
            few(
                "limits[0] must not have the member `burst`: there are name, limit, window_seconds",
            ),
        ),
        (
            "k140_limit_member_twice",
            r#"[{"name":"a","limit":1,"limit":2,"window_seconds":1}]"#.to_owned(),
            few("limits[0] must not name a member twice"),
        ),
        (
            "k140_limits_of_one_name",
            format!("[{twice},{twice}]"),
            few("two limits must not have the name a"),
        ),
        (
            "k140_limits_11",
            format!("[{}]", many.join(",")),
            few("must have at most 10 elements"),
        ),
    ]
}

/// What is sent as `quota`, and what is said of it.
fn quotas() -> Vec<(&'static str, &'static str, &'static str)> {
    let remaining = "quota quota.remaining must be a whole number from 0 to 1000000000000";
    vec![
        ("k140_quota_number", "5", "quota must be an object"),
        (
            "k140_quota_empty",
            "{}",
            "quota quota.remaining is required",
        ),
        ("k140_quota_negative", r#"{"remaining":-1}"#, remaining),
        ("k140_quota_fraction", r#"{"remaining":0.5}"#, remaining),
        (
            "k140_quota_huge",
            r#"{"remaining":1000000000001}"#,
            remaining,
        ),
        (
            "k140_refill_zero",
            r#"{"remaining":1,"refill_amount":0,"refill_interval_seconds":60}"#,
            "quota quota.refill_amount must be a whole number from 1 to 1000000000000",
        ),
        (
            "k140_interval_zero",
            r#"{"remaining":1,"refill_amount":1,"refill_interval_seconds":0}"#,
            "quota quota.refill_interval_seconds must be a whole number from 60 to 34560000",
        ),
        (
            "k140_interval_59",
            r#"{"remaining":1,"refill_amount":1,"refill_interval_seconds":59}"#,
            "quota quota.refill_interval_seconds must be a whole number from 60 to 34560000",
        ),
        (
            "k140_refill_without_interval",
            r#"{"remaining":1,"refill_amount":1}"#,
            "quota quota.refill_interval_seconds must be given beside refill_amount, and only then",
        ),
        (
            "k140_interval_without_refill",
            r#"{"remaining":1,"refill_interval_seconds":60}"#,
            "quota quota.refill_interval_seconds must be given beside refill_amount, and only then",
        ),
        (
            "k140_refills_at",
            r#"{"remaining":1,"refills_at":null}"#,
            "quota must not have the member `refills_at`: there are remaining, refill_amount, refill_interval_seconds",
        ),
    ]
}

#[tokio::test]
async fn k140_what_is_wrong_with_limits_and_quotas_is_named_and_nothing_is_changed() {
    let (server, token) = with(Role::Admin).await;
    let path = item(&server.plant(Seed::own("x")).await);
    let before = viewed(&server, &token, &path).await;
    let limits = limits().into_iter().map(|(outcome, value, reason)| {
        let body = format!(r#"{{"limits":{value},"quota":null}}"#);
        (outcome, "limits", value, body, reason)
    });
    let quotas = quotas().into_iter().map(|(outcome, value, reason)| {
        let body = format!(r#"{{"limits":null,"quota":{value}}}"#);
        (outcome, "quota", value.to_owned(), body, reason.to_owned())
    });
    for (outcome, member, value, body, reason) in limits.chain(quotas) {
        let request = Request::put(format!("{path}/limits"))
            .bearer(&token)
            .json(body);
        let answer = server
            .record("key_limits_update", BadInput, outcome, &request)
            .await;
        assert_eq!(blamed(&answer.expect(400)), [&*reason], "{outcome}");
        let create = format!(r#"{{"name":"y","{member}":{value}}}"#);
        let request = Request::post(OWN).bearer(&token).json(create);
        let answer = server.send(&request).await.expect(400);
        assert_eq!(blamed(&answer), [&*reason], "{outcome}");
    }
    assert_eq!(viewed(&server, &token, &path).await, before);
}

#[tokio::test]
async fn k141_both_members_are_required() {
    let (server, token) = with(Role::Admin).await;
    let path = item(&server.plant(Seed::own("x")).await);
    let clears = |member| format!("{member} is required: null clears it");
    for (outcome, body, reasons) in [
        (
            "k141_empty",
            json!({}),
            vec![clears("limits"), clears("quota")],
        ),
        (
            "k141_no_quota",
            json!({ "limits": null }),
            vec![clears("quota")],
        ),
        (
            "k141_array",
            json!([]),
            vec!["body must be a JSON object".to_owned()],
        ),
    ] {
        let request = Request::put(format!("{path}/limits"));
        let request = request.bearer(&token).json(body.to_string());
        let answer = server
            .record("key_limits_update", BadInput, outcome, &request)
            .await;
        assert_eq!(blamed(&answer.expect(400)), reasons, "{outcome}");
    }
}
