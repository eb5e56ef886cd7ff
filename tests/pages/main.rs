//! The requests of the original's documentation, made by the programs that its readers would make them with. A
//! client changes its host and its token, and nothing else.

mod create;
mod list;
mod view;

use bitting_core::Role;
use bitting_tests::{Answer, Server};
use serde_json::Value;

/// A server, and the secret of a key that may write.
async fn writer() -> (Server, String) {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    (server, token)
}

/// The members of a JSON object, in order, each with whether it is a string.
fn shape(text: &str) -> Vec<(String, bool)> {
    let value: Value = serde_json::from_str(text)
        .unwrap_or_else(|error| panic!("the answer is no JSON ({error}): {text:?}"));
    Answer::members(text)
        .into_iter()
        .map(|name| {
            let string = value[&name].is_string();
            (name, string)
        })
        .collect()
}

/// The members that a page shows, all of them strings.
fn strings(names: &str) -> Vec<(String, bool)> {
    names
        .split(' ')
        .map(|name| (name.to_owned(), true))
        .collect()
}

/// The members of a key as the page of one key shows them.
const VIEWED: &str = "id issuer_id member_id name description status secret end_time start_time create_time update_time";
