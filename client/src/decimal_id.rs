//! Ids of digits.

use std::{convert::Infallible, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// An id: decimal digits, as text. What was read goes into the next request as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DecimalId(String);

impl DecimalId {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for DecimalId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl From<String> for DecimalId {
    fn from(id: String) -> Self {
        Self(id)
    }
}

impl From<&Self> for DecimalId {
    fn from(id: &Self) -> Self {
        id.clone()
    }
}

impl FromStr for DecimalId {
    type Err = Infallible;

    fn from_str(id: &str) -> Result<Self, Infallible> {
        Ok(id.into())
    }
}

impl fmt::Display for DecimalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
