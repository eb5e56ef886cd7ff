//! From bytes and query strings to core's types, or to everything that is wrong with them.

mod body;
mod filter;
mod list;
mod members;
mod once;
mod page;
mod search;
mod sort;
mod time;
mod view;

use bitting_core::{Field, KeyNumber, Refusal, Violation};

pub use body::{create, update};
pub use list::list;
pub use view::view;

/// The id in a path. What is no id in its canonical form is the id of nothing (O32).
pub fn key_number(segment: &str) -> Result<KeyNumber, Refusal> {
    segment.parse().map_err(|_| Refusal::NotFound)
}

/// `value` if nothing was wrong on the way to it.
fn unless_wrong<T>(violations: Vec<Violation>, value: T) -> Result<T, Refusal> {
    if violations.is_empty() {
        Ok(value)
    } else {
        Err(Refusal::Invalid(violations))
    }
}

/// A violation of a query parameter.
fn wrong(parameter: &'static str, reason: impl Into<std::borrow::Cow<'static, str>>) -> Violation {
    Violation::new(Field::Parameter(parameter), reason)
}

/// The elements of a list of names, without the spaces round its commas (O31).
fn names(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(|name| name.trim_matches(' '))
}

#[cfg(test)]
mod tests;
