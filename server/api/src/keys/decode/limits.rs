//! Limits and quotas (K140).

use std::ops::RangeInclusive;

use bitting_core::{
    Field, Limit, LimitName, Limits, Quota, Refill, Refusal, Timestamp, Violation, bounds,
};

use super::{
    object::{Form, Object, Reason},
    values,
};

/// The limits and the quota that a key is to have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyLimits {
    /// The limits.
    pub limits: Limits,
    /// The quota; `None` for none.
    pub quota: Option<Quota>,
}

/// The body that sets both (K141). `now` is what an interval is counted from.
pub fn key_limits(body: &[u8], now: Timestamp) -> Result<KeyLimits, Refusal> {
    let mut body = Object::read(body, Form::Complete, &["limits", "quota"])?;
    let limits = body.optional("limits", LIMITS, limits);
    let quota = body.optional("quota", QUOTA, |raw| quota(raw, now));
    let wrong = body.wrong();
    if wrong.is_empty() {
        let limits = limits.unwrap_or_default();
        Ok(KeyLimits { limits, quota })
    } else {
        Err(Refusal::Invalid(wrong))
    }
}

pub(super) const LIMITS: Field = Field::Parameter("limits");
pub(super) const QUOTA: Field = Field::Parameter("quota");

pub(super) fn limits(raw: &str) -> Result<Limits, Reason> {
    let limits = values::list("limits", raw, bounds::LIMITS_MAX, limit)?;
    Limits::new(limits).map_err(|error| error.to_string().into())
}

fn limit(raw: &str) -> Result<Limit, Reason> {
    const MEMBERS: &[&str] = &["name", "limit", "window_seconds"];
    let mut object = within(raw, MEMBERS)?;
    let name = object.required("name", Field::Parameter("name"), name);
    let limit = object.required("limit", Field::Parameter("limit"), |raw| {
        whole(raw, 1..=bounds::LIMIT_MAX)
    });
    let window = Field::Parameter("window_seconds");
    let window = object.required("window_seconds", window, |raw| {
        whole(raw, 1..=bounds::WINDOW_MAX)
    });
    match (name, limit, window) {
        (Some(name), Some(limit), Some(window)) if object.is_right() => {
            Limit::new(name, limit, window).map_err(|error| error.to_string().into())
        }
        _ => Err(told(&object.wrong())),
    }
}

pub(super) fn name(raw: &str) -> Result<LimitName, Reason> {
    LimitName::new(&values::text(raw)?).map_err(|_| Reason::Borrowed(NAME_FORM))
}

/// What the name of a limit is to be.
pub(super) const NAME_FORM: &str = "must have 1 to 50 of the characters A-Z a-z 0-9 _ . : -";

/// A quota; its interval begins at `now`.
pub(super) fn quota(raw: &str, now: Timestamp) -> Result<Quota, Reason> {
    const MEMBERS: &[&str] = &["remaining", "refill_amount", "refill_interval_seconds"];
    const INTERVAL: Field = Field::Parameter("refill_interval_seconds");
    let mut object = within(raw, MEMBERS)?;
    let remaining = object.required("remaining", Field::Parameter("remaining"), |raw| {
        whole(raw, 0..=bounds::QUOTA_MAX)
    });
    let amount = Field::Parameter("refill_amount");
    let amount = object.optional("refill_amount", amount, |raw| {
        whole(raw, 1..=bounds::QUOTA_MAX)
    });
    let (least, most) = (bounds::REFILL_SECONDS_MIN, bounds::REFILL_SECONDS_MAX);
    let seconds = object.optional("refill_interval_seconds", INTERVAL, |raw| {
        whole(raw, least..=most)
    });
    if object.is_right() && amount.is_some() != seconds.is_some() {
        object.blame::<()>(
            INTERVAL,
            "must be given beside refill_amount, and only then",
        );
    }
    let next = seconds.map(|seconds| now.seconds() + i64::from(seconds));
    let next = next.map(|next| Timestamp::from_seconds(next).unwrap_or(Timestamp::MAX));
    match remaining {
        Some(remaining) if object.is_right() => Ok(Quota {
            remaining,
            refill: amount
                .zip(seconds)
                .zip(next)
                .map(|((amount, seconds), next)| Refill {
                    amount,
                    seconds,
                    next,
                }),
        }),
        _ => Err(named(&object.wrong())),
    }
}

/// What is wrong with a quota, which a dot joins to its members.
fn named(wrong: &[Violation]) -> Reason {
    let told = told(wrong);
    if told.starts_with('.') {
        format!("quota{told}").into()
    } else {
        told
    }
}

/// The object that a member of the body is.
fn within<'b>(raw: &'b str, members: &'static [&'static str]) -> Result<Object<'b>, Reason> {
    if !raw.starts_with('{') {
        return Err("must be an object".into());
    }
    Object::read(raw.as_bytes(), Form::Partial, members).map_err(|refusal| match refusal {
        Refusal::Invalid(wrong) => told(&wrong),
        _ => "must be an object".into(),
    })
}

/// A whole number within bounds, without a fraction or an exponent.
fn whole<N: std::str::FromStr + PartialOrd + std::fmt::Display>(
    raw: &str,
    bounds: RangeInclusive<N>,
) -> Result<N, Reason> {
    let number = raw.parse().ok();
    number
        .filter(|number| bounds.contains(number))
        .ok_or_else(|| {
            let (least, most) = (bounds.start(), bounds.end());
            format!("must be a whole number from {least} to {most}").into()
        })
}

/// What is wrong with members of an object, as one reason about the member that it is.
fn told(wrong: &[Violation]) -> Reason {
    let each = wrong.iter().map(|violation| match violation.field {
        Field::Parameter(name) => format!(".{name} {}", violation.reason),
        _ => violation.reason.to_string(),
    });
    each.collect::<Vec<_>>().join(", ").into()
}
