//! What clients ask about the service itself (F50, F51).

use schemars::JsonSchema;
use serde::Serialize;

/// What runs here. Later versions may tell more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Config {
    /// The edition: always `Open source`.
    pub edition: &'static str,
    /// The version of the server.
    pub version: &'static str,
}

/// Whether everything that the service is made of works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClusterHealth {
    /// Always true: a service of which a part does not work answers 503.
    pub all_healthy: bool,
}

/// How people log in: without members where login tokens are not configured.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LoginConfig {
    /// The issuer of login tokens.
    #[serde(
        rename = "GenericOidc",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "GenericOidc")]
    pub generic_oidc: Option<GenericOidc>,
}

/// An issuer of login tokens, by OIDC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GenericOidc {
    /// The issuer's URL.
    pub issuer: String,
    /// The client that logs people in.
    pub client_id: String,
    /// Scopes to ask for besides those of OIDC itself.
    pub extra_oidc_scopes: Vec<String>,
}

/// Whether the server answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Health {
    /// Always `healthy`.
    pub status: &'static str,
}
