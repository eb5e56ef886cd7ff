//! Starting and stopping.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use bitting_api::{
    dialect::Dialect,
    feldera::{FelderaDialect, feldera_api_mod},
    keys::{KeysDialect, keys_api_mod},
    ocamba::{self, OcambaDialect, ocamba_api_mod},
    operations::allowed_methods,
    wire::{MergeError, extend, refuse_other_methods},
};
use bitting_core::bounds;
use bitting_store::StoreError;
use dropshot::{
    ApiDescription, ApiDescriptionBuildErrors, ApiDescriptionRegisterError, ConfigDropshot,
    ConfigTls, HandlerTaskMode, HttpServer, ServerBuilder,
};
use slog::{Drain, Level, LevelFilter, Logger, o, warn};
use tokio::task::AbortHandle;

use super::{App, Settings, handle::refuse_method};
use crate::{
    docs,
    engine::Engine,
    login::KeepHandle,
    net::root_cause,
    surfaces::{documents, feldera::Feldera, keys::Keys, ocamba::Ocamba},
};

/// How long requests that are under way may take to end when the server stops: less than the ten seconds
/// after which supervisors kill.
const DRAIN: Duration = Duration::from_secs(8);

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A surface does not describe itself; a mistake of ours.
    #[error("a surface is not well described: {0}")]
    Surface(#[from] ApiDescriptionBuildErrors),
    /// Two surfaces claim one path; a mistake of ours.
    #[error("the surfaces do not fit together: {0}")]
    Merge(#[from] MergeError),
    /// The same, found by Dropshot.
    #[error("the surfaces do not fit together: {0}")]
    Register(#[from] ApiDescriptionRegisterError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {cause}; free the port or choose another with --listen")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        cause: String,
    },
}

/// What the engine does without being asked. Ends when this is dropped.
struct Tending([AbortHandle; 3]);

impl Drop for Tending {
    fn drop(&mut self) {
        for task in &self.0 {
            task.abort();
        }
    }
}

/// A server that is running.
pub struct Running {
    server: HttpServer<Arc<App>>,
    app: Arc<App>,
    /// What the engine does without being asked.
    tending: Tending,
    log: Logger,
    /// Held for as long as the keys of the issuer of login tokens are to be kept fresh.
    _logins: Option<KeepHandle>,
}

/// Starts serving `engine` at `address`: HTTPS with `tls`, plain HTTP without.
pub fn start(
    engine: Engine,
    settings: Settings,
    address: SocketAddr,
    tls: Option<rustls::ServerConfig>,
) -> Result<Running, StartError> {
    let log = engine.log.clone();
    let config = ConfigDropshot {
        bind_address: address,
        default_request_body_max_bytes: bounds::BODY_MAX,
        // A request whose client is gone is dropped: nobody waits for its answer, and changes are made by
        // the store's writer, which is not dropped with it.
        default_handler_task_mode: HandlerTaskMode::CancelOnDisconnect,
        ..ConfigDropshot::default()
    };
    // Dropshot logs requests, and those that were dropped as warnings, with path and query, into which people
    // paste secrets. Ours are the lines that tell of requests.
    let quiet = Logger::root(
        LevelFilter::new(log.clone(), Level::Error).ignore_res(),
        o!("part" => "http"),
    );
    // Before the first request: what is remembered must be told of every change.
    engine.store.watch(Arc::clone(&engine.memory) as _);
    let logins = engine.logins.as_ref().map(|logins| logins.keep());
    let api = surfaces(&settings)?;
    let app = Arc::new(App::new(engine, settings));
    let server = ServerBuilder::new(api, Arc::clone(&app), quiet)
        .config(config)
        .tls(tls.map(ConfigTls::Dynamic))
        .start()
        .map_err(|error| StartError::Listen {
            address,
            cause: root_cause(&error),
        })?;
    let tending = Tending([
        tend(&app, |app| async move { app.engine.keep_filling().await }),
        tend(
            &app,
            |app| async move { app.engine.keep_writing_uses().await },
        ),
        tend(
            &app,
            |app| async move { app.engine.keep_forgetting().await },
        ),
    ]);
    Ok(Running {
        server,
        app,
        tending,
        log,
        _logins: logins,
    })
}

/// Does what the engine does without being asked, until it is aborted.
fn tend<F: Future<Output = ()> + Send + 'static>(
    app: &Arc<App>,
    work: fn(Arc<App>) -> F,
) -> AbortHandle {
    tokio::spawn(work(Arc::clone(app))).abort_handle()
}

/// Every surface in one description, with the documents beside them.
fn surfaces(settings: &Settings) -> Result<ApiDescription<Arc<App>>, StartError> {
    let mut api = ApiDescription::new();
    mount::<OcambaDialect>(
        &mut api,
        ocamba_api_mod::api_description::<Ocamba>,
        |template, path| {
            // Dropshot keeps the type of a path's variables to itself; the last segment is the one that matters.
            let segment = path.trim_end_matches('/').rsplit('/').next();
            ocamba::operations::allowed_methods(template, segment)
        },
    )?;
    mount::<FelderaDialect>(
        &mut api,
        feldera_api_mod::api_description::<Feldera>,
        |template, _| allowed_methods(template),
    )?;
    mount::<KeysDialect>(
        &mut api,
        keys_api_mod::api_description::<Keys>,
        |template, _| allowed_methods(template),
    )?;
    documents::mount(&mut api, settings.docs)?;
    if settings.docs {
        docs::mount(&mut api)?;
    }
    Ok(api)
}

/// Adds a surface, and its dialect's answer to every method that a path of it does not have; `allowed` are those
/// that the path has, by its template and as it was asked for.
fn mount<D: Dialect>(
    api: &mut ApiDescription<Arc<App>>,
    surface: impl Fn() -> Result<ApiDescription<Arc<App>>, ApiDescriptionBuildErrors>,
    allowed: fn(&str, &str) -> &'static [&'static str],
) -> Result<(), StartError> {
    extend(api, surface()?)?;
    refuse_other_methods(api, surface()?, move |request, template| {
        let allow = allowed(template, request.request.uri().path());
        refuse_method::<D>(request, allow)
    })?;
    Ok(())
}

impl Running {
    /// The address that is listened on.
    pub fn address(&self) -> SocketAddr {
        self.server.local_addr()
    }

    /// Stops accepting, lets requests that are under way end for 8 seconds or until `hurry`, writes what is
    /// buffered, closes the store.
    pub async fn stop(self, hurry: impl Future<Output = ()>) -> Result<(), StoreError> {
        let drained = tokio::select! {
            drained = self.server.close() => Some(drained),
            () = tokio::time::sleep(DRAIN) => None,
            () = hurry => None,
        };
        match drained {
            Some(Ok(())) => {}
            Some(Err(cause)) => {
                warn!(self.log, "the server did not stop cleanly"; "cause" => cause);
            }
            None => warn!(self.log, "requests were still under way and were cut off"),
        }
        drop(self.tending);
        self.app.engine.write_all_uses().await;
        self.app.engine.store.close().await
    }
}
