//! Metadata in answers.

use schemars::{JsonSchema, r#gen::SchemaGenerator, schema::Schema};
use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::{Map, Value, value::RawValue};

/// What an issuer keeps with a key: a JSON object, written as it was sent but for white space between its parts (K52).
// Never read into numbers: what does not fit one must come back as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata(bitting_core::Metadata);

impl From<&bitting_core::Metadata> for Metadata {
    fn from(metadata: &bitting_core::Metadata) -> Self {
        Self(metadata.clone())
    }
}

impl Serialize for Metadata {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(self.0.as_json()).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}

/// An object of any members.
impl JsonSchema for Metadata {
    fn schema_name() -> String {
        "Metadata".to_owned()
    }

    fn is_referenceable() -> bool {
        false
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Map::<String, Value>::json_schema(generator)
    }
}
