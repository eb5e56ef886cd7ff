//! The clients of every released document of Bitting, generated when this is built (`build.rs`). The tests run
//! each against the server of today (`lives`).

#![allow(
    missing_docs,
    unreachable_pub,
    rust_2018_idioms,
    clippy::all,
    clippy::pedantic,
    reason = "generated"
)]

include!(concat!(env!("OUT_DIR"), "/modules.rs"));
