//! What a page must hold.

use std::collections::BTreeMap;

use bitting_core::{Key, Timestamp, query::Search, query::fold};
use bitting_store::{Order, OrderField, PageQuery, StoredKey};

use crate::changes::at;

/// What the store holds, as this test believes.
pub(crate) type Model = BTreeMap<i64, StoredKey>;

fn sort_key(key: &StoredKey, order: Order) -> (i64, String, i64) {
    let number = key.number.get();
    match order.field {
        OrderField::Created => (number, String::new(), number),
        OrderField::Updated => (key.key.updated.seconds(), String::new(), number),
        OrderField::Name => (0, key.key.name.as_str().to_owned(), number),
        OrderField::Expires => {
            let end = key.key.end.map_or(i64::MAX, Timestamp::seconds);
            (end, String::new(), number)
        }
    }
}

fn passes(query: &PageQuery, stored: &StoredKey, now: i64) -> bool {
    let key: &Key = &stored.key;
    let holds = |search: &Search| {
        let description = key.description.as_ref().map_or("", |text| text.as_str());
        fold(key.name.as_str()).contains(search.needle())
            || fold(description).contains(search.needle())
    };
    query.within.covers(key)
        && query.company.is_none_or(|company| company == key.company)
        && query.owner.is_none_or(|owner| owner == key.owner)
        && query.origin.is_none_or(|origin| origin == key.origin)
        && query
            .status
            .is_none_or(|status| status == key.status(at(now)))
        && query
            .scope
            .as_ref()
            .is_none_or(|scope| key.scopes.contains(scope))
        && query.search.as_ref().is_none_or(holds)
        && query
            .expires_before
            .is_none_or(|before| key.end.is_some_and(|end| end < before))
        && query
            .last_used_before
            .is_none_or(|before| stored.last_used.is_none_or(|used| used < before))
}

/// The numbers of what comes after `after`, which was the last key of the page before.
pub(crate) fn expected(
    model: &Model,
    query: &PageQuery,
    after: Option<&StoredKey>,
    now: i64,
) -> Vec<i64> {
    let order = query.order;
    let mut keys: Vec<_> = model
        .values()
        .filter(|key| passes(query, key, now))
        .map(|key| sort_key(key, order))
        .collect();
    keys.sort_unstable();
    if order.descending {
        keys.reverse();
    }
    let after = after.map(|after| sort_key(after, order));
    let is_later = |key: &(i64, String, i64)| match &after {
        None => true,
        Some(after) if order.descending => key < after,
        Some(after) => key > after,
    };
    let later = keys.into_iter().filter(is_later);
    later.take(query.limit).map(|key| key.2).collect()
}
