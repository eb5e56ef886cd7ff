//! Companies.

use bitting_core::bounds;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DecimalId, FirstKey, Member, UtcTime};
use crate::wire::{Nullable, schema::NAME_PATTERN};

/// A company to make. Members that are not listed here are refused.
// For the document only, as everything that requests send: `decode` reads the bytes.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompanyCreate {
    /// What to call the company; not only white space. Names need not be unique.
    #[schemars(length(min = 1, max = "bounds::NAME_MAX"), regex = "NAME_PATTERN")]
    pub name: String,
    /// What to call its first member; not only white space. Left out: `Administrator`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(
        with = "String",
        length(min = 1, max = "bounds::NAME_MAX"),
        regex = "NAME_PATTERN"
    )]
    pub member_name: Option<String>,
    /// Whether the company gets a first member with a key of the role `admin`. Left out: yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub first_key: Option<bool>,
}

/// All that can be changed about a company, in place of what it has: every member is required. Members that are not
/// listed here are refused.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompanySettings {
    /// What to call the company; not only white space.
    #[schemars(length(min = 1, max = "bounds::NAME_MAX"), regex = "NAME_PATTERN")]
    pub name: String,
    /// Whether the company's keys and login tokens work.
    pub enabled: bool,
}

/// A company: what members and keys belong to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Company {
    /// The company's id. Later companies have greater ones.
    pub id: DecimalId,
    /// What it is called.
    pub name: String,
    /// Whether its keys and login tokens work.
    pub enabled: bool,
    /// When it was made.
    pub created_at: UtcTime,
}

/// A company that was just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CompanyCreated {
    /// The company.
    pub company: Company,
    /// Its first member; null if none was asked for.
    pub member: Nullable<Member>,
    /// The member's key, with its secret; null if none was asked for.
    pub key: Nullable<FirstKey>,
}

/// One page of the list of companies, by ascending id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CompanyPage {
    /// The companies on this page.
    pub items: Vec<Company>,
    /// The `page_token` of the next page; null on the last one.
    pub next_page: Nullable<String>,
}
