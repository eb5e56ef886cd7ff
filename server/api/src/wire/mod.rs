//! What every surface needs between HTTP and its types.

mod json_body;
mod merge;
mod nullable;
mod query_string;
mod raw_query;
mod reply;
mod secret;

pub use json_body::JsonBody;
pub use merge::{MergeError, extend, refuse_other_methods};
pub use nullable::Nullable;
pub use query_string::{Parameter, ValueError, parameters};
pub use raw_query::RawQuery;
pub use reply::Reply;
pub use secret::Secret;
