//! `serve`.

use std::{
    io::{self, Write},
    sync::Arc,
};

use bitting_store::Store;
use slog::info;
use tokio::signal::unix::{SignalKind, signal};

use super::{
    Failure,
    config::ServeArgs,
    curl,
    open::{self, Missing, Opened},
    tell,
};
use crate::{
    engine::{Engine, Seal},
    http::start,
    log::logger,
    system::{OsEntropy, SystemClock},
};

/// Where the first root key's secret is written, in the data directory.
const ROOT_KEY: &str = "root.key";

pub(super) async fn serve(args: ServeArgs) -> Result<(), Failure> {
    let config = args.resolve()?;
    let log = logger(config.log_level.into());
    // Asked for before anything is ready, so that a signal during the start is not missed.
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;

    let opened = open::open(&config.data, Missing::Make)?;
    let initialised = initialise(&opened).await?;
    let root_key = opened.directory.file(ROOT_KEY);
    let Opened {
        path,
        master,
        store,
        lock,
        ..
    } = opened;
    let engine = Engine {
        store: Arc::new(store),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(OsEntropy),
        seal: Seal {
            master,
            new: config.seal_secrets,
        },
        log: log.clone(),
    };
    let running = start(engine, config.settings, config.listen)?;
    let address = running.address();

    if initialised {
        tell(format_args!(
            "bitting: {} is new; the secret of its root key is in {}",
            path.display(),
            root_key.display()
        ));
    }
    if root_key.exists() {
        let request = curl::first_request(address, &root_key);
        tell(format_args!("bitting: make a key with\n\n{request}\n"));
    }
    // The one line on standard output, for whoever waits for the server.
    writeln!(io::stdout(), "listening on http://{address}")?;
    io::stdout().flush()?;

    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    info!(log, "stopping");
    let hurry = async {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    running.stop(hurry).await?;
    drop(lock);
    Ok(())
}

/// Initialises an empty store. The secret is written before the store knows it: a crash in between leaves a
/// file that the next start replaces, never a root key whose secret is lost.
async fn initialise(opened: &Opened) -> Result<bool, Failure> {
    if opened.store.is_initialised().await? {
        return Ok(false);
    }
    let (first, secret) = open::first_key("serve")?;
    opened.directory.write_private(ROOT_KEY, secret.expose())?;
    opened.store.initialise(first).await?;
    Ok(true)
}
