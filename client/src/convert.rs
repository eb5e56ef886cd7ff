//! Conversions that make generated types pleasant to call with.

use crate::ocamba::types::DecimalId;

impl From<&str> for DecimalId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl From<&Self> for DecimalId {
    fn from(id: &Self) -> Self {
        id.clone()
    }
}
