//! Bitting's composition: the engine over a store, the surfaces over the engine, one HTTP server over them
//! all, and the command line.
#![warn(clippy::unwrap_used, clippy::expect_used)]

pub mod cli;
mod docs;
mod engine;
mod http;
mod log;
pub mod login;
mod net;
mod surfaces;
mod system;
pub mod tls;

pub use engine::{CACHE_BYTES, Engine, Memory, Seal};
pub use http::{InvalidRates, Proxies, Rates, Running, Settings, StartError, start};
pub use log::logger;
pub use system::{OsEntropy, SystemClock};
