//! Named API keys (`server/api/contracts/feldera.md`). Tests are named after its rules.

mod audit;
mod body;
mod client;
mod config;
mod cors;
mod credentials;
mod elsewhere;
mod faults;
mod key_create;
mod key_create_body;
mod key_create_name;
mod key_create_role;
mod key_delete;
mod key_list;
mod key_view;
mod methods;
mod names_at_once;
mod order;
mod reach;
mod roles;
mod secret;
mod service;
mod transport;
mod unrouted;

use bitting_core::Role;
use bitting_tests::{Answer, NAMED_KEYS as KEYS, Request, Server};

/// The path of a name that no key has.
const NOBODY: &str = "/v0/api_keys/nobody";
const CONFIG: &str = "/v0/config";
const CLUSTER: &str = "/v0/cluster_healthz";
const LOGIN: &str = "/config/authentication";
const HEALTH: &str = "/healthz";

/// A server, and the secret of a key that may write.
async fn writer() -> (Server, String) {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    (server, token)
}

/// The path of the key with this name.
fn item(name: &str) -> String {
    format!("{KEYS}/{name}")
}

/// A request for a key with this name and nothing more.
fn create(token: &str, name: &str) -> Request {
    let body = serde_json::json!({ "name": name }).to_string();
    Request::post(KEYS).bearer(token).json(body)
}

/// The names in a list.
fn names(answer: &Answer) -> Vec<String> {
    let list = answer.json();
    let items = list.as_array().expect("an array");
    let name = |item: &serde_json::Value| item["name"].as_str().expect("a name").to_owned();
    items.iter().map(name).collect()
}

/// The names of the keys that `token` sees.
async fn listed(server: &Server, token: &str) -> Vec<String> {
    let request = Request::get(KEYS).bearer(token);
    names(&server.send(&request).await.expect(200))
}

/// A member of a JSON object that is a string.
fn text(answer: &Answer, member: &str) -> String {
    let body = answer.json();
    let value = body[member].as_str();
    value
        .unwrap_or_else(|| panic!("{member} of {body}"))
        .to_owned()
}
