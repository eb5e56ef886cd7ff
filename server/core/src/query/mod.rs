//! What a list may ask for, as typed values: filter and search, then sort, then page (O46).
//!
//! Every comparison on numbers and times is a union of closed ranges here, whatever operator spelt it, so
//! that a store has few forms to answer and a surface all the freedom of its notation.

mod filter;
mod page;

pub use filter::{Filter, IntField, IntTest, Ranges, TextTest};
pub use page::{InvalidPage, Page};

/// A list query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyQuery {
    /// All of these hold.
    pub filters: Vec<Filter>,
    /// And this is found.
    pub search: Option<Search>,
    /// The order, the first sort first; ascending decimal id breaks every tie.
    pub sort: Vec<Sort>,
    /// Which part of the result.
    pub page: Page,
}

/// A substring search that ignores case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    needle: String,
    /// Look in names.
    pub name: bool,
    /// Look in descriptions.
    pub description: bool,
}

impl Search {
    /// A search for `text` where `name` and `description` say; `None` for an empty text.
    pub fn new(text: &str, name: bool, description: bool) -> Option<Self> {
        (!text.is_empty()).then(|| Self {
            needle: fold(text),
            name,
            description,
        })
    }

    /// What to look for, already folded.
    pub fn needle(&self) -> &str {
        &self.needle
    }
}

/// How texts are folded for comparison without case. One function for both sides and every store.
pub fn fold(text: &str) -> String {
    text.to_lowercase()
}

/// What a list may be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SortField {
    /// The decimal id.
    Number,
    /// The name, by code point.
    Name,
    /// The phase: active, expired, pending.
    Phase,
    /// The start.
    Start,
    /// The end; no end is the greatest.
    End,
    /// The time of creation.
    Created,
    /// The time of the last change.
    Updated,
}

/// One sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub field: SortField,
    /// From the greatest down.
    pub descending: bool,
}

impl KeyQuery {
    /// The sorts that decide anything: a field's second mention and whatever follows the decimal id, which
    /// leaves no ties, are dropped; the decimal id ends the list.
    pub fn effective_sort(&self) -> Vec<Sort> {
        let mut out: Vec<Sort> = Vec::with_capacity(self.sort.len() + 1);
        for sort in &self.sort {
            if !out.iter().any(|seen| seen.field == sort.field) {
                out.push(*sort);
            }
            if sort.field == SortField::Number {
                return out;
            }
        }
        out.push(Sort {
            field: SortField::Number,
            descending: false,
        });
        out
    }

    /// Whether the answer depends on the clock.
    pub fn reads_phase(&self) -> bool {
        self.effective_sort()
            .iter()
            .any(|sort| sort.field == SortField::Phase)
            || self
                .filters
                .iter()
                .any(|filter| matches!(filter, Filter::Phase(_)))
    }
}
