//! The orders of the list of keys (K57).

use std::fmt;

/// What the list of keys can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeySort {
    /// When they were made.
    CreatedAt,
    /// When they last changed.
    UpdatedAt,
    /// What they are called, by code point.
    Name,
    /// When they stop working; never comes after every time.
    ExpiresAt,
}

impl KeySort {
    /// Everything that they can be sorted by.
    pub const ALL: [Self; 4] = [
        Self::CreatedAt,
        Self::UpdatedAt,
        Self::Name,
        Self::ExpiresAt,
    ];

    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
            Self::Name => "name",
            Self::ExpiresAt => "expires_at",
        }
    }
}

/// An order of the list of keys. Among equal ones the lower number comes first, and descending the higher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyOrder {
    /// By what.
    pub by: KeySort,
    /// From the greatest down.
    pub descending: bool,
}

/// The newest first.
impl Default for KeyOrder {
    fn default() -> Self {
        Self {
            by: KeySort::CreatedAt,
            descending: true,
        }
    }
}

impl KeyOrder {
    pub(super) fn read(text: &str) -> Option<Self> {
        let name = text.strip_prefix('-');
        let descending = name.is_some();
        let name = name.unwrap_or(text);
        let by = KeySort::ALL.into_iter().find(|by| by.name() == name)?;
        Some(Self { by, descending })
    }
}

/// As a query spells it.
impl fmt::Display for KeyOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.descending { "-" } else { "" };
        write!(f, "{sign}{}", self.by.name())
    }
}
