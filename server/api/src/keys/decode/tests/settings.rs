//! The bodies of updates and revocations of keys.

use bitting_core::{KeySettings, Timestamp};

use super::*;

/// The body of an update with one member replaced, or left out.
fn settings(member: &str, value: Option<&str>) -> String {
    let members = [
        ("name", r#""n""#),
        ("description", "null"),
        ("starts_at", "null"),
        ("expires_at", "null"),
        ("enabled", "true"),
        ("role", r#""none""#),
        ("scopes", "null"),
        ("metadata", "null"),
        ("allowed_addresses", "null"),
    ];
    let members = members.iter().filter_map(|(name, standing)| {
        let value = if *name == member { value? } else { standing };
        Some(format!("\"{name}\":{value}"))
    });
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

fn update(member: &str, value: Option<&str>) -> Result<KeySettings, Refusal> {
    key_update(settings(member, value).as_bytes())
}

#[test]
fn k55_null_clears_and_what_is_left_out_is_asked_for() {
    let cleared = update("", None).unwrap();
    assert_eq!(cleared.name.as_str(), "n");
    assert_eq!((cleared.start, cleared.end), (None, None));
    assert_eq!((cleared.enabled, cleared.role), (true, Role::None));
    assert!(cleared.description.is_none() && cleared.scopes.is_empty());
    assert!(cleared.metadata.is_empty() && cleared.addresses.is_empty());

    for (member, field) in [("name", "Name"), ("enabled", "enabled"), ("role", "Role")] {
        assert_eq!(
            blamed(update(member, None)),
            [format!("{field} is required")]
        );
        let reason = format!("{field} must not be null");
        assert_eq!(blamed(update(member, Some("null"))), [reason]);
    }
    for (member, field) in [
        ("description", "Description"),
        ("starts_at", "Start"),
        ("expires_at", "End"),
        ("scopes", "scopes"),
        ("metadata", "metadata"),
        ("allowed_addresses", "allowed_addresses"),
    ] {
        let reason = format!("{field} is required: null clears it");
        assert_eq!(blamed(update(member, None)), [reason]);
    }
    assert_eq!(blamed(key_update(b"{}")).len(), 9);
    assert_eq!(blamed(key_update(br#"{"id":"x"}"#)).len(), 10);
}

#[test]
fn k55_what_is_sent_is_set() {
    let set = |member, value| update(member, Some(value)).unwrap();
    assert_eq!(
        set("description", r#""d""#).description.unwrap().as_str(),
        "d"
    );
    assert!(!set("enabled", "false").enabled);
    assert_eq!(set("role", r#""root""#).role, Role::Root);
    assert_eq!(set("scopes", r#"["a"]"#).scopes.iter().count(), 1);
    assert_eq!(
        set("metadata", r#"{"a":1}"#).metadata.as_json(),
        r#"{"a":1}"#
    );
    assert_eq!(
        set("allowed_addresses", r#"["::1"]"#)
            .addresses
            .iter()
            .count(),
        1
    );
    let time = "\"2026-01-01T08:30:00Z\"";
    assert_eq!(
        set("starts_at", time).start,
        Timestamp::from_seconds(1_767_256_200)
    );
    assert_eq!(
        set("expires_at", time).end,
        Timestamp::from_seconds(1_767_256_200)
    );
    let both = settings("starts_at", Some(time));
    let both = both.replace(r#""expires_at":null"#, &format!(r#""expires_at":{time}"#));
    assert_eq!(
        blamed(key_update(both.as_bytes())),
        ["End must be later than the start"]
    );
}

#[test]
fn k56_a_reason_may_be_given() {
    assert_eq!(revoke(b"{}"), Ok(None));
    assert_eq!(revoke(br#"{"reason":null}"#), Ok(None));
    let reason = revoke(br#"{"reason":"leaked"}"#).unwrap().unwrap();
    assert_eq!(reason.as_str(), "leaked");
    let long = format!(r#"{{"reason":"{}"}}"#, "é".repeat(1_001));
    for (body, blame) in [
        (r#"{"reason":""}"#, "reason must not be empty"),
        (r#"{"reason":1}"#, "reason must be a string"),
        (long.as_str(), "reason must have at most 1000 characters"),
        ("", "Body must be valid JSON; it is not at line 1 column 0"),
        (
            r#"{"why":"x"}"#,
            "Body must not have the member `why`: there are reason",
        ),
    ] {
        assert_eq!(blamed(revoke(body.as_bytes())), [blame]);
    }
}
