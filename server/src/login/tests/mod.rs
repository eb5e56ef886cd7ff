//! A whole issuer, and tokens of its.
#![allow(clippy::unwrap_used)]

mod claims;
mod issuer;
mod key_set;
mod outages;
mod refetches;
mod signer;
mod tokens;

use std::{
    fmt::Write as _,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
};

use bitting_core::Clock;
use serde_json::{Value, json};
use slog::{Drain, Logger, OwnedKVList, Record, o};

use super::{LoginSettings, Logins, Untrusted, Verified};
use issuer::Issuer;
use signer::Signer;

const NOW: i64 = 1_800_000_000;

/// A clock that is moved by hand.
struct Hand(AtomicI64);

impl Clock for Hand {
    fn now_millis(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// A log that is kept, each line with its level, its message and its values.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<String>>>);

impl Drain for Lines {
    type Ok = ();
    type Err = slog::Never;

    fn log(&self, record: &Record<'_>, _: &OwnedKVList) -> Result<(), slog::Never> {
        struct Values(String);
        impl slog::Serializer for Values {
            fn emit_arguments(
                &mut self,
                key: slog::Key,
                value: &std::fmt::Arguments<'_>,
            ) -> slog::Result {
                write!(self.0, " {key}={value}").unwrap();
                Ok(())
            }
        }
        let mut values = Values(format!(
            "{} {}",
            record.level().as_short_str(),
            record.msg()
        ));
        slog::KV::serialize(&record.kv(), record, &mut values).unwrap();
        self.0.lock().unwrap().push(values.0);
        Ok(())
    }
}

/// Logins of an issuer, with what a test turns.
struct Bench {
    logins: Arc<Logins>,
    clock: Arc<Hand>,
    log: Lines,
    issuer: Issuer,
}

impl Bench {
    fn new(signers: &[&Signer]) -> Self {
        Self::of(Issuer::new(signers))
    }

    fn of(issuer: Issuer) -> Self {
        let settings = LoginSettings::new(&issuer.url(), "bitting", "app", "company", "role");
        let clock = Arc::new(Hand(AtomicI64::new(NOW * 1_000)));
        let log = Lines::default();
        let logger = Logger::root(log.clone().fuse(), o!());
        Self {
            logins: Logins::new(settings.unwrap(), clock.clone(), logger),
            clock,
            log,
            issuer,
        }
    }

    fn pass(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }

    fn now(&self) -> i64 {
        self.clock.now_millis() / 1_000
    }

    /// The claims of a token that is good now.
    fn claims(&self) -> Value {
        json!({
            "iss": self.issuer.url(), "aud": "bitting", "sub": "u-1", "company": "7",
            "exp": self.now() + 300,
        })
    }

    /// The claims of a token that outlives every test.
    fn lasting(&self) -> Value {
        let mut claims = self.claims();
        claims["exp"] = json!(NOW * 2);
        claims
    }

    async fn verify(&self, token: &str) -> Result<Verified, Untrusted> {
        self.logins.verify(token).await
    }

    /// What becomes of a token of this key that is otherwise good.
    async fn try_key(&self, signer: &Signer) -> Result<(), Untrusted> {
        self.verify(&signer.token(&self.lasting())).await.map(drop)
    }

    /// As the engine does with a token that it knows.
    async fn still_good(&self, verified: &Verified) -> bool {
        let now = self.clock.now_millis();
        if let Some(sure) = self.logins.surely_good(verified, now) {
            return sure;
        }
        self.logins.refresh().await;
        self.is_good(verified)
    }

    fn is_good(&self, verified: &Verified) -> bool {
        self.logins.still_good(verified, self.clock.now_millis())
    }

    fn lines(&self) -> Vec<String> {
        self.log.0.lock().unwrap().clone()
    }
}

const UNKNOWN_KEY: Result<(), Untrusted> =
    Err(Untrusted::Refused("a key that its issuer does not have"));
const UNAVAILABLE: Result<(), Untrusted> = Err(Untrusted::Unavailable);
