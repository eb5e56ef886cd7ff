#![allow(clippy::unwrap_used)]
//! Each rule finds what is wrong with a document that breaks it, and nothing in those that are published.

use serde_json::{Value, json};

use super::*;

/// A rule, and what makes a good document break it.
type Broken = (&'static str, Surface, fn(&mut Value));

const CREATE: &str = "/paths/~1v1~1keys/post";
const VERIFY: &str = "/paths/~1v1~1verify/post";

const BROKEN: &[Broken] = &[
    ("info", Surface::Keys, |d| {
        set(d, "/info/version", json!("v1"));
    }),
    ("info", Surface::Ocamba, |d| {
        remove(d, "/info", "contact");
    }),
    ("info-sections", Surface::Feldera, |d| {
        set(
            d,
            "/info/description",
            json!("## Errors\n\nThere are some."),
        );
    }),
    ("servers", Surface::Keys, |d| {
        set(d, "/servers", json!([]));
    }),
    ("servers", Surface::Keys, |d| {
        set(d, "/servers/0/url", json!("http://bitting.example"));
    }),
    ("operation-id", Surface::Keys, |d| {
        set(d, &format!("{CREATE}/operationId"), json!("createKey"));
    }),
    ("operation-id", Surface::Keys, |d| {
        set(d, &format!("{CREATE}/operationId"), json!("key_list"));
    }),
    ("operation-table", Surface::Keys, |d| {
        remove(d, "/paths", "/v1/keys");
    }),
    ("summary", Surface::Keys, |d| {
        set(d, &format!("{CREATE}/summary"), json!("Make a key."));
    }),
    ("summary", Surface::Keys, |d| {
        set(d, &format!("{CREATE}/summary"), json!("x".repeat(61)));
    }),
    ("operation-description", Surface::Keys, |d| {
        remove(d, CREATE, "description");
    }),
    ("tags", Surface::Keys, |d| {
        set(d, &format!("{CREATE}/tags"), json!(["other"]));
    }),
    ("tags", Surface::Keys, |d| {
        remove(d, "/tags/0", "description");
    }),
    ("security", Surface::Keys, |d| {
        set(d, "/security", json!([]));
    }),
    ("security", Surface::Keys, |d| {
        remove(d, CREATE, "security");
    }),
    ("public-operations", Surface::Keys, |d| {
        set(d, &format!("{CREATE}/security"), json!([]));
    }),
    ("required-role", Surface::Keys, |d| {
        set(d, &format!("{CREATE}/x-required-role"), json!("read"));
    }),
    ("error-codes", Surface::Keys, |d| {
        set(
            d,
            &format!("{CREATE}/x-error-codes"),
            json!(["invalid_request"]),
        );
    }),
    ("error-codes", Surface::Feldera, |d| {
        set(
            d,
            "/paths/~1v0~1api_keys/post/description",
            json!("Makes a key."),
        );
    }),
    ("parameter-description", Surface::Keys, |d| {
        remove(d, "/paths/~1v1~1keys/get/parameters/0", "description");
    }),
    ("property-description", Surface::Keys, |d| {
        remove(
            d,
            "/components/schemas/KeyCreate/properties/name",
            "description",
        );
    }),
    ("component-description", Surface::Keys, |d| {
        remove(d, "/components/headers/RequestId", "description");
    }),
    ("statuses", Surface::Keys, |d| {
        remove(d, &format!("{CREATE}/responses"), "401");
    }),
    ("statuses", Surface::Keys, |d| {
        set(
            d,
            &format!("{CREATE}/responses/4XX"),
            json!({ "description": "x" }),
        );
    }),
    ("one-error-schema", Surface::Keys, |d| {
        let place = "/components/responses/NotFound/content/application~1json/schema";
        set(d, place, json!({ "$ref": "#/components/schemas/Key" }));
    }),
    ("request-id", Surface::Keys, |d| {
        remove(d, "/components/responses/NotFound/headers", "x-request-id");
    }),
    ("retry-after", Surface::Ocamba, |d| {
        remove(
            d,
            "/components/responses/TooManyRequests/headers",
            "Retry-After",
        );
    }),
    ("retry-after", Surface::Keys, |d| {
        remove(
            d,
            "/components/responses/ServiceUnavailable/headers",
            "Retry-After",
        );
    }),
    ("challenge", Surface::Keys, |d| {
        remove(
            d,
            "/components/responses/Unauthorized/headers",
            "WWW-Authenticate",
        );
    }),
    ("location", Surface::Keys, |d| {
        remove(d, &format!("{CREATE}/responses/201/headers"), "Location");
    }),
    ("deprecation", Surface::Keys, |d| {
        set(d, &format!("{CREATE}/deprecated"), json!(true));
    }),
    ("header-names", Surface::Keys, |d| {
        let place = "/components/responses/NotFound/headers/x_request";
        set(
            d,
            place,
            json!({ "$ref": "#/components/headers/RequestId" }),
        );
    }),
    ("input-bounds", Surface::Keys, |d| {
        remove(
            d,
            "/components/schemas/KeyCreate/properties/name",
            "maxLength",
        );
    }),
    ("input-bounds", Surface::Keys, |d| {
        remove(
            d,
            "/components/schemas/KeyCreate/properties/scopes",
            "maxItems",
        );
    }),
    ("input-bounds", Surface::Keys, |d| {
        remove(
            d,
            "/components/schemas/KeyRotate/properties/overlap_seconds",
            "maximum",
        );
    }),
    ("input-bounds", Surface::Keys, |d| {
        remove(d, "/paths/~1v1~1keys/get/parameters/0/schema", "maximum");
    }),
    ("input-closed", Surface::Keys, |d| {
        remove(d, "/components/schemas/KeyCreate", "additionalProperties");
    }),
    ("answer-open", Surface::Keys, |d| {
        set(
            d,
            "/components/schemas/Key/properties/name/maxLength",
            json!(255),
        );
    }),
    ("answer-open", Surface::Keys, |d| {
        set(
            d,
            "/components/schemas/Key/additionalProperties",
            json!(false),
        );
    }),
    ("schema-names", Surface::Keys, |d| {
        set(d, "/components/schemas/Error", json!({ "type": "object" }));
    }),
    ("schema-names", Surface::Keys, |d| {
        set(d, "/components/schemas/Union2", json!({ "type": "object" }));
    }),
    ("schema-names", Surface::Keys, |d| {
        set(
            d,
            "/components/schemas/Key/properties/name/title",
            json!("Member"),
        );
    }),
    ("property-names", Surface::Keys, |d| {
        set(
            d,
            "/components/schemas/Key/properties/createdAt",
            json!({ "type": "string" }),
        );
    }),
    ("unions", Surface::Keys, |d| {
        set(
            d,
            "/components/schemas/Key/oneOf",
            json!([{ "type": "string" }]),
        );
    }),
    ("references", Surface::Keys, |d| {
        remove(d, "/components/schemas", "KeyCreated");
    }),
    ("references", Surface::Keys, |d| {
        set(d, "/components/schemas/Idle", json!({ "type": "object" }));
    }),
    ("null-beside-type", Surface::Keys, |d| {
        let member =
            json!({ "nullable": true, "allOf": [{ "$ref": "#/components/schemas/Role" }] });
        set(d, "/components/schemas/Key/properties/role", member);
    }),
    ("null-beside-type", Surface::Keys, |d| {
        set(
            d,
            "/components/schemas/KeyCreate/properties/role/enum",
            json!(["read"]),
        );
    }),
    ("example-present", Surface::Keys, |d| {
        let place = "/components/responses/NotFound/content/application~1json";
        remove(d, place, "example");
        remove(d, place, "examples");
    }),
    ("example-valid", Surface::Ocamba, |d| {
        let place = "/components/schemas/ApiError/properties/code";
        set(d, place, json!({ "type": "string", "description": "x" }));
    }),
    ("verification-codes", Surface::Keys, |d| {
        let place = format!("{VERIFY}/responses/200/content/application~1json");
        remove(d, &place, "examples");
    }),
    ("fake-secrets", Surface::Keys, |d| {
        let secret = ["bit_fysTkoTct9dIF1j9", "iz2raONBQfZsIU3WscDp"].concat();
        set(d, &format!("{CREATE}/description"), json!(secret));
    }),
    ("fake-secrets", Surface::Keys, |d| {
        let secret = ["q7Zt2Lw9Xc4Vb8Nm", "3Kj6Hg1Fd5Sa0Pr"].concat();
        set(
            d,
            "/components/schemas/Key/example",
            json!({ "secret": secret }),
        );
    }),
    ("no-internal-host", Surface::Keys, |d| {
        set(
            d,
            &format!("{CREATE}/description"),
            json!("Ask http://localhost:8080."),
        );
    }),
    ("no-internal-host", Surface::Keys, |d| {
        set(
            d,
            &format!("{CREATE}/description"),
            json!("See https://ci.acme.com."),
        );
    }),
];

fn set(document: &mut Value, place: &str, value: Value) {
    let (parent, name) = place.rsplit_once('/').unwrap();
    let name = name.replace("~1", "/");
    let parent = document.pointer_mut(parent).unwrap();
    match parent {
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        parent => parent[name] = value,
    }
}

fn remove(document: &mut Value, parent: &str, name: &str) {
    let parent = document.pointer_mut(parent).unwrap();
    parent.as_object_mut().unwrap().remove(name);
}

/// What one rule finds.
fn found(name: &str, surface: Surface, text: &str) -> usize {
    let subject = Subject::read(surface, text).unwrap();
    let mut report = finding::Report::new(surface);
    let rule = rules::rules().find(|rule| rule.name == name).unwrap();
    (rule.check)(&subject, &mut report);
    report.findings().len()
}

#[test]
fn each_rule_finds_what_breaks_it() {
    for (rule, surface, break_it) in BROKEN {
        let (_, good) = read(&workspace::root(), *surface).unwrap();
        let mut document = serde_json::from_str(&good).unwrap();
        break_it(&mut document);
        let before = found(rule, *surface, &good);
        let after = found(rule, *surface, &document.to_string());
        assert!(
            after > before,
            "{rule} on {surface:?}: {before} and {after}"
        );
    }
}

#[test]
fn each_rule_is_broken_once() {
    for rule in rules::rules() {
        let broken = BROKEN.iter().any(|(name, _, _)| *name == rule.name);
        assert!(broken, "{} is tried on no document", rule.name);
    }
}

#[test]
fn our_own_rules_find_nothing_in_what_is_committed() {
    assert!(check(true).unwrap().0, "see what cargo xtask lint prints");
}
