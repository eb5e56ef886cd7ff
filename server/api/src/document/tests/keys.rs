//! What the document of Bitting's own API holds to.

use bitting_core::bounds;
use serde_json::json;

use super::*;
use crate::keys::{List, decode, encode, types::ErrorCode};

/// The members of a key, in the order of K50.
const KEY: &[&str] = &[
    "id",
    "company_id",
    "owner_id",
    "issuer_id",
    "origin",
    "name",
    "description",
    "status",
    "role",
    "scopes",
    "metadata",
    "allowed_addresses",
    "limits",
    "quota",
    "starts_at",
    "expires_at",
    "enabled",
    "recoverable",
    "prefix",
    "created_at",
    "updated_at",
    "revoked_at",
    "revoked_reason",
    "last_used_at",
];

/// Those that an update takes.
const SETTINGS: &[&str] = &[
    "name",
    "description",
    "starts_at",
    "expires_at",
    "enabled",
    "role",
    "scopes",
    "metadata",
    "allowed_addresses",
];

fn document() -> Value {
    document_of(Surface::Keys)
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn members_are_in_the_order_of_the_wire_and_all_required() {
    let document = document();
    for (schema, expected) in [
        (
            "ApiError",
            ["error_code", "message", "request_id", "details"].as_slice(),
        ),
        ("Company", &["id", "name", "enabled", "created_at"]),
        (
            "Member",
            &["id", "company_id", "name", "login", "enabled", "created_at"],
        ),
        ("CompanyCreated", &["company", "member", "key"]),
        ("MemberCreated", &["member", "key"]),
        ("CompanyPage", &["items", "next_page"]),
        ("MemberPage", &["items", "next_page"]),
        ("Key", KEY),
        ("KeyCreated", &["key", "secret"]),
        ("KeyPage", &["items", "next_page"]),
        (
            "AuditRecord",
            &[
                "id",
                "at",
                "action",
                "company_id",
                "actor",
                "member_id",
                "request_id",
                "remote",
                "key_ids",
            ],
        ),
        ("AuditPage", &["items", "next_page"]),
        ("KeyRotated", &["key", "secret_id", "secret"]),
        ("KeyRevealed", &["secret_id", "secret"]),
        (
            "KeySecret",
            &["id", "hint", "created_at", "retires_at", "last_used_at"],
        ),
        ("KeySettings", SETTINGS),
        ("Limit", &["name", "limit", "window_seconds"]),
        ("KeyLimits", &["limits", "quota"]),
        (
            "Verification",
            &[
                "valid",
                "code",
                "key",
                "limits",
                "quota",
                "retry_after_seconds",
            ],
        ),
        (
            "LimitLeft",
            &["name", "limit", "remaining", "reset_seconds"],
        ),
        ("Usage", &["interval", "from", "to", "items"]),
        ("UsageSpan", &["starts_at", "outcomes"]),
        ("VerificationBatch", &["results"]),
    ] {
        assert_eq!(members(&document, schema), expected);
        let required = &document["components"]["schemas"][schema]["required"];
        assert_eq!(
            required.as_array().unwrap().len(),
            expected.len(),
            "{schema}"
        );
    }
    for (schema, expected) in [
        ("ApiError", ["details"].as_slice()),
        ("Member", &["login"]),
        ("CompanyCreated", &["member", "key"]),
        ("MemberCreated", &["key"]),
        ("CompanyPage", &["next_page"]),
        (
            "Key",
            &[
                "description",
                "quota",
                "expires_at",
                "prefix",
                "revoked_at",
                "revoked_reason",
                "last_used_at",
            ],
        ),
        ("KeyPage", &["next_page"]),
        (
            "KeySettings",
            &[
                "description",
                "starts_at",
                "expires_at",
                "scopes",
                "metadata",
                "allowed_addresses",
            ],
        ),
        ("KeyLimits", &["limits", "quota"]),
        ("Verification", &["key", "quota", "retry_after_seconds"]),
    ] {
        assert_eq!(nullable(&document, schema), expected, "{schema}");
    }
}

#[test]
fn what_may_be_null_is_a_copy_that_says_of_what() {
    let document = document();
    let schemas = &document["components"]["schemas"];
    for (schema, member, name, members) in [
        ("Member", "login", "Login", ["issuer", "subject"].as_slice()),
        (
            "CompanyCreated",
            "key",
            "FirstKey",
            &["id", "role", "secret"],
        ),
        (
            "MemberCreated",
            "key",
            "FirstKey",
            &["id", "role", "secret"],
        ),
        (
            "Verification",
            "key",
            "VerifiedKey",
            &[
                "id",
                "company_id",
                "member_id",
                "name",
                "scopes",
                "metadata",
                "expires_at",
            ],
        ),
    ] {
        let copy = &schemas[schema]["properties"][member];
        assert_eq!(copy["x-copy-of"], name);
        let shown: Vec<_> = copy["properties"].as_object().unwrap().keys().collect();
        assert_eq!(shown, members);
        assert!(schemas.get(name).is_none(), "{name} is used nowhere");
    }
    let copy = &schemas["CompanyCreated"]["properties"]["member"];
    assert_eq!(copy["x-copy-of"], "Member");
    assert_eq!(copy["title"], "CompanyCreatedMember");
    let members = |schema: &Value| -> Vec<String> {
        let properties = schema["properties"].as_object().unwrap();
        properties.keys().cloned().collect()
    };
    assert_eq!(members(copy), members(&schemas["Member"]));
}

#[test]
fn k4_the_text_has_the_list_of_codes() {
    let document = document();
    let text = document["info"]["description"].as_str().unwrap();
    for code in ErrorCode::ALL {
        let line = format!("| `{}` | {} |", code.name(), code.code().status);
        assert!(text.contains(&line), "{line}");
    }
    assert!(!text.contains('{'), "nothing is left to be filled in");
}

#[test]
fn k10_the_bodies_of_requests_have_no_other_members() {
    let document = document();
    let schemas = &document["components"]["schemas"];
    for schema in [
        "CompanySettings",
        "MemberSettings",
        "KeySettings",
        "KeyRevoke",
        "KeyRotate",
        "KeyVerify",
        "KeyVerifyBatch",
    ] {
        assert_eq!(schemas[schema]["additionalProperties"], false, "{schema}");
    }
    for schema in ["CompanyCreate", "MemberCreate", "KeyCreate"] {
        assert_eq!(schemas[schema]["additionalProperties"], false, "{schema}");
        assert_eq!(schemas[schema]["required"], json!(["name"]), "{schema}");
        let name = &schemas[schema]["properties"]["name"];
        assert_eq!(name["maxLength"], bounds::NAME_MAX, "{schema}");
    }
    let text = document["info"]["description"].as_str().unwrap();
    for words in [
        format!("1 to {} characters", bounds::NAME_MAX),
        format!("at most {} KiB", bounds::BODY_MAX / 1024),
        format!("of batches at most {} KiB", bounds::BATCH_BODY_MAX / 1024),
        format!("`limit` items, {} unless", bounds::PAGE_SIZE),
    ] {
        assert!(text.contains(&words), "{words}");
    }
}

#[test]
fn k20_the_bounds_and_the_example_of_a_page_are_true() {
    let document = document();
    let parameters = &document["paths"]["/v1/companies"]["get"]["parameters"];
    let limit = &parameters[0];
    assert_eq!(limit["name"], "limit");
    assert_eq!(limit["schema"]["maximum"], bounds::PAGE_MAX);
    let token = &parameters[1];
    assert_eq!(token["name"], "page_token");
    let example = encode::next_page(List::COMPANIES, 2);
    assert_eq!(token["example"], example);
    assert_eq!(token["schema"]["maxLength"], example.len());
}

#[test]
fn k112_the_example_of_a_page_of_records_is_true() {
    let document = document();
    let parameters = document["paths"]["/v1/audit"]["get"]["parameters"].clone();
    let parameters = parameters.as_array().unwrap();
    let token = parameters.iter().find(|p| p["name"] == "page_token");
    let token = token.unwrap();
    let example = token["example"].as_str().unwrap();
    assert_eq!(token["schema"]["maxLength"], example.len());
    let query = decode::audit_list(&format!("page_token={example}")).unwrap();
    assert_eq!(query.after.map(|(_, id)| id), Some(4_711));
    assert!(decode::audit_list(&format!("page_token={example}&member=3")).is_err());
}
