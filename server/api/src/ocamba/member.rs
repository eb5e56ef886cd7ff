//! The members of a key, and which of them an answer shows.

use bitting_core::query::{IntField, SortField};

/// A member of a key, in the order in which every answer has them (O30, O31).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Member {
    /// `id`
    Id,
    /// `company_id`
    CompanyId,
    /// `issuer_id`
    IssuerId,
    /// `member_id`
    MemberId,
    /// `name`
    Name,
    /// `description`
    Description,
    /// `status`
    Status,
    /// `secret`
    Secret,
    /// `end_time`
    EndTime,
    /// `start_time`
    StartTime,
    /// `create_time`
    CreateTime,
    /// `update_time`
    UpdateTime,
}

/// What a member can be filtered by (O44, O45).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filterable {
    /// By decimal ids.
    Number(IntField),
    /// By times and whole days.
    Time(IntField),
    /// By texts.
    Name,
    /// By statuses.
    Status,
    /// Not at all.
    Not,
}

impl Member {
    /// Every member, in order.
    pub const ALL: [Self; 12] = [
        Self::Id,
        Self::CompanyId,
        Self::IssuerId,
        Self::MemberId,
        Self::Name,
        Self::Description,
        Self::Status,
        Self::Secret,
        Self::EndTime,
        Self::StartTime,
        Self::CreateTime,
        Self::UpdateTime,
    ];

    /// The member's name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::CompanyId => "company_id",
            Self::IssuerId => "issuer_id",
            Self::MemberId => "member_id",
            Self::Name => "name",
            Self::Description => "description",
            Self::Status => "status",
            Self::Secret => "secret",
            Self::EndTime => "end_time",
            Self::StartTime => "start_time",
            Self::CreateTime => "create_time",
            Self::UpdateTime => "update_time",
        }
    }

    /// The member with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|member| member.name() == name)
    }

    /// What a list can be sorted by (O42).
    pub(super) fn sort_field(self) -> Option<SortField> {
        match self {
            Self::Id => Some(SortField::Number),
            Self::Name => Some(SortField::Name),
            Self::Status => Some(SortField::Phase),
            Self::StartTime => Some(SortField::Start),
            Self::EndTime => Some(SortField::End),
            Self::CreateTime => Some(SortField::Created),
            Self::UpdateTime => Some(SortField::Updated),
            Self::CompanyId
            | Self::IssuerId
            | Self::MemberId
            | Self::Description
            | Self::Secret => None,
        }
    }

    pub(super) fn filterable(self) -> Filterable {
        match self {
            Self::Id => Filterable::Number(IntField::Number),
            Self::Name => Filterable::Name,
            Self::Status => Filterable::Status,
            Self::StartTime => Filterable::Time(IntField::Start),
            Self::EndTime => Filterable::Time(IntField::End),
            Self::CreateTime => Filterable::Time(IntField::Created),
            Self::UpdateTime => Filterable::Time(IntField::Updated),
            Self::CompanyId
            | Self::IssuerId
            | Self::MemberId
            | Self::Description
            | Self::Secret => Filterable::Not,
        }
    }
}

/// Which members an answer shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Projection(u16);

impl Projection {
    /// All twelve: `view=full` (O30).
    pub const FULL: Self = Self((1 << Member::ALL.len()) - 1);

    /// All but the company: the default view (O30).
    pub const DEFAULT: Self = Self(Self::FULL.0 & !Self::bit(Member::CompanyId));

    /// These members, in whatever order and however often they are named (O31).
    pub fn of(members: impl IntoIterator<Item = Member>) -> Self {
        Self(members.into_iter().map(Self::bit).fold(0, |a, b| a | b))
    }

    /// Whether the answer shows `member`.
    pub fn shows(self, member: Member) -> bool {
        self.0 & Self::bit(member) != 0
    }

    const fn bit(member: Member) -> u16 {
        1 << member as u16
    }
}

impl Default for Projection {
    fn default() -> Self {
        Self::DEFAULT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn o30_the_default_view_is_the_full_one_without_the_company() {
        let missing: Vec<_> = Member::ALL
            .into_iter()
            .filter(|member| !Projection::DEFAULT.shows(*member))
            .collect();
        assert_eq!(missing, [Member::CompanyId]);
        assert!(
            Member::ALL
                .into_iter()
                .all(|member| Projection::FULL.shows(member))
        );
    }

    #[test]
    fn o31_a_selection_shows_what_it_names_and_nothing_else() {
        let some = Projection::of([Member::Name, Member::Secret, Member::Name]);
        for member in Member::ALL {
            let named = matches!(member, Member::Name | Member::Secret);
            assert_eq!(some.shows(member), named, "{member:?}");
        }
    }
}
