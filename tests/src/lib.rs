//! What Bitting's tests share: a server inside the test, a client that sends exactly the bytes it is given, and
//! the recorder of exchanges.

pub mod agreement;
pub mod answer;
pub mod audited;
pub mod binary;
pub mod cast;
pub mod clock;
pub mod connection;
pub mod contract;
pub mod cors;
pub mod dialect;
pub mod document;
pub mod entropy;
pub mod exchange;
pub mod issuer;
pub mod log;
pub mod packages;
pub mod place;
pub mod probe;
pub mod recipe;
pub mod request;
pub mod server;
pub mod tools;

pub use answer::Answer;
pub use cast::{Planted, Seed};
pub use connection::Connection;
pub use exchange::Class;
pub use request::Request;
pub use server::{COMPANIES, KEYS, NAMED_KEYS, Server, Setup, Switch};

/// The Rust in the README, which is compiled with the tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
