//! What is true of every answer, whatever was asked: O3, F2, F4, K1, K3, K4 and K8.

use bitting_api::operations::Surface;
use chrono::DateTime;
use serde_json::Value;
use uuid::Uuid;

use crate::{answer::Answer, contract, place::surface_of, request::Request};

/// What is true of every answer of ours to `request`.
pub fn assert_plain(request: &Request, answer: &Answer) {
    assert_has_id(answer);
    assert_date(answer.header("date").expect("an answer has a date"));
    let surface = surface_of(request);
    if answer.body.is_empty() && request.method() != "HEAD" {
        assert_eq!(answer.header("content-type"), None, "\n{answer:?}");
        assert!(is_empty(surface, answer), "an empty body:\n{answer:?}");
        return;
    }
    assert_eq!(
        answer.header("content-type"),
        Some("application/json"),
        "O3, F2, K1\n{answer:?}"
    );
    if request.method() == "HEAD" {
        return;
    }
    let body = answer.json();
    if answer.status < 400 {
        return;
    }
    match surface {
        Some(surface) => assert_error(surface, answer, &body),
        None => assert_dropshots(answer, &body),
    }
}

/// Whether an answer without a body is one that has none: 204, and the 200 of F40 and K125.
fn is_empty(surface: Option<Surface>, answer: &Answer) -> bool {
    let told = answer.header("content-length") == Some("0");
    let empty_200 = match surface {
        Some(Surface::Feldera) => true,
        Some(Surface::Keys) => answer.header("x-bitting-key-id").is_some(),
        _ => false,
    };
    answer.status == 204 || (answer.status == 200 && empty_200 && told)
}

fn assert_has_id(answer: &Answer) {
    let id = answer.request_id();
    let uuid = Uuid::parse_str(id).unwrap_or_else(|_| panic!("{id:?} is no UUID"));
    assert_eq!(uuid.to_string(), id, "a UUID as it is usually written");
}

fn assert_error(surface: Surface, answer: &Answer, body: &Value) {
    let members = Answer::members(answer.text());
    match surface {
        Surface::Ocamba => assert_ocambas(answer, body, members),
        Surface::Feldera => {
            let order = ["message", "error_code", "details"];
            assert_eq!(members, order, "F2\n{answer:?}");
            assert_coded(surface, answer, body);
        }
        Surface::Keys => {
            let order = ["error_code", "message", "request_id", "details"];
            assert_eq!(members, order, "K3\n{answer:?}");
            assert_eq!(body["request_id"], answer.request_id(), "K3: the header's");
            assert_coded(surface, answer, body);
        }
    }
}

fn assert_ocambas(answer: &Answer, body: &Value, mut members: Vec<String>) {
    assert_eq!(body["code"], answer.status, "O3\n{answer:?}");
    if answer.status == 400 && members.last().is_some_and(|name| name == "errors") {
        members.pop();
    }
    if answer.status == 500 {
        assert_eq!(members, ["code", "title", "message"], "O3\n{answer:?}");
        return;
    }
    let standard = ["code", "title", "message", "trace_id"];
    assert_eq!(members, standard, "O3\n{answer:?}");
    assert_eq!(
        body["trace_id"],
        answer.request_id(),
        "O3: the id is that of the header"
    );
}

/// An error whose code the contract lists, with that code's status and details.
fn assert_coded(surface: Surface, answer: &Answer, body: &Value) {
    let message = body["message"].as_str().unwrap_or_default();
    assert!(!message.is_empty(), "a message for people:\n{answer:?}");
    let name = body["error_code"].as_str().unwrap_or_default();
    let code = contract::codes(surface).iter().find(|c| c.name == name);
    let code = code.unwrap_or_else(|| panic!("the contract knows no code {name:?}:\n{answer:?}"));
    assert_eq!(answer.status, code.status, "{name} has another status");
    match &body["details"] {
        Value::Null => {
            let bare = code.details.is_empty();
            assert!(bare, "{name} lacks its details:\n{answer:?}");
        }
        Value::Object(members) if !members.is_empty() => {
            let members = members.keys().cloned().collect();
            assert_eq!(code.details, members, "the details of {name}\n{answer:?}");
        }
        _ => panic!("details are null or tell something:\n{answer:?}"),
    }
}

/// What Dropshot answers by itself (O3a, F2, K1).
fn assert_dropshots(answer: &Answer, body: &Value) {
    let mut members = Answer::members(answer.text());
    members.retain(|name| name != "error_code");
    assert_eq!(members, ["request_id", "message"], "O3a\n{answer:?}");
    assert_eq!(body["request_id"], answer.request_id(), "O3a\n{answer:?}");
}

/// What caches are told: O33, F4 and K8. The answer to a preflight is no operation's.
pub(crate) fn assert_cached(surface: Surface, request: &Request, answer: &Answer) {
    let told = answer.header("cache-control");
    let success = (200..300).contains(&answer.status) && request.method() != "OPTIONS";
    let shows = !shown_secrets(answer).is_empty();
    let wanted = match surface {
        _ if shows => Some("no-store"),
        Surface::Feldera if success => Some("no-cache"),
        Surface::Keys if answer.status == 201 => Some("no-store"),
        Surface::Keys if answer.header("x-bitting-key-id").is_some() => Some("no-store"),
        Surface::Ocamba | Surface::Feldera | Surface::Keys => None,
    };
    assert_eq!(told, wanted, "O33, F4, K8, K125\n{answer:?}");
    if surface == Surface::Feldera {
        assert_eq!(
            shows,
            answer.status == 201,
            "F11: a secret is in the 201 and in nothing else\n{answer:?}"
        );
    }
}

/// The secrets that an answer shows, under whatever name and wherever they are in it.
pub(crate) fn shown_secrets(answer: &Answer) -> Vec<String> {
    fn walk(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
            Value::Object(members) => {
                for (name, value) in members {
                    match value {
                        Value::String(secret) if name == "secret" || name == "api_key" => {
                            found.push(secret.clone());
                        }
                        _ => walk(value, found),
                    }
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    if let Ok(body) = serde_json::from_slice(&answer.body) {
        walk(&body, &mut found);
    }
    found
}

/// A date as HTTP writes it, and no other way of writing it.
pub(crate) fn assert_date(date: &str) {
    let read = DateTime::parse_from_rfc2822(date).unwrap_or_else(|_| panic!("{date:?} is no date"));
    let written = read
        .to_utc()
        .format("%a, %d %b %Y %H:%M:%S GMT")
        .to_string();
    assert_eq!(written, date);
}

#[cfg(test)]
mod tests;
