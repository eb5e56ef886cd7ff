//! The surfaces: each decodes, calls the engine, encodes. No rule about keys lives here.

pub(crate) mod documents;
pub(crate) mod feldera;
pub(crate) mod keys;
pub(crate) mod ocamba;

use http::HeaderValue;

/// What an answer with a secret in it says to caches (O33, F4).
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
