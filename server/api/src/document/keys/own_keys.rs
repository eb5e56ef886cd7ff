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
        "key_import" => vec![(
            "three",
            json!({ "keys": [
                { "name": "Nightly export", "secret": "sk_0000000000000000000000000000000000000000" },
                {
                    "name": "Customer 4711",
                    "digest": "sha512$$cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce\
                               47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
                    "digest_form": "django_sha512",
                    "owner_id": "3",
                    "starts_at": "2024-01-01T08:30:00Z",
                    "scopes": ["orders:read"],
                    "metadata": { "imported_from": "django" },
                },
                {
                    "name": "ingest",
                    "digest": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                    "digest_form": "sha256_base64",
                    "origin": "feldera",
                    "role": "write",
                },
            ] }),
        )],
        "key_update" => vec![("settings", settings())],
        "key_limits_update" => vec![
            ("metered", metering()),
            ("none", json!({ "limits": [], "quota": null })),
        ],
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
        "introspect" => vec![
            ("shortest", json!({ "token": CUSTOMERS })),
            (
                "in_full",
                json!({ "token": CUSTOMERS, "token_type_hint": "access_token", "client_ip": "192.0.2.7" }),
            ),
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
        "key_import" => vec![(
            "three",
            json!({ "results": [
                { "status": "created", "id": ID, "errors": null },
                { "status": "duplicate", "id": ID, "errors": null },
                {
                    "status": "invalid",
                    "id": null,
                    "errors": [{ "field": "owner_id", "reason": "is no member of the company" }],
                },
            ] }),
        )],
        "key_update" => vec![("key", updated())],
        "key_limits_update" => vec![("key", metered())],
        "key_revoke" | "self_revoke" => vec![("key", revoked())],
        "key_usage" | "company_usage" => vec![("by_hour", usage())],
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
            ("rate_limited", limited()),
            ("not_found", not_found()),
        ],
        "introspect" => vec![
            (
                "active",
                json!({
                    "active": true,
                    "scope": "orders:read orders:write",
                    "client_id": ID,
                    "token_type": "Bearer",
                    "exp": 1_775_032_200,
                    "iat": 1_767_256_200,
                    "nbf": 1_767_256_200,
                    "sub": "3",
                    "jti": ID,
                    "company_id": "2",
                    "member_id": "3",
                    "key_id": ID,
                }),
            ),
            ("not_active", json!({ "active": false })),
        ],
        "key_verify_batch" => vec![("two", json!({ "results": [good(), not_found()] }))],
        _ => Vec::new(),
    }
}

fn metering() -> Value {
    json!({
        "limits": [
            { "name": "burst", "limit": 20, "window_seconds": 1 },
            { "name": "per_day", "limit": 10_000, "window_seconds": 86_400 },
        ],
        "quota": {
            "remaining": 250_000,
            "refill_amount": 250_000,
            "refill_interval_seconds": 2_592_000,
        },
    })
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
        "limits": [],
        "quota": null,
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

/// The key after [`metering`] was put in place.
fn metered() -> Value {
    let mut key = key();
    let mut metering = metering();
    key["limits"] = metering["limits"].take();
    key["quota"] = metering["quota"].take();
    key["quota"]["refills_at"] = "2026-03-13T09:12:44Z".into();
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

fn usage() -> Value {
    json!({
        "interval": "hour",
        "from": "2026-02-10T10:00:00Z",
        "to": "2026-02-11T10:00:00Z",
        "items": [
            { "starts_at": "2026-02-10T23:00:00Z", "outcomes": { "valid": 1_214 } },
            {
                "starts_at": "2026-02-11T09:00:00Z",
                "outcomes": { "insufficient_scope": 3, "rate_limited": 17, "valid": 980 },
            },
        ],
    })
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
    json!({
        "valid": false,
        "code": "not_found",
        "key": null,
        "limits": [],
        "quota": null,
        "retry_after_seconds": null,
    })
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
        "limits": [],
        "quota": null,
        "retry_after_seconds": null,
    })
}

fn limited() -> Value {
    let mut limited = found("rate_limited");
    limited["limits"] = json!([
        { "name": "burst", "limit": 20, "remaining": 20, "reset_seconds": 0 },
        { "name": "per_day", "limit": 10_000, "remaining": 0, "reset_seconds": 86_392 },
    ]);
    limited["quota"] = json!({ "remaining": 240_000, "refills_at": "2026-03-13T09:12:44Z" });
    limited["retry_after_seconds"] = 1.into();
    limited
}
