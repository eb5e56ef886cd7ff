//! Personal API keys (`server/api/contracts/ocamba.md`).

use std::sync::Arc;

use bitting_api::{
    ocamba::{
        Member, OcambaApi, OcambaDialect, decode, encode,
        operations::{
            COLLECTION, ITEM, KEY_CREATE, KEY_DELETE, KEY_LIST, KEY_ROLL, KEY_UPDATE, KEY_VALIDATE,
            KEY_VIEW, VALIDATE_SEGMENT, allowed_methods,
        },
        types::{
            ApiError, Key, KeyCreate, KeyCreated, KeyListQuery, KeyPage, KeyPath, KeyUpdate,
            KeyViewQuery,
        },
    },
    wire::{JsonBody, RawQuery, Reply},
};
use bitting_core::{KeyRef, Origin, Refusal};
use dropshot::{
    HttpResponseCreated, HttpResponseDeleted, HttpResponseOk, HttpResponseUpdatedNoContent, Path,
    RequestContext,
};
use http::{HeaderValue, header};

use super::NO_STORE;
use crate::http::{App, handle, refuse};

/// The surface.
pub(crate) enum Ocamba {}

const ORIGIN: Origin = Origin::Ocamba;

impl OcambaApi for Ocamba {
    type Context = Arc<App>;

    async fn key_create(
        rqctx: RequestContext<Arc<App>>,
        body: JsonBody<KeyCreate>,
    ) -> Result<Reply<HttpResponseCreated<KeyCreated>>, ApiError> {
        handle::<OcambaDialect, _, _, _>(&rqctx, &KEY_CREATE, async |app, caller| {
            let draft = decode::create(&body.read().await?, app.engine.seal.new)?;
            let made = app.engine.key_create(&caller, ORIGIN, draft).await?;
            let key = encode::created(&made.key, made.number, &made.secret, caller.now);
            let location = HeaderValue::from_str(&format!("{COLLECTION}/{}", made.number))
                .map_err(|_| Refusal::Internal)?;
            Ok(Reply::typed(HttpResponseCreated(key))
                .with_header(header::LOCATION, location)
                .with_header(header::CACHE_CONTROL, NO_STORE))
        })
        .await
    }

    async fn key_list(
        rqctx: RequestContext<Arc<App>>,
        query: RawQuery<KeyListQuery>,
    ) -> Result<Reply<HttpResponseOk<KeyPage>>, ApiError> {
        handle::<OcambaDialect, _, _, _>(&rqctx, &KEY_LIST, async |app, caller| {
            let (size, most) = (app.settings.ocamba_page_size, app.settings.ocamba_page_max);
            let (query, projection) = decode::list(query.as_str(), size, most)?;
            let secrets = projection.shows(Member::Secret);
            let list = app.engine.key_list(&caller, ORIGIN, query, secrets).await?;
            let revealed = list.keys.iter().any(|shown| shown.secret.is_some());
            let items = list
                .keys
                .iter()
                .map(|shown| {
                    let secret = shown.secret.as_ref();
                    encode::key(&shown.key, shown.number, secret, caller.now, projection)
                })
                .collect();
            let page = KeyPage {
                total: list.total,
                items,
            };
            Ok(revealing(revealed, Reply::typed(HttpResponseOk(page))))
        })
        .await
    }

    async fn key_view(
        rqctx: RequestContext<Arc<App>>,
        path: Path<KeyPath>,
        query: RawQuery<KeyViewQuery>,
    ) -> Result<Reply<HttpResponseOk<Key>>, ApiError> {
        handle::<OcambaDialect, _, _, _>(&rqctx, &KEY_VIEW, async |app, caller| {
            let projection = decode::view(query.as_str())?;
            let key = KeyRef::Number(decode::key_number(&path.into_inner().id)?);
            let secrets = projection.shows(Member::Secret);
            let shown = app.engine.key_view(&caller, ORIGIN, key, secrets).await?;
            let secret = shown.secret.as_ref();
            let key = encode::key(&shown.key, shown.number, secret, caller.now, projection);
            Ok(revealing(
                secret.is_some(),
                Reply::typed(HttpResponseOk(key)),
            ))
        })
        .await
    }

    async fn key_update(
        rqctx: RequestContext<Arc<App>>,
        path: Path<KeyPath>,
        body: JsonBody<KeyUpdate>,
    ) -> Result<Reply<HttpResponseUpdatedNoContent>, ApiError> {
        handle::<OcambaDialect, _, _, _>(&rqctx, &KEY_UPDATE, async |app, caller| {
            let change = decode::update(&body.read().await?)?;
            let key = KeyRef::Number(decode::key_number(&path.into_inner().id)?);
            app.engine.key_update(&caller, ORIGIN, key, change).await?;
            Ok(Reply::typed(HttpResponseUpdatedNoContent()))
        })
        .await
    }

    async fn key_delete(
        rqctx: RequestContext<Arc<App>>,
        path: Path<KeyPath>,
    ) -> Result<Reply<HttpResponseDeleted>, ApiError> {
        handle::<OcambaDialect, _, _, _>(&rqctx, &KEY_DELETE, async |app, caller| {
            let key = KeyRef::Number(decode::key_number(&path.into_inner().id)?);
            app.engine.key_delete(&caller, ORIGIN, key).await?;
            Ok(Reply::typed(HttpResponseDeleted()))
        })
        .await
    }

    async fn key_roll(
        rqctx: RequestContext<Arc<App>>,
        path: Path<KeyPath>,
    ) -> Result<Reply<HttpResponseOk<KeyCreated>>, ApiError> {
        handle::<OcambaDialect, _, _, _>(&rqctx, &KEY_ROLL, async |app, caller| {
            let key = KeyRef::Number(decode::key_number(&path.into_inner().id)?);
            let rolled = app.engine.key_roll(&caller, ORIGIN, key).await?;
            let key = encode::created(&rolled.key, rolled.number, &rolled.secret, caller.now);
            Ok(revealing(true, Reply::typed(HttpResponseOk(key))))
        })
        .await
    }

    async fn key_validate(
        rqctx: RequestContext<Arc<App>>,
        path: Path<KeyPath>,
    ) -> Result<Reply<HttpResponseUpdatedNoContent>, ApiError> {
        if path.into_inner().id != VALIDATE_SEGMENT {
            // An item has no POST of its own; 405 comes before any credential is looked at (O2).
            let allow = allowed_methods(ITEM, None);
            return Ok(refuse::<OcambaDialect, _>(
                &rqctx,
                &Refusal::WrongMethod { allow },
            ));
        }
        handle::<OcambaDialect, _, _, _>(&rqctx, &KEY_VALIDATE, async |_, _| {
            // Whoever got here presented an active key, which is all there is to validate.
            Ok(Reply::typed(HttpResponseUpdatedNoContent()))
        })
        .await
    }
}

/// An answer with a secret in it is not to be stored on its way (O33).
fn revealing<T>(revealed: bool, reply: Reply<T>) -> Reply<T> {
    if revealed {
        reply.with_header(header::CACHE_CONTROL, NO_STORE)
    } else {
        reply
    }
}
