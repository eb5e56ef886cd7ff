//! The types of this surface's requests and responses: what the document is made from.

mod error;
mod key;
mod service;

pub use error::ApiError;
pub(super) use key::NAME_PATTERN;
pub use key::{Key, KeyCreate, KeyCreated, KeyPath, KeyRole, KeyScope};
pub use service::{ClusterHealth, Config, GenericOidc, Health, LoginConfig};
