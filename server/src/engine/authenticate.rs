//! Whose credential a request presents.

use std::sync::Arc;

use bitting_core::{
    Denial, DisplayName, Login, MemberId, Principal, Refusal, Role, Scopes, Timestamp, Via,
    audit::Trail,
    rules,
    secret::{Digest, Screening, is_login_token, screen},
};
use bitting_store::{LoginCreate, LoginSeek, LoginState};
use slog::info;

use super::{Caller, Engine, memory::KnownKey};
use crate::login::{Logins, Untrusted, Verified};

impl Engine {
    /// Whose credential this is, if it is good now: the secret of an active key, or a login token.
    pub(crate) async fn authenticate(
        &self,
        presented: &str,
        trail: Trail,
    ) -> Result<Caller, Refusal> {
        // A login token is never tried as a key, nor a key as a login token (F62).
        let (principal, now) = if is_login_token(presented) {
            self.token(presented, &trail).await?
        } else {
            self.key(presented, &trail).await?
        };
        Ok(Caller {
            principal,
            now,
            trail,
        })
    }

    async fn key(
        &self,
        presented: &str,
        trail: &Trail,
    ) -> Result<(Arc<Principal>, Timestamp), Refusal> {
        // A mistyped key is none, and costs no look-up.
        if screen(presented) == Screening::Mistyped {
            return Err(Refusal::Unauthenticated);
        }
        let digest = Digest::of(presented);
        let known = if let Some(known) = self.memory.key(&digest) {
            known
        } else {
            self.look_up(digest, trail).await?
        };
        // After the look-up: a key that ends while it is looked up has ended.
        let now = self.clock.now();
        if known.good.is_some_and(|good| good.contains(now)) {
            Ok((Arc::clone(&known.principal), now))
        } else {
            Err(Refusal::Unauthenticated)
        }
    }

    async fn look_up(&self, digest: Digest, trail: &Trail) -> Result<Arc<KnownKey>, Refusal> {
        let began = self.memory.moment(&digest);
        let found = self
            .store
            .credential(digest)
            .await
            .map_err(|error| self.fault(trail, error))?
            .ok_or(Refusal::Unauthenticated)?;
        let good = rules::good_while(&found.key, found.retires, found.enabled);
        let principal = Arc::new(Principal {
            company: found.key.company,
            member: found.key.owner,
            role: found.key.role,
            scopes: found.key.scopes,
            via: Via::Key(found.key.id),
        });
        Ok(self.memory.keep_key(digest, began, principal, good))
    }

    async fn token(
        &self,
        presented: &str,
        trail: &Trail,
    ) -> Result<(Arc<Principal>, Timestamp), Refusal> {
        let logins = self.logins.as_ref().ok_or(Refusal::Unauthenticated)?;
        if logins.due() {
            logins.refresh().await;
        }
        let digest = Digest::of(presented);
        let known = self
            .memory
            .token(&digest)
            .filter(|known| logins.still_good(&known.verified));
        if let Some(known) = &known
            && self.memory.is_current(known)
            && let Some(principal) = &known.principal
        {
            return Ok((Arc::clone(principal), self.clock.now()));
        }
        let verified = match known {
            Some(known) => Arc::clone(&known.verified),
            None => Arc::new(self.verify(logins, presented, trail).await?),
        };
        let began = self.memory.moment(&digest);
        let admitted = self.admit(&verified, trail).await.map(Arc::new);
        // Kept in either case: whoever sends a token again and again that nobody may use must not have its
        // signature verified each time.
        let kept = admitted.as_ref().ok().map(Arc::clone);
        self.memory
            .keep_token(digest, began, Arc::clone(&verified), kept);
        let principal = admitted?;
        // After the look-up, as with keys: a token that expired meanwhile has expired.
        if logins.still_good(&verified) {
            Ok((principal, self.clock.now()))
        } else {
            Err(Refusal::Unauthenticated)
        }
    }

    async fn verify(
        &self,
        logins: &Logins,
        presented: &str,
        trail: &Trail,
    ) -> Result<Verified, Refusal> {
        logins
            .verify(presented)
            .await
            .map_err(|untrusted| match untrusted {
                Untrusted::Refused(reason) => {
                    info!(self.log, "login token refused";
                        "request_id" => &trail.request, "cause" => reason);
                    Refusal::Unauthenticated
                }
                Untrusted::Unavailable => Refusal::Unavailable,
            })
    }

    /// The member that a verified token is for, made on its first sight (F61).
    async fn admit(&self, verified: &Verified, trail: &Trail) -> Result<Principal, Refusal> {
        let seek = LoginSeek {
            company: verified.company,
            login: Login {
                issuer: verified.issuer.clone(),
                subject: verified.subject.clone(),
            },
        };
        let fault = |error| self.fault(trail, error);
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
                trail: trail.clone(),
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
