//! The Rust client of Bitting.
//!
//! One module per surface is generated from its published document; round it is a thin face: a token that is
//! sent with every request and shown to nobody, secrets that redact, and one [`Error`] that keeps what a
//! refusal said.
//!
//! ```no_run
//! use bitting_client::{Error, Ocamba, Token, ocamba::types::KeyCreate};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let bitting = Ocamba::new("https://bitting.example", &Token::from_env("BITTING_TOKEN")?)?;
//!
//! let made = bitting
//!     .key_create()
//!     .body(KeyCreate::builder().name("Deployment"))
//!     .send()
//!     .await
//!     .map_err(Error::from)?;
//! println!("key {} is {}", made.id.as_str(), made.status);
//! hand_over(made.secret.expose());
//!
//! match bitting.key_view().id("1001").send().await.map_err(Error::from) {
//!     Ok(key) => println!("{:?}", key.name),
//!     Err(error) if error.is_not_found() => println!("there is no such key"),
//!     Err(error) => return Err(error.into()),
//! }
//! # Ok(())
//! # }
//! # fn hand_over(_: &str) {}
//! ```
#![warn(clippy::unwrap_used, clippy::expect_used)]

mod answer;
mod convert;
mod error;
mod face;
mod secret;
mod time;
mod token;
mod update;

/// Personal API keys, `/v2/ocamba/personal-api-keys`: generated from `openapi/ocamba.json`.
#[rustfmt::skip]
#[allow(
    missing_docs,
    unreachable_pub,
    rust_2018_idioms,
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "generated"
)]
pub mod ocamba;

pub use error::{Error, FieldError, Refused};
pub use face::{Ocamba, SetupError};
pub use secret::Secret;
pub use time::GmtTime;
pub use token::{Token, TokenError};
pub use update::KeyUpdate;
