//! Companies and their members.

use crate::{CompanyId, DisplayName, MemberId, Role, Timestamp};

/// A company: the tenant that members and keys belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    /// Its id.
    pub id: CompanyId,
    /// What it is called.
    pub name: DisplayName,
    /// Whether its keys and login tokens work.
    pub enabled: bool,
    /// When it was made.
    pub created: Timestamp,
}

/// A member of a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its id.
    pub id: MemberId,
    /// The company.
    pub company: CompanyId,
    /// What it is called.
    pub name: DisplayName,
    /// Who it is to the issuer of login tokens; `None` for a member that was made here.
    pub login: Option<Login>,
    /// Whether its keys and login tokens work.
    pub enabled: bool,
    /// When it was made.
    pub created: Timestamp,
}

/// Who a member is to the issuer of login tokens (F61). The same subject is another member in another company.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Login {
    /// The issuer.
    pub issuer: String,
    /// The issuer's name for whom the token was issued to.
    pub subject: String,
}

/// What a caller asks of a new company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyDraft {
    /// What to call it.
    pub name: DisplayName,
    /// What to call its first member, who gets a key of the role admin; `None` for no member.
    pub first_member: Option<DisplayName>,
}

/// What a caller asks of a new member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberDraft {
    /// What to call it.
    pub name: DisplayName,
    /// The role of its first key; `None` for no key.
    pub first_key: Option<Role>,
}

/// All that can be changed about a company or a member, to put in place of what it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantSettings {
    /// What to call it.
    pub name: DisplayName,
    /// Whether its keys and login tokens work.
    pub enabled: bool,
}

/// What may be done to a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompanyChange {
    /// Other settings in place of its own. Switched off, its keys and login tokens stop working at once.
    Settings(TenantSettings),
    /// It is removed for good; refused while it has members.
    Remove,
}

/// What may be done to a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberChange {
    /// Other settings in place of its own. Switched off, its keys and login tokens stop working at once.
    Settings(TenantSettings),
    /// It is removed for good, and its login tokens never make it again; refused while it has keys.
    Remove {
        /// Another member of the company, who gets its keys first.
        new_owner: Option<MemberId>,
    },
}
