//! The surfaces: each decodes, calls the engine, encodes. No rule about keys lives here.

pub(crate) mod documents;
pub(crate) mod ocamba;
