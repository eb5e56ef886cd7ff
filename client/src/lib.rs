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
//!
//! Each surface has a client of its own: [`Keys`] for keys, their verification, companies and members, [`Ocamba`] for personal API keys,
//! [`Feldera`] for named ones. What a refusal said is in the same [`Refused`] whichever it came from.
//!
//! ```no_run
//! use bitting_client::{Error, Feldera, Options, Token, feldera::types::KeyCreate};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! // A server with a certificate of one's own, as in development.
//! let ca = std::fs::read("ca.pem")?;
//! let token = Token::from_env("BITTING_TOKEN")?;
//! let bitting = Feldera::new("https://localhost:8443", Options::from(&token).ca_certificate(&ca)?)?;
//!
//! let body = KeyCreate::builder().name("nightly-export");
//! match bitting.key_create().body(body).send().await.map_err(Error::from) {
//!     Ok(made) => println!("key {} was made", made.id),
//!     Err(error) if error.code() == Some("DuplicateName") => println!("there is one already"),
//!     Err(error) => return Err(error.into()),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! ```no_run
//! use bitting_client::{Error, Keys, Token, keys::types::CompanyCreate};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let bitting = Keys::new("https://bitting.example", &Token::from_file("root.key")?)?;
//!
//! let body = CompanyCreate::builder().name("Acme").member_name("Dana Whitfield".to_owned());
//! let made = bitting.company_create().body(body).send().await.map_err(Error::from)?.into_inner();
//! println!("company {} was made", made.company.id);
//!
//! # Ok(())
//! # }
//! ```
//!
//! A list has pages. [`Paged`] walks them: as a stream of pages, or of what is on them.
//!
//! ```no_run
//! use bitting_client::{Error, Keys, Paged as _};
//! use futures::TryStreamExt as _;
//!
//! # async fn example(bitting: Keys) -> Result<(), Error> {
//! let mut unused = bitting.key_list().status("active").limit(100u32).items();
//! while let Some(key) = unused.try_next().await? {
//!     println!("{} {}", key.id, key.name);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! What failed on the way is sent again where that does no harm: see [`Retry`]. What is refused is told as an
//! [`Error`] with the status, the code and the id of the request, whoever refused it.
//!
//! ```no_run
//! # async fn example(bitting: bitting_client::Keys, id: uuid::Uuid) {
//! use bitting_client::{Error, keys::types::KeyRotate};
//!
//! // With a key of one's own for the request, it is done once, however often it is sent.
//! let rotate = bitting.key_rotate().id(id).idempotency_key("rotate-2026-11".to_owned());
//! match rotate.body(KeyRotate::builder().overlap_seconds(3600)).send().await.map_err(Error::from) {
//!     Ok(rotated) => println!("{:?} shows no secret", rotated.secret),
//!     Err(error) => match (error.status(), error.code(), error.retry_after()) {
//!         (Some(status), Some("rate_limited"), Some(wait)) => println!("{status}: come back in {wait:?}"),
//!         _ => println!("{error}; request {:?}", error.request_id()),
//!     },
//! }
//! # }
//! ```
//!
//! A service asks about the keys that its own clients present. An update replaces all settings of a key: read it,
//! change what is to be changed, and send it back with its version, so that nobody else's change is lost.
//!
//! ```no_run
//! use bitting_client::{Error, Keys, keys::types::{KeySettings, KeyVerify}};
//!
//! # async fn example(bitting: Keys, presented: &str) -> Result<bool, Box<dyn std::error::Error>> {
//! let question = KeyVerify::builder().key(presented).scopes(vec!["orders:read".to_owned()]);
//! let found = bitting.key_verify().body(question).send().await.map_err(Error::from)?.into_inner();
//!
//! if let Some(key) = found.key.filter(|key| key.name == "stolen") {
//!     let key = bitting.key_view().id(key.id).send().await.map_err(Error::from)?;
//!     let mut settings = KeySettings::from(&*key);
//!     settings.enabled = false;
//!     let update = bitting.key_update().id(key.id).body(settings);
//!     let update = match key.headers().get("etag") {
//!         Some(version) => update.if_match(version.to_str()?.to_owned()),
//!         None => update,
//!     };
//!     match update.send().await.map_err(Error::from) {
//!         Err(error) if error.code() == Some("changed") => println!("somebody was faster"),
//!         updated => println!("switched off at {}", updated?.updated_at),
//!     }
//! }
//! # Ok(found.valid)
//! # }
//! ```
#![warn(clippy::unwrap_used, clippy::expect_used)]

mod answer;
mod api;
mod decimal_id;
mod dialect;
mod error;
#[cfg(test)]
mod fixtures;
mod options;
mod pages;
mod retry;
mod secret;
mod settings;
mod surface;
mod time;
mod token;
mod update;

/// Bitting's own API, `/v1`: generated from `openapi/keys.json`.
#[rustfmt::skip]
pub mod keys;

/// Personal API keys, `/v2/ocamba/personal-api-keys`: generated from `openapi/ocamba.json`.
#[rustfmt::skip]
pub mod ocamba;

/// Named API keys, `/v0/api_keys`: generated from `openapi/feldera.json`.
#[rustfmt::skip]
pub mod feldera;

pub use api::{Api, Feldera, Keys, Ocamba, SetupError};
pub use decimal_id::DecimalId;
pub use error::{Error, FieldError, Refused};
pub use options::Options;
pub use pages::Paged;
pub use retry::Retry;
pub use secret::Secret;
pub use surface::Surface;
pub use time::GmtTime;
pub use token::{Token, TokenError};
pub use update::KeyUpdate;
