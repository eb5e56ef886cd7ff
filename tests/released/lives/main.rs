//! An old client keeps working: the client that was generated from each released document does with the server of
//! today what it did with that of its day.
//!
//! What a client does is written once for each major version of a surface. It uses what is generated from the
//! released document, and nothing else that knows Bitting.

#[macro_use]
mod feldera;
#[macro_use]
mod keys;
#[macro_use]
mod ocamba;

use bitting_core::Role;
use bitting_tests::Server;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};

/// A client of `server` as `$client` is, which presents `$secret`.
macro_rules! client {
    ($client:ident, $server:expr, $secret:expr) => {
        bitting_released::$client::Client::new_with_client(
            &format!("http://{}", $server.address),
            crate::presenting($secret),
        )
    };
}

/// What `sent` answers, in JSON: members are looked at by the names that the document gives them.
macro_rules! told {
    ($sent:expr) => {
        serde_json::to_value($sent.send().await.expect("it is answered").into_inner())
            .expect("JSON")
    };
}

/// A body of the generated type, as the document has it.
macro_rules! body {
    ($client:ident :: $kind:ident, $($json:tt)+) => {
        serde_json::from_value::<bitting_released::$client::types::$kind>(serde_json::json!($($json)+))
            .expect("a body")
    };
}

/// A server, and the secret of a key of this role.
async fn server(role: Role) -> (Server, String) {
    let server = Server::start().await;
    let secret = server.caller(role).await;
    (server, secret)
}

/// A text in what was told.
fn text<'a>(told: &'a serde_json::Value, name: &str) -> &'a str {
    told[name]
        .as_str()
        .unwrap_or_else(|| panic!("no text {name} in {told}"))
}

/// An HTTP client that presents `secret`, as a consumer makes it.
fn presenting(secret: &str) -> reqwest::Client {
    let mut token = HeaderValue::from_str(&format!("Bearer {secret}")).expect("a token");
    token.set_sensitive(true);
    let headers = HeaderMap::from_iter([(AUTHORIZATION, token)]);
    let http = reqwest::Client::builder().default_headers(headers);
    http.build().expect("an HTTP client")
}

/// The status of an answer that refuses.
fn refusal<T, E>(answer: Result<T, progenitor_client::Error<E>>) -> u16 {
    let refused = answer.err().expect("it is refused");
    refused.status().expect("by the server").as_u16()
}

include!(env!("LIVES"));
