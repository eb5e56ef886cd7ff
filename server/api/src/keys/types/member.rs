//! Members.

use bitting_core::bounds;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DecimalId, FirstKey, Role, UtcTime, path::IdInput};
use crate::wire::{Nullable, schema::NAME_PATTERN};

/// A member to make. Members that are not listed here are refused.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberCreate {
    /// What to call the member; not only white space. Names need not be unique.
    #[schemars(length(min = 1, max = "bounds::NAME_MAX"), regex = "NAME_PATTERN")]
    pub name: String,
    /// What its first key may do; at most what the caller may. Left out: `write`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Role")]
    pub role: Option<Role>,
    /// Whether the member gets a first key. Left out: yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub first_key: Option<bool>,
}

/// All that can be changed about a member, in place of what it has: every member of the object is required. Members that
/// are not listed here are refused.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberSettings {
    /// What to call the member; not only white space.
    #[schemars(length(min = 1, max = "bounds::NAME_MAX"), regex = "NAME_PATTERN")]
    pub name: String,
    /// Whether the member's keys and login tokens work.
    pub enabled: bool,
}

/// The query of a member's deletion.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct MemberDeleteQuery {
    /// Another member of the company, who gets the member's keys. Left out: a member who has keys is not deleted.
    #[schemars(with = "Option<IdInput>")]
    pub new_owner: Option<String>,
}

/// A member of a company: who owns keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Member {
    /// The member's id. Later members have greater ones.
    pub id: DecimalId,
    /// The id of the company that the member belongs to.
    pub company_id: DecimalId,
    /// What the member is called.
    pub name: String,
    /// Who the member is to the issuer of login tokens; null for a member that was made here.
    pub login: Nullable<Login>,
    /// Whether the member's keys and login tokens work.
    pub enabled: bool,
    /// When the member was made.
    pub created_at: UtcTime,
}

/// Who a member is to the issuer of login tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Login {
    /// The issuer's URL.
    pub issuer: String,
    /// The subject of the member's tokens: the issuer's own name for the member.
    pub subject: String,
}

/// A member that was just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MemberCreated {
    /// The member.
    pub member: Member,
    /// Its key, with its secret; null if none was asked for.
    pub key: Nullable<FirstKey>,
}

/// One page of the list of a company's members, by ascending id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MemberPage {
    /// The members on this page.
    pub items: Vec<Member>,
    /// The `page_token` of the next page; null on the last one.
    pub next_page: Nullable<String>,
}
