//! Examples. Every secret in them is plainly none.

use serde_json::{Value, json};

const SECRET: &str = "0000000000000000000000000000000000000000";

/// Examples of the bodies that operations take.
pub(super) fn requests(id: &str) -> Vec<(&'static str, Value)> {
    match id {
        "key_create" => vec![
            (
                "bounded",
                json!({
                    "name": "Deployment",
                    "description": "Used by the pipeline that ships the shop.",
                    "start_time": "2026-01-01 00:00:00",
                    "end_time": "2027-01-01 00:00:00",
                }),
            ),
            ("shortest", json!({ "name": "Deployment" })),
        ],
        "key_update" => vec![
            ("rename", json!({ "name": "Deployment (old)" })),
            (
                "never_ends",
                json!({ "description": null, "end_time": null }),
            ),
        ],
        _ => Vec::new(),
    }
}

/// Examples of the bodies that operations answer.
pub(super) fn answers(id: &str) -> Vec<(&'static str, Value)> {
    match id {
        "key_create" => vec![("created", created("2026-01-01 08:30:00"))],
        "key_roll" => vec![("rolled", created("2026-03-05 17:02:41"))],
        "key_view" => vec![
            ("default", key()),
            ("fields", json!({ "id": "1002168", "status": "active" })),
        ],
        "key_list" => vec![
            ("default", json!({ "total": 1, "items": [key()] })),
            ("beyond_the_end", json!({ "total": 1, "items": [] })),
        ],
        _ => Vec::new(),
    }
}

/// An example of a parameter.
pub(super) fn parameter(name: &str) -> Option<&'static str> {
    Some(match name {
        "id" => "1002168",
        "fields" => "id,name,status",
        "view" => "full",
        "page" => "1,20",
        "sort" => "-create_time,name",
        "q" => "deploy",
        "q_fields" => "name,description",
        "name" => "Deployment",
        "status" => "in:active,pending",
        "start_time" => "rl:2026-01-01,2026-02-01",
        "end_time" => "isn:",
        "create_time" => "gte:2026-01-01 08:30:00",
        "update_time" => "2026-03-05",
        _ => return None,
    })
}

fn created(updated: &str) -> Value {
    json!({
        "id": "1002168",
        "company_id": "6197120",
        "name": "Deployment",
        "description": "Used by the pipeline that ships the shop.",
        "status": "active",
        "secret": SECRET,
        "start_time": "2026-01-01 00:00:00",
        "end_time": "2027-01-01 00:00:00",
        "create_time": "2026-01-01 08:30:00",
        "update_time": updated,
    })
}

fn key() -> Value {
    json!({
        "id": "1002168",
        "issuer_id": "10001",
        "member_id": "10001",
        "name": "Deployment",
        "description": "Used by the pipeline that ships the shop.",
        "status": "active",
        "secret": SECRET,
        "end_time": "2027-01-01 00:00:00",
        "start_time": "2026-01-01 00:00:00",
        "create_time": "2026-01-01 08:30:00",
        "update_time": "2026-03-05 17:02:41",
    })
}
