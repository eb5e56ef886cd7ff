//! Scopes: the issuer's own words for what a key is good for.

use std::{collections::BTreeSet, fmt};

use crate::bounds;

/// One scope: 1 to 100 of the characters `A-Z a-z 0-9 _ . : / * -`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope(String);

/// Why a text is no scope, or a set of them none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidScope {
    /// Empty, too long, or with a character outside the set.
    #[error("a scope has 1 to 100 of the characters A-Z a-z 0-9 _ . : / * -")]
    Form,
    /// More scopes than one key holds.
    #[error("a key has at most 100 scopes")]
    TooMany,
}

impl Scope {
    /// The scope, if it is one.
    pub fn new(text: String) -> Result<Self, InvalidScope> {
        let fits = (1..=bounds::SCOPE_MAX).contains(&text.len());
        let known = |b: u8| b.is_ascii_alphanumeric() || b"_.:/*-".contains(&b);
        if fits && text.bytes().all(known) {
            Ok(Self(text))
        } else {
            Err(InvalidScope::Form)
        }
    }

    /// The scope's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The scopes of a key: at most 100, none twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// The set, if it is not too large.
    pub fn new(scopes: impl IntoIterator<Item = Scope>) -> Result<Self, InvalidScope> {
        let set: BTreeSet<_> = scopes.into_iter().collect();
        if set.len() > bounds::SCOPES_MAX {
            return Err(InvalidScope::TooMany);
        }
        Ok(Self(set))
    }

    /// Whether `scope` is one of them.
    pub fn contains(&self, scope: &Scope) -> bool {
        self.0.contains(scope)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether every scope of this set is one of `other`.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.0.is_subset(&other.0)
    }

    /// The scopes, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Scope> {
        self.0.iter()
    }
}
