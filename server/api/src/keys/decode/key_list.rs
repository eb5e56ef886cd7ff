//! The query of the list of keys (K57).

use std::{fmt::Display, str::FromStr};

use bitting_core::{Origin, Refusal, Scope, Status, Violation, bounds};

use super::{only::only, page, time::time};
use crate::{
    decode::{Once, unless_wrong, wrong},
    keys::{
        query::{KeyFilters, KeyListQuery},
        sort::{KeyOrder, KeySort},
    },
};

/// What every parameter is called, in the order of the rule.
const NAMES: [&str; 11] = [
    "limit",
    "page_token",
    "sort",
    "q",
    "status",
    "owner",
    "company",
    "scope",
    "origin",
    "expires_before",
    "last_used_before",
];

/// The query of the list of keys (K57). Parameters that it has not are refused: one that was misspelt would be ignored
/// otherwise.
pub fn key_list(query: &str) -> Result<KeyListQuery, Refusal> {
    let mut found = Vec::new();
    let once = only(query, NAMES, &mut found);
    let [
        limit,
        token,
        sort,
        q,
        status,
        owner,
        company,
        scope,
        origin,
        expires,
        used,
    ] = &once;
    let limit = page::limit(limit, &mut found);
    let order = read(sort, &mut found, |text| {
        let names = KeySort::ALL.map(KeySort::name).join(", ");
        KeyOrder::read(text).ok_or_else(|| format!("must be one of {names}, with or without -"))
    });
    let filters = KeyFilters {
        search: read(q, &mut found, search),
        status: read(status, &mut found, |text| {
            one_of(text, Status::ALL, Status::name)
        }),
        owner: read(owner, &mut found, id),
        company: read(company, &mut found, id),
        scope: read(scope, &mut found, |text| {
            Scope::new(text.to_owned()).map_err(|_| super::values::SCOPE_FORM)
        }),
        origin: read(origin, &mut found, |text| {
            one_of(text, Origin::ALL, Origin::name)
        }),
        expires_before: read(expires, &mut found, time),
        last_used_before: read(used, &mut found, time),
    };
    let mut query = KeyListQuery {
        filters,
        order: order.unwrap_or_default(),
        after: None,
        limit,
    };
    // Whether a token continues the list cannot be told of one that cannot be read.
    if found.is_empty()
        && let Some(text) = token.raw()
    {
        query.after = query.after(text);
        if query.after.is_none() {
            found.push(wrong(
                "page_token",
                "must be the next_page of a page of this list, with the same sort and filters",
            ));
        }
    }
    unless_wrong(found, query)
}

/// What a parameter says, if it was given and is fine.
pub(super) fn read<T, R: Display>(
    parameter: &Once<'_>,
    found: &mut Vec<Violation>,
    reader: impl FnOnce(&str) -> Result<T, R>,
) -> Option<T> {
    let value = reader(parameter.raw()?);
    value
        .map_err(|reason| found.push(wrong(parameter.name(), reason.to_string())))
        .ok()
}

fn search(text: &str) -> Result<String, String> {
    let most = bounds::SEARCH_MAX;
    if (1..=most).contains(&text.chars().count()) {
        Ok(text.to_owned())
    } else {
        Err(format!("must have 1 to {most} characters"))
    }
}

pub(super) fn one_of<T: Copy, const N: usize>(
    text: &str,
    all: [T; N],
    name: fn(T) -> &'static str,
) -> Result<T, String> {
    let found = all.into_iter().find(|one| name(*one) == text);
    found.ok_or_else(|| format!("must be one of {}", all.map(name).join(", ")))
}

pub(super) fn id<T: FromStr>(text: &str) -> Result<T, &'static str> {
    let id = text.parse();
    id.map_err(|_| "must be an id: decimal digits without a leading zero")
}
