//! Pages of keys, one after the other.

use bitting_core::{
    CompanyId, KeyNumber, MemberId, Origin, Reach, Scope, Status, Timestamp, query::Search,
};

use super::StoredKey;
use crate::list::NEVER;

/// Which keys are wanted, in which order, and from where. Every condition that is given holds.
#[derive(Clone, Debug)]
pub struct PageQuery {
    /// Where keys are looked for.
    pub within: Reach,
    /// Those of this company.
    pub company: Option<CompanyId>,
    /// Those of this member.
    pub owner: Option<MemberId>,
    /// Those made on this surface.
    pub origin: Option<Origin>,
    /// Those of this status, as the clock has it.
    pub status: Option<Status>,
    /// Those that are good for this.
    pub scope: Option<Scope>,
    /// Those in which this is found.
    pub search: Option<Search>,
    /// Those with an end, and before this.
    pub expires_before: Option<Timestamp>,
    /// Those that have not been used since: never used, or last used before this.
    pub last_used_before: Option<Timestamp>,
    /// The order.
    pub order: Order,
    /// Only what comes after this in the order.
    pub after: Option<Position>,
    /// At most so many.
    pub limit: usize,
}

/// The order of a list. Keys that are alike in it follow by their decimal ids, in the same direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Order {
    /// By what.
    pub field: OrderField,
    /// From the greatest down.
    pub descending: bool,
}

/// What a list may be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderField {
    /// The order in which the keys were made: their decimal ids.
    Created,
    /// The time of the last change.
    Updated,
    /// The name, by code point.
    Name,
    /// The end; no end is the greatest.
    Expires,
}

/// A place in an order: the one of a certain key, which need not be there any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// What the key has in the field of the order.
    pub value: PositionValue,
    /// Its decimal id.
    pub number: KeyNumber,
}

/// What a key has in the field of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PositionValue {
    /// A number, or a time in seconds since 1970.
    Int(i64),
    /// A text.
    Text(String),
}

impl PositionValue {
    /// The end of a key that has none.
    pub const NEVER: Self = Self::Int(NEVER);
}

impl Position {
    /// Whether this can be a place in `order`.
    pub fn fits(&self, order: Order) -> bool {
        let is_text = matches!(self.value, PositionValue::Text(_));
        is_text == (order.field == OrderField::Name)
    }
}

impl StoredKey {
    /// Where the key is in `order`.
    pub fn position(&self, order: Order) -> Position {
        let value = match order.field {
            OrderField::Created => PositionValue::Int(self.number.get()),
            OrderField::Updated => PositionValue::Int(self.key.updated.seconds()),
            OrderField::Name => PositionValue::Text(self.key.name.as_str().to_owned()),
            OrderField::Expires => {
                PositionValue::Int(self.key.end.map_or(NEVER, Timestamp::seconds))
            }
        };
        Position {
            value,
            number: self.number,
        }
    }
}
