//! Examples of companies and members. Every secret in them is plainly none.

use serde_json::{Value, json};

use super::own_keys::{ID, SECRET};

/// A token that continues the list of companies after the company 2.
pub(super) const PAGE_OF_COMPANIES: &str = "010100000000000000000000000000000002e1e1d3c3";

/// Examples of the bodies that operations take.
pub(super) fn requests(id: &str) -> Vec<(&'static str, Value)> {
    match id {
        "company_create" => vec![
            ("shortest", json!({ "name": "Acme" })),
            (
                "named_member",
                json!({ "name": "Acme", "member_name": "Dana Whitfield" }),
            ),
            ("no_key", json!({ "name": "Acme", "first_key": false })),
        ],
        "company_update" => vec![("settings", json!({ "name": "Acme", "enabled": true }))],
        "member_update" => vec![(
            "settings",
            json!({ "name": "Administrator", "enabled": true }),
        )],
        "member_create" => vec![
            ("shortest", json!({ "name": "Nightly export" })),
            (
                "reader",
                json!({ "name": "Nightly export", "role": "read" }),
            ),
            (
                "no_key",
                json!({ "name": "Nightly export", "first_key": false }),
            ),
        ],
        _ => Vec::new(),
    }
}

/// Examples of the bodies that operations answer.
pub(super) fn answers(id: &str) -> Vec<(&'static str, Value)> {
    match id {
        "company_create" => vec![
            (
                "with_key",
                json!({
                    "company": company(),
                    "member": member("3", "Administrator"),
                    "key": key("admin"),
                }),
            ),
            (
                "no_key",
                json!({ "company": company(), "member": null, "key": null }),
            ),
        ],
        "company_list" => vec![
            (
                "more",
                json!({ "items": [company()], "next_page": PAGE_OF_COMPANIES }),
            ),
            ("last", json!({ "items": [company()], "next_page": null })),
        ],
        "company_view" | "company_update" => vec![("company", company())],
        "member_create" => vec![
            (
                "with_key",
                json!({ "member": member("4", "Nightly export"), "key": key("write") }),
            ),
            (
                "no_key",
                json!({ "member": member("4", "Nightly export"), "key": null }),
            ),
        ],
        "member_list" => vec![(
            "last",
            json!({ "items": [member("3", "Administrator"), logged_in()], "next_page": null }),
        )],
        "member_update" => vec![("member", member("3", "Administrator"))],
        "member_view" => vec![
            ("made_here", member("3", "Administrator")),
            ("logged_in", logged_in()),
        ],
        _ => Vec::new(),
    }
}

fn company() -> Value {
    json!({
        "id": "2",
        "name": "Acme",
        "enabled": true,
        "created_at": "2026-01-01T08:30:00Z",
    })
}

fn member(id: &str, name: &str) -> Value {
    json!({
        "id": id,
        "company_id": "2",
        "name": name,
        "login": null,
        "enabled": true,
        "created_at": "2026-01-01T08:30:00Z",
    })
}

fn logged_in() -> Value {
    json!({
        "id": "5",
        "company_id": "2",
        "name": "7f1d2c",
        "login": { "issuer": "https://login.example", "subject": "7f1d2c" },
        "enabled": true,
        "created_at": "2026-02-11T09:12:44Z",
    })
}

fn key(role: &str) -> Value {
    json!({ "id": ID, "role": role, "secret": SECRET })
}
