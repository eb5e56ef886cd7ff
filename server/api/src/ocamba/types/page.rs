//! A page of keys.

use schemars::JsonSchema;
use serde::Serialize;

use super::Key;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeyPage {
    /// How many keys match in all, on this page and the others.
    pub total: u64,
    /// The keys on this page.
    pub items: Vec<Key>,
}
