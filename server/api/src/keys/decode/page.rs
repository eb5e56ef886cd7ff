//! Which part of a list (K20, K21).

use bitting_core::{Refusal, Violation, bounds};

use super::only::only;
use crate::{
    decode::{Once, unless_wrong, wrong},
    keys::List,
};

/// After which id the page of `list` that `query` asks for begins (0 for the first), and how many items it holds
/// at most. Parameters that no list has are refused: one that was misspelt would be ignored otherwise.
pub fn page(query: &str, list: List) -> Result<(i64, usize), Refusal> {
    let mut found = Vec::new();
    let [limit, token] = only(query, ["limit", "page_token"], &mut found);
    let limit = self::limit(&limit, &mut found);
    let after = token.raw().map(|text| {
        list.after(text).unwrap_or_else(|| {
            found.push(wrong(
                "page_token",
                "must be the next_page of a page of this list",
            ));
            0
        })
    });
    unless_wrong(found, (after.unwrap_or(0), limit))
}

/// How many items a page holds at most.
pub(super) fn limit(limit: &Once<'_>, found: &mut Vec<Violation>) -> usize {
    let limit = limit.raw().map(|text| {
        size(text).unwrap_or_else(|| {
            let most = bounds::PAGE_MAX;
            found.push(wrong("limit", format!("must be a number from 1 to {most}")));
            0
        })
    });
    as_count(limit.unwrap_or(bounds::PAGE_SIZE))
}

/// Digits and nothing else, from 1 to the bound.
fn size(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let size = digits.then(|| text.parse().ok())??;
    (1..=bounds::PAGE_MAX).contains(&size).then_some(size)
}

fn as_count(size: u64) -> usize {
    // A thousand fits everywhere.
    usize::try_from(size).unwrap_or(usize::MAX)
}
