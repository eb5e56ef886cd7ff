//! Bitting's own API (`server/api/contracts/keys.md`).

mod audit;
mod door;
mod list;
mod once;
mod secrets;
mod verify;

use std::sync::Arc;

use bitting_api::{
    keys::{
        KeysApi, KeysDialect, List, decode, encode,
        operations::{
            AUDIT_LIST, COMPANY_CREATE, COMPANY_DELETE, COMPANY_LIST, COMPANY_UPDATE,
            COMPANY_USAGE, COMPANY_VIEW, FORWARD_AUTH, INTROSPECT, KEY_CREATE, KEY_DELETE,
            KEY_IMPORT, KEY_LIMITS_UPDATE, KEY_LIST, KEY_REVEAL, KEY_REVOKE, KEY_ROTATE,
            KEY_UPDATE, KEY_USAGE, KEY_VERIFY, KEY_VERIFY_BATCH, KEY_VIEW, MEMBER_CREATE,
            MEMBER_DELETE, MEMBER_LIST, MEMBER_UPDATE, MEMBER_VIEW, SECRET_LIST, SECRET_RETIRE,
            SELF_REVOKE, WHOAMI,
        },
        types::{
            ApiError, AuditListQuery, AuditPage, Company, CompanyCreate, CompanyCreated,
            CompanyPage, CompanyPath, CompanySettings, ForwardAuthQuery, Introspect, Introspection,
            Key, KeyCreate, KeyCreated, KeyImport, KeyImportResult, KeyImportResults, KeyLimits,
            KeyListQuery, KeyPage, KeyPath, KeyRevealed, KeyRevoke, KeyRotate, KeyRotated,
            KeySecrets, KeySettings, KeyVerify, KeyVerifyBatch, Member, MemberCreate,
            MemberCreated, MemberDeleteQuery, MemberPage, MemberPath, MemberSettings, PageQuery,
            SecretPath, Usage, UsageQuery, Verification, VerificationBatch,
        },
    },
    wire::{EmptyOk, FormBody, JsonBody, RawQuery, Reply},
};
use bitting_core::{CompanyChange, MemberChange, Refusal, bounds};
use dropshot::{HttpResponseCreated, HttpResponseDeleted, HttpResponseOk, Path, RequestContext};
use http::{HeaderValue, header};

use super::NO_STORE;
use crate::{
    engine::{Caller, FirstKey, Outcome, StoredKey},
    http::{App, handle, handle_presented},
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

    async fn company_usage(
        rqctx: RequestContext<Arc<App>>,
        path: Path<CompanyPath>,
        query: RawQuery<UsageQuery>,
    ) -> Result<Reply<HttpResponseOk<Usage>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &COMPANY_USAGE, async |app, caller| {
            let span = decode::usage(query.as_str(), caller.now)?;
            let company = decode::company_id(&path.into_inner().company)?;
            let found = app.engine.company_usage(&caller, company, span).await?;
            let usage = encode::usage(span, found);
            Ok(Reply::typed(HttpResponseOk(usage)))
        })
        .await
    }

    async fn company_update(
        rqctx: RequestContext<Arc<App>>,
        path: Path<CompanyPath>,
        body: JsonBody<CompanySettings>,
    ) -> Result<Reply<HttpResponseOk<Company>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &COMPANY_UPDATE, async |app, caller| {
            let settings = decode::tenant_update(&body.read().await?)?;
            let company = decode::company_id(&path.into_inner().company)?;
            let change = CompanyChange::Settings(settings);
            let changed = app.engine.company_change(&caller, company, change).await?;
            let changed = changed.ok_or(Refusal::Internal)?;
            Ok(Reply::typed(HttpResponseOk(encode::company(&changed))))
        })
        .await
    }

    async fn company_delete(
        rqctx: RequestContext<Arc<App>>,
        path: Path<CompanyPath>,
    ) -> Result<Reply<HttpResponseDeleted>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &COMPANY_DELETE, async |app, caller| {
            let company = decode::company_id(&path.into_inner().company)?;
            let change = CompanyChange::Remove;
            app.engine.company_change(&caller, company, change).await?;
            Ok(Reply::typed(HttpResponseDeleted()))
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

    async fn member_update(
        rqctx: RequestContext<Arc<App>>,
        path: Path<MemberPath>,
        body: JsonBody<MemberSettings>,
    ) -> Result<Reply<HttpResponseOk<Member>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &MEMBER_UPDATE, async |app, caller| {
            let settings = decode::tenant_update(&body.read().await?)?;
            let change = MemberChange::Settings(settings);
            let changed = change_member(app, &caller, path, change).await?;
            let changed = changed.ok_or(Refusal::Internal)?;
            Ok(Reply::typed(HttpResponseOk(encode::member(&changed))))
        })
        .await
    }

    async fn member_delete(
        rqctx: RequestContext<Arc<App>>,
        path: Path<MemberPath>,
        query: RawQuery<MemberDeleteQuery>,
    ) -> Result<Reply<HttpResponseDeleted>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &MEMBER_DELETE, async |app, caller| {
            let new_owner = decode::new_owner(query.as_str())?;
            let change = MemberChange::Remove { new_owner };
            change_member(app, &caller, path, change).await?;
            Ok(Reply::typed(HttpResponseDeleted()))
        })
        .await
    }

    async fn key_create(
        rqctx: RequestContext<Arc<App>>,
        body: JsonBody<KeyCreate>,
    ) -> Result<Reply<HttpResponseCreated<KeyCreated>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &KEY_CREATE, async |app, caller| {
            let body = body.read().await?;
            if let Some(key) = once::asked(rqctx.request.headers())? {
                // In a box, as what few requests need.
                return Box::pin(once::create(app, &caller, &key, &body)).await;
            }
            let asked = decode::key_create(&body, caller.now)?;
            let made = app
                .engine
                .own_create(&caller, asked.draft, asked.owner)
                .await?;
            let created = encode::key_created(&made.key, &made.secret, caller.now);
            let location = encode::key_location(&made.key);
            let reply = at(&location, Reply::typed(HttpResponseCreated(created)))?;
            tagged(&made.key, reply)
        })
        .await
    }

    async fn key_list(
        rqctx: RequestContext<Arc<App>>,
        query: RawQuery<KeyListQuery>,
    ) -> Result<Reply<HttpResponseOk<KeyPage>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &KEY_LIST, async |app, caller| {
            let query = decode::key_list(query.as_str())?;
            let asked = |within| list::page_query(within, &query);
            let found = app.engine.own_page(&caller, asked).await?;
            Ok(Reply::typed(HttpResponseOk(list::page(
                &caller, &query, found,
            ))))
        })
        .await
    }

    async fn key_view(
        rqctx: RequestContext<Arc<App>>,
        path: Path<KeyPath>,
    ) -> Result<Reply<HttpResponseOk<Key>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &KEY_VIEW, async |app, caller| {
            let id = decode::key_id(&path.into_inner().id)?;
            shown(&caller, &app.engine.own_view(&caller, id).await?)
        })
        .await
    }

    async fn key_update(
        rqctx: RequestContext<Arc<App>>,
        path: Path<KeyPath>,
        body: JsonBody<KeySettings>,
    ) -> Result<Reply<HttpResponseOk<Key>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &KEY_UPDATE, async |app, caller| {
            let settings = decode::key_update(&body.read().await?)?;
            let versions = decode::if_match(rqctx.request.headers())?;
            let id = decode::key_id(&path.into_inner().id)?;
            let engine = &app.engine;
            shown(
                &caller,
                &engine.own_update(&caller, id, settings, versions).await?,
            )
        })
        .await
    }

    async fn key_usage(
        rqctx: RequestContext<Arc<App>>,
        path: Path<KeyPath>,
        query: RawQuery<UsageQuery>,
    ) -> Result<Reply<HttpResponseOk<Usage>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &KEY_USAGE, async |app, caller| {
            let span = decode::usage(query.as_str(), caller.now)?;
            let id = decode::key_id(&path.into_inner().id)?;
            let found = app.engine.own_usage(&caller, id, span).await?;
            let usage = encode::usage(span, found);
            Ok(Reply::typed(HttpResponseOk(usage)))
        })
        .await
    }

    async fn key_limits_update(
        rqctx: RequestContext<Arc<App>>,
        path: Path<KeyPath>,
        body: JsonBody<KeyLimits>,
    ) -> Result<Reply<HttpResponseOk<Key>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &KEY_LIMITS_UPDATE, async |app, caller| {
            let set = decode::key_limits(&body.read().await?, caller.now)?;
            let versions = decode::if_match(rqctx.request.headers())?;
            let id = decode::key_id(&path.into_inner().id)?;
            let (engine, allowance) = (&app.engine, (set.limits, set.quota));
            shown(
                &caller,
                &engine.own_limit(&caller, id, allowance, versions).await?,
            )
        })
        .await
    }

    async fn key_delete(
        rqctx: RequestContext<Arc<App>>,
        path: Path<KeyPath>,
    ) -> Result<Reply<HttpResponseDeleted>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &KEY_DELETE, async |app, caller| {
            let id = decode::key_id(&path.into_inner().id)?;
            app.engine.own_delete(&caller, id).await?;
            Ok(Reply::typed(HttpResponseDeleted()))
        })
        .await
    }

    async fn key_revoke(
        rqctx: RequestContext<Arc<App>>,
        path: Path<KeyPath>,
        body: JsonBody<KeyRevoke>,
    ) -> Result<Reply<HttpResponseOk<Key>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &KEY_REVOKE, async |app, caller| {
            let reason = decode::revoke(&body.read().await?)?;
            let id = decode::key_id(&path.into_inner().id)?;
            shown(&caller, &app.engine.own_revoke(&caller, id, reason).await?)
        })
        .await
    }

    async fn key_import(
        rqctx: RequestContext<Arc<App>>,
        body: JsonBody<KeyImport>,
    ) -> Result<Reply<HttpResponseOk<KeyImportResults>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &KEY_IMPORT, async |app, caller| {
            let body = body.read_within(bounds::IMPORT_BODY_MAX).await?;
            let drafts = decode::key_import(&body, caller.now)?;
            let outcomes = app.engine.key_import(&caller, drafts).await?;
            let results = outcomes.iter().map(imported).collect();
            Ok(Reply::typed(HttpResponseOk(KeyImportResults { results })))
        })
        .await
    }

    async fn key_rotate(
        rqctx: RequestContext<Arc<App>>,
        path: Path<KeyPath>,
        body: JsonBody<KeyRotate>,
    ) -> Result<Reply<HttpResponseOk<KeyRotated>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &KEY_ROTATE, async |app, caller| {
            let body = body.read().await?;
            let path = path.into_inner().id;
            if let Some(key) = once::asked(rqctx.request.headers())? {
                return Box::pin(once::rotate(app, &caller, &key, (&path, &body))).await;
            }
            let overlap = decode::rotate(&body)?;
            let id = decode::key_id(&path)?;
            let rotated = app.engine.own_rotate(&caller, id, overlap).await?;
            secrets::rotated(&rotated, caller.now)
        })
        .await
    }

    async fn secret_list(
        rqctx: RequestContext<Arc<App>>,
        path: Path<KeyPath>,
    ) -> Result<Reply<HttpResponseOk<KeySecrets>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &SECRET_LIST, async |app, caller| {
            let id = decode::key_id(&path.into_inner().id)?;
            Ok(secrets::list(&app.engine.own_secrets(&caller, id).await?))
        })
        .await
    }

    async fn secret_retire(
        rqctx: RequestContext<Arc<App>>,
        path: Path<SecretPath>,
    ) -> Result<Reply<HttpResponseDeleted>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &SECRET_RETIRE, async |app, caller| {
            let path = path.into_inner();
            let id = decode::key_id(&path.id)?;
            let secret = decode::secret_id(&path.secret)?;
            app.engine.own_retire(&caller, id, secret).await?;
            Ok(Reply::typed(HttpResponseDeleted()))
        })
        .await
    }

    async fn key_reveal(
        rqctx: RequestContext<Arc<App>>,
        path: Path<KeyPath>,
    ) -> Result<Reply<HttpResponseOk<KeyRevealed>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &KEY_REVEAL, async |app, caller| {
            let id = decode::key_id(&path.into_inner().id)?;
            let revealed = app.engine.own_reveal(&caller, id).await?;
            let revealed = encode::key_revealed(revealed.id, &revealed.secret);
            Ok(secrets::unkept(Reply::typed(HttpResponseOk(revealed))))
        })
        .await
    }

    async fn audit_list(
        rqctx: RequestContext<Arc<App>>,
        query: RawQuery<AuditListQuery>,
    ) -> Result<Reply<HttpResponseOk<AuditPage>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &AUDIT_LIST, async |app, caller| {
            let query = decode::audit_list(query.as_str())?;
            let asked = |company| audit::query(company, &query);
            let found = app.engine.audit(&caller, query.company, asked).await?;
            Ok(Reply::typed(HttpResponseOk(audit::page(&query, &found))))
        })
        .await
    }

    async fn key_verify(
        rqctx: RequestContext<Arc<App>>,
        body: JsonBody<KeyVerify>,
    ) -> Result<Reply<HttpResponseOk<Verification>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &KEY_VERIFY, async |app, caller| {
            verify::one(app, &caller, body).await
        })
        .await
    }

    async fn key_verify_batch(
        rqctx: RequestContext<Arc<App>>,
        body: JsonBody<KeyVerifyBatch>,
    ) -> Result<Reply<HttpResponseOk<VerificationBatch>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &KEY_VERIFY_BATCH, async |app, caller| {
            verify::batch(app, &caller, body).await
        })
        .await
    }

    async fn introspect(
        rqctx: RequestContext<Arc<App>>,
        body: FormBody<Introspect>,
    ) -> Result<Reply<HttpResponseOk<Introspection>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &INTROSPECT, async |app, caller| {
            door::introspect(app, &caller, body).await
        })
        .await
    }

    async fn forward_auth(
        rqctx: RequestContext<Arc<App>>,
        query: RawQuery<ForwardAuthQuery>,
    ) -> Result<Reply<EmptyOk>, ApiError> {
        handle_presented::<KeysDialect, _, _, _>(&rqctx, &FORWARD_AUTH, async |app, key, asked| {
            let headers = rqctx.request.headers();
            door::forward_auth(app, key, asked, query.as_str(), headers).await
        })
        .await
    }

    async fn whoami(
        rqctx: RequestContext<Arc<App>>,
    ) -> Result<Reply<HttpResponseOk<Key>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &WHOAMI, async |app, caller| {
            shown(&caller, &app.engine.whoami(&caller).await?)
        })
        .await
    }

    async fn self_revoke(
        rqctx: RequestContext<Arc<App>>,
        body: JsonBody<KeyRevoke>,
    ) -> Result<Reply<HttpResponseOk<Key>>, ApiError> {
        handle::<KeysDialect, _, _, _>(&rqctx, &SELF_REVOKE, async |app, caller| {
            let reason = decode::revoke(&body.read().await?)?;
            shown(&caller, &app.engine.self_revoke(&caller, reason).await?)
        })
        .await
    }
}

fn imported(outcome: &Outcome) -> KeyImportResult {
    match outcome {
        Outcome::Created(id) => encode::import_created(*id),
        Outcome::Duplicate(id) => encode::import_duplicate(*id),
        Outcome::Invalid(wrong) => encode::import_invalid(wrong),
    }
}

/// Does something to the member that a path names.
async fn change_member(
    app: &App,
    caller: &Caller<'_>,
    path: Path<MemberPath>,
    change: MemberChange,
) -> Result<Option<bitting_core::Member>, Refusal> {
    let path = path.into_inner();
    let company = decode::company_id(&path.company)?;
    let member = decode::member_id(&path.member)?;
    let engine = &app.engine;
    engine.member_change(caller, company, member, change).await
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

/// A key as it is now, with its version.
fn shown(caller: &Caller<'_>, found: &StoredKey) -> Result<Reply<HttpResponseOk<Key>>, Refusal> {
    let key = encode::key(&found.key, found.last_used, caller.now);
    tagged(&found.key, Reply::typed(HttpResponseOk(key)))
}

/// An answer that tells the version of a key.
fn tagged<T>(key: &bitting_core::Key, reply: Reply<T>) -> Result<Reply<T>, Refusal> {
    let tag = HeaderValue::from_str(&encode::entity_tag(key)).map_err(|_| Refusal::Internal)?;
    Ok(reply.with_header(header::ETAG, tag))
}
