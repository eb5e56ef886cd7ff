//! `sort=a,-b` (O42).

use bitting_core::{Violation, query::Sort};

use super::wrong;
use crate::ocamba::Member;

/// The order that `text` asks for. Before a field, `-` is descending, and `+`, or the space that an unencoded
/// `+` decodes to, ascending.
pub(super) fn sort(text: Option<&str>) -> Result<Vec<Sort>, Violation> {
    let Some(text) = text else {
        return Ok(Vec::new());
    };
    let sorts: Option<Vec<_>> = text.split(',').map(one).collect();
    sorts.ok_or_else(|| {
        wrong(
            "sort",
            "must be one or more of name, status, start_time, end_time, create_time, update_time, id, divided \
             by commas, each with - before it for descending",
        )
    })
}

fn one(text: &str) -> Option<Sort> {
    let (descending, name) = match text.strip_prefix('-') {
        Some(name) => (true, name),
        None => (false, text.strip_prefix(['+', ' ']).unwrap_or(text)),
    };
    let field = Member::named(name)?.sort_field()?;
    Some(Sort { field, descending })
}
