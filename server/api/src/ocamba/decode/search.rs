//! `q` and `q_fields` (O43).

use bitting_core::{Violation, bounds, query::Search};

use super::{names, wrong};

/// The search that `text` and `fields` ask for; without a text, `fields` is not looked at.
pub(super) fn search(
    text: Option<&str>,
    fields: Option<&str>,
    found: &mut Vec<Violation>,
) -> Option<Search> {
    let text = text?;
    // A scalar value has at most four bytes: what is far too long is refused without counting it.
    if text.len() > bounds::SEARCH_MAX * 4 || text.chars().count() > bounds::SEARCH_MAX {
        let reason = format!("must have at most {} characters", bounds::SEARCH_MAX);
        found.push(wrong("q", reason));
    }
    let (mut name, mut description) = (fields.is_none(), false);
    for field in fields.into_iter().flat_map(names) {
        match field {
            "name" => name = true,
            "description" => description = true,
            _ => {
                let reason = "must be name, description, or both divided by a comma";
                found.push(wrong("q_fields", reason));
                return None;
            }
        }
    }
    Search::new(text, name, description)
}
