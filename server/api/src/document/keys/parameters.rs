//! Examples of parameters.

use serde_json::Value;

use crate::document::headers::ENTITY_TAG;

/// A token that continues the list of companies after the company 2.
const PAGE_OF_COMPANIES: &str = "010100000000000000000000000000000002e1e1d3c3";

/// A token that continues the list of keys, the newest first, after one made at 2026-01-01 08:30:00.
const PAGE_OF_KEYS: &str = "0103a0d43f77e32b8978000000000000000201000000006956308884107146";

/// A token that continues the list of audit records after the record 4711.
const PAGE_OF_RECORDS: &str = "0104d7e4fcfa299d713d0000019c4bf96f580000000000001267b3713e3d";

const ID: &str = "01913f2e-7a6c-7b4e-9d21-5c0f8e3a6b17";
/// The id of a secret of a key.
const NEW: &str = "019c4b3e-5a10-7c55-8e0a-6f1b2c3d4e5f";

/// An example of a parameter of an operation.
pub(super) fn example(id: &str, name: &str) -> Option<Value> {
    Some(match name {
        "company" => "2".into(),
        "member" | "owner" => "3".into(),
        "new_owner" => "4".into(),
        "limit" => 50.into(),
        "interval" => "hour".into(),
        "id" | "key" => ID.into(),
        "scopes" => "orders:read,orders:write".into(),
        "secret" => NEW.into(),
        "sort" => "-expires_at".into(),
        "q" => "deploy".into(),
        "status" => "active".into(),
        "scope" => "orders:read".into(),
        "origin" => "keys".into(),
        "expires_before" | "last_used_before" => "2026-04-01T00:00:00Z".into(),
        "action" => "key_revoked".into(),
        "from" => "2026-02-01T00:00:00Z".into(),
        "to" => "2026-03-01T00:00:00Z".into(),
        "page_token" if id == "audit_list" => PAGE_OF_RECORDS.into(),
        "page_token" if id == "key_list" => PAGE_OF_KEYS.into(),
        "page_token" => PAGE_OF_COMPANIES.into(),
        "Idempotency-Key" => "8e03978e-40d5-43e8-bc93-6894a57f9324".into(),
        "If-Match" => ENTITY_TAG.into(),
        _ => return None,
    })
}
