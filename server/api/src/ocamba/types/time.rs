//! Times as this surface writes them.

use std::fmt;

use bitting_core::Timestamp;
use schemars::{JsonSchema, r#gen::SchemaGenerator, schema::Schema};
use serde::{Serialize, Serializer};

use crate::wire::schema;

/// A time: `YYYY-MM-DD HH:MM:SS`, GMT (O6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GmtTime(Timestamp);

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

impl Serialize for GmtTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The format of times in documents: for generators that give it a type, and nothing to those that do not.
pub(super) const TIME_FORMAT: &str = "gmt-time";

impl JsonSchema for GmtTime {
    fn schema_name() -> String {
        "GmtTime".to_owned()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let description = "A point in time, GMT, as `YYYY-MM-DD HH:MM:SS`.";
        schema::text(description, Some(TIME_FORMAT))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn o6_a_time_has_four_digits_of_year_and_no_zone() {
        assert_eq!(GmtTime(Timestamp::MIN).to_string(), "0001-01-01 00:00:00");
        assert_eq!(GmtTime(Timestamp::MAX).to_string(), "9999-12-31 23:59:59");
    }
}
