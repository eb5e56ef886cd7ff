//! Bitting's own API: `/v1`.
//!
//! What it answers is decided by the contract in `contracts/keys.md`, whose rules are cited here by their
//! numbers (`K21`).

pub mod decode;
mod dialect;
pub mod encode;
mod error_code;
mod list;
pub mod operations;
pub mod types;

use dropshot::{EndpointTagPolicy, HttpResponseCreated, HttpResponseOk, Path, RequestContext};

pub use dialect::KeysDialect;
pub use list::List;

use crate::wire::{JsonBody, RawQuery, Reply};
use types::{
    ApiError, Company, CompanyCreate, CompanyCreated, CompanyPage, CompanyPath, Member,
    MemberCreate, MemberCreated, MemberPage, MemberPath, PageQuery,
};

/// The operations of Bitting's own API. A method's name is its operation's id in the document, in
/// [`crate::operations`] and in the generated clients.
#[dropshot::api_description {
    tag_config = {
        allow_other_tags = false,
        policy = EndpointTagPolicy::ExactlyOne,
        tags = {
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
}
