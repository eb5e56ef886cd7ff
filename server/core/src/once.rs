//! Requests that can be sent again and are done once (K100 to K102).

use std::fmt;

use crate::{Principal, Timestamp, bounds, parts::Parts};

/// How long an answer is kept, in seconds: a day.
const KEPT: i64 = 86_400;

/// What a client calls a request, so that it can send it again: 1 to 255 visible ASCII characters.
#[derive(Clone, PartialEq, Eq)]
pub struct IdempotencyKey(String);

/// Why a text is no [`IdempotencyKey`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "must have 1 to {} visible ASCII characters",
    bounds::IDEMPOTENCY_KEY_MAX
)]
pub struct InvalidIdempotencyKey;

impl IdempotencyKey {
    /// The key that `text` is.
    pub fn new(text: &str) -> Result<Self, InvalidIdempotencyKey> {
        let fits = (1..=bounds::IDEMPOTENCY_KEY_MAX).contains(&text.len());
        let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
        (fits && visible)
            .then(|| Self(text.to_owned()))
            .ok_or(InvalidIdempotencyKey)
    }
}

/// Not its text: people make such keys of what they should not.
impl fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdempotencyKey(..)")
    }
}

/// What tells a request apart that is done once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnceId {
    /// Who asks for which operation under which key: what the answer is kept under.
    pub scope: [u8; 32],
    /// What is asked for, to the byte.
    pub request: [u8; 32],
}

impl OnceId {
    /// That of a request by `by` for `operation` on `target`, called `key`.
    pub fn new(
        by: &Principal,
        operation: &str,
        key: &IdempotencyKey,
        target: &str,
        body: &[u8],
    ) -> Self {
        let (company, member) = (by.company.get(), by.member.get());
        let scope = digest(&[
            &company.to_be_bytes(),
            &member.to_be_bytes(),
            by.via.to_string().as_bytes(),
            operation.as_bytes(),
            key.0.as_bytes(),
        ]);
        let request = digest(&[target.as_bytes(), body]);
        Self { scope, request }
    }
}

/// Whether an answer that was given at `at` is kept at `now`.
pub fn is_kept(at: Timestamp, now: Timestamp) -> bool {
    at > kept_since(now)
}

/// The latest time of which no answer is kept any more at `now`.
pub fn kept_since(now: Timestamp) -> Timestamp {
    Timestamp::from_seconds(now.seconds() - KEPT).unwrap_or(Timestamp::MIN)
}

fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut all = Parts::default();
    for part in parts {
        all.push(part);
    }
    all.digest()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use uuid::Uuid;

    use super::*;
    use crate::{CompanyId, KeyId, MemberId, Role, Scopes, Via};

    fn by(company: i64, member: i64, via: u128) -> Principal {
        Principal {
            company: CompanyId::new(company).unwrap(),
            member: MemberId::new(member).unwrap(),
            role: Role::Write,
            scopes: Scopes::default(),
            via: Via::Key(KeyId(Uuid::from_u128(via))),
        }
    }

    #[test]
    fn a_key_is_short_and_visible() {
        for good in ["a", "\"8e03978e\"", "!~", &"x".repeat(255)] {
            assert!(IdempotencyKey::new(good).is_ok(), "{good}");
        }
        for bad in ["", "a b", "\t", "é", "\u{7f}", &"x".repeat(256)] {
            assert_eq!(
                IdempotencyKey::new(bad),
                Err(InvalidIdempotencyKey),
                "{bad}"
            );
        }
        let key = IdempotencyKey::new("4711").unwrap();
        assert!(!format!("{key:?}").contains("4711"));
    }

    #[test]
    fn whoever_and_whatever_is_another_has_another_id() {
        let key = |text: &str| IdempotencyKey::new(text).unwrap();
        let one = OnceId::new(&by(1, 2, 3), "op", &key("k"), "t", b"b");
        let role = Principal {
            role: Role::Admin,
            ..by(1, 2, 3)
        };
        assert_eq!(OnceId::new(&role, "op", &key("k"), "t", b"b"), one);
        for other in [
            OnceId::new(&by(9, 2, 3), "op", &key("k"), "t", b"b"),
            OnceId::new(&by(1, 9, 3), "op", &key("k"), "t", b"b"),
            OnceId::new(&by(1, 2, 9), "op", &key("k"), "t", b"b"),
            OnceId::new(&by(1, 2, 3), "opk", &key("k"), "t", b"b"),
            OnceId::new(&by(1, 2, 3), "op", &key("kk"), "t", b"b"),
        ] {
            assert_ne!(other.scope, one.scope);
            assert_eq!(other.request, one.request);
        }
        for other in [
            OnceId::new(&by(1, 2, 3), "op", &key("k"), "tb", b""),
            OnceId::new(&by(1, 2, 3), "op", &key("k"), "t", b"b "),
        ] {
            assert_eq!(other.scope, one.scope);
            assert_ne!(other.request, one.request);
        }
    }

    #[test]
    fn an_answer_is_kept_for_a_day() {
        let at = |seconds| Timestamp::from_seconds(seconds).unwrap();
        for (now, kept) in [(0, true), (86_399, true), (86_400, false), (-1, true)] {
            assert_eq!(is_kept(at(0), at(now)), kept, "{now}");
        }
        assert_eq!(kept_since(Timestamp::MIN), Timestamp::MIN);
    }
}
