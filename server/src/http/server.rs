//! Starting and stopping.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use bitting_api::{
    ocamba::{OcambaDialect, ocamba_api_mod, operations::allowed_methods},
    wire::{MergeError, extend, refuse_other_methods},
};
use bitting_core::bounds;
use bitting_store::{Store, StoreError};
use dropshot::{
    ApiDescription, ApiDescriptionBuildErrors, ApiDescriptionRegisterError, ConfigDropshot,
    HandlerTaskMode, HttpServer, ServerBuilder,
};
use slog::{Drain, Level, LevelFilter, Logger, o, warn};

use super::{App, Settings, handle::refuse_method};
use crate::{
    engine::Engine,
    surfaces::{documents, ocamba::Ocamba},
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

/// A server that is running.
pub struct Running {
    server: HttpServer<Arc<App>>,
    store: Arc<dyn Store>,
    log: Logger,
}

/// Starts serving `engine` at `address`.
pub fn start(
    engine: Engine,
    settings: Settings,
    address: SocketAddr,
) -> Result<Running, StartError> {
    let log = engine.log.clone();
    let store = Arc::clone(&engine.store);
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
    let app = Arc::new(App::new(engine, settings));
    let server = ServerBuilder::new(surfaces()?, app, quiet)
        .config(config)
        .start()
        .map_err(|error| StartError::Listen {
            address,
            cause: root_cause(&error),
        })?;
    Ok(Running { server, store, log })
}

/// Every surface in one description.
fn surfaces() -> Result<ApiDescription<Arc<App>>, StartError> {
    let ocamba = ocamba_api_mod::api_description::<Ocamba>;
    let mut api = ApiDescription::new();
    extend(&mut api, ocamba()?)?;
    refuse_other_methods(&mut api, ocamba()?, |request, template| {
        // Dropshot keeps the type of a path's variables to itself; the last segment is the one that matters.
        let path = request.request.uri().path().trim_end_matches('/');
        let segment = path.rsplit('/').next();
        refuse_method::<OcambaDialect>(request, allowed_methods(template, segment))
    })?;
    documents::register(&mut api)?;
    Ok(api)
}

/// The innermost cause of an error, which is the part that tells what to do.
fn root_cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
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
        self.store.close().await
    }
}
