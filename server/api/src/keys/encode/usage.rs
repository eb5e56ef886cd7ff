//! Usage in answers (K150).

use bitting_core::usage::{Counted, Span};

use crate::keys::types;

/// What was found in a span of time.
pub fn usage(span: Span, found: Vec<Counted>) -> types::Usage {
    let items = found.into_iter().map(|counted| types::UsageSpan {
        starts_at: counted.start.start().into(),
        outcomes: counted
            .counts
            .into_iter()
            .map(|(verdict, count)| (verdict.name().to_owned(), count))
            .collect(),
    });
    types::Usage {
        interval: span.interval.into(),
        from: span.from.start().into(),
        to: span.to.start().into(),
        items: items.collect(),
    }
}
