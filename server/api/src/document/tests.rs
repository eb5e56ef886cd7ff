#![allow(clippy::unwrap_used, clippy::expect_used)]
//! What every published document holds to.

use std::collections::BTreeSet;

use openapiv3::{Operation, StatusCode};
use serde_json::Value;

use super::*;
use crate::operations;

mod feldera;
mod inputs;
mod keys;
mod ocamba;
mod own_keys;
mod responses;

/// The documents as they are published, as plain JSON.
fn published() -> Vec<(Surface, Value)> {
    let read = |d: Document| (d.surface, serde_json::from_str(&d.text).unwrap());
    documents().unwrap().into_iter().map(read).collect()
}

/// One of them.
fn document_of(surface: Surface) -> Value {
    serde_json::from_str(&document(surface).unwrap().text).unwrap()
}

/// The names of a schema's members, in their order.
fn members(document: &Value, schema: &str) -> Vec<String> {
    let members = document["components"]["schemas"][schema]["properties"].as_object();
    members.unwrap().keys().cloned().collect()
}

/// Those of them that may be null.
fn nullable(document: &Value, schema: &str) -> Vec<String> {
    let members = document["components"]["schemas"][schema]["properties"].as_object();
    let nullable = members
        .unwrap()
        .iter()
        .filter(|(_, m)| m["nullable"] == true);
    nullable.map(|(name, _)| name.clone()).collect()
}

fn typed() -> Vec<(Surface, OpenAPI)> {
    let read = |d: Document| (d.surface, serde_json::from_str(&d.text).unwrap());
    documents().unwrap().into_iter().map(read).collect()
}

fn rows_and_operations(check: impl Fn(&operations::Operation, &Operation)) {
    for (surface, document) in typed() {
        for (_, _, operation) in document.operations() {
            let id = operation.operation_id.as_deref().unwrap();
            let row = operations::of(surface).find(|row| row.id == id).unwrap();
            check(row, operation);
        }
    }
}

/// Calls `visit` with everything in `value` and the path to it.
fn walk(value: &Value, path: &str, visit: &mut dyn FnMut(&str, &Value)) {
    visit(path, value);
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                walk(value, &format!("{path}/{name}"), visit);
            }
        }
        Value::Array(items) => {
            for (place, value) in items.iter().enumerate() {
                walk(value, &format!("{path}/{place}"), visit);
            }
        }
        _ => {}
    }
}

#[test]
fn the_text_is_the_same_every_time_and_ends_with_a_newline() {
    let (once, again) = (documents().unwrap(), documents().unwrap());
    assert_eq!(once, again);
    for document in once {
        assert!(document.text.starts_with("{\n  \"openapi\": \"3.0.3\""));
        assert!(document.text.ends_with("}\n"));
    }
}

#[test]
fn the_operations_are_those_of_the_table() {
    for (surface, document) in typed() {
        let table: BTreeSet<_> = operations::of(surface)
            .map(|row| {
                (
                    row.id.to_owned(),
                    row.method.to_lowercase(),
                    row.path.to_owned(),
                )
            })
            .collect();
        let shown: BTreeSet<_> = document
            .operations()
            .map(|(path, method, operation)| {
                let id = operation.operation_id.clone().unwrap();
                (id, method.to_owned(), path.to_owned())
            })
            .collect();
        assert_eq!(shown, table);
    }
}

#[test]
fn an_operation_answers_the_statuses_of_its_row_and_no_ranges() {
    rows_and_operations(|row, operation| {
        let mut expected = vec![StatusCode::Code(row.success)];
        expected.extend(row.refusals.iter().copied().map(StatusCode::Code));
        let shown: Vec<_> = operation.responses.responses.keys().cloned().collect();
        assert_eq!(shown, expected, "{}", row.id);
        assert_eq!(operation.responses.default, None);
    });
}

#[test]
fn an_operation_takes_a_body_if_its_row_says_so() {
    rows_and_operations(|row, operation| {
        assert_eq!(operation.request_body.is_some(), row.body, "{}", row.id);
    });
}

#[test]
fn an_operation_names_the_role_of_its_row_and_wants_a_credential_or_says_that_it_needs_none() {
    rows_and_operations(|row, operation| {
        let role = match row.access {
            operations::Access::Public | operations::Access::Presented => None,
            operations::Access::AnyKey | operations::Access::Any => Some("none"),
            operations::Access::Role(role) => Some(role.name()),
        };
        let shown = operation.extensions.get("x-required-role");
        assert_eq!(shown.and_then(Value::as_str), role, "{}", row.id);
        let wanted = operation.security.as_ref().map(Vec::len);
        let ways = match row.access {
            operations::Access::Public => 0,
            operations::Access::Presented => 2,
            _ => 1,
        };
        assert_eq!(wanted, Some(ways), "{}", row.id);
    });
}

#[test]
fn every_operation_is_described() {
    rows_and_operations(|row, operation| {
        let summary = operation.summary.as_deref().unwrap_or_default();
        assert!((1..=60).contains(&summary.len()), "{}", row.id);
        assert!(!summary.ends_with('.'), "{}", row.id);
        assert!(operation.description.is_some(), "{}", row.id);
        assert_eq!(operation.tags.len(), 1, "{}", row.id);
    });
}

#[test]
fn every_parameter_and_member_is_described() {
    for (_, document) in published() {
        walk(&document, "", &mut |path, value| {
            let parent = path.rsplit('/').nth(1);
            if matches!(parent, Some("properties" | "parameters")) && !path.contains("example") {
                assert!(is_described(value), "{path}");
            }
        });
    }
}

fn is_described(value: &Value) -> bool {
    value["description"].is_string()
}

#[test]
fn no_schema_is_referred_to_in_vain_or_named_twice() {
    for (_, document) in published() {
        walk(&document, "", &mut |path, value| {
            if let (true, Some(reference)) = (path.ends_with("/$ref"), value.as_str()) {
                let target = document.pointer(reference.trim_start_matches('#'));
                assert!(target.is_some(), "{reference}");
            }
        });
        for name in document["components"]["schemas"]
            .as_object()
            .unwrap()
            .keys()
        {
            assert!(!name.ends_with(|c: char| c.is_ascii_digit()), "{name}");
            assert!(
                !["Error", "Object", "Type"].contains(&name.as_str()),
                "{name}"
            );
        }
    }
}

#[test]
fn every_schema_is_used() {
    for (surface, document) in published() {
        let text = document.to_string();
        for name in document["components"]["schemas"]
            .as_object()
            .unwrap()
            .keys()
        {
            let reference = format!("\"#/components/schemas/{name}\"");
            assert!(text.contains(&reference), "{surface:?} {name}");
        }
    }
}

#[test]
fn null_is_allowed_only_beside_a_type() {
    for (_, document) in published() {
        walk(&document, "", &mut |path, value| {
            if value.get("nullable").is_some() {
                assert!(value["type"].is_string(), "{path}");
            }
        });
    }
}

#[test]
fn it_says_who_serves_publishes_and_licenses_it() {
    for (_, document) in published() {
        let server = &document["servers"][0];
        assert!(server["url"].as_str().unwrap().starts_with("https://"));
        assert!(server["description"].is_string());
        assert!(!document.to_string().contains("localhost"));
        assert_eq!(document["info"]["license"]["name"], "Apache-2.0");
        assert!(document["info"]["contact"]["name"].is_string());
        assert!(document["tags"][0]["description"].is_string());
        assert_eq!(
            document["security"],
            serde_json::json!([{"bearerAuth": []}])
        );
    }
}

#[test]
fn the_only_secret_is_plainly_none() {
    for (surface, document) in published() {
        let mut secrets = 0;
        walk(&document, "", &mut |path, value| {
            let shown = path.contains("example")
                && (path.ends_with("/secret") || path.ends_with("/api_key"));
            if let (true, Some(secret)) = (shown, value.as_str()) {
                let random = secret.rsplit([':', '_']).next().unwrap();
                assert!(random.bytes().all(|b| b == b'0'), "{path}");
                secrets += 1;
            }
        });
        assert!(secrets > 0, "{surface:?}");
    }
}
