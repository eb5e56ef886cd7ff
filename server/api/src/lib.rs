//! The HTTP API of Bitting: each surface with its trait, wire types, decoders and error dialect, and the
//! documents made from them.
//!
//! Nothing here stores anything or decides about keys. The server implements the traits, and in every
//! method goes the same way: authenticate, authorise by the table ([`operations`]), decode, ask the engine,
//! encode.
#![warn(clippy::unwrap_used, clippy::expect_used)]

pub mod codes;
mod decode;
pub mod dialect;
pub mod document;
pub mod feldera;
#[cfg(test)]
mod fixtures;
pub mod keys;
pub mod ocamba;
pub mod operations;
pub mod wire;
