//! Examples.

use serde_json::Value;

use super::{companies, own_keys};
use crate::document::headers::ENTITY_TAG;

/// Examples of the bodies that operations take.
pub(super) fn requests(id: &str) -> Vec<(&'static str, Value)> {
    let mut examples = companies::requests(id);
    examples.extend(own_keys::requests(id));
    examples
}

/// Examples of the bodies that operations answer.
pub(super) fn answers(id: &str) -> Vec<(&'static str, Value)> {
    let mut examples = companies::answers(id);
    examples.extend(own_keys::answers(id));
    examples
}

/// An example of a parameter of an operation.
pub(super) fn parameter(id: &str, name: &str) -> Option<Value> {
    Some(match name {
        "company" => "2".into(),
        "member" | "owner" => "3".into(),
        "new_owner" => "4".into(),
        "limit" => 50.into(),
        "interval" => "hour".into(),
        "id" | "key" => own_keys::ID.into(),
        "scopes" => "orders:read,orders:write".into(),
        "secret" => own_keys::NEW.into(),
        "sort" => "-expires_at".into(),
        "q" => "deploy".into(),
        "status" => "active".into(),
        "scope" => "orders:read".into(),
        "origin" => "keys".into(),
        "expires_before" | "last_used_before" => "2026-04-01T00:00:00Z".into(),
        "action" => "key_revoked".into(),
        "from" => "2026-02-01T00:00:00Z".into(),
        "to" => "2026-03-01T00:00:00Z".into(),
        "page_token" if id == "audit_list" => own_keys::PAGE_OF_RECORDS.into(),
        "page_token" if id == "key_list" => own_keys::PAGE_OF_KEYS.into(),
        "page_token" => companies::PAGE_OF_COMPANIES.into(),
        "Idempotency-Key" => "8e03978e-40d5-43e8-bc93-6894a57f9324".into(),
        "If-Match" => ENTITY_TAG.into(),
        _ => return None,
    })
}
