//! From bytes and query strings to core's types, or to everything that is wrong with them.

mod body;
mod filter;
mod list;
mod page;
mod search;
mod sort;
mod time;
mod view;

use bitting_core::{KeyNumber, Refusal};

pub use body::{create, update};
pub use list::list;
pub use view::view;

use crate::decode::{Once, unless_wrong, wrong};

/// The id in a path. What is no id in its canonical form is the id of nothing (O32).
pub fn key_number(segment: &str) -> Result<KeyNumber, Refusal> {
    segment.parse().map_err(|_| Refusal::NotFound)
}

/// The elements of a list of names, without the spaces round its commas (O31).
fn names(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(|name| name.trim_matches(' '))
}

#[cfg(test)]
mod tests;
