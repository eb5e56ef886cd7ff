//! What every surface needs between HTTP and its types.

mod decimal_id;
mod empty_ok;
mod merge;
mod nullable;
mod query_string;
mod raw_query;
mod reply;
pub(crate) mod schema;
mod secret;
mod unread_body;

pub use decimal_id::DecimalId;
pub(crate) use decimal_id::{ID_LENGTHS, ID_PATTERN};
pub use empty_ok::EmptyOk;
pub use merge::{MergeError, extend, refuse_other_methods};
pub use nullable::Nullable;
pub use query_string::{Parameter, ValueError, parameters};
pub use raw_query::RawQuery;
pub use reply::Reply;
pub use secret::Secret;
pub use unread_body::{Form, FormBody, Format, Json, JsonBody, UnreadBody};
