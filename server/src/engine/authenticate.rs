//! Whose credential a request presents.

use std::sync::Arc;

use bitting_core::{
    Denial, DisplayName, Login, MemberId, Principal, Refusal, Role, Scopes, Timestamp, Via, rules,
    secret::{Digest, Screening, login_token, screen},
};
use bitting_store::{LoginCreate, LoginSeek, LoginState};
use slog::info;

use super::{Asked, Caller, Engine, memory::KnownKey};
use crate::login::{Logins, Untrusted, Verified};

impl Engine {
    /// Whose credential this is, as [`Engine::authenticate`] would say, where that needs no look-up: it is known,
    /// or cannot be good.
    pub(crate) fn recall<'r>(
        &self,
        presented: &str,
        asked: Asked<'r>,
    ) -> Option<Result<Caller<'r>, Refusal>> {
        let found = if let Some(token) = login_token(presented) {
            let Some(logins) = &self.logins else {
                return Some(Err(Refusal::Unauthenticated));
            };
            let known = self.memory.token(token)?;
            let sure = self.memory.is_current(&known)
                && logins.surely_good(&known.verified, asked.at_millis) == Some(true);
            Ok(known.principal.clone().filter(|_| sure)?)
        } else {
            let digest = Digest::of(presented);
            match self.memory.caller(&digest) {
                Some(known) => self.admit_key(&known, asked.at_millis),
                // Only what is not known is looked at: a key that is was not mistyped.
                None if screen(presented) == Screening::Mistyped
                    || self.is_surely_none(presented, &digest) =>
                {
                    Err(Refusal::Unauthenticated)
                }
                None => return None,
            }
        };
        Some(found.map(|principal| Caller {
            principal,
            now: Timestamp::of_clock(asked.at_millis),
            asked,
        }))
    }

    /// Whose credential this is, if it is good now: the secret of an active key, or a login token. Looks it up;
    /// [`Engine::recall`] comes first.
    pub(crate) async fn authenticate<'r>(
        &self,
        presented: &str,
        asked: Asked<'r>,
    ) -> Result<Caller<'r>, Refusal> {
        // A login token is never tried as a key, nor a key as a login token (F62).
        let (principal, now) = if let Some(token) = login_token(presented) {
            self.token(presented, token, asked).await?
        } else {
            let known = self.look_up(presented, asked).await?;
            // After the look-up: a key that ends while it is looked up has ended.
            let now = self.clock.now_millis();
            (self.admit_key(&known, now)?, now)
        };
        Ok(Caller {
            principal,
            now: Timestamp::of_clock(now),
            asked,
        })
    }

    async fn look_up(&self, presented: &str, asked: Asked<'_>) -> Result<Arc<KnownKey>, Refusal> {
        let digest = Digest::of(presented);
        let began = self.memory.moment(&digest);
        let found = self
            .credential(presented, digest, asked)
            .await?
            .ok_or(Refusal::Unauthenticated)?;
        let good = rules::good_while(&found.key, found.retires, found.enabled);
        let principal = Arc::new(Principal {
            company: found.key.company,
            member: found.key.owner,
            role: found.key.role,
            scopes: found.key.scopes,
            via: Via::Key(found.key.id),
        });
        Ok(self
            .memory
            .keep_caller(digest, began, found.number, principal, good))
    }

    /// Whose key it is, if it is good at this moment: then it is used.
    fn admit_key(&self, known: &Arc<KnownKey>, now_millis: i64) -> Result<Arc<Principal>, Refusal> {
        let now = Timestamp::of_clock(now_millis);
        if !known.good.is_some_and(|good| good.contains(now)) {
            return Err(Refusal::Unauthenticated);
        }
        self.memory.caller_used(known, now);
        Ok(Arc::clone(&known.principal))
    }

    /// Whose login token this is, and the moment at which it was good.
    async fn token(
        &self,
        presented: &str,
        token: (&str, &str),
        asked: Asked<'_>,
    ) -> Result<(Arc<Principal>, i64), Refusal> {
        let logins = self.logins.as_ref().ok_or(Refusal::Unauthenticated)?;
        let mut verified = None;
        if let Some(known) = self.memory.token(token) {
            let now = self.clock.now_millis();
            if logins.surely_good(&known.verified, now).is_none() {
                logins.refresh().await;
            }
            let now = self.clock.now_millis();
            let good = logins.still_good(&known.verified, now);
            if good
                && self.memory.is_current(&known)
                && let Some(principal) = &known.principal
            {
                return Ok((Arc::clone(principal), now));
            }
            verified = good.then(|| Arc::clone(&known.verified));
        }
        let verified = match verified {
            Some(verified) => verified,
            None => Arc::new(self.verify_token(logins, presented, asked).await?),
        };
        let began = self.memory.people();
        let admitted = self.admit(&verified, asked).await.map(Arc::new);
        // Kept in either case: whoever sends a token again and again that nobody may use must not have its
        // signature verified each time.
        let kept = admitted.as_ref().ok().map(Arc::clone);
        self.memory
            .keep_token(token, began, Arc::clone(&verified), kept);
        let principal = admitted?;
        // After the look-up, as with keys: a token that expired meanwhile has expired.
        let now = self.clock.now_millis();
        if logins.still_good(&verified, now) {
            Ok((principal, now))
        } else {
            Err(Refusal::Unauthenticated)
        }
    }

    async fn verify_token(
        &self,
        logins: &Logins,
        presented: &str,
        asked: Asked<'_>,
    ) -> Result<Verified, Refusal> {
        logins
            .verify(presented)
            .await
            .map_err(|untrusted| match untrusted {
                Untrusted::Refused(reason) => {
                    info!(self.log, "login token refused";
                        "request_id" => asked.request, "cause" => reason);
                    Refusal::Unauthenticated
                }
                Untrusted::Unavailable => Refusal::Unavailable,
            })
    }

    /// The member that a verified token is for, made on its first sight (F61).
    async fn admit(&self, verified: &Verified, asked: Asked<'_>) -> Result<Principal, Refusal> {
        let seek = LoginSeek {
            company: verified.company,
            login: Login {
                issuer: verified.issuer.clone(),
                subject: verified.subject.clone(),
            },
        };
        let fault = |error| self.fault(asked, error);
        let mut state = self.store.login(seek.clone()).await.map_err(fault)?;
        let role = match state {
            LoginState::NoCompany | LoginState::Refused => return Err(Refusal::Unauthenticated),
            // Before the member is made: a token that may do nothing leaves nothing behind.
            LoginState::New | LoginState::Known(_) => {
                verified.role.ok_or(Refusal::Forbidden(Denial::TokenRole))?
            }
        };
        if state == LoginState::New {
            let new = LoginCreate {
                seek,
                name: display_name(verified)?,
                now: self.clock.now(),
                trail: asked.trail(),
            };
            state = self.store.create_login(new).await.map_err(fault)?;
        }
        let LoginState::Known(member) = state else {
            return Err(Refusal::Unauthenticated);
        };
        Ok(principal(verified, member, role))
    }
}

fn principal(verified: &Verified, member: MemberId, role: Role) -> Principal {
    Principal {
        company: verified.company,
        member,
        role,
        scopes: Scopes::default(),
        via: Via::Token {
            issuer: verified.issuer.clone(),
            subject: verified.subject.clone(),
        },
    }
}

/// What a member is called that its token made: what the token calls it, or else its subject.
fn display_name(verified: &Verified) -> Result<DisplayName, Refusal> {
    let named = verified.name.clone().map(DisplayName::new);
    named
        .and_then(Result::ok)
        .map_or_else(|| DisplayName::new(verified.subject.clone()), Ok)
        // A subject that cannot even be shown is none that an issuer gives (F61).
        .map_err(|_| Refusal::Unauthenticated)
}
