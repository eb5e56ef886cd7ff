//! The other doors to verification: introspection, as OAuth 2.0 knows it, and the question of a gateway.

use bitting_core::bounds;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    DecimalId,
    input::{ClientInput, ScopeListInput},
    path::IdInput,
};

/// The longest token that a body has room for; the document's bound, for the body's is in bytes.
const TOKEN_MAX: usize = bounds::BODY_MAX;
/// Any text.
const ANY_PATTERN: &str = r"^[\s\S]*$";

/// A question about a token, as a form.
// For the document only: `decode` reads the bytes.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct Introspect {
    /// The key, as it was presented.
    #[schemars(length(max = "TOKEN_MAX"), regex = "ANY_PATTERN")]
    pub token: String,
    /// What kind of token the caller takes it for; without effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(max = "TOKEN_MAX"), regex = "ANY_PATTERN")]
    pub token_type_hint: Option<String>,
    /// From where the key was presented. Left out: unknown, and a key that is bound to addresses is not active.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ClientInput")]
    pub client_ip: Option<String>,
}

/// Whether a token is a good key, and then what it is.
// In the order of K121.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Introspection {
    /// Whether it is a good key of the caller's company. If not, nothing else is told.
    pub active: bool,
    /// What it is good for: scopes between spaces. Left out for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub scope: Option<String>,
    /// The key's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Uuid")]
    pub client_id: Option<Uuid>,
    /// `Bearer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub token_type: Option<&'static str>,
    /// When the presented secret stops working, in seconds since 1970. Left out for never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i64")]
    pub exp: Option<i64>,
    /// When the key was made, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i64")]
    pub iat: Option<i64>,
    /// When the key starts to work, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i64")]
    pub nbf: Option<i64>,
    /// The id of the member whose key it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DecimalId")]
    pub sub: Option<DecimalId>,
    /// The key's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Uuid")]
    pub jti: Option<Uuid>,
    /// The id of the company that the key belongs to: always the caller's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DecimalId")]
    pub company_id: Option<DecimalId>,
    /// The id of the member whose key it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DecimalId")]
    pub member_id: Option<DecimalId>,
    /// The key's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Uuid")]
    pub key_id: Option<Uuid>,
}

/// What a gateway asks of a key that its client presents.
// For the document only: `decode` reads the query.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct ForwardAuthQuery {
    /// The id of the company whose keys are good here.
    #[schemars(with = "IdInput")]
    pub company: String,
    /// What the key is to be good for: 1 to 100 scopes between commas, all of them. Left out: nothing in particular.
    #[schemars(with = "Option<ScopeListInput>")]
    pub scopes: Option<String>,
}
