//! Examples. Every secret in them is plainly none.

use serde_json::{Value, json};

/// The name of the key that the examples tell of.
pub(super) const NAME: &str = "nightly-export";

const ID: &str = "01913f2e-7a6c-7b4e-9d21-5c0f8e3a6b17";

/// Examples of the bodies that operations take.
pub(super) fn requests(id: &str) -> Vec<(&'static str, Value)> {
    match id {
        "key_create" => vec![
            ("write", json!({ "name": NAME })),
            ("read", json!({ "name": NAME, "role": "read" })),
        ],
        _ => Vec::new(),
    }
}

/// Examples of the bodies that operations answer.
pub(super) fn answers(id: &str) -> Vec<(&'static str, Value)> {
    match id {
        "key_create" => {
            let secret = format!("apikey:{}", "0".repeat(128));
            vec![(
                "created",
                json!({ "id": ID, "name": NAME, "api_key": secret }),
            )]
        }
        "key_list" => vec![("all", json!([reader(), writer()])), ("none", json!([]))],
        "key_view" => vec![("one", json!([writer()]))],
        "config_view" => vec![(
            "config",
            json!({ "edition": "Open source", "version": "0.1.0" }),
        )],
        "cluster_health_view" => vec![("healthy", json!({ "all_healthy": true }))],
        "login_config_view" => vec![
            (
                "issuer",
                json!({
                    "GenericOidc": {
                        "issuer": "https://login.example",
                        "client_id": "bitting",
                        "extra_oidc_scopes": [],
                    },
                }),
            ),
            ("no_issuer", json!({})),
        ],
        "health_view" => vec![("healthy", json!({ "status": "healthy" }))],
        _ => Vec::new(),
    }
}

fn reader() -> Value {
    json!({
        "id": "01913f2e-6b10-7c02-8a55-0d9c4b7f1e23",
        "name": "dashboard",
        "role": "read",
        "scopes": ["Read"],
    })
}

fn writer() -> Value {
    json!({ "id": ID, "name": NAME, "role": "write", "scopes": ["Read", "Write"] })
}
