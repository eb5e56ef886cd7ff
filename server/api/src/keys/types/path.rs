//! What paths hold, for the document only: [`crate::keys::decode`] reads the segments itself.

use schemars::{JsonSchema, r#gen::SchemaGenerator, schema::Schema};
use serde::Deserialize;

use super::input::{KeyIdInput, SecretIdInput};
use crate::wire::{ID_LENGTHS, ID_PATTERN, schema};

/// The path of one company, and of its members.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct CompanyPath {
    /// The id of a company.
    #[schemars(with = "IdInput")]
    pub company: String,
}

/// The path of one member.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct MemberPath {
    /// The id of a company.
    #[schemars(with = "IdInput")]
    pub company: String,
    /// The id of one of its members.
    #[schemars(with = "IdInput")]
    pub member: String,
}

/// The path of one key.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct KeyPath {
    /// The id of a key.
    #[schemars(with = "KeyIdInput")]
    pub id: String,
}

/// The path of one secret of a key.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct SecretPath {
    /// The id of a key.
    #[schemars(with = "KeyIdInput")]
    pub id: String,
    /// The id of one of its secrets.
    #[schemars(with = "SecretIdInput")]
    pub secret: String,
}

/// An id in a request. A schema of its own: the one of answers has no limits.
pub(super) struct IdInput;

impl JsonSchema for IdInput {
    fn schema_name() -> String {
        "DecimalIdInput".to_owned()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let description = "An id to look for: decimal digits without a leading zero.";
        schema::bounded(description, None, ID_LENGTHS, ID_PATTERN)
    }
}
