//! Filters on ids and times: every operator as a union of closed ranges of integers.

use bitting_core::query::{IntTest, Ranges};

use super::{
    NOT_FOR_THIS, Reason,
    notation::{Notation, Operator},
    null_test,
};
use crate::ocamba::decode::time as clock;

/// What a value stands for, first and last integer: one and the same for an id or a time, a whole day for a
/// date.
///
/// Wider than what is compared, so that an id beyond every key's, and the integer after the last one, are
/// still themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    first: i128,
    last: i128,
}

type Reader = fn(&str) -> Result<Span, Reason>;

/// An id in its canonical form. What is beyond every key's id is only that: it matches as such.
pub(super) fn id(text: &str) -> Result<Span, Reason> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits || (text.len() > 1 && text.starts_with('0')) {
        return Err("must be a decimal id, without leading zeros".into());
    }
    let value = text.parse().unwrap_or(i128::MAX - 1);
    Ok(Span {
        first: value,
        last: value,
    })
}

/// A time, or a date for that whole day.
pub(super) fn time(text: &str) -> Result<Span, Reason> {
    if let Some(day) = clock::date(text) {
        let first = i128::from(day.seconds());
        let last = first + 86_399;
        return Ok(Span { first, last });
    }
    clock::time(text)
        .map(|time| {
            let first = i128::from(time.seconds());
            Span { first, last: first }
        })
        .ok_or_else(|| "must be YYYY-MM-DD or YYYY-MM-DD HH:MM:SS, GMT".into())
}

/// The test that `notation` asks for, of values that `reader` reads.
pub(super) fn test(notation: &Notation<'_>, reader: Reader) -> Result<IntTest, Reason> {
    let spans = || -> Result<Vec<Span>, Reason> {
        notation.values().iter().map(|text| reader(text)).collect()
    };
    // Comparisons begin at a date's first second, and so do ranges (O44).
    let start = || -> Result<i128, Reason> {
        match spans()?.as_slice() {
            [span] => Ok(span.first),
            _ => Err(NOT_FOR_THIS),
        }
    };
    let between = |after: i128, before: i128| -> Result<IntTest, Reason> {
        match spans()?.as_slice() {
            [from, to] => Ok(within([(from.first + after, to.first - before)])),
            _ => Err("must have two values, divided by a comma".into()),
        }
    };
    match notation.operator() {
        Operator::Eq | Operator::In => spans().map(|spans| IntTest::Within(ranges(whole(&spans)))),
        Operator::Neq | Operator::Nin => {
            spans().map(|spans| IntTest::Outside(ranges(whole(&spans))))
        }
        Operator::Gt => start().map(|start| within([(start + 1, i128::MAX)])),
        Operator::Gte => start().map(|start| within([(start, i128::MAX)])),
        Operator::Lt => start().map(|start| within([(i128::MIN, start - 1)])),
        Operator::Lte => start().map(|start| within([(i128::MIN, start)])),
        Operator::R => between(1, 1),
        Operator::Rf => between(0, 0),
        Operator::Rl => between(0, 1),
        Operator::Rr => between(1, 0),
        Operator::Is => null_test(notation, IntTest::NotNull),
        Operator::Isn => null_test(notation, IntTest::Null),
    }
}

fn whole(spans: &[Span]) -> impl Iterator<Item = (i128, i128)> {
    spans.iter().map(|span| (span.first, span.last))
}

fn within(spans: impl IntoIterator<Item = (i128, i128)>) -> IntTest {
    IntTest::Within(ranges(spans))
}

/// The part of the ranges that an `i64` can be in.
fn ranges(spans: impl IntoIterator<Item = (i128, i128)>) -> Ranges {
    Ranges::new(spans.into_iter().filter_map(|(first, last)| {
        let first = first.max(i64::MIN.into());
        let last = last.min(i64::MAX.into());
        // Where nothing is left, one of the two does not fit or they are reversed.
        Some((i64::try_from(first).ok()?, i64::try_from(last).ok()?))
    }))
}
