//! The query of a list (O40 to O45).

use bitting_core::{
    Refusal, Violation, bounds,
    query::{Filter, KeyQuery},
};

use super::{
    Once, filter, page::page, search::search, sort::sort, unless_wrong, view::Shown, wrong,
};
use crate::{
    ocamba::{Member, Projection},
    wire::{Parameter, parameters},
};

/// The query of a list. Pages hold `page_size` items unless it says otherwise, and at most `page_max`.
pub fn list(query: &str, page_size: u64, page_max: u64) -> Result<(KeyQuery, Projection), Refusal> {
    let mut found = Vec::new();
    let mut shown = Shown::new();
    let mut once = ["page", "sort", "q", "q_fields"].map(Once::new);
    let mut filters = Filters::default();
    for parameter in parameters(query) {
        let taken = shown.take(&parameter, &mut found)
            || once.iter_mut().any(|one| one.take(&parameter, &mut found));
        if !taken {
            filters.take(&parameter, &mut found);
        }
    }
    let [page_text, sort_text, q, q_fields] = &once;
    // An empty `page` is wrong where an empty anything else is as none (O41).
    let page = page(page_text.raw(), page_size, page_max).map_err(|v| found.push(v));
    let sort = sort(sort_text.value()).map_err(|v| found.push(v));
    let search = search(q.value(), q_fields.value(), &mut found);
    let projection = shown.projection(&mut found);
    let query = KeyQuery {
        filters: filters.made,
        search,
        sort: sort.unwrap_or_default(),
        page: page.unwrap_or_default(),
    };
    unless_wrong(found, (query, projection))
}

/// The filters of a query; all of them are to hold, repeated ones too (O44).
#[derive(Default)]
struct Filters {
    made: Vec<Filter>,
    count: usize,
}

impl Filters {
    /// Takes `parameter` if it is a member of a key, and ignores it otherwise (O45).
    fn take(&mut self, parameter: &Parameter<'_>, found: &mut Vec<Violation>) {
        let Some(member) = Member::named(&parameter.name) else {
            return;
        };
        self.count += 1;
        if self.count == bounds::FILTERS_MAX + 1 {
            let reason = format!(
                "is one filter too many: a query has at most {}",
                bounds::FILTERS_MAX
            );
            found.push(wrong(member.name(), reason));
        }
        // No work and no words for what is refused already, however much of it there is.
        if self.count > bounds::FILTERS_MAX {
            return;
        }
        let made = parameter
            .value()
            .map_err(|error| error.to_string().into())
            .and_then(|value| filter::filter(member, &value));
        match made {
            Ok(filter) => self.made.push(filter),
            Err(reason) => found.push(wrong(member.name(), reason)),
        }
    }
}
