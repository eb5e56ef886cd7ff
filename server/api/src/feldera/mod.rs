//! Named API keys: `/v0/api_keys`, and what else clients of that surface ask for.
//!
//! A drop-in surface: what it answers, byte for byte, is decided by the contract in
//! `contracts/feldera.md`, whose rules are cited here by their numbers (`F12`).

pub mod decode;
mod dialect;
pub mod encode;
mod error_code;
pub mod operations;
pub mod types;

use dropshot::{EndpointTagPolicy, HttpResponseCreated, HttpResponseOk, Path, RequestContext};

pub use dialect::FelderaDialect;
pub use error_code::CODES;

use crate::wire::{EmptyOk, JsonBody, Reply};
use types::{
    ApiError, ClusterHealth, Config, Health, Key, KeyCreate, KeyCreated, KeyPath, LoginConfig,
};

/// The operations of named API keys. A method's name is its operation's id in the document, in
/// [`crate::operations`] and in the generated clients.
#[dropshot::api_description {
    tag_config = {
        allow_other_tags = false,
        policy = EndpointTagPolicy::ExactlyOne,
        tags = {
            "api-keys" = {
                description = "The keys of a company by their names: made, listed, read and deleted by whoever \
                               may make changes in the company.",
            },
            "service" = {
                description = "What clients ask about the service before they work with it.",
            },
        },
    },
}]
pub trait FelderaApi {
    /// What the server shares between requests.
    type Context;

    /// Create a key
    ///
    /// Makes a key for the caller's company and answers it with its secret, which is not shown again: store it
    /// safely.
    #[endpoint { method = POST, path = "/v0/api_keys", tags = ["api-keys"] }]
    async fn key_create(
        rqctx: RequestContext<Self::Context>,
        body: JsonBody<KeyCreate>,
    ) -> Result<Reply<HttpResponseCreated<KeyCreated>>, ApiError>;

    /// List keys
    ///
    /// Answers all keys of the caller's company that were made here, ordered by name. A key that does not work
    /// any more stays in the list until it is deleted.
    #[endpoint { method = GET, path = "/v0/api_keys", tags = ["api-keys"] }]
    async fn key_list(
        rqctx: RequestContext<Self::Context>,
    ) -> Result<Reply<HttpResponseOk<Vec<Key>>>, ApiError>;

    /// View a key
    ///
    /// Answers the key with this name, as an array of one element.
    #[endpoint { method = GET, path = "/v0/api_keys/{name}", tags = ["api-keys"] }]
    async fn key_view(
        rqctx: RequestContext<Self::Context>,
        path: Path<KeyPath>,
    ) -> Result<Reply<HttpResponseOk<Vec<Key>>>, ApiError>;

    /// Delete a key
    ///
    /// Deletes the key with this name for good, which frees the name. The key has stopped working when the
    /// answer arrives.
    #[endpoint { method = DELETE, path = "/v0/api_keys/{name}", tags = ["api-keys"] }]
    async fn key_delete(
        rqctx: RequestContext<Self::Context>,
        path: Path<KeyPath>,
    ) -> Result<Reply<EmptyOk>, ApiError>;

    /// View the configuration
    ///
    /// Tells which edition and version of the service runs here.
    #[endpoint { method = GET, path = "/v0/config", tags = ["service"] }]
    async fn config_view(
        rqctx: RequestContext<Self::Context>,
    ) -> Result<Reply<HttpResponseOk<Config>>, ApiError>;

    /// View the health of the service
    ///
    /// Tells whether everything that the service is made of works; 503 if something does not.
    #[endpoint { method = GET, path = "/v0/cluster_healthz", tags = ["service"] }]
    async fn cluster_health_view(
        rqctx: RequestContext<Self::Context>,
    ) -> Result<Reply<HttpResponseOk<ClusterHealth>>, ApiError>;

    /// View how to log in
    ///
    /// Tells which issuer's tokens are accepted besides API keys; without members if there is none.
    #[endpoint { method = GET, path = "/config/authentication", tags = ["service"] }]
    async fn login_config_view(
        rqctx: RequestContext<Self::Context>,
    ) -> Result<Reply<HttpResponseOk<LoginConfig>>, ApiError>;

    /// View the health of the server
    ///
    /// Tells that the server that was asked answers, and nothing about what it depends on.
    #[endpoint { method = GET, path = "/healthz", tags = ["service"] }]
    async fn health_view(
        rqctx: RequestContext<Self::Context>,
    ) -> Result<Reply<HttpResponseOk<Health>>, ApiError>;
}
