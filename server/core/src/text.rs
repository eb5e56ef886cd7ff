//! The texts that people give keys, companies and members.

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

/// Why keys of the origin `feldera` cannot have a name (F12). The checks come in this order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// It is empty.
    #[error("must not be empty")]
    Empty,
    /// It is longer than [`bounds::PLAIN_NAME_MAX`] bytes.
    #[error("must have at most {max} bytes", max = bounds::PLAIN_NAME_MAX)]
    TooLong {
        /// The name.
        name: String,
    },
    /// It has a character besides letters, digits, `_` and `-` of ASCII.
    #[error("must have no characters but A-Z, a-z, 0-9, _ and -")]
    Pattern {
        /// The name.
        name: String,
    },
}

impl KeyName {
    /// The name, if it is one that keys of the origin `feldera` may have: 1 to 100 of the characters
    /// `A-Z a-z 0-9 _ -` (F12).
    pub fn plain(text: String) -> Result<Self, NameFault> {
        if text.is_empty() {
            return Err(NameFault::Empty);
        }
        if text.len() > bounds::PLAIN_NAME_MAX {
            return Err(NameFault::TooLong { name: text });
        }
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
        if text.bytes().all(plain) {
            Ok(Self(text))
        } else {
            Err(NameFault::Pattern { name: text })
        }
    }
}

/// What a company or a member is called: 1 to 255 characters, not only white space, kept as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayName(KeyName);

impl DisplayName {
    /// The name, if it is one.
    pub fn new(text: String) -> Result<Self, TextError> {
        KeyName::new(text).map(Self)
    }

    /// The name as it was sent.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
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

/// Why a key was revoked: 1 to 1,000 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    /// The reason, if it is one.
    pub fn new(text: String) -> Result<Self, TextError> {
        check(&text, bounds::REASON_MAX)?;
        if text.trim().is_empty() {
            return Err(TextError::Empty);
        }
        Ok(Self(text))
    }

    /// The reason as it was sent.
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
    fn f12_a_plain_name_is_checked_for_emptiness_then_length_in_bytes_then_characters() {
        let plain = |text: &str| KeyName::plain(text.to_owned());
        assert!(plain(&"a".repeat(100)).is_ok());
        assert!(plain("aZ09_-").is_ok());
        assert_eq!(plain(""), Err(NameFault::Empty));
        let long = "é".repeat(51);
        assert_eq!(plain(&long), Err(NameFault::TooLong { name: long.clone() }));
        for wrong in [" ", "a b", "a.b", "é", "a\0", "a\n"] {
            let name = wrong.to_owned();
            assert_eq!(plain(wrong), Err(NameFault::Pattern { name }), "{wrong:?}");
        }
    }

    #[test]
    fn nul_is_refused_anywhere() {
        assert_eq!(KeyName::new("a\0".into()), Err(TextError::Nul));
        assert_eq!(Description::new("\0".into()), Err(TextError::Nul));
    }
}
