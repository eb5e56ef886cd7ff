//! `page=N,M` (O41).

use bitting_core::{Violation, query::Page};

use super::wrong;

/// The page that `text` asks for; pages hold `size` items unless it says otherwise, and at most `max`.
pub(super) fn page(text: Option<&str>, size: u64, max: u64) -> Result<Page, Violation> {
    let (number, size) = match text {
        None => (1, size),
        Some(text) => read(text, size).ok_or_else(|| {
            wrong(
                "page",
                "must be N or N,M: the number of a page and how many items it holds, in digits",
            )
        })?,
    };
    Page::new(number, size, max).map_err(|error| wrong("page", error.to_string()))
}

fn read(text: &str, size: u64) -> Option<(u64, u64)> {
    match text.split_once(',') {
        None => Some((digits(text)?, size)),
        Some((number, size)) => Some((digits(number)?, digits(size)?)),
    }
}

/// Digits and nothing else; what does not fit is as good as the greatest that does, which no page reaches.
fn digits(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}
