//! What an issuer keeps with a key for itself.

use crate::bounds;

/// A JSON object of at most 10,240 bytes, in its compact form. Nothing here looks inside.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Metadata(Option<Box<str>>);

/// That the object is larger than the bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must have at most {max} bytes as compact JSON", max = bounds::METADATA_MAX)]
pub struct MetadataTooLarge;

/// The object without members. Most keys have none, and it takes no memory.
const EMPTY: &str = "{}";

impl Metadata {
    /// The metadata that `compact` spells: a JSON object without white space between its parts.
    pub fn new(compact: String) -> Result<Self, MetadataTooLarge> {
        if compact.len() > bounds::METADATA_MAX {
            return Err(MetadataTooLarge);
        }
        Ok(Self((compact != EMPTY).then(|| compact.into())))
    }

    /// The object as compact JSON.
    pub fn as_json(&self) -> &str {
        self.0.as_deref().unwrap_or(EMPTY)
    }

    /// Whether the object has no members.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

/// Without the content: issuers keep what they like there.
impl std::fmt::Debug for Metadata {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Metadata({} bytes)", self.as_json().len())
    }
}
