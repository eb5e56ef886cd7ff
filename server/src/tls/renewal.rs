//! Renewal without a restart.

use std::{sync::Arc, time::Duration};

use rustls::pki_types::UnixTime;
use slog::{error, info, warn};
use tokio::{
    signal::unix::Signal,
    task::{JoinHandle, spawn_blocking},
    time::sleep,
};

use super::{Identity, complaint::Complaint, stamp::Stamps};

/// How often the files are looked at. Whoever renews a certificate does so days before the old one ends.
const PAUSE: Duration = Duration::from_secs(60);

/// Keeps an identity as new as its files, until dropped.
#[derive(Debug)]
pub struct Renewal(JoinHandle<()>);

impl Renewal {
    /// Reads the files of `identity` again on every `hangup` (SIGHUP), and within a minute of a change to them.
    pub fn start(identity: Arc<Identity>, hangup: Signal) -> Self {
        Self::with_pause(identity, hangup, PAUSE)
    }

    pub(super) fn with_pause(identity: Arc<Identity>, mut hangup: Signal, pause: Duration) -> Self {
        let mut watch = Watch::new(identity);
        Self(tokio::spawn(async move {
            let mut is_asked = false;
            loop {
                // Files can be slow, and the threads that serve requests must not wait for them.
                let look = spawn_blocking(move || {
                    watch.look(is_asked, UnixTime::now());
                    watch
                });
                match look.await {
                    Ok(back) => watch = back,
                    // The runtime is ending.
                    Err(_) => return,
                }
                is_asked = tokio::select! {
                    Some(()) = hangup.recv() => true,
                    () = sleep(pause) => false,
                };
            }
        }))
    }
}

impl Drop for Renewal {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// What the last look at the files found.
pub(super) struct Watch {
    identity: Arc<Identity>,
    seen: Stamps,
    fault: Option<String>,
    complaint: Option<Complaint>,
}

impl Watch {
    pub(super) fn new(identity: Arc<Identity>) -> Self {
        Self {
            seen: identity.stamps,
            identity,
            fault: None,
            complaint: None,
        }
    }

    /// Reads the files again if that `is_asked` for, or if they changed, or if they were not right the last time:
    /// a certificate and its key are two files, and one can be there before the other.
    pub(super) fn look(&mut self, is_asked: bool, now: UnixTime) {
        let stamps = Stamps::of(&self.identity.files);
        if is_asked || self.fault.is_some() || stamps != self.seen {
            self.seen = stamps;
            self.reload(is_asked);
        }
        self.complain(now);
    }

    fn reload(&mut self, is_asked: bool) {
        let log = &self.identity.log;
        match self.identity.reload() {
            Ok(()) => {
                let file = self.identity.files.cert.display();
                info!(log, "the TLS certificate was read again and is used from now on"; "file" => %file);
                self.fault = None;
            }
            Err(error) => {
                let cause = error.to_string();
                // Said once, and to everybody who asks.
                if is_asked || self.fault.as_ref() != Some(&cause) {
                    error!(log, "the TLS certificate was not renewed, and the one from before is kept";
                        "cause" => &cause);
                }
                self.fault = Some(cause);
            }
        }
    }

    /// Tells the log of what clients hold against the certificate, when that changes: a certificate can expire
    /// while it is served.
    fn complain(&mut self, now: UnixTime) {
        let complaint = self.identity.complaint(now);
        if complaint != self.complaint {
            if let Some(complaint) = &complaint {
                warn!(self.identity.log, "the TLS certificate is not one that every client accepts";
                    "file" => %self.identity.files.cert.display(), "cause" => %complaint);
            }
            self.complaint = complaint;
        }
    }
}
