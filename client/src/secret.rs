//! Secrets in answers.

use std::{convert::Infallible, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

/// A secret: shown by [`Secret::expose`] and by serialisation, by neither `Debug` nor `Display`, and wiped
/// when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The secret. What it is copied into is the caller's to guard.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(secret: String) -> Self {
        Self(Zeroizing::new(secret))
    }
}

impl FromStr for Secret {
    type Err = Infallible;

    fn from_str(secret: &str) -> Result<Self, Infallible> {
        Ok(Self(Zeroizing::new(secret.to_owned())))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// Generated code wants a `Display` of every string; this one shows nothing either.
impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ocamba::types::{Key, KeyCreated, KeyPage};

    const SECRET: &str = "5ec7e75ec7e75ec7e75ec7e75ec7e75ec7e75ec7";

    #[test]
    fn only_those_who_ask_are_shown_a_secret() {
        let secret = Secret::from(SECRET.to_owned());
        assert_eq!(secret.expose(), SECRET);
        assert_eq!(serde_json::to_value(&secret).unwrap(), SECRET);
        assert_eq!(format!("{secret:?} {secret}"), "Secret(..) [secret]");
    }

    #[test]
    fn no_generated_type_shows_a_secret() {
        let key = format!(r#"{{"id":"1","secret":"{SECRET}"}}"#);
        let created = format!(
            r#"{{"id":"1","company_id":"2","name":"n","description":null,"status":"active","secret":"{SECRET}",
            "start_time":"2026-01-01 00:00:00","end_time":null,"create_time":"2026-01-01 00:00:00",
            "update_time":"2026-01-01 00:00:00"}}"#
        );
        let page = format!(r#"{{"total":1,"items":[{key}]}}"#);
        let key: Key = serde_json::from_str(&key).unwrap();
        let created: KeyCreated = serde_json::from_str(&created).unwrap();
        let page: KeyPage = serde_json::from_str(&page).unwrap();
        assert_eq!(created.secret.expose(), SECRET);
        assert_eq!(key.secret.as_ref().map(Secret::expose), Some(SECRET));
        let shown = format!("{key:?} {created:#?} {page:?}");
        assert!(!shown.contains(SECRET), "{shown}");
    }
}
