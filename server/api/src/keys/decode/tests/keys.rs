//! The bodies of creates of keys.

use bitting_core::{KeyDraft, KeyName, Timestamp};

use super::*;

const NOW: i64 = 1_767_256_200; // 2026-01-01T08:30:00Z

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds).unwrap()
}

fn create(body: &str) -> Result<KeyCreate, Refusal> {
    key_create(body.as_bytes(), at(NOW))
}

fn wrong(body: &str) -> Vec<String> {
    blamed(create(body))
}

#[test]
fn k51_a_key_needs_a_name_and_nothing_else() {
    let made = create(r#"{"name":" n "}"#).unwrap();
    let name = KeyName::new(" n ".to_owned()).unwrap();
    assert_eq!(made.draft, KeyDraft::new(name));
    assert_eq!(made.owner, None);
    let nulls = create(
        r#"{"name":" n ","description":null,"owner_id":null,"starts_at":null,"expires_at":null,
        "expires_in_seconds":null,"role":null,"scopes":null,"metadata":null,"allowed_addresses":null,
        "recoverable":null,"prefix":null}"#,
    );
    assert_eq!(nulls, Ok(made));
}

#[test]
fn k51_everything_that_can_be_said_of_a_new_key() {
    let made = create(
        r#"{"name":"n","description":"d","owner_id":"3","starts_at":"2026-01-02T00:00:00Z",
        "expires_at":"2026-01-03T01:00:00+01:00","role":"read","scopes":["b","a","b"],
        "metadata":{ "b" : 1.10, "a" : [ ] },"allowed_addresses":["192.0.2.7/32","10.0.0.0/8"],
        "recoverable":true,"prefix":"acme"}"#,
    )
    .unwrap();
    assert_eq!(made.owner.map(MemberId::get), Some(3));
    let draft = made.draft;
    assert_eq!(draft.description.unwrap().as_str(), "d");
    assert_eq!(draft.start, Some(at(NOW + 15 * 3_600 + 1_800)));
    assert_eq!(draft.end, Some(at(NOW + 39 * 3_600 + 1_800)));
    assert_eq!(draft.role, Some(Role::Read));
    let scopes: Vec<_> = draft.scopes.iter().map(ToString::to_string).collect();
    assert_eq!(scopes, ["a", "b"]);
    assert_eq!(draft.metadata.as_json(), r#"{"b":1.10,"a":[]}"#);
    let addresses: Vec<_> = draft.addresses.iter().map(|b| b.to_string()).collect();
    assert_eq!(addresses, ["10.0.0.0/8", "192.0.2.7"]);
    assert!(draft.recoverable);
    assert_eq!(draft.prefix.unwrap().as_str(), "acme");
    assert_eq!(draft.owner, None, "the company is not known here");
}

#[test]
fn k51_a_lifetime_is_counted_from_now() {
    let end = |seconds: &str| {
        let body = format!(r#"{{"name":"n","expires_in_seconds":{seconds}}}"#);
        create(&body).map(|made| made.draft.end)
    };
    assert_eq!(end("1"), Ok(Some(at(NOW + 1))));
    assert_eq!(end("3153600000"), Ok(Some(at(NOW + 3_153_600_000))));
    for bad in [
        "0",
        "-1",
        "3153600001",
        "1.0",
        "1e3",
        "\"1\"",
        "true",
        "99999999999999999999",
    ] {
        assert_eq!(
            blamed(end(bad)),
            ["expires_in_seconds must be a whole number from 1 to 3153600000"],
            "{bad}"
        );
    }
    let body = br#"{"name":"n","expires_in_seconds":2}"#;
    assert_eq!(
        blamed(key_create(body, Timestamp::MAX)),
        ["expires_in_seconds must end in the year 9999 or before"]
    );
}

#[test]
fn k51_a_key_ends_once_and_after_it_starts() {
    for (times, reason) in [
        (
            r#""expires_at":"2027-01-01T00:00:00Z","expires_in_seconds":1"#,
            "expires_in_seconds must not be given beside expires_at",
        ),
        (
            r#""starts_at":"2027-01-01T00:00:00Z","expires_at":"2027-01-01T00:00:00Z""#,
            "End must be later than the start",
        ),
        (
            r#""starts_at":"2027-01-01T00:00:00Z","expires_in_seconds":1"#,
            "expires_in_seconds must be later than the start",
        ),
        (
            r#""expires_at":"2026-01-01T08:30:00Z""#,
            "End must be later than the start",
        ),
        // The fraction of a second that it is later is dropped.
        (
            r#""expires_at":"2026-01-01T08:30:00.5Z""#,
            "End must be later than the start",
        ),
    ] {
        let body = format!(r#"{{"name":"n",{times}}}"#);
        assert_eq!(wrong(&body), [reason], "{times}");
    }
    let past =
        r#"{"name":"n","starts_at":"2020-01-01T00:00:00Z","expires_at":"2020-01-02T00:00:00Z"}"#;
    assert!(create(past).is_ok());
}

#[test]
fn k10_every_member_that_is_wrong_is_named_with_its_rule() {
    assert_eq!(
        wrong(
            r#"{"x":1,"description":1,"owner_id":3,"starts_at":"x","expires_at":[],"role":"owner",
            "scopes":"a","metadata":[],"allowed_addresses":{},"recoverable":1,"prefix":"apikey"}"#
        ),
        [
            "Body must not have the member `x`: there are name, description, owner_id, starts_at, expires_at, \
             expires_in_seconds, role, scopes, metadata, allowed_addresses, limits, quota, recoverable, prefix",
            "Name is required",
            "Description must be a string",
            "Owner must be a string",
            "Start must be a time by RFC 3339, as 2026-01-01T08:30:00Z",
            "End must be a string",
            "Role must be one of none, verify, read, write, admin, root",
            "scopes must be an array",
            "metadata must be an object",
            "allowed_addresses must be an array",
            "recoverable must be true or false",
            "prefix must be a lower-case letter and 1 to 9 lower-case letters or digits, and not apikey",
        ]
    );
    for (body, reason) in [
        (r#"{"name":"a\u0000"}"#, "Name must not contain U+0000"),
        (
            r#"{"name":"\ud800"}"#,
            "Name must not have one half of a surrogate pair",
        ),
        (r#"{"name":" "}"#, "Name must not be empty"),
        (
            r#"{"name":"n","description":"\u0000"}"#,
            "Description must not contain U+0000",
        ),
    ] {
        assert_eq!(wrong(body), [reason], "{body}");
    }
    for owner in ["", "0", "007", "x", "9223372036854775808"] {
        let body = format!(r#"{{"name":"n","owner_id":"{owner}"}}"#);
        assert!(
            wrong(&body)[0].starts_with("Owner must be the id"),
            "{owner}"
        );
    }
}

#[test]
fn k10_what_is_no_object_is_no_key() {
    let deep = "[".repeat(60_000);
    for body in [
        "",
        "null",
        "[]",
        "1",
        "{",
        r#"{"name":"n"} x"#,
        r#"{"name":"n","name":"n"}"#,
        &deep,
    ] {
        let blamed = wrong(body);
        assert!(blamed[0].starts_with("Body must "), "{blamed:?}");
    }
    let blamed = blamed(key_create(b"{\"name\":\"\xff\"}", at(NOW)));
    assert!(
        blamed[0].starts_with("Body must be valid JSON"),
        "{blamed:?}"
    );
}

#[test]
fn k52_metadata_is_within_its_bounds() {
    let of = |json: &str| create(&format!(r#"{{"name":"n","metadata":{json}}}"#));
    let sized = |bytes: usize| format!(r#"{{"a":"{}"}}"#, "x".repeat(bytes - 8));
    let whole = of(&format!(" {} ", sized(10_240))).unwrap();
    assert_eq!(whole.draft.metadata.as_json().len(), 10_240);
    assert_eq!(
        blamed(of(&sized(10_241))),
        ["metadata must have at most 10240 bytes as compact JSON"]
    );
    let deep = format!(r#"{{"a":{}{}}}"#, "[".repeat(100), "]".repeat(100));
    for (json, reason) in [
        ("1", "metadata must be an object"),
        (r#"{"a":"\u0000"}"#, "metadata must not contain U+0000"),
        (
            r#"{"a":1,"\u0061":2}"#,
            "metadata must not name a member twice",
        ),
        (deep.as_str(), "metadata must have at most 100 levels"),
    ] {
        assert_eq!(blamed(of(json)), [reason]);
    }
}

#[test]
fn k53_elements_of_lists_are_named_by_their_places() {
    const SCOPE: &str = "must have 1 to 100 of the characters A-Z a-z 0-9 _ . : / * -";
    let of = |members: &str| wrong(&format!(r#"{{"name":"n",{members}}}"#));
    assert_eq!(
        of(r#""scopes":["a","",1,"é","\u0000"]"#),
        [format!(
            "scopes scopes[1] {SCOPE}; scopes[2] must be a string; scopes[3] {SCOPE}"
        )]
    );
    let many = vec![r#""a""#; 10_000].join(",");
    assert_eq!(
        of(&format!(r#""scopes":[{many}]"#)),
        ["scopes must have at most 100 elements"]
    );
    let blamed = of(r#""allowed_addresses":["10.0.0.0/8","10.1.2.3/8","rubbish"]"#).remove(0);
    assert!(
        blamed.starts_with("allowed_addresses allowed_addresses[1] must have no bits set"),
        "{blamed}"
    );
    assert!(
        blamed.contains("; allowed_addresses[2] must be an IPv4"),
        "{blamed}"
    );
    let many = vec![r#""10.0.0.1""#; 51].join(",");
    assert_eq!(
        of(&format!(r#""allowed_addresses":[{many}]"#)),
        ["allowed_addresses must have at most 50 elements"]
    );
}
