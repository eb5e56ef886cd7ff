//! The query of usage (K150).

use bitting_core::{
    Refusal, Timestamp, bounds,
    usage::{Hour, Interval, Span},
};

use super::{only::only, time::time};
use crate::decode::{Once, unless_wrong, wrong};

const NAMES: [&str; 3] = ["interval", "from", "to"];
/// How many intervals are told if the request does not say.
const HOURS: i64 = 24;
const DAYS: i64 = 30;

/// The query of usage. Parameters that it has not are refused: one that was misspelt would be ignored otherwise.
pub fn usage(query: &str, now: Timestamp) -> Result<Span, Refusal> {
    let mut found = Vec::new();
    let once = only(query, NAMES, &mut found);
    let [interval, from, to] = &once;
    let interval = interval.raw().map_or(Some(Interval::Hour), |text| {
        Interval::ALL.into_iter().find(|one| one.name() == text)
    });
    if interval.is_none() {
        found.push(wrong("interval", "must be hour or day"));
    }
    let interval = interval.unwrap_or(Interval::Hour);
    let mut moment = |parameter: &Once<'_>| match time(parameter.raw()?) {
        Ok(time) => Some(Hour::of(time).floor(interval)),
        Err(reason) => {
            found.push(wrong(parameter.name(), reason));
            None
        }
    };
    let (from, to) = (moment(from), moment(to));
    let (most, usual) = match interval {
        Interval::Hour => (bounds::USAGE_HOURS_MAX, HOURS),
        Interval::Day => (bounds::USAGE_DAYS_MAX, DAYS),
    };
    let each = interval.hours();
    let last = to.unwrap_or_else(|| Hour::of(now).floor(interval));
    let to = Hour(last.0 + each);
    let from = from.unwrap_or(Hour(to.0 - usual * each));
    let count = (to.0 - from.0) / each;
    if found.is_empty() && !(1..=i64::from(most)).contains(&count) {
        let name = interval.name();
        let reason = format!("must not be before from, nor more than {most} {name}s after it");
        found.push(wrong("to", reason));
    }
    unless_wrong(found, Span { interval, from, to })
}
