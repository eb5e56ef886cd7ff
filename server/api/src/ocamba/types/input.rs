//! What requests send in their bodies and paths.
//!
//! These types are the document's; nothing is ever deserialised into them. The decoders in
//! [`crate::ocamba::decode`] read the raw bytes, tell absent from null, and name everything that is wrong at
//! once.

use bitting_core::bounds;
use schemars::{JsonSchema, r#gen::SchemaGenerator, schema::Schema};
use serde::Deserialize;

use super::{pattern, time::TIME_FORMAT};
use crate::wire::{ID_LENGTHS, ID_PATTERN, schema};

/// A key to make.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct KeyCreate {
    /// What to call the key; not only white space. Names need not be unique.
    #[schemars(length(min = 1, max = "bounds::NAME_MAX"), regex = "pattern::NAME")]
    pub name: String,
    /// What the key is for.
    #[schemars(length(max = "bounds::DESCRIPTION_MAX"), regex = "pattern::TEXT")]
    pub description: Option<String>,
    /// When the key starts to work, GMT, as `YYYY-MM-DD HH:MM:SS`. Left out: at once.
    #[schemars(with = "Option<GmtTimeInput>")]
    pub start_time: Option<String>,
    /// When the key stops working, GMT, as `YYYY-MM-DD HH:MM:SS`; later than its start. Left out: never.
    #[schemars(with = "Option<GmtTimeInput>")]
    pub end_time: Option<String>,
}

/// Changes to a key. At least one member must be given; those that are not stay as they are.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct KeyUpdate {
    /// A new name; not only white space.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(
        with = "String",
        length(min = 1, max = "bounds::NAME_MAX"),
        regex = "pattern::NAME"
    )]
    pub name: Option<String>,
    /// A new description, or null for none.
    #[schemars(length(max = "bounds::DESCRIPTION_MAX"), regex = "pattern::TEXT")]
    pub description: Option<String>,
    /// A new start, GMT, as `YYYY-MM-DD HH:MM:SS`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "GmtTimeInput")]
    pub start_time: Option<String>,
    /// A new end, GMT, as `YYYY-MM-DD HH:MM:SS`, later than the start; null for never.
    #[schemars(with = "Option<GmtTimeInput>")]
    pub end_time: Option<String>,
}

/// The path of one key.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct KeyPath {
    /// The id of a key of the calling member.
    #[schemars(with = "KeyId")]
    pub id: String,
}

/// A time in a request. A schema of its own: the one of answers has no limits.
struct GmtTimeInput;

impl JsonSchema for GmtTimeInput {
    fn schema_name() -> String {
        "GmtTimeInput".to_owned()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let description =
            "A point in time to set, GMT, as `YYYY-MM-DD HH:MM:SS`; years 0001 to 9999.";
        schema::bounded(description, Some(TIME_FORMAT), (19, 19), pattern::TIME)
    }
}

/// A key's id in a path.
struct KeyId;

impl JsonSchema for KeyId {
    fn schema_name() -> String {
        "KeyId".to_owned()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let description = "The id of a key: decimal digits without a leading zero.";
        schema::bounded(description, None, ID_LENGTHS, ID_PATTERN)
    }
}
