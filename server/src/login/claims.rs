//! What a token claims, once its signature is known to be its issuer's.

use bitting_core::{CompanyId, Role, bounds};

use super::{
    LoginSettings,
    json::{self, Json, Members},
};

/// How long a token is taken after it expired, for clocks that differ (F60).
const LEEWAY_MILLIS: i64 = 60_000;

/// The longest subject, in characters: that of `OpenID` Connect Core 1.0, section 2.
const SUBJECT_MAX: usize = 255;

/// When a token is good, in milliseconds since 1970-01-01 00:00:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    expires: i64,
    begins: Option<i64>,
}

impl Span {
    /// Why a token is not good at `now`; `Ok` while it is.
    pub(super) fn check(self, now: i64) -> Result<(), &'static str> {
        if now >= self.expires.saturating_add(LEEWAY_MILLIS) {
            return Err("expired");
        }
        // No leeway: the rule gives `exp` one, and `nbf` none.
        if self.begins.is_some_and(|begins| now < begins) {
            return Err("not good yet");
        }
        Ok(())
    }
}

/// What of a token's claims is used.
#[derive(Debug)]
pub(super) struct Claims {
    pub(super) subject: String,
    pub(super) company: CompanyId,
    pub(super) role: Option<Role>,
    pub(super) name: Option<String>,
    pub(super) span: Span,
}

impl Claims {
    /// The claims, if they are those of a token for us that is good at `now`; else why not.
    pub(super) fn read(
        payload: &[u8],
        settings: &LoginSettings,
        now: i64,
    ) -> Result<Self, &'static str> {
        let claims = json::object(payload).ok_or("the claims are no JSON object")?;
        let text = |name: &str| claims.get(name).and_then(Json::text);
        if text("iss") != Some(settings.issuer()) {
            return Err("of another issuer");
        }
        if !claims
            .get("aud")
            .is_some_and(|aud| names(aud, settings.audience()))
        {
            return Err("for another audience");
        }
        if claims.contains_key("client_id") && text("client_id") != Some(settings.client_id()) {
            return Err("of another client");
        }
        if claims.contains_key("token_use") && text("token_use") != Some("access") {
            return Err("no access token");
        }
        let span = span(&claims)?;
        span.check(now)?;
        Ok(Self {
            subject: subject(text("sub"))?,
            company: claims
                .get(settings.company_claim())
                .and_then(company)
                .ok_or("no company")?,
            role: match claims.get(settings.role_claim()) {
                None => Some(Role::Read),
                Some(claim) => claim.text().and_then(role),
            },
            name: ["name", "preferred_username", "email"]
                .into_iter()
                .find_map(|claim| text(claim).and_then(display)),
            span,
        })
    }
}

/// Whether `aud`, one name or a list of them, has this one.
fn names(aud: &Json, audience: &str) -> bool {
    let this = |item: &Json| item.text() == Some(audience);
    this(aud) || aud.list().is_some_and(|list| list.iter().any(this))
}

fn span(claims: &Members) -> Result<Span, &'static str> {
    Ok(Span {
        expires: claims
            .get("exp")
            .and_then(millis)
            .ok_or("no time at which it expires")?,
        begins: match claims.get("nbf") {
            None => None,
            Some(nbf) => Some(millis(nbf).ok_or("a time before which it is good that is none")?),
        },
    })
}

/// A time of a token (`NumericDate`: seconds, a fraction is allowed) in milliseconds. What is beyond their
/// range is held at its edge, where it is as far away as it was.
fn millis(time: &Json) -> Option<i64> {
    match *time {
        Json::Integer(seconds) => {
            let edge = if seconds < 0 { i64::MIN } else { i64::MAX };
            let seconds = i64::try_from(seconds).unwrap_or(edge);
            Some(seconds.saturating_mul(1_000))
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the cast holds it at the edge"
        )]
        Json::Fraction(seconds) => Some((seconds * 1_000.0) as i64),
        _ => None,
    }
}

/// Who the token was issued to (F61). Control characters are refused because the subject is written to the log
/// and to screens.
fn subject(sub: Option<&str>) -> Result<String, &'static str> {
    match sub {
        None => Err("no subject"),
        Some(sub) if sub.chars().count() > SUBJECT_MAX => Err("a subject that is too long"),
        Some(sub) if sub.chars().any(char::is_control) => Err("a subject with control characters"),
        Some(sub) if sub.trim().is_empty() => Err("no subject"),
        Some(sub) => Ok(sub.to_owned()),
    }
}

/// A company's decimal id, as a string or as a number, in its canonical form only (F61).
fn company(claim: &Json) -> Option<CompanyId> {
    match claim {
        Json::Text(text) => text.parse().ok(),
        Json::Integer(number) => i64::try_from(*number).ok().and_then(CompanyId::new),
        _ => None,
    }
}

/// The role with this name, if a token can give it: never root, and neither of those below `read` (F61).
fn role(name: &str) -> Option<Role> {
    match name {
        "read" => Some(Role::Read),
        "write" => Some(Role::Write),
        "admin" => Some(Role::Admin),
        _ => None,
    }
}

/// A name for people to read, cut to what a member's name may have.
fn display(name: &str) -> Option<String> {
    if name.contains('\0') {
        return None;
    }
    let name: String = name.trim().chars().take(bounds::NAME_MAX).collect();
    let name = name.trim_end();
    (!name.is_empty()).then(|| name.to_owned())
}
