//! Personal API keys (`server/api/contracts/ocamba.md`). Tests are named after its rules.

mod audit;
mod client;
mod cors;
mod credentials;
mod faults;
mod foreign;
mod key_create;
mod key_create_refused;
mod key_delete;
mod key_list;
mod key_list_filters;
mod key_list_order;
mod key_list_refused;
mod key_list_search;
mod key_roll;
mod key_update;
mod key_validate;
mod key_view;
mod lockout;
mod methods;
mod order;
mod rates;
mod roles;
mod sealing_off;
mod shelf;
mod status;
mod unrouted;

use std::fmt::Write as _;

use bitting_core::{KeyNumber, Role};
use bitting_tests::{Answer, KEYS, Request, Server};

/// An id that no key has.
const NOBODY: &str = "/v2/ocamba/personal-api-keys/999";

/// A server, and the secret of a key that may write.
async fn writer() -> (Server, String) {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    (server, token)
}

/// The path of a key.
fn item(number: KeyNumber) -> String {
    format!("{KEYS}/{number}")
}

/// The path of a key's new secret.
fn roll(number: KeyNumber) -> String {
    format!("{KEYS}/{number}/roll")
}

/// `text` in a query string: percent-encoded but for what needs no encoding there.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.,:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// A list's request. The values of `query` are encoded; the names are not.
fn list(token: &str, query: &[(&str, &str)]) -> Request {
    let pairs: Vec<_> = query
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    let target = if pairs.is_empty() {
        KEYS.to_owned()
    } else {
        format!("{KEYS}?{}", pairs.join("&"))
    };
    Request::get(target).bearer(token)
}

/// The names of the keys on a page, and the total.
fn found(answer: &Answer) -> (u64, Vec<String>) {
    let page = answer.json();
    let total = page["total"].as_u64().expect("a total");
    let items = page["items"].as_array().expect("items");
    let name = |item: &serde_json::Value| item["name"].as_str().expect("a name").to_owned();
    (total, items.iter().map(name).collect())
}
