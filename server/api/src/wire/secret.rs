//! A key's secret on its way to its owner.

use std::fmt;

use bitting_core::secret::PlainSecret;
use schemars::{JsonSchema, r#gen::SchemaGenerator, schema::Schema};
use serde::{Serialize, Serializer};
use zeroize::Zeroizing;

use super::schema;

/// A secret in a response: serialises in the clear, shows nothing in `Debug`, and is wiped when dropped.
///
/// A named schema in the documents, so that generated clients can give it a type that redacts as well.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl From<&PlainSecret> for Secret {
    /// A copy for one response.
    fn from(plain: &PlainSecret) -> Self {
        Self(Zeroizing::new(plain.expose().to_owned()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl JsonSchema for Secret {
    fn schema_name() -> String {
        "Secret".to_owned()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let description = "The key itself: what a program sends as its bearer token. Treat it as opaque and \
                           keep it like a password.";
        // No registered format: for generators that give it a type, and nothing to those that do not.
        schema::text(description, Some("secret"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn debug_shows_nothing_and_json_everything() {
        let secret = Secret(Zeroizing::new("0123abcd".to_owned()));
        assert_eq!(format!("{secret:?}"), "Secret(..)");
        assert_eq!(serde_json::to_string(&secret).unwrap(), r#""0123abcd""#);
    }
}
