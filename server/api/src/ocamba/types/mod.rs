//! The types of this surface's requests and responses: what the document is made from.
//!
//! `maxLength` and `pattern` are on requests only. On responses they would make an old client refuse what a
//! newer server has learnt to send.

mod error;
mod input;
mod key;
mod page;
mod pattern;
mod query;
mod time;

pub use error::{ApiError, FieldError};
pub use input::{KeyCreate, KeyPath, KeyUpdate};
pub use key::{Key, KeyCreated, KeyStatus};
pub use page::KeyPage;
pub use query::{KeyListQuery, KeyViewQuery};
pub use time::GmtTime;

pub use crate::wire::DecimalId;
