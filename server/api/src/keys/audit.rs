//! What the list of audit records may be asked for (K110, K112).

use std::fmt::Write as _;

use bitting_core::{CompanyId, KeyId, MemberId, Timestamp, audit::Action};

use super::list::List;

/// A page of the list of audit records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditListQuery {
    /// What was done to this key.
    pub key: Option<KeyId>,
    /// What this member did, or what was done to it.
    pub member: Option<MemberId>,
    /// What was done in this company.
    pub company: Option<CompanyId>,
    /// This action.
    pub action: Option<Action>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub to: Option<Timestamp>,
    /// After which place the page begins: a time in milliseconds, and an id; `None` for the first page.
    pub after: Option<(i64, i64)>,
    /// How many records it holds at most, at least 1.
    pub limit: usize,
}

impl AuditListQuery {
    /// The list that its tokens continue: the same filters, however a query spells them.
    fn list(&self) -> List {
        let mut asked = String::new();
        let mut part = |value: Option<&dyn std::fmt::Display>| {
            asked.push('\0');
            if let Some(value) = value {
                // Writing to a string does not fail.
                let _ = write!(asked, "={value}");
            }
        };
        let (from, to) = (
            self.from.map(Timestamp::seconds),
            self.to.map(Timestamp::seconds),
        );
        part(self.key.as_ref().map(|v| v as _));
        part(self.member.as_ref().map(|v| v as _));
        part(self.company.as_ref().map(|v| v as _));
        part(self.action.map(Action::name).as_ref().map(|v| v as _));
        part(from.as_ref().map(|v| v as _));
        part(to.as_ref().map(|v| v as _));
        List::audit(&asked)
    }

    /// The token of the page after the record with this time and id.
    pub(super) fn token(&self, (at_millis, id): (i64, i64)) -> String {
        let position = [at_millis.to_be_bytes(), id.to_be_bytes()].concat();
        self.list().token_at(&position)
    }

    /// The place that `token` continues this list after.
    pub(super) fn after(&self, token: &str) -> Option<(i64, i64)> {
        let position = self.list().position(token)?;
        let (at_millis, id) = position.split_first_chunk::<8>()?;
        let id = i64::from_be_bytes(id.try_into().ok()?);
        (id > 0).then_some((i64::from_be_bytes(*at_millis), id))
    }
}
