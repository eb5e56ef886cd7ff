//! Ids as every surface that has decimal ones writes them.

use bitting_core::{CompanyId, KeyNumber, MemberId};
use schemars::{JsonSchema, r#gen::SchemaGenerator, schema::Schema};
use serde::{Serialize, Serializer};

use super::schema;

/// The decimal ids that paths take: at most as many digits as the greatest has.
pub(crate) const ID_LENGTHS: (u32, u32) = (1, 19);
/// The pattern of such an id.
pub(crate) const ID_PATTERN: &str = r"^[1-9][0-9]{0,18}$";

/// An id: a string of decimal digits, never a JSON number (O5, K5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecimalId(i64);

impl DecimalId {
    /// The id of what has none of its own kind in the domain, such as an audit record.
    pub(crate) fn of(id: i64) -> Self {
        Self(id)
    }
}

impl From<KeyNumber> for DecimalId {
    fn from(id: KeyNumber) -> Self {
        Self(id.get())
    }
}

impl From<CompanyId> for DecimalId {
    fn from(id: CompanyId) -> Self {
        Self(id.get())
    }
}

impl From<MemberId> for DecimalId {
    fn from(id: MemberId) -> Self {
        Self(id.get())
    }
}

impl Serialize for DecimalId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl JsonSchema for DecimalId {
    fn schema_name() -> String {
        "DecimalId".to_owned()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let description = "An id: a string of decimal digits. Do not read it into a number.";
        schema::text(description, None)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn o5_an_id_is_a_string() {
        let id = DecimalId::from(KeyNumber::new(1_002_168).unwrap());
        assert_eq!(serde_json::to_string(&id).unwrap(), r#""1002168""#);
    }
}
