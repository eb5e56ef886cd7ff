//! Bitting's own API (`server/api/contracts/keys.md`).

use std::sync::Arc;

use bitting_api::{
    keys::{
        KeysApi, KeysDialect, List, decode, encode,
        operations::{
            COMPANY_CREATE, COMPANY_LIST, COMPANY_VIEW, MEMBER_CREATE, MEMBER_LIST, MEMBER_VIEW,
        },
        types::{
            ApiError, Company, CompanyCreate, CompanyCreated, CompanyPage, CompanyPath, Member,
            MemberCreate, MemberCreated, MemberPage, MemberPath, PageQuery,
        },
    },
    wire::{JsonBody, RawQuery, Reply},
};
use bitting_core::Refusal;
use dropshot::{HttpResponseCreated, HttpResponseOk, Path, RequestContext};
use http::{HeaderValue, header};

use super::NO_STORE;
use crate::{
    engine::FirstKey,
    http::{App, handle},
};

/// The surface.
pub(crate) enum Keys {}

impl KeysApi for Keys {
    type Context = Arc<App>;

    async fn company_create(
        rqctx: RequestContext<Arc<App>>,
        body: JsonBody<CompanyCreate>,
    ) -> Result<Reply<HttpResponseCreated<CompanyCreated>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &COMPANY_CREATE, async |app, caller| {
            let draft = decode::company_create(&body.read().await?)?;
            let made = app.engine.company_create(&caller, draft).await?;
            let (member, key) = made.first.unzip();
            let location = encode::company_location(&made.company);
            let key = key.as_ref().map(first_key);
            let created = encode::company_created(&made.company, member.as_ref(), key);
            at(&location, Reply::typed(HttpResponseCreated(created)))
        })
        .await
    }

    async fn company_list(
        rqctx: RequestContext<Arc<App>>,
        query: RawQuery<PageQuery>,
    ) -> Result<Reply<HttpResponseOk<CompanyPage>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &COMPANY_LIST, async |app, caller| {
            let (after, limit) = decode::page(query.as_str(), List::COMPANIES)?;
            let page = app.engine.company_list(&caller, after, limit).await?;
            let page = encode::company_page(&page.items, page.more);
            Ok(Reply::typed(HttpResponseOk(page)))
        })
        .await
    }

    async fn company_view(
        rqctx: RequestContext<Arc<App>>,
        path: Path<CompanyPath>,
    ) -> Result<Reply<HttpResponseOk<Company>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &COMPANY_VIEW, async |app, caller| {
            let company = decode::company_id(&path.into_inner().company)?;
            let company = app.engine.company_view(&caller, company).await?;
            Ok(Reply::typed(HttpResponseOk(encode::company(&company))))
        })
        .await
    }

    async fn member_create(
        rqctx: RequestContext<Arc<App>>,
        path: Path<CompanyPath>,
        body: JsonBody<MemberCreate>,
    ) -> Result<Reply<HttpResponseCreated<MemberCreated>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &MEMBER_CREATE, async |app, caller| {
            let draft = decode::member_create(&body.read().await?)?;
            let company = decode::company_id(&path.into_inner().company)?;
            let made = app.engine.member_create(&caller, company, draft).await?;
            let location = encode::member_location(&made.member);
            let key = made.key.as_ref().map(first_key);
            let created = encode::member_created(&made.member, key);
            at(&location, Reply::typed(HttpResponseCreated(created)))
        })
        .await
    }

    async fn member_list(
        rqctx: RequestContext<Arc<App>>,
        path: Path<CompanyPath>,
        query: RawQuery<PageQuery>,
    ) -> Result<Reply<HttpResponseOk<MemberPage>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &MEMBER_LIST, async |app, caller| {
            let segment = path.into_inner().company;
            let list = List::members_at(&segment);
            let (after, limit) = decode::page(query.as_str(), list)?;
            let company = decode::company_id(&segment)?;
            let engine = &app.engine;
            let page = engine.member_list(&caller, company, after, limit).await?;
            let page = encode::member_page(list, &page.items, page.more);
            Ok(Reply::typed(HttpResponseOk(page)))
        })
        .await
    }

    async fn member_view(
        rqctx: RequestContext<Arc<App>>,
        path: Path<MemberPath>,
    ) -> Result<Reply<HttpResponseOk<Member>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &MEMBER_VIEW, async |app, caller| {
            let path = path.into_inner();
            let company = decode::company_id(&path.company)?;
            let member = decode::member_id(&path.member)?;
            let member = app.engine.member_view(&caller, company, member).await?;
            Ok(Reply::typed(HttpResponseOk(encode::member(&member))))
        })
        .await
    }
}

fn first_key(key: &FirstKey) -> bitting_api::keys::types::FirstKey {
    encode::first_key(key.id, key.role, &key.secret)
}

/// The answer to a create: where what was made is, and that nobody on the way may keep the secret in it.
fn at<T>(location: &str, reply: Reply<T>) -> Result<Reply<T>, Refusal> {
    let location = HeaderValue::from_str(location).map_err(|_| Refusal::Internal)?;
    Ok(reply
        .with_header(header::LOCATION, location)
        .with_header(header::CACHE_CONTROL, NO_STORE))
}
