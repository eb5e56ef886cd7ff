//! A secret in the clear.

use std::fmt;

use zeroize::Zeroizing;

use super::Format;
use crate::Entropy;

/// A secret in the clear: shows nothing in `Debug`, cannot be serialised, and is wiped when dropped.
pub struct PlainSecret(Zeroizing<String>);

impl PlainSecret {
    pub(super) fn generate(format: &Format, entropy: &dyn Entropy) -> Self {
        // Enough for every format, so that the text never moves and leaves a copy behind.
        let mut text = Zeroizing::new(String::with_capacity(160));
        format.write(&mut text, entropy);
        Self(text)
    }

    pub(super) fn unsealed(text: Zeroizing<String>) -> Self {
        Self(text)
    }

    /// The secret. What it is copied into is the caller's to guard.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The last four characters, by which people tell their keys apart.
    pub(super) fn hint(&self) -> String {
        let start = self.0.len().saturating_sub(4);
        format!("…{}", self.0.get(start..).unwrap_or_default())
    }
}

impl fmt::Debug for PlainSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PlainSecret(..)")
    }
}
