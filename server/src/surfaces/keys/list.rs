//! The list of keys: from what is asked on the wire to what the store is asked, and back.

use bitting_api::keys::{
    KeyListQuery, KeyOrder, KeySort, Position as Place, PositionValue as Value, encode,
    types::KeyPage,
};
use bitting_core::{KeyNumber, Reach, query::Search};

use crate::engine::{Caller, Order, OrderField, PageQuery, Position, PositionValue, StoredKey};

/// One key more than the page holds: whether it is there tells whether there is another page.
pub(super) fn page_query(within: Reach, query: &KeyListQuery) -> PageQuery {
    let filters = query.filters.clone();
    let order = order(query.order);
    PageQuery {
        within,
        company: filters.company,
        owner: filters.owner,
        origin: filters.origin,
        status: filters.status,
        scope: filters.scope,
        search: filters
            .search
            .and_then(|text| Search::new(&text, true, true)),
        expires_before: filters.expires_before,
        last_used_before: filters.last_used_before,
        order,
        after: query
            .after
            .as_ref()
            .and_then(|place| position(order, place)),
        limit: query.limit + 1,
    }
}

/// The page that `found` is.
pub(super) fn page(
    caller: &Caller<'_>,
    query: &KeyListQuery,
    mut found: Vec<StoredKey>,
) -> KeyPage {
    let more = found.len() > query.limit;
    found.truncate(query.limit);
    let last = found.last().filter(|_| more);
    let next = last.map(|last| query.position(&last.key, last.number.get()));
    let items = found
        .iter()
        .map(|found| encode::key(&found.key, found.last_used, caller.now))
        .collect();
    encode::key_page(query, items, next.as_ref())
}

fn order(order: KeyOrder) -> Order {
    let field = match order.by {
        KeySort::CreatedAt => OrderField::Created,
        KeySort::UpdatedAt => OrderField::Updated,
        KeySort::Name => OrderField::Name,
        KeySort::ExpiresAt => OrderField::Expires,
    };
    Order {
        field,
        descending: order.descending,
    }
}

fn position(order: Order, place: &Place) -> Option<Position> {
    let number = KeyNumber::new(place.number)?;
    let value = match (&place.value, order.field) {
        // Keys are made in the order of their numbers, whatever the clock did.
        (_, OrderField::Created) => PositionValue::Int(number.get()),
        (Value::Int(i64::MAX), _) => PositionValue::NEVER,
        (Value::Int(value), _) => PositionValue::Int(*value),
        (Value::Text(text), _) => PositionValue::Text(text.clone()),
    };
    Some(Position { value, number })
}
