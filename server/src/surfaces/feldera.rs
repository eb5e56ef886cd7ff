//! Named API keys (`server/api/contracts/feldera.md`).

use std::sync::Arc;

use bitting_api::{
    feldera::{
        FelderaApi, FelderaDialect, decode, encode,
        operations::{
            CLUSTER_HEALTH_VIEW, CONFIG_VIEW, HEALTH_VIEW, KEY_CREATE, KEY_DELETE, KEY_LIST,
            KEY_VIEW, LOGIN_CONFIG_VIEW,
        },
        types::{
            ApiError, ClusterHealth, Config, Health, Key, KeyCreate, KeyCreated, KeyPath,
            LoginConfig,
        },
    },
    wire::{EmptyOk, JsonBody, Reply},
};
use bitting_core::Origin;
use dropshot::{HttpResponseCreated, HttpResponseOk, Path, RequestContext};
use http::{HeaderValue, header};

use super::NO_STORE;
use crate::http::{App, handle, handle_public};

/// The surface.
pub(crate) enum Feldera {}

const ORIGIN: Origin = Origin::Feldera;
/// What every success but a create says to caches (F4).
const NO_CACHE: HeaderValue = HeaderValue::from_static("no-cache");

impl FelderaApi for Feldera {
    type Context = Arc<App>;

    async fn key_create(
        rqctx: RequestContext<Arc<App>>,
        body: JsonBody<KeyCreate>,
    ) -> Result<Reply<HttpResponseCreated<KeyCreated>>, ApiError> {
        handle::<FelderaDialect, _, _, _>(&rqctx, &KEY_CREATE, async |app, caller| {
            let draft = decode::create(&body.read().await?)?;
            let made = app.engine.key_create(&caller, ORIGIN, draft).await?;
            let created = encode::created(made.key.id, &made.key.name, &made.secret);
            Ok(Reply::typed(HttpResponseCreated(created))
                .with_header(header::CACHE_CONTROL, NO_STORE))
        })
        .await
    }

    async fn key_list(
        rqctx: RequestContext<Arc<App>>,
    ) -> Result<Reply<HttpResponseOk<Vec<Key>>>, ApiError> {
        handle::<FelderaDialect, _, _, _>(&rqctx, &KEY_LIST, async |app, caller| {
            let keys = app.engine.named_list(&caller).await?;
            let keys = keys.iter().map(|key| (key.id, &key.name, key.role));
            Ok(revalidated(Reply::typed(HttpResponseOk(encode::key_list(
                keys,
            )))))
        })
        .await
    }

    async fn key_view(
        rqctx: RequestContext<Arc<App>>,
        path: Path<KeyPath>,
    ) -> Result<Reply<HttpResponseOk<Vec<Key>>>, ApiError> {
        handle::<FelderaDialect, _, _, _>(&rqctx, &KEY_VIEW, async |app, caller| {
            let key = decode::key_ref(path.into_inner().name)?;
            let key = app.engine.key_view(&caller, ORIGIN, key, false).await?.key;
            Ok(revalidated(Reply::typed(HttpResponseOk(encode::key_view(
                key.id, &key.name, key.role,
            )))))
        })
        .await
    }

    async fn key_delete(
        rqctx: RequestContext<Arc<App>>,
        path: Path<KeyPath>,
    ) -> Result<Reply<EmptyOk>, ApiError> {
        handle::<FelderaDialect, _, _, _>(&rqctx, &KEY_DELETE, async |app, caller| {
            let key = decode::key_ref(path.into_inner().name)?;
            app.engine.key_delete(&caller, ORIGIN, key).await?;
            Ok(revalidated(Reply::typed(EmptyOk)))
        })
        .await
    }

    async fn config_view(
        rqctx: RequestContext<Arc<App>>,
    ) -> Result<Reply<HttpResponseOk<Config>>, ApiError> {
        handle::<FelderaDialect, _, _, _>(&rqctx, &CONFIG_VIEW, async |_, _| {
            Ok(revalidated(Reply::typed(HttpResponseOk(encode::config()))))
        })
        .await
    }

    async fn cluster_health_view(
        rqctx: RequestContext<Arc<App>>,
    ) -> Result<Reply<HttpResponseOk<ClusterHealth>>, ApiError> {
        handle_public::<FelderaDialect, _, _, _>(&rqctx, &CLUSTER_HEALTH_VIEW, async |app| {
            app.engine.check(&rqctx.request_id).await?;
            Ok(revalidated(Reply::typed(HttpResponseOk(
                encode::cluster_health(),
            ))))
        })
        .await
    }

    async fn login_config_view(
        rqctx: RequestContext<Arc<App>>,
    ) -> Result<Reply<HttpResponseOk<LoginConfig>>, ApiError> {
        handle_public::<FelderaDialect, _, _, _>(&rqctx, &LOGIN_CONFIG_VIEW, async |app| {
            Ok(revalidated(Reply::typed(HttpResponseOk(
                encode::login_config(app.engine.issuer()),
            ))))
        })
        .await
    }

    async fn health_view(
        rqctx: RequestContext<Arc<App>>,
    ) -> Result<Reply<HttpResponseOk<Health>>, ApiError> {
        handle_public::<FelderaDialect, _, _, _>(&rqctx, &HEALTH_VIEW, async |_| {
            Ok(revalidated(Reply::typed(HttpResponseOk(encode::health()))))
        })
        .await
    }
}

/// A success that a cache must ask about before it is used again (F4).
fn revalidated<T>(reply: Reply<T>) -> Reply<T> {
    reply.with_header(header::CACHE_CONTROL, NO_CACHE)
}
