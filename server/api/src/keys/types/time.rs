//! Times as this surface writes them.

use std::fmt;

use bitting_core::Timestamp;
use schemars::{JsonSchema, r#gen::SchemaGenerator, schema::Schema};
use serde::{Serialize, Serializer};

use crate::wire::schema;

/// A time: RFC 3339, UTC with `Z`, whole seconds (K6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UtcTime(Timestamp);

impl From<Timestamp> for UtcTime {
    fn from(time: Timestamp) -> Self {
        Self(time)
    }
}

impl fmt::Display for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let c = self.0.civil();
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            c.year, c.month, c.day, c.hour, c.minute, c.second
        )
    }
}

impl Serialize for UtcTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for UtcTime {
    fn schema_name() -> String {
        "UtcTime".to_owned()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let description = "A point in time by RFC 3339, UTC with `Z`, in whole seconds.";
        schema::text(description, Some("date-time"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k6_a_time_has_four_digits_of_year_and_ends_with_z() {
        assert_eq!(UtcTime(Timestamp::MIN).to_string(), "0001-01-01T00:00:00Z");
        assert_eq!(UtcTime(Timestamp::MAX).to_string(), "9999-12-31T23:59:59Z");
    }
}
