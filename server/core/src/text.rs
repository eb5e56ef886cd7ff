//! The texts that people give a key.

use crate::bounds;

/// Why a text is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("must not be empty")]
    Empty,
    /// Longer than the bound.
    #[error("must have at most {max} characters")]
    TooLong {
        /// The bound, in Unicode scalar values.
        max: usize,
    },
    /// U+0000, which a database cannot be trusted with.
    #[error("must not contain U+0000")]
    Nul,
}

fn check(text: &str, max: usize) -> Result<(), TextError> {
    // A scalar value has at most four bytes: a megabyte is refused without counting it.
    if text.len() > max * 4 || text.chars().count() > max {
        return Err(TextError::TooLong { max });
    }
    if text.contains('\0') {
        return Err(TextError::Nul);
    }
    Ok(())
}

/// A key's name: 1 to 255 characters, not only white space, kept as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyName(String);

impl KeyName {
    /// The name, if it is one.
    pub fn new(text: String) -> Result<Self, TextError> {
        check(&text, bounds::NAME_MAX)?;
        if text.trim().is_empty() {
            return Err(TextError::Empty);
        }
        Ok(Self(text))
    }

    /// The name as it was sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A key's description: at most 1,000 characters, possibly none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description(String);

impl Description {
    /// The description, if it is one.
    pub fn new(text: String) -> Result<Self, TextError> {
        check(&text, bounds::DESCRIPTION_MAX)?;
        Ok(Self(text))
    }

    /// The description as it was sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_name_is_counted_in_characters() {
        assert!(KeyName::new("é".repeat(255)).is_ok());
        assert_eq!(
            KeyName::new("é".repeat(256)),
            Err(TextError::TooLong { max: 255 })
        );
        assert!(KeyName::new("🗝".repeat(255)).is_ok());
    }

    #[test]
    fn a_blank_name_is_empty_and_a_padded_one_is_kept() {
        assert_eq!(KeyName::new(" \t\u{3000}".into()), Err(TextError::Empty));
        assert_eq!(KeyName::new(" a ".into()).unwrap().as_str(), " a ");
    }

    #[test]
    fn nul_is_refused_anywhere() {
        assert_eq!(KeyName::new("a\0".into()), Err(TextError::Nul));
        assert_eq!(Description::new("\0".into()), Err(TextError::Nul));
    }
}
