//! What the decoders of surfaces share: JSON objects read member by member, parameters read once, and
//! everything that is wrong collected before anything is refused.

mod fields;
mod members;
mod once;

use std::borrow::Cow;

use bitting_core::{Field, Refusal, Violation};

pub(crate) use fields::Fields;
pub(crate) use members::unreadable;
pub(crate) use once::Once;

/// `value` if nothing was wrong on the way to it.
pub(crate) fn unless_wrong<T>(violations: Vec<Violation>, value: T) -> Result<T, Refusal> {
    if violations.is_empty() {
        Ok(value)
    } else {
        Err(Refusal::Invalid(violations))
    }
}

/// A violation of a query parameter.
pub(crate) fn wrong(parameter: &'static str, reason: impl Into<Cow<'static, str>>) -> Violation {
    Violation::new(Field::Parameter(parameter), reason)
}

/// `text`, which somebody sent, as a refusal repeats it: enough to recognise it by.
pub(crate) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 50;
    let mut shown: String = text.chars().take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
