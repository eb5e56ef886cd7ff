//! From core's types to this surface's.

mod audit;
mod import;
mod introspection;
mod json;
mod key;
mod secret;
mod usage;
mod verification;

use bitting_core::{KeyId, Role, secret::PlainSecret};

use super::{List, operations, types};
use crate::wire::Nullable;

pub use audit::{Recorded, audit_page};
pub use import::{field_name, import_created, import_duplicate, import_invalid};
pub use introspection::{Active, introspection};
pub use key::{entity_tag, key, key_created, key_location, key_page};
pub use secret::{Shown, key_revealed, key_rotated, key_secrets};
pub use usage::usage;
pub use verification::{Results, Verified, verification};

/// A company.
pub fn company(company: &bitting_core::Company) -> types::Company {
    types::Company {
        id: company.id.into(),
        name: company.name.as_str().to_owned(),
        enabled: company.enabled,
        created_at: company.created.into(),
    }
}

/// A member.
pub fn member(member: &bitting_core::Member) -> types::Member {
    let login = member.login.as_ref().map(|login| types::Login {
        issuer: login.issuer.clone(),
        subject: login.subject.clone(),
    });
    types::Member {
        id: member.id.into(),
        company_id: member.company.into(),
        name: member.name.as_str().to_owned(),
        login: login.into(),
        enabled: member.enabled,
        created_at: member.created.into(),
    }
}

/// The key that somebody new begins with, with its secret.
pub fn first_key(id: KeyId, role: Role, secret: &PlainSecret) -> types::FirstKey {
    types::FirstKey {
        id: id.0,
        role: role.into(),
        secret: secret.into(),
    }
}

/// A company that was just made (K30).
pub fn company_created(
    company: &bitting_core::Company,
    member: Option<&bitting_core::Member>,
    key: Option<types::FirstKey>,
) -> types::CompanyCreated {
    types::CompanyCreated {
        company: self::company(company),
        member: member.map(self::member).into(),
        key: key.into(),
    }
}

/// A member that was just made (K40).
pub fn member_created(
    member: &bitting_core::Member,
    key: Option<types::FirstKey>,
) -> types::MemberCreated {
    types::MemberCreated {
        member: self::member(member),
        key: key.into(),
    }
}

/// A page of companies; `more` tells whether there are others after it (K20).
pub fn company_page(companies: &[bitting_core::Company], more: bool) -> types::CompanyPage {
    let last = companies.last().map(|last| last.id.get());
    types::CompanyPage {
        items: companies.iter().map(company).collect(),
        next_page: next(List::COMPANIES, last, more),
    }
}

/// A page of `list`, which is one of members; `more` tells whether there are others after it (K20).
pub fn member_page(list: List, members: &[bitting_core::Member], more: bool) -> types::MemberPage {
    let last = members.last().map(|last| last.id.get());
    types::MemberPage {
        items: members.iter().map(member).collect(),
        next_page: next(list, last, more),
    }
}

/// The token of the page of `list` after the item with the id `last` (K21).
pub fn next_page(list: List, last: i64) -> String {
    list.token(last)
}

fn next(list: List, last: Option<i64>, more: bool) -> Nullable<String> {
    last.filter(|_| more)
        .map(|last| next_page(list, last))
        .into()
}

/// The path of a company, for the header `Location`.
pub fn company_location(company: &bitting_core::Company) -> String {
    operations::COMPANY.replace("{company}", &company.id.to_string())
}

/// The path of a member, for the header `Location`.
pub fn member_location(member: &bitting_core::Member) -> String {
    operations::MEMBER
        .replace("{company}", &member.company.to_string())
        .replace("{member}", &member.id.to_string())
}

#[cfg(test)]
mod tests;
