//! From bytes, paths and query strings to core's types, or to everything that is wrong with them.

mod body;
mod page;

use bitting_core::{CompanyId, MemberId, Refusal};

pub use body::{company_create, member_create};
pub use page::page;

/// The company in a path. What is no id in its canonical form is the id of nothing (K5).
pub fn company_id(segment: &str) -> Result<CompanyId, Refusal> {
    segment.parse().map_err(|_| Refusal::NotFound)
}

/// The member in a path.
pub fn member_id(segment: &str) -> Result<MemberId, Refusal> {
    segment.parse().map_err(|_| Refusal::NotFound)
}

#[cfg(test)]
mod tests;
