//! Ids and times as this surface writes them.

use std::fmt;

use bitting_core::{CompanyId, KeyNumber, MemberId, Timestamp};
use schemars::{
    JsonSchema,
    r#gen::SchemaGenerator,
    schema::{InstanceType, Metadata, Schema, SchemaObject},
};
use serde::{Serialize, Serializer};

/// An id: a string of decimal digits, never a JSON number (O5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecimalId(i64);

/// A time: `YYYY-MM-DD HH:MM:SS`, GMT (O6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GmtTime(Timestamp);

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

impl From<Timestamp> for GmtTime {
    fn from(time: Timestamp) -> Self {
        Self(time)
    }
}

impl fmt::Display for GmtTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let c = self.0.civil();
        write!(
            f,
            "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
            c.year, c.month, c.day, c.hour, c.minute, c.second
        )
    }
}

impl Serialize for DecimalId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Serialize for GmtTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The format of times in documents: for generators that give it a type, and nothing to those that do not.
pub(super) const TIME_FORMAT: &str = "gmt-time";

fn text_schema(description: &str, format: Option<&str>) -> Schema {
    SchemaObject {
        instance_type: Some(InstanceType::String.into()),
        format: format.map(str::to_owned),
        metadata: Some(Box::new(Metadata {
            description: Some(description.to_owned()),
            ..Metadata::default()
        })),
        ..SchemaObject::default()
    }
    .into()
}

impl JsonSchema for DecimalId {
    fn schema_name() -> String {
        "DecimalId".to_owned()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let description = "An id: a string of decimal digits. Do not read it into a number.";
        text_schema(description, None)
    }
}

impl JsonSchema for GmtTime {
    fn schema_name() -> String {
        "GmtTime".to_owned()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let description = "A point in time, GMT, as `YYYY-MM-DD HH:MM:SS`.";
        text_schema(description, Some(TIME_FORMAT))
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

    #[test]
    fn o6_a_time_has_four_digits_of_year_and_no_zone() {
        assert_eq!(GmtTime(Timestamp::MIN).to_string(), "0001-01-01 00:00:00");
        assert_eq!(GmtTime(Timestamp::MAX).to_string(), "9999-12-31 23:59:59");
    }
}
