//! How a server lives and ends: started, stopped, killed, started again, and used by many at once.

mod concurrency;
mod directory;
mod dropped;
mod ending;
mod imports;
mod kill;
mod next_request;
mod refusals;
mod remembered;
mod restart;
mod secrets;
mod seeded;
mod setup;
mod tenants;
mod tls;
mod told;
mod unknown;
mod uses;
mod verified;

use std::{fs, path::Path};

use bitting_tests::{KEYS, Request, binary::Process};
use serde_json::Value;

/// The secret of the root key that a new server wrote.
fn root_key(data: &Path) -> String {
    let text = fs::read_to_string(data.join("root.key")).expect("the root key");
    text.trim_end().to_owned()
}

/// Makes a key.
async fn create(server: &Process, token: &str, name: &str) -> Value {
    let request = Request::post(KEYS)
        .bearer(token)
        .json(format!(r#"{{"name":"{name}"}}"#));
    server.send(&request).await.expect(201).json()
}

/// Whether `secret` is a good key now (O80).
async fn accepts(server: &Process, secret: &str) -> bool {
    let request = Request::post(format!("{KEYS}/validate")).bearer(secret);
    match server.send(&request).await.status {
        204 => true,
        401 => false,
        status => panic!("neither 204 nor 401 but {status}"),
    }
}

/// A member of a JSON object that is a string.
fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member]
        .as_str()
        .unwrap_or_else(|| panic!("{member} of {value}"))
}
