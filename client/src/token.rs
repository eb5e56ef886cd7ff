//! What the client authenticates with.

use std::{env, fmt, fs, io, path::Path};

use reqwest::header::HeaderValue;
use zeroize::Zeroizing;

/// A bearer token: an API key, or a login token (a JWT). Shows nothing in `Debug`, and is wiped when dropped.
#[derive(Clone)]
pub struct Token(Zeroizing<String>);

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// It is empty, or has characters that no token has.
    #[error("a token is one or more visible ASCII characters: this one is empty or has others")]
    Malformed,
    /// The environment variable is not set, or is not text.
    #[error("the environment variable {0} is not set to a token: set it")]
    Unset(String),
    /// The file cannot be read.
    #[error("cannot read the token file {path}: {source}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        source: io::Error,
    },
}

impl Token {
    /// A token from its text. White space round it, such as the newline at the end of a file, is left out.
    pub fn new(text: impl Into<String>) -> Result<Self, TokenError> {
        let text = Zeroizing::new(text.into());
        let token = text.trim();
        if token.is_empty() || !token.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(TokenError::Malformed);
        }
        Ok(Self(Zeroizing::new(token.to_owned())))
    }

    /// A token from an environment variable.
    pub fn from_env(name: &str) -> Result<Self, TokenError> {
        let text = env::var(name).map_err(|_| TokenError::Unset(name.to_owned()))?;
        Self::new(text)
    }

    /// A token from a file.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, TokenError> {
        let path = path.as_ref();
        let text = fs::read_to_string(path).map_err(|source| TokenError::Unreadable {
            path: path.display().to_string(),
            source,
        })?;
        Self::new(text)
    }

    /// The `Authorization` header, marked so that nothing that shows headers shows it.
    pub(crate) fn header(&self) -> Result<HeaderValue, TokenError> {
        let text = Zeroizing::new(format!("Bearer {}", *self.0));
        let mut value = HeaderValue::from_str(&text).map_err(|_| TokenError::Malformed)?;
        value.set_sensitive(true);
        Ok(value)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_token_is_trimmed_and_shown_to_nobody() {
        let token = Token::new(" hunter2\n").unwrap();
        assert_eq!(token.header().unwrap(), "Bearer hunter2");
        let shown = format!("{token:?} {:?}", token.header().unwrap());
        assert!(!shown.contains("hunter2"), "{shown}");
    }

    #[test]
    fn what_cannot_be_sent_is_no_token() {
        for text in ["", " \n", "a b", "a\nb", "clé", "a\u{0}"] {
            let error = Token::new(text).unwrap_err();
            assert!(matches!(error, TokenError::Malformed), "{text:?}");
        }
    }

    #[test]
    fn a_token_comes_from_a_file() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("root.key");
        fs::write(&path, "hunter2\n").unwrap();
        assert!(Token::from_file(&path).is_ok());
        let missing = Token::from_file(directory.path().join("none")).unwrap_err();
        assert!(missing.to_string().contains("none"), "{missing}");
    }

    #[test]
    fn an_unset_variable_is_named() {
        let error = Token::from_env("BITTING_TEST_UNSET").unwrap_err();
        assert!(error.to_string().contains("BITTING_TEST_UNSET"), "{error}");
    }
}
