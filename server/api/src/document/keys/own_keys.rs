//! Examples of keys and their verification. Every secret in them is plainly none.

use bitting_core::Role;
use serde_json::{Value, json};

/// A token that continues the list of keys, the newest first, after one made at 2026-01-01 08:30:00.
pub(super) const PAGE_OF_KEYS: &str =
    "0103a0d43f77e32b8978000000000000000201000000006956308884107146";

/// A token that continues the list of audit records after the record 4711.
pub(super) const PAGE_OF_RECORDS: &str =
    "0104d7e4fcfa299d713d0000019c4bf96f580000000000001267b3713e3d";

pub(super) const ID: &str = "01913f2e-7a6c-7b4e-9d21-5c0f8e3a6b17";
pub(super) const SECRET: &str = "bit_000000000000000000000000000000000000";
/// The ids of two secrets of a key.
pub(super) const NEW: &str = "019c4b3e-5a10-7c55-8e0a-6f1b2c3d4e5f";
const OLD: &str = "01913f2e-7a6d-7d10-a1b2-c3d4e5f60718";
/// The secret of the key in most examples.
const CUSTOMERS: &str = "acme_000000000000000000000000000000000000";

/// Examples of the bodies that operations take.
pub(super) fn requests(id: &str) -> Vec<(&'static str, Value)> {
    match id {
        "key_create" => vec![
            ("shortest", json!({ "name": "Deployment" })),
            (
                "customer",
                json!({
                    "name": "Customer 4711",
                    "expires_in_seconds": 7_776_000,
                    "scopes": ["orders:read", "orders:write"],
                    "metadata": { "plan": "pro", "customer": 4711 },
                    "allowed_addresses": ["192.0.2.0/24", "2001:db8::/32"],
                    "prefix": "acme",
                }),
            ),
            (
                "service",
                json!({ "name": "Gateway", "owner_id": "3", "role": "verify" }),
            ),
        ],
        "key_update" => vec![("settings", settings())],
        "key_revoke" | "self_revoke" => vec![
            (
                "with_reason",
                json!({ "reason": "found in a public repository" }),
            ),
            ("without", json!({})),
        ],
        "key_rotate" => vec![
            ("with_overlap", json!({ "overlap_seconds": 86_400 })),
            ("at_once", json!({})),
        ],
        "key_verify" => vec![
            ("shortest", json!({ "key": CUSTOMERS })),
            ("in_full", question()),
        ],
        "key_verify_batch" => vec![(
            "two",
            json!({ "keys": [question(), { "key": "bit_mistyped" }] }),
        )],
        _ => Vec::new(),
    }
}

/// Examples of the bodies that operations answer.
pub(super) fn answers(id: &str) -> Vec<(&'static str, Value)> {
    match id {
        "key_create" => vec![("key", json!({ "key": key(), "secret": CUSTOMERS }))],
        "key_list" => vec![
            (
                "more",
                json!({ "items": [key()], "next_page": PAGE_OF_KEYS }),
            ),
            ("last", json!({ "items": [key()], "next_page": null })),
        ],
        "key_view" | "whoami" => vec![("key", key())],
        "key_update" => vec![("key", updated())],
        "key_revoke" | "self_revoke" => vec![("key", revoked())],
        "key_rotate" => vec![(
            "key",
            json!({ "key": rotated(), "secret_id": NEW, "secret": CUSTOMERS }),
        )],
        "secret_list" => vec![("two", json!({ "items": [current(), retiring()] }))],
        "key_reveal" => vec![("secret", json!({ "secret_id": NEW, "secret": CUSTOMERS }))],
        "audit_list" => vec![
            (
                "more",
                json!({ "items": [record()], "next_page": PAGE_OF_RECORDS }),
            ),
            ("last", json!({ "items": [record()], "next_page": null })),
        ],
        "key_verify" => vec![
            ("good", good()),
            ("insufficient_scope", found("insufficient_scope")),
            ("not_found", not_found()),
        ],
        "key_verify_batch" => vec![("two", json!({ "results": [good(), not_found()] }))],
        _ => Vec::new(),
    }
}

fn settings() -> Value {
    json!({
        "name": "Customer 4711",
        "description": null,
        "starts_at": "2026-01-01T08:30:00Z",
        "expires_at": "2026-04-01T08:30:00Z",
        "enabled": false,
        "role": Role::None.name(),
        "scopes": ["orders:read"],
        "metadata": { "plan": "pro", "customer": 4711 },
        "allowed_addresses": ["192.0.2.0/24", "2001:db8::/32"],
    })
}

fn key() -> Value {
    json!({
        "id": ID,
        "company_id": "2",
        "owner_id": "3",
        "issuer_id": "3",
        "origin": "keys",
        "name": "Customer 4711",
        "description": null,
        "status": "active",
        "role": Role::None.name(),
        "scopes": ["orders:read", "orders:write"],
        "metadata": { "plan": "pro", "customer": 4711 },
        "allowed_addresses": ["192.0.2.0/24", "2001:db8::/32"],
        "starts_at": "2026-01-01T08:30:00Z",
        "expires_at": "2026-04-01T08:30:00Z",
        "enabled": true,
        "recoverable": false,
        "prefix": "acme",
        "created_at": "2026-01-01T08:30:00Z",
        "updated_at": "2026-01-01T08:30:00Z",
        "revoked_at": null,
        "revoked_reason": null,
        "last_used_at": null,
    })
}

/// The key after [`settings`] were put in place.
fn updated() -> Value {
    let mut key = key();
    if let Value::Object(settings) = settings() {
        for (name, value) in settings {
            key[name] = value;
        }
    }
    key["status"] = "disabled".into();
    key["updated_at"] = "2026-02-11T09:12:44Z".into();
    key
}

fn revoked() -> Value {
    let mut key = key();
    key["status"] = "revoked".into();
    key["updated_at"] = "2026-02-11T09:12:44Z".into();
    key["revoked_at"] = "2026-02-11T09:12:44Z".into();
    key["revoked_reason"] = "found in a public repository".into();
    key
}

fn rotated() -> Value {
    let mut key = key();
    key["updated_at"] = "2026-02-11T09:12:44Z".into();
    key
}

fn current() -> Value {
    json!({
        "id": NEW,
        "hint": "…0000",
        "created_at": "2026-02-11T09:12:44Z",
        "retires_at": null,
        "last_used_at": null,
    })
}

fn retiring() -> Value {
    json!({
        "id": OLD,
        "hint": "…0001",
        "created_at": "2026-01-01T08:30:00Z",
        "retires_at": "2026-02-12T09:12:44Z",
        "last_used_at": "2026-02-11T09:12:40Z",
    })
}

fn record() -> Value {
    json!({
        "id": "4711",
        "at": "2026-02-11T09:12:44.120Z",
        "action": "key_revoked",
        "company_id": "2",
        "actor": { "member_id": "3", "via": format!("key {NEW}") },
        "member_id": null,
        "request_id": "99a84211-f73d-4ff8-acdf-eb3e06bb9d62",
        "remote": "192.0.2.7",
        "key_ids": [ID],
    })
}

fn question() -> Value {
    json!({ "key": CUSTOMERS, "scopes": ["orders:read"], "client_ip": "192.0.2.7" })
}

fn good() -> Value {
    let mut found = found("valid");
    found["valid"] = true.into();
    found
}

fn not_found() -> Value {
    json!({ "valid": false, "code": "not_found", "key": null })
}

fn found(code: &str) -> Value {
    json!({
        "valid": false,
        "code": code,
        "key": {
            "id": ID,
            "company_id": "2",
            "member_id": "3",
            "name": "Customer 4711",
            "scopes": ["orders:read", "orders:write"],
            "metadata": { "plan": "pro", "customer": 4711 },
            "expires_at": "2026-04-01T08:30:00Z",
        },
    })
}
