//! K51, K52, K53: scopes, metadata and addresses that new keys are refused for.

use bitting_core::Role;
use bitting_tests::{Class::Refused, Request};
use serde_json::json;

use super::{OWN, key_create_invalid::wrong, with};

const OP: &str = "key_create";

#[tokio::test]
async fn k51_what_is_no_scope_is_named_by_its_place() {
    let form = "must have 1 to 100 of the characters A-Z a-z 0-9 _ . : / * -";
    let scopes =
        |many: usize| json!((0..many).map(|n| format!("s{n}")).collect::<Vec<_>>()).to_string();
    let many = "must have at most 100 elements";
    wrong(
        "scopes",
        &[
            ("k51_scopes_101", &scopes(101), many),
            (
                "k51_scopes_10000",
                &json!(vec!["s"; 10_000]).to_string(),
                many,
            ),
            (
                "k51_scope_empty",
                r#"["a",""]"#,
                &format!("scopes[1] {form}"),
            ),
            (
                "k51_scope_space",
                r#"["a b"]"#,
                &format!("scopes[0] {form}"),
            ),
            (
                "k51_scope_of_101",
                &json!(["s".repeat(101)]).to_string(),
                &format!("scopes[0] {form}"),
            ),
            ("k51_scope_number", "[1]", "scopes[0] must be a string"),
            (
                "k51_scopes_four_wrong",
                r#"["é",null,"\u0000","a","\""]"#,
                &format!("scopes[0] {form}; scopes[1] must be a string; scopes[2] {form}"),
            ),
            ("k51_scopes_object", r#"{"a":true}"#, "must be an array"),
        ],
    )
    .await;
}

#[tokio::test]
async fn k52_what_is_no_metadata_is_400() {
    let large = json!({ "m": "x".repeat(10_241 - r#"{"m":""}"#.len()) }).to_string();
    assert_eq!(large.len(), 10_241);
    let deep = format!(r#"{{"d":{}{}}}"#, "[".repeat(100), "]".repeat(100));
    let deeper = "{\"d\":".repeat(5_000) + "1" + &"}".repeat(5_000);
    wrong(
        "metadata",
        &[
            (
                "k52_10241_bytes",
                &large,
                "must have at most 10240 bytes as compact JSON",
            ),
            ("k52_101_levels", &deep, "must have at most 100 levels"),
            ("k52_5000_levels", &deeper, "must have at most 100 levels"),
            ("k52_array", "[]", "must be an object"),
            ("k52_text", r#""{}""#, "must be an object"),
            (
                "k52_twice",
                r#"{"a":{"b":1,"c":2,"\u0062":3}}"#,
                "must not name a member twice",
            ),
            ("k52_nul", r#"{"a":["\u0000"]}"#, "must not contain U+0000"),
            (
                "k52_nul_in_a_name",
                r#"{"a\u0000":1}"#,
                "must not contain U+0000",
            ),
            (
                "k52_surrogate",
                r#"{"a":"\ud83d"}"#,
                "must not have one half of a surrogate pair",
            ),
        ],
    )
    .await;
}

/// A body that is larger than bodies may be is not metadata that is too large.
#[tokio::test]
async fn k52_metadata_of_a_megabyte_is_413() {
    let (server, token) = with(Role::Write).await;
    let body = json!({ "name": "x", "metadata": { "m": "x".repeat(1 << 20) } }).to_string();
    let request = Request::post(OWN).bearer(&token).json(body);
    let answer = server.record(OP, Refused, "k52_a_megabyte", &request).await;
    answer.expect(413);
}

#[tokio::test]
async fn k53_what_is_no_address_is_named_by_its_place() {
    let form =
        "must be an IPv4 or IPv6 address, or a block of them as 192.0.2.0/24 or 2001:db8::/32";
    let one = |text: &str| json!([text]).to_string();
    let first = |reason: &str| format!("allowed_addresses[0] {reason}");
    let many: Vec<_> = (0..51).map(|n| format!("192.0.2.{n}")).collect();
    let bits = |text: &str| {
        first(&format!(
            "must have no bits set after its prefix: did you mean {text}?"
        ))
    };
    for (outcome, value, reason) in [
        (
            "k53_51_addresses",
            json!(many).to_string(),
            "must have at most 50 elements".to_owned(),
        ),
        ("k53_host_bits", one("192.0.2.7/24"), bits("192.0.2.0/24")),
        (
            "k53_host_bits_6",
            one("2001:db8::1/32"),
            bits("2001:db8::/32"),
        ),
        (
            "k53_host_bits_mapped",
            one("::ffff:192.0.2.7/120"),
            bits("192.0.2.0/24"),
        ),
        (
            "k53_mapped_block",
            one("::ffff:0:0/90"),
            first("must name IPv4 addresses as such, without ::ffff:"),
        ),
        ("k53_word", one("localhost"), first(form)),
        ("k53_empty", one(""), first(form)),
        ("k53_prefix_33", one("192.0.2.0/33"), first(form)),
        ("k53_prefix_129", one("2001:db8::/129"), first(form)),
        ("k53_prefix_negative", one("192.0.2.0/-1"), first(form)),
        ("k53_prefix_empty", one("192.0.2.0/"), first(form)),
        ("k53_two_prefixes", one("192.0.2.0/24/24"), first(form)),
        ("k53_netmask", one("192.0.2.0/255.255.255.0"), first(form)),
        ("k53_octet_256", one("192.0.2.256"), first(form)),
        ("k53_three_octets", one("192.0.2"), first(form)),
        ("k53_leading_zero", one("192.0.2.07"), first(form)),
        ("k53_port", one("192.0.2.7:80"), first(form)),
        ("k53_zone", one("fe80::1%eth0"), first(form)),
        ("k53_brackets", one("[2001:db8::1]"), first(form)),
        ("k53_padded", one(" 192.0.2.7"), first(form)),
        ("k53_nul", r#"["192.0.2.7\u0000"]"#.to_owned(), first(form)),
        (
            "k53_number",
            "[3221225991]".to_owned(),
            first("must be a string"),
        ),
    ] {
        wrong("allowed_addresses", &[(outcome, &value, &reason)]).await;
    }
}
