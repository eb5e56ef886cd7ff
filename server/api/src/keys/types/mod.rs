//! The types of this surface's requests and responses: what the document is made from.

mod company;
mod error;
mod first_key;
mod member;
mod path;
mod query;
mod time;

pub use company::{Company, CompanyCreate, CompanyCreated, CompanyPage};
pub use error::ApiError;
pub use first_key::{FirstKey, Role};
pub use member::{Login, Member, MemberCreate, MemberCreated, MemberPage};
pub use path::{CompanyPath, MemberPath};
pub use query::PageQuery;
pub use time::UtcTime;

pub use super::error_code::ErrorCode;
pub use crate::wire::DecimalId;
