//! Login tokens (JWT) of one `OpenID` Connect issuer: whether one is good, and for whom (F60 to F62).
//!
//! A token is a credential: no log, no error and no `Debug` here has any of it.

mod claims;
mod fetch;
mod json;
mod key_set;
mod keyring;
mod settings;
#[cfg(test)]
mod tests;
mod token;

use std::sync::Arc;

use bitting_core::{Clock, CompanyId, Role};
use slog::Logger;
use tokio::task::AbortHandle;

use claims::{Claims, Span};
use key_set::SigningKey;
use keyring::{Keyring, TICK};
pub use settings::{InvalidLoginSettings, LoginSettings};
use token::Token;

/// The login tokens of one issuer.
pub struct Logins {
    settings: Arc<LoginSettings>,
    clock: Arc<dyn Clock>,
    ring: Arc<Keyring>,
}

/// What a good token says.
#[derive(Clone, Debug)]
pub struct Verified {
    /// Its issuer, as configured.
    pub issuer: String,
    /// Whom it was issued to, never empty (F61).
    pub subject: String,
    /// The company that it is for (F61).
    pub company: CompanyId,
    /// What it lets do: `read`, `write` or `admin`. `None` if the claim is there and is none of them (F61).
    pub role: Option<Role>,
    /// What its issuer calls whom it was issued to: 1 to 255 characters.
    pub name: Option<String>,
    span: Span,
    key: Arc<SigningKey>,
}

/// Why a token is not trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Untrusted {
    /// It is not good (401). The reason is for the log, and has nothing of the token.
    #[error("the login token is refused: {0}")]
    Refused(&'static str),
    /// Its issuer cannot be asked for the key that it names (503).
    #[error("the issuer of login tokens cannot be asked for its keys")]
    Unavailable,
}

/// Keeps the keys fresh until it is dropped.
#[derive(Debug)]
#[must_use = "the keys are kept fresh only while this is held"]
pub struct KeepHandle(AbortHandle);

impl Drop for KeepHandle {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Logins {
    /// The login tokens of the issuer that `settings` name. Nothing is asked of it yet.
    pub fn new(settings: LoginSettings, clock: Arc<dyn Clock>, log: Logger) -> Arc<Self> {
        let settings = Arc::new(settings);
        let ring = Keyring::new(Arc::clone(&settings), Arc::clone(&clock), log);
        Arc::new(Self {
            settings,
            clock,
            ring: Arc::new(ring),
        })
    }

    /// What the operator configured.
    pub fn settings(&self) -> &LoginSettings {
        &self.settings
    }

    /// Fetches the keys at once, and again whenever they get old (F60): every 10 minutes, and every 15 seconds
    /// while the issuer does not answer, which the log is told. Ends when the handle is dropped.
    ///
    /// # Panics
    /// Outside of a Tokio runtime.
    pub fn keep(&self) -> KeepHandle {
        let ring = Arc::clone(&self.ring);
        let task = tokio::spawn(async move {
            loop {
                ring.tend().await;
                tokio::time::sleep(TICK).await;
            }
        });
        KeepHandle(task.abort_handle())
    }

    /// Whether a token is good, and what it says. May ask the issuer for its keys (F60).
    pub async fn verify(&self, token: &str) -> Result<Verified, Untrusted> {
        let token = Token::read(token)?;
        let keys = self.ring.keys_for(&token.kid).await?;
        let mut candidates = keys.candidates(&token.kid, token.algorithm).peekable();
        if candidates.peek().is_none() {
            return Err(Untrusted::Refused("not the algorithm of its key"));
        }
        let key = candidates
            .find(|key| key.signed(token.signed, &token.signature))
            .ok_or(Untrusted::Refused("not signed by its issuer"))?;
        let claims = Claims::read(&token.payload, &self.settings, self.clock.now_millis())
            .map_err(Untrusted::Refused)?;
        Ok(Verified {
            issuer: self.settings.issuer().to_owned(),
            subject: claims.subject,
            company: claims.company,
            role: claims.role,
            name: claims.name,
            span: claims.span,
            key: Arc::clone(key),
        })
    }

    /// Whether a token that was verified before is good at `now_millis`: it has not expired, its time has come,
    /// and its issuer has not withdrawn the key that signed it, as far as is known (F60). Waits for nothing.
    pub fn still_good(&self, verified: &Verified, now_millis: i64) -> bool {
        verified.span.check(now_millis).is_ok() && self.ring.holds(&verified.key)
    }

    /// As [`Logins::still_good`]; `None` if the keys are 10 minutes old and may be asked for: then
    /// [`Logins::refresh`] comes first, so that a withdrawn key stops (F60). Waits for nothing.
    pub fn surely_good(&self, verified: &Verified, now_millis: i64) -> Option<bool> {
        if verified.span.check(now_millis).is_err() {
            return Some(false);
        }
        self.ring.surely_holds(&verified.key, now_millis)
    }

    /// Asks the issuer for its keys if they are due, and waits for the answer: at most 5 seconds, and at most
    /// 1 second from its start if the request before failed too. Without an answer the keys stay.
    pub async fn refresh(&self) {
        self.ring.refresh().await;
    }
}
