//! `serve`.

use std::{
    io::{self, Write},
    sync::Arc,
};

use bitting_core::Clock;
use bitting_store::Store;
use rustls::ServerConfig;
use slog::{Logger, info};
use tokio::signal::unix::{SignalKind, signal};

use super::{
    Failure,
    config::ServeArgs,
    curl,
    open::{self, Missing, Opened, ROOT_KEY, URL},
    tell,
};
use crate::{
    engine::{Engine, Memory, Seal},
    http::start,
    log::logger,
    login::Logins,
    system::{OsEntropy, SystemClock},
    tls::{Identity, Renewal, TlsFiles},
};

pub(super) async fn serve(args: ServeArgs) -> Result<(), Failure> {
    let config = args.resolve()?;
    let log = logger(config.log_level.into());
    // Asked for before anything is ready, so that a signal during the start is not missed.
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let tls = config
        .tls
        .as_ref()
        .map(|files| tls(files, &log))
        .transpose()?;

    let opened = open::open(&config.data, Missing::Make)?;
    let initialised = initialise(&opened).await?;
    let root_key = opened.directory.file(ROOT_KEY);
    let Opened {
        path,
        directory,
        master,
        store,
        lock,
        ..
    } = opened;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let logins = config
        .login
        .map(|settings| Logins::new(settings, Arc::clone(&clock), log.clone()));
    let engine = Engine {
        store: Arc::new(store),
        clock,
        entropy: Arc::new(OsEntropy),
        seal: Seal {
            master: Arc::new(master),
            new: config.seal_secrets,
        },
        logins,
        memory: Arc::new(Memory::new(config.cache_bytes)),
        log: log.clone(),
    };
    let (tls, renewal) = tls.unzip();
    let running = start(engine, config.settings, config.listen, tls)?;
    let address = running.address();

    if initialised {
        tell(format_args!(
            "bitting: {} is new; the secret of its root key is in {}",
            path.display(),
            root_key.display()
        ));
    }
    if root_key.exists() {
        let cert = config.tls.as_ref().map(|files| files.cert.as_path());
        let request = curl::first_request(address, cert, &root_key);
        tell(format_args!("bitting: make a key with\n\n{request}\n"));
    }
    // The one line on standard output, for whoever waits for the server.
    let scheme = curl::scheme(config.tls.is_some());
    let told = directory.write_private(URL, &curl::base_url(address, config.tls.is_some()))?;
    writeln!(io::stdout(), "listening on {scheme}://{address}")?;
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
    // What is left there by a crash is replaced by the next start, and read only while a process has the store.
    let _ = std::fs::remove_file(told);
    running.stop(hurry).await?;
    drop(renewal);
    drop(lock);
    Ok(())
}

/// What connections are accepted with, and what keeps that as new as its files.
fn tls(files: &TlsFiles, log: &Logger) -> Result<(ServerConfig, Renewal), Failure> {
    // Only where there is something to renew: elsewhere a terminal that goes away ends the server.
    let hangup = signal(SignalKind::hangup())?;
    let identity = Identity::load(files.clone(), log.clone())?;
    let config = identity.config()?;
    Ok((config, Renewal::start(identity, hangup)))
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
