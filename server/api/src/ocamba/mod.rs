//! Personal API keys: `/v2/ocamba/personal-api-keys`.
//!
//! A drop-in surface: what it answers, byte for byte, is decided by the contract in
//! `contracts/ocamba.md`, whose rules are cited here by their numbers (`O44`).

pub mod decode;
mod dialect;
pub mod encode;
mod member;
pub mod operations;
pub mod types;

use dropshot::{
    EndpointTagPolicy, HttpResponseCreated, HttpResponseDeleted, HttpResponseOk,
    HttpResponseUpdatedNoContent, Path, RequestContext,
};

pub use dialect::OcambaDialect;
pub use member::{Member, Projection};

use crate::wire::{JsonBody, RawQuery, Reply};
use types::{
    ApiError, Key, KeyCreate, KeyCreated, KeyListQuery, KeyPage, KeyPath, KeyUpdate, KeyViewQuery,
};

/// The operations of personal API keys. A method's name is its operation's id in the document, in
/// [`crate::operations`] and in the generated clients.
#[dropshot::api_description {
    tag_config = {
        allow_other_tags = false,
        policy = EndpointTagPolicy::ExactlyOne,
        tags = {
            "personal-api-keys" = {
                description = "The keys with which a member's own programs call the API: made, read, changed, \
                               rolled and deleted by that member, and checked by whoever holds one.",
            },
        },
    },
}]
pub trait OcambaApi {
    /// What the server shares between requests.
    type Context;

    /// Create a key
    ///
    /// Makes a key for the calling member and answers it with its secret. The key's role is the caller's, but
    /// at most `write`. Names need not be unique.
    #[endpoint {
        method = POST,
        path = "/v2/ocamba/personal-api-keys",
        tags = ["personal-api-keys"],
    }]
    async fn key_create(
        rqctx: RequestContext<Self::Context>,
        body: JsonBody<KeyCreate>,
    ) -> Result<Reply<HttpResponseCreated<KeyCreated>>, ApiError>;

    /// List keys
    ///
    /// Answers one page of the calling member's keys, and how many match in all. Filters and search narrow the
    /// keys down first, then they are counted, sorted and divided into pages, and at last the members that
    /// were asked for are picked.
    #[endpoint {
        method = GET,
        path = "/v2/ocamba/personal-api-keys",
        tags = ["personal-api-keys"],
    }]
    async fn key_list(
        rqctx: RequestContext<Self::Context>,
        query: RawQuery<KeyListQuery>,
    ) -> Result<Reply<HttpResponseOk<KeyPage>>, ApiError>;

    /// View a key
    ///
    /// Answers one key of the calling member.
    #[endpoint {
        method = GET,
        path = "/v2/ocamba/personal-api-keys/{id}",
        tags = ["personal-api-keys"],
    }]
    async fn key_view(
        rqctx: RequestContext<Self::Context>,
        path: Path<KeyPath>,
        query: RawQuery<KeyViewQuery>,
    ) -> Result<Reply<HttpResponseOk<Key>>, ApiError>;

    /// Update a key
    ///
    /// Changes the members that the body has and leaves the others as they are. `null` takes the description
    /// or the end away.
    #[endpoint {
        method = PATCH,
        path = "/v2/ocamba/personal-api-keys/{id}",
        tags = ["personal-api-keys"],
    }]
    async fn key_update(
        rqctx: RequestContext<Self::Context>,
        path: Path<KeyPath>,
        body: JsonBody<KeyUpdate>,
    ) -> Result<Reply<HttpResponseUpdatedNoContent>, ApiError>;

    /// Delete a key
    ///
    /// Deletes the key for good. Its secret has stopped working when the answer arrives.
    #[endpoint {
        method = DELETE,
        path = "/v2/ocamba/personal-api-keys/{id}",
        tags = ["personal-api-keys"],
    }]
    async fn key_delete(
        rqctx: RequestContext<Self::Context>,
        path: Path<KeyPath>,
    ) -> Result<Reply<HttpResponseDeleted>, ApiError>;

    /// Roll a key's secret
    ///
    /// Gives the key a new secret and answers it; everything else about the key stays. The old secret has
    /// stopped working when the answer arrives.
    #[endpoint {
        method = POST,
        path = "/v2/ocamba/personal-api-keys/{id}/roll",
        tags = ["personal-api-keys"],
    }]
    async fn key_roll(
        rqctx: RequestContext<Self::Context>,
        path: Path<KeyPath>,
    ) -> Result<Reply<HttpResponseOk<KeyCreated>>, ApiError>;

    /// Validate the presented key
    ///
    /// Tells the holder of a key whether it is good: 204 if the bearer token of this request is an active API
    /// key, whichever surface it was made on and whatever its role, and 401 if it is anything else, a login
    /// token too. The request's body, if it has one, is not looked at.
    // Served one level up from where the document shows it: see `operations::VALIDATE_SEGMENT`.
    #[endpoint {
        method = POST,
        path = "/v2/ocamba/personal-api-keys/{id}",
        tags = ["personal-api-keys"],
    }]
    async fn key_validate(
        rqctx: RequestContext<Self::Context>,
        path: Path<KeyPath>,
    ) -> Result<Reply<HttpResponseUpdatedNoContent>, ApiError>;
}
