//! What the list of keys may be asked for (K57).

use std::fmt::Write as _;

use bitting_core::{CompanyId, MemberId, Origin, Scope, Status, Timestamp};

use super::{
    list::List,
    position::{Position, PositionValue},
    sort::{KeyOrder, KeySort},
};

/// A page of the list of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyListQuery {
    /// Which keys.
    pub filters: KeyFilters,
    /// In which order.
    pub order: KeyOrder,
    /// After which place the page begins; `None` for the first page.
    pub after: Option<Position>,
    /// How many keys it holds at most, at least 1.
    pub limit: usize,
}

/// Which keys are listed: those for which all that is given holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyFilters {
    /// Their name or description has this in it, whatever its case. Not empty.
    pub search: Option<String>,
    /// They have this status now.
    pub status: Option<Status>,
    /// They are this member's.
    pub owner: Option<MemberId>,
    /// They belong to this company.
    pub company: Option<CompanyId>,
    /// They have this scope.
    pub scope: Option<Scope>,
    /// They were made on this surface.
    pub origin: Option<Origin>,
    /// They have an end, and it is before this.
    pub expires_before: Option<Timestamp>,
    /// They have not been used since: the last time was before this, or there was none.
    pub last_used_before: Option<Timestamp>,
}

impl KeyListQuery {
    /// The place of a key in this list.
    pub fn position(&self, key: &bitting_core::Key, number: i64) -> Position {
        let value = match self.order.by {
            KeySort::CreatedAt => PositionValue::Int(key.created.seconds()),
            KeySort::UpdatedAt => PositionValue::Int(key.updated.seconds()),
            KeySort::Name => PositionValue::Text(key.name.as_str().to_owned()),
            KeySort::ExpiresAt => PositionValue::Int(key.end.map_or(i64::MAX, Timestamp::seconds)),
        };
        Position { value, number }
    }

    /// The list that its tokens continue: the same sort and the same filters, however a query spells them. How many
    /// keys a page holds may change on the way.
    pub(super) fn list(&self) -> List {
        let KeyFilters {
            search,
            status,
            owner,
            company,
            scope,
            origin,
            expires_before,
            last_used_before,
        } = &self.filters;
        let mut asked = self.order.to_string();
        // None of these has U+0000 in it, so that no two queries are spelt alike.
        let mut part = |value: Option<&dyn std::fmt::Display>| {
            asked.push('\0');
            if let Some(value) = value {
                // Writing to a string does not fail.
                let _ = write!(asked, "={value}");
            }
        };
        let seconds = |time: &Option<Timestamp>| time.map(Timestamp::seconds);
        let (expires, used) = (seconds(expires_before), seconds(last_used_before));
        part(search.as_ref().map(|v| v as _));
        part(status.map(Status::name).as_ref().map(|v| v as _));
        part(owner.as_ref().map(|v| v as _));
        part(company.as_ref().map(|v| v as _));
        part(scope.as_ref().map(|v| v as _));
        part(origin.map(Origin::name).as_ref().map(|v| v as _));
        part(expires.as_ref().map(|v| v as _));
        part(used.as_ref().map(|v| v as _));
        List::keys(&asked)
    }

    /// The token of the page after `last`.
    pub(super) fn token(&self, last: &Position) -> String {
        self.list().token_at(&last.bytes())
    }

    /// The place that `token` continues this list after.
    pub(super) fn after(&self, token: &str) -> Option<Position> {
        let position = self.list().position(token)?;
        Position::read(&position, self.order)
    }
}
