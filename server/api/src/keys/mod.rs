//! Bitting's own API: `/v1`.
//!
//! What it answers is decided by the contract in `contracts/keys.md`, whose rules are cited here by their
//! numbers (`K21`).

pub mod audit;
pub mod decode;
mod dialect;
pub mod encode;
mod error_code;
mod list;
pub mod operations;
mod position;
mod query;
mod sort;
pub mod types;

use dropshot::{
    EndpointTagPolicy, HttpResponseCreated, HttpResponseDeleted, HttpResponseOk, Path,
    RequestContext,
};

pub use dialect::KeysDialect;
pub use list::List;
pub use position::{Position, PositionValue};
pub use query::{KeyFilters, KeyListQuery};
pub use sort::{KeyOrder, KeySort};

use crate::wire::{EmptyOk, FormBody, JsonBody, RawQuery, Reply};
use types::{
    ApiError, AuditPage, Company, CompanyCreate, CompanyCreated, CompanyPage, CompanyPath,
    CompanySettings, ForwardAuthQuery, Introspect, Introspection, Key, KeyCreate, KeyCreated,
    KeyImport, KeyImportResults, KeyLimits, KeyPage, KeyPath, KeyRevealed, KeyRevoke, KeyRotate,
    KeyRotated, KeySecrets, KeySettings, KeyVerify, KeyVerifyBatch, Member, MemberCreate,
    MemberCreated, MemberDeleteQuery, MemberPage, MemberPath, MemberSettings, PageQuery,
    SecretPath, Usage, UsageQuery, Verification, VerificationBatch,
};

/// The operations of Bitting's own API. A method's name is its operation's id in the document, in
/// [`crate::operations`] and in the generated clients.
#[dropshot::api_description {
    tag_config = {
        allow_other_tags = false,
        policy = EndpointTagPolicy::ExactlyOne,
        tags = {
            "keys" = {
                description = "API keys: made, listed, read, changed, revoked and deleted by the members whose they \
                               are and by their admins, whichever surface they were made on.",
            },
            "verification" = {
                description = "Whether a key that was presented to a service is good: asked by that service, about the \
                               keys of its own company.",
            },
            "self" = {
                description = "What a key can do about itself, whatever its role.",
            },
            "audit" = {
                description = "What was done, by whom, when and from where.",
            },
            "companies" = {
                description = "The tenants: what members and keys belong to, and what keeps them apart.",
            },
            "members" = {
                description = "Who belongs to a company and owns keys.",
            },
        },
    },
}]
pub trait KeysApi {
    /// What the server shares between requests.
    type Context;

    /// Create a company
    ///
    /// Makes a company and, unless the body says otherwise, its first member with a key of the role `admin`. The
    /// key's secret is in the answer and is not shown again.
    #[endpoint { method = POST, path = "/v1/companies", tags = ["companies"] }]
    async fn company_create(
        rqctx: RequestContext<Self::Context>,
        body: JsonBody<CompanyCreate>,
    ) -> Result<Reply<HttpResponseCreated<CompanyCreated>>, ApiError>;

    /// List companies
    ///
    /// Answers one page of all companies, by ascending id.
    #[endpoint { method = GET, path = "/v1/companies", tags = ["companies"] }]
    async fn company_list(
        rqctx: RequestContext<Self::Context>,
        query: RawQuery<PageQuery>,
    ) -> Result<Reply<HttpResponseOk<CompanyPage>>, ApiError>;

    /// View a company
    ///
    /// Answers one company.
    #[endpoint { method = GET, path = "/v1/companies/{company}", tags = ["companies"] }]
    async fn company_view(
        rqctx: RequestContext<Self::Context>,
        path: Path<CompanyPath>,
    ) -> Result<Reply<HttpResponseOk<Company>>, ApiError>;

    /// View a company's usage
    ///
    /// Counts what verification found for the members of the company, by the hour or by the day. Questions about keys that do not
    /// exist count too.
    #[endpoint { method = GET, path = "/v1/companies/{company}/usage", tags = ["companies"] }]
    async fn company_usage(
        rqctx: RequestContext<Self::Context>,
        path: Path<CompanyPath>,
        query: RawQuery<UsageQuery>,
    ) -> Result<Reply<HttpResponseOk<Usage>>, ApiError>;

    /// Update a company
    ///
    /// Puts the settings in the body in place of those that the company has, and answers the company. Switched off, none of
    /// its keys and login tokens works when the answer arrives.
    #[endpoint { method = PUT, path = "/v1/companies/{company}", tags = ["companies"] }]
    async fn company_update(
        rqctx: RequestContext<Self::Context>,
        path: Path<CompanyPath>,
        body: JsonBody<CompanySettings>,
    ) -> Result<Reply<HttpResponseOk<Company>>, ApiError>;

    /// Delete a company
    ///
    /// Deletes a company that has no members, for good; the audit records of it stay.
    #[endpoint { method = DELETE, path = "/v1/companies/{company}", tags = ["companies"] }]
    async fn company_delete(
        rqctx: RequestContext<Self::Context>,
        path: Path<CompanyPath>,
    ) -> Result<Reply<HttpResponseDeleted>, ApiError>;

    /// Create a member
    ///
    /// Makes a member of the company and, unless the body says otherwise, its first key. The key's secret is in
    /// the answer and is not shown again.
    #[endpoint { method = POST, path = "/v1/companies/{company}/members", tags = ["members"] }]
    async fn member_create(
        rqctx: RequestContext<Self::Context>,
        path: Path<CompanyPath>,
        body: JsonBody<MemberCreate>,
    ) -> Result<Reply<HttpResponseCreated<MemberCreated>>, ApiError>;

    /// List members
    ///
    /// Answers one page of the company's members, by ascending id.
    #[endpoint { method = GET, path = "/v1/companies/{company}/members", tags = ["members"] }]
    async fn member_list(
        rqctx: RequestContext<Self::Context>,
        path: Path<CompanyPath>,
        query: RawQuery<PageQuery>,
    ) -> Result<Reply<HttpResponseOk<MemberPage>>, ApiError>;

    /// View a member
    ///
    /// Answers one member of the company.
    #[endpoint { method = GET, path = "/v1/companies/{company}/members/{member}", tags = ["members"] }]
    async fn member_view(
        rqctx: RequestContext<Self::Context>,
        path: Path<MemberPath>,
    ) -> Result<Reply<HttpResponseOk<Member>>, ApiError>;

    /// Update a member
    ///
    /// Puts the settings in the body in place of those that the member has, and answers the member. Switched off, none of
    /// its keys and login tokens works when the answer arrives. Nobody switches a member on or off who has a key whose role
    /// is above its own.
    #[endpoint { method = PUT, path = "/v1/companies/{company}/members/{member}", tags = ["members"] }]
    async fn member_update(
        rqctx: RequestContext<Self::Context>,
        path: Path<MemberPath>,
        body: JsonBody<MemberSettings>,
    ) -> Result<Reply<HttpResponseOk<Member>>, ApiError>;

    /// Delete a member
    ///
    /// Deletes the member for good; its login tokens never make it again. Its keys become those of `new_owner`; without one,
    /// a member who has keys is not deleted. Nobody deletes a member who has a key whose role is above its own.
    #[endpoint { method = DELETE, path = "/v1/companies/{company}/members/{member}", tags = ["members"] }]
    async fn member_delete(
        rqctx: RequestContext<Self::Context>,
        path: Path<MemberPath>,
        query: RawQuery<MemberDeleteQuery>,
    ) -> Result<Reply<HttpResponseDeleted>, ApiError>;

    /// Create a key
    ///
    /// Makes a key and answers it with its secret, which is not shown again. Nobody grants a role above its own. Below
    /// the role `admin`, a new key is its maker's own, and its scopes are scopes of the key that makes it.
    #[endpoint { method = POST, path = "/v1/keys", tags = ["keys"] }]
    async fn key_create(
        rqctx: RequestContext<Self::Context>,
        body: JsonBody<KeyCreate>,
    ) -> Result<Reply<HttpResponseCreated<KeyCreated>>, ApiError>;

    /// List keys
    ///
    /// Answers one page of the keys that the caller sees, whichever surface they were made on: its member's; with the
    /// role `admin` all of its company's; with the role `root` all. What is made or removed in between neither
    /// repeats nor hides a key on later pages.
    #[endpoint { method = GET, path = "/v1/keys", tags = ["keys"] }]
    async fn key_list(
        rqctx: RequestContext<Self::Context>,
        query: RawQuery<types::KeyListQuery>,
    ) -> Result<Reply<HttpResponseOk<KeyPage>>, ApiError>;

    /// View a key
    ///
    /// Answers one key. `ETag` is the version of its settings: use does not change it.
    #[endpoint { method = GET, path = "/v1/keys/{id}", tags = ["keys"] }]
    async fn key_view(
        rqctx: RequestContext<Self::Context>,
        path: Path<KeyPath>,
    ) -> Result<Reply<HttpResponseOk<Key>>, ApiError>;

    /// View a key's usage
    ///
    /// Answers how often verification found what of the key, by the hour or by the day.
    #[endpoint { method = GET, path = "/v1/keys/{id}/usage", tags = ["keys"] }]
    async fn key_usage(
        rqctx: RequestContext<Self::Context>,
        path: Path<KeyPath>,
        query: RawQuery<UsageQuery>,
    ) -> Result<Reply<HttpResponseOk<Usage>>, ApiError>;

    /// Update a key
    ///
    /// Puts the settings in the body in place of those that the key has, and answers the key. A verification that
    /// begins after the answer goes by them. With `If-Match`, nothing is changed unless the key still has one of those
    /// versions. A revoked key can be updated, and stays revoked.
    #[endpoint { method = PUT, path = "/v1/keys/{id}", tags = ["keys"] }]
    async fn key_update(
        rqctx: RequestContext<Self::Context>,
        path: Path<KeyPath>,
        body: JsonBody<KeySettings>,
    ) -> Result<Reply<HttpResponseOk<Key>>, ApiError>;

    /// Set a key's limits and quota
    ///
    /// Puts the rate limits and the quota in the body in place of those that the key has, and answers the key. A
    /// verification that begins after the answer goes by them. What was used of a limit whose name stays is still used.
    /// With `If-Match`, nothing is changed unless the key still has one of those versions.
    #[endpoint { method = PUT, path = "/v1/keys/{id}/limits", tags = ["keys"] }]
    async fn key_limits_update(
        rqctx: RequestContext<Self::Context>,
        path: Path<KeyPath>,
        body: JsonBody<KeyLimits>,
    ) -> Result<Reply<HttpResponseOk<Key>>, ApiError>;

    /// Delete a key
    ///
    /// Deletes the key for good; the audit record of it stays. Its secret has stopped working when the answer arrives.
    #[endpoint { method = DELETE, path = "/v1/keys/{id}", tags = ["keys"] }]
    async fn key_delete(
        rqctx: RequestContext<Self::Context>,
        path: Path<KeyPath>,
    ) -> Result<Reply<HttpResponseDeleted>, ApiError>;

    /// Revoke a key
    ///
    /// Revokes the key for good and answers it. Its secret has stopped working when the answer arrives. A key that is
    /// revoked already stays as it is.
    #[endpoint { method = POST, path = "/v1/keys/{id}/revoke", tags = ["keys"] }]
    async fn key_revoke(
        rqctx: RequestContext<Self::Context>,
        path: Path<KeyPath>,
        body: JsonBody<KeyRevoke>,
    ) -> Result<Reply<HttpResponseOk<Key>>, ApiError>;

    /// Import keys
    ///
    /// Adds 1 to 1,000 keys with the secrets that they have elsewhere: each as itself, or as a digest that was kept of it,
    /// which no secret can be read from. Each is added whole or not at all, and the answer tells what became of each, in
    /// order: one whose secret is here already stays as it is, so that the same import can be sent again. No key gets a
    /// role above the caller's. The body may have 4 MiB.
    #[endpoint { method = POST, path = "/v1/imports", tags = ["keys"] }]
    async fn key_import(
        rqctx: RequestContext<Self::Context>,
        body: JsonBody<KeyImport>,
    ) -> Result<Reply<HttpResponseOk<KeyImportResults>>, ApiError>;

    /// Rotate a key
    ///
    /// Gives the key a new secret and answers it. The key keeps its id and its settings. The old secrets stop working
    /// when the answer arrives, or `overlap_seconds` later; never later than the key itself, nor than an earlier rotation
    /// said.
    #[endpoint { method = POST, path = "/v1/keys/{id}/rotate", tags = ["keys"] }]
    async fn key_rotate(
        rqctx: RequestContext<Self::Context>,
        path: Path<KeyPath>,
        body: JsonBody<KeyRotate>,
    ) -> Result<Reply<HttpResponseOk<KeyRotated>>, ApiError>;

    /// List the secrets of a key
    ///
    /// Answers the secrets of the key that work, without what they could be used with: the one that it keeps, then those
    /// that stop working by themselves. `last_used_at` tells whether one can be retired without anybody missing it.
    #[endpoint { method = GET, path = "/v1/keys/{id}/secrets", tags = ["keys"] }]
    async fn secret_list(
        rqctx: RequestContext<Self::Context>,
        path: Path<KeyPath>,
    ) -> Result<Reply<HttpResponseOk<KeySecrets>>, ApiError>;

    /// Retire a secret
    ///
    /// Ends an old secret of a key before its time. It has stopped working when the answer arrives. The secret that the
    /// key keeps cannot be retired: rotate the key first.
    #[endpoint { method = DELETE, path = "/v1/keys/{id}/secrets/{secret}", tags = ["keys"] }]
    async fn secret_retire(
        rqctx: RequestContext<Self::Context>,
        path: Path<SecretPath>,
    ) -> Result<Reply<HttpResponseDeleted>, ApiError>;

    /// Reveal a key's secret
    ///
    /// Shows the secret that a `recoverable` key keeps, and records that it did.
    #[endpoint { method = POST, path = "/v1/keys/{id}/reveal", tags = ["keys"] }]
    async fn key_reveal(
        rqctx: RequestContext<Self::Context>,
        path: Path<KeyPath>,
    ) -> Result<Reply<HttpResponseOk<KeyRevealed>>, ApiError>;

    /// List audit records
    ///
    /// Answers one page of the records of what was done in the caller's company, with the role `root` in all of them, the
    /// latest first. Every change leaves a record, and so does every secret that is shown again.
    #[endpoint { method = GET, path = "/v1/audit", tags = ["audit"] }]
    async fn audit_list(
        rqctx: RequestContext<Self::Context>,
        query: RawQuery<types::AuditListQuery>,
    ) -> Result<Reply<HttpResponseOk<AuditPage>>, ApiError>;

    /// Verify a key
    ///
    /// Tells a service whether a key that was presented to it is good, for what and from where. The answer is 200
    /// whatever is found. A key of another company is `not_found`, whoever asks.
    #[endpoint { method = POST, path = "/v1/verify", tags = ["verification"] }]
    async fn key_verify(
        rqctx: RequestContext<Self::Context>,
        body: JsonBody<KeyVerify>,
    ) -> Result<Reply<HttpResponseOk<Verification>>, ApiError>;

    /// Verify several keys
    ///
    /// Answers 1 to 100 questions, each as if it were asked alone, in the order of the questions. If one of them is
    /// ill-formed, none is answered. The body may have 256 KiB.
    #[endpoint { method = POST, path = "/v1/verify/batch", tags = ["verification"] }]
    async fn key_verify_batch(
        rqctx: RequestContext<Self::Context>,
        body: JsonBody<KeyVerifyBatch>,
    ) -> Result<Reply<HttpResponseOk<VerificationBatch>>, ApiError>;

    /// Introspect a token
    ///
    /// Tells a service whether a key that was presented to it is good, in the words of OAuth 2.0 Token Introspection
    /// (RFC 7662). Of a token that is not active nothing else is told, and a key of another company is not active. It counts
    /// against no rate limit and no quota, and does not look at them: ask `key_verify` where they matter. A parameter that is
    /// not listed here is not looked at.
    #[endpoint {
        method = POST,
        path = "/v1/introspect",
        tags = ["verification"],
        content_type = "application/x-www-form-urlencoded",
    }]
    async fn introspect(
        rqctx: RequestContext<Self::Context>,
        body: FormBody<Introspect>,
    ) -> Result<Reply<HttpResponseOk<Introspection>>, ApiError>;

    /// Let a request in
    ///
    /// Tells a gateway (`auth_request` of nginx, `forward_auth` of Caddy, `ForwardAuth` of Traefik) whether the key that
    /// its client presented is a good one of the company, as the bearer token or in the header `X-API-Key`; two that differ
    /// are refused. 401 is for what is no key or not a good one any more, 403 for a key that lacks a scope or is used from
    /// another address, 429 for one whose rate limits or quota are used up: each request that is let in counts as one. Whose
    /// key it is, is in the headers of the 200.
    #[endpoint { method = GET, path = "/v1/forward-auth", tags = ["verification"] }]
    async fn forward_auth(
        rqctx: RequestContext<Self::Context>,
        query: RawQuery<ForwardAuthQuery>,
    ) -> Result<Reply<EmptyOk>, ApiError>;

    /// Describe the presented key
    ///
    /// Answers the key that this request was made with.
    #[endpoint { method = GET, path = "/v1/whoami", tags = ["self"] }]
    async fn whoami(
        rqctx: RequestContext<Self::Context>,
    ) -> Result<Reply<HttpResponseOk<Key>>, ApiError>;

    /// Revoke the presented key
    ///
    /// Revokes the key that this request was made with, for good, and answers it. It has stopped working when the
    /// answer arrives: whoever finds a secret where it does not belong can make it useless.
    #[endpoint { method = POST, path = "/v1/whoami/revoke", tags = ["self"] }]
    async fn self_revoke(
        rqctx: RequestContext<Self::Context>,
        body: JsonBody<KeyRevoke>,
    ) -> Result<Reply<HttpResponseOk<Key>>, ApiError>;
}
