//! The issuer's keys as they are known now, and when they are asked for again.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use arc_swap::ArcSwap;
use bitting_core::Clock;
use slog::{Logger, info, warn};
use tokio::{
    sync::watch,
    time::{Instant, timeout_at},
};

use super::{
    LoginSettings, Untrusted,
    fetch::{self, FetchError},
    key_set::{KeySet, SigningKey},
};

/// How old the keys may become (F60).
const AGE_MAX_MILLIS: i64 = 10 * 60_000;

/// The least time between two fetches (F60).
const REST_MILLIS: i64 = 10_000;

/// How often the background task looks whether it has something to do.
pub(super) const TICK: Duration = Duration::from_secs(15);

/// As [`TICK`]: it fetches so much before the keys are too old, so that requests do not wait for it.
const AHEAD_MILLIS: i64 = 15_000;

/// How long somebody whose key is known waits for a fetch that follows a failed one. An issuer that answers has
/// answered by then; one that hangs must not hold up those who do not need it.
const RETRY_PATIENCE: Duration = Duration::from_secs(1);

/// What is known of the issuer. A fetch that ends replaces it whole.
struct Known {
    keys: Arc<KeySet>,
    /// When the fetch that gave the keys began.
    fetched: Option<i64>,
    /// When the last fetch began.
    attempted: Option<i64>,
    /// Whether the last fetch gave keys.
    answered: bool,
}

impl Known {
    /// Whether the keys are older than this.
    fn aged(&self, limit: i64, now: i64) -> bool {
        has_passed(limit, self.fetched, now)
    }

    /// Whether the last fetch is long enough ago for another.
    fn rested(&self, now: i64) -> bool {
        has_passed(REST_MILLIS, self.attempted, now)
    }
}

/// Whether so many milliseconds have passed since then. Always since what never was, and since what is still to
/// come: a clock that was set back must not keep old keys for as long as it was wrong.
fn has_passed(millis: i64, since: Option<i64>, now: i64) -> bool {
    since.is_none_or(|since| !(0..millis).contains(&now.saturating_sub(since)))
}

/// A fetch that is under way. It has ended, in whatever way, when the sender of `landed` is gone.
#[derive(Clone)]
struct Flight {
    started: Instant,
    landed: watch::Receiver<()>,
}

impl Flight {
    fn is_under_way(&self) -> bool {
        self.landed.has_changed().is_ok()
    }

    async fn landed(mut self) {
        while self.landed.changed().await.is_ok() {}
    }
}

/// The keys of the issuer.
pub(super) struct Keyring {
    settings: Arc<LoginSettings>,
    clock: Arc<dyn Clock>,
    log: Logger,
    known: ArcSwap<Known>,
    flight: Mutex<Option<Flight>>,
}

impl Keyring {
    pub(super) fn new(settings: Arc<LoginSettings>, clock: Arc<dyn Clock>, log: Logger) -> Self {
        Self {
            settings,
            clock,
            log,
            known: ArcSwap::from_pointee(Known {
                keys: Arc::default(),
                fetched: None,
                attempted: None,
                answered: false,
            }),
            flight: Mutex::default(),
        }
    }

    /// The keys, in which the one with this id is looked for first: a name that is not known yet has them
    /// fetched, and an issuer that cannot say is told from one that does not know it.
    pub(super) async fn keys_for(self: &Arc<Self>, id: &str) -> Result<Arc<KeySet>, Untrusted> {
        if self.due() {
            self.refresh().await;
        }
        let unknown = !self.known.load().keys.knows(id);
        if unknown && let Some(flight) = self.join_or_start(Known::rested) {
            flight.landed().await;
        }
        let known = self.known.load();
        if known.keys.knows(id) {
            Ok(Arc::clone(&known.keys))
        } else if known.answered {
            Err(Untrusted::Refused("a key that its issuer does not have"))
        } else {
            Err(Untrusted::Unavailable)
        }
    }

    /// Whether this key is one of the issuer's, as far as is known.
    pub(super) fn holds(&self, key: &SigningKey) -> bool {
        self.known.load().keys.holds(key)
    }

    /// As [`Keyring::holds`]; `None` if the keys are too old, and may be fetched.
    pub(super) fn surely_holds(&self, key: &SigningKey, now: i64) -> Option<bool> {
        let known = self.known.load();
        (!Self::is_due(&known, now)).then(|| known.keys.holds(key))
    }

    /// Whether the keys are too old, and may be fetched.
    pub(super) fn due(&self) -> bool {
        Self::is_due(&self.known.load(), self.clock.now_millis())
    }

    fn is_due(known: &Known, now: i64) -> bool {
        known.aged(AGE_MAX_MILLIS, now) && known.rested(now)
    }

    /// Fetches the keys if they are due, and waits for it, but not long if the last fetch failed.
    pub(super) async fn refresh(self: &Arc<Self>) {
        let failing = !self.known.load().answered;
        let Some(flight) = self.join_or_start(Self::is_due) else {
            return;
        };
        if failing {
            let patience = flight.started + RETRY_PATIENCE;
            // Whether it has landed or not, what is known now is what counts.
            let _ = timeout_at(patience, flight.landed()).await;
        } else {
            flight.landed().await;
        }
    }

    /// Fetches the keys before they are due, and soon after a failure. For the background task.
    pub(super) async fn tend(self: &Arc<Self>) {
        let wanted = |known: &Known, now| {
            let soon = known.aged(AGE_MAX_MILLIS - AHEAD_MILLIS, now);
            (soon || !known.answered) && known.rested(now)
        };
        if let Some(flight) = self.join_or_start(wanted) {
            flight.landed().await;
        }
    }

    /// The fetch that is under way, or else a new one if one is wanted. There is never more than one. It is a
    /// task of its own: whoever waits for it may go away.
    fn join_or_start(self: &Arc<Self>, wanted: impl Fn(&Known, i64) -> bool) -> Option<Flight> {
        let mut current = self.flight.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(flight) = current.as_ref().filter(|flight| flight.is_under_way()) {
            return Some(flight.clone());
        }
        // Looked at under the lock: the one that was under way a moment ago may have brought what is wanted.
        let now = self.clock.now_millis();
        if !wanted(&self.known.load(), now) {
            return None;
        }
        let (under_way, landed) = watch::channel(());
        let flight = Flight {
            started: Instant::now(),
            landed,
        };
        *current = Some(flight.clone());
        let ring = Arc::clone(self);
        tokio::spawn(async move {
            let answer = fetch::key_set(&ring.settings).await;
            ring.learn(answer, now);
            drop(under_way);
        });
        Some(flight)
    }

    /// Takes what the fetch that began at `began` brought. A failed one takes no key away: an issuer that is down
    /// stops nobody who is known.
    fn learn(&self, answer: Result<KeySet, FetchError>, began: i64) {
        let before = self.known.load_full();
        let issuer = self.settings.issuer();
        // The log is told last: it may be slow, and requests wait for the keys.
        match answer {
            Ok(keys) => {
                let count = keys.len();
                self.known.store(Arc::new(Known {
                    keys: Arc::new(keys),
                    fetched: Some(began),
                    attempted: Some(began),
                    answered: true,
                }));
                if !before.answered {
                    info!(self.log, "the issuer of login tokens gave its keys";
                        "issuer" => issuer, "keys" => count);
                }
            }
            Err(error) => {
                self.known.store(Arc::new(Known {
                    keys: Arc::clone(&before.keys),
                    fetched: before.fetched,
                    attempted: Some(began),
                    answered: false,
                }));
                warn!(self.log, "the issuer of login tokens did not give its keys";
                    "issuer" => issuer, "cause" => %error, "keys_kept" => before.keys.len());
            }
        }
    }
}
