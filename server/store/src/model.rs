//! What goes into a store and what comes out of it.

mod audit;
mod change;
mod import;
mod known;
mod once;
mod page;
mod secrets;

pub use audit::{AuditEntry, AuditPosition, AuditQuery};
pub use change::{Replace, Revoke, SetLimits};
pub use import::{Import, ImportKey, Imported};
pub use known::{Credential, KEYS_A_ROW, KnownSecret, QuotaId, Spent, Use, Uses};
pub use once::{KeptAnswer, Once, Seal};
pub use page::{Order, OrderField, PageQuery, Position, PositionValue};
pub use secrets::{LiveSecret, Retire, Rotate};

use bitting_core::{
    Company, CompanyChange, CompanyId, DisplayName, Key, KeyChange, KeyId, KeyName, KeyNumber,
    KeyRef, Login, Member, MemberChange, MemberId, Principal, Reach, Role, SecretId, Timestamp,
    audit::{Record, Trail},
    secret::{Sealed, Secret},
};

/// A key as a list or a view shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredKey {
    /// Its decimal id.
    pub number: KeyNumber,
    /// The key.
    pub key: Key,
    /// The secret that stays, if a sealed copy of it is kept.
    pub secret: Option<StoredSecret>,
    /// When one of its secrets was last used, as far as that was recorded.
    pub last_used: Option<Timestamp>,
}

/// A secret that can be shown again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSecret {
    /// Its id, which the sealed copy is bound to.
    pub id: SecretId,
    /// The sealed copy.
    pub sealed: Sealed,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyList {
    /// How many keys match, on all pages.
    pub total: u64,
    /// The keys of this page.
    pub keys: Vec<StoredKey>,
}

/// A new key.
#[derive(Clone, Debug)]
pub struct Create {
    /// The key.
    pub key: Key,
    /// Its secret.
    pub secret: Secret,
    /// What is recorded.
    pub record: Record,
}

/// A change of settings.
#[derive(Clone, Debug)]
pub struct Update {
    /// Where the key is looked for.
    pub within: Reach,
    /// Which key.
    pub key: KeyRef,
    /// Who asks.
    pub by: Principal,
    /// What is asked.
    pub change: KeyChange,
    /// Now.
    pub now: Timestamp,
    /// For the record.
    pub trail: Trail,
}

/// A new secret in place of the old ones.
#[derive(Clone, Debug)]
pub struct Roll {
    /// Where the key is looked for.
    pub within: Reach,
    /// Which key.
    pub key: KeyRef,
    /// Who asks.
    pub by: Principal,
    /// The new secret.
    pub secret: Secret,
    /// Now.
    pub now: Timestamp,
    /// For the record.
    pub trail: Trail,
}

/// A deletion.
#[derive(Clone, Debug)]
pub struct Delete {
    /// Where the key is looked for.
    pub within: Reach,
    /// Which key.
    pub key: KeyRef,
    /// Who asks.
    pub by: Principal,
    /// Now.
    pub now: Timestamp,
    /// For the record.
    pub trail: Trail,
}

/// The first company, member and root key of a store.
#[derive(Clone, Debug)]
pub struct FirstKey {
    /// The company's name.
    pub company: String,
    /// The member's name.
    pub member: String,
    /// The root key.
    pub key: RootKey,
}

/// A root key that is made at the machine.
#[derive(Clone, Debug)]
pub struct RootKey {
    /// Its id.
    pub id: KeyId,
    /// Its name.
    pub name: bitting_core::KeyName,
    /// Its secret.
    pub secret: Secret,
    /// Now.
    pub now: Timestamp,
    /// For the record.
    pub trail: Trail,
}

/// Which company, member and key a command at the machine made or used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Initialised {
    /// The company.
    pub company: CompanyId,
    /// The member.
    pub member: MemberId,
    /// The root key.
    pub key: KeyId,
}

/// A key of the origin `feldera` as its surface lists it (F20).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedKey {
    /// Its id.
    pub id: KeyId,
    /// Its name.
    pub name: KeyName,
    /// What it may do.
    pub role: Role,
}

/// A new company. Its id is the store's to assign.
#[derive(Clone, Debug)]
pub struct CompanyCreate {
    /// What it is called.
    pub name: DisplayName,
    /// Its first member, if it is to have one.
    pub first: Option<FirstMember>,
    /// Who makes it; `None` for whoever sits at the machine.
    pub by: Option<Principal>,
    /// Now.
    pub now: Timestamp,
    /// For the record.
    pub trail: Trail,
}

/// The first member of a new company.
#[derive(Clone, Debug)]
pub struct FirstMember {
    /// What it is called.
    pub name: DisplayName,
    /// Its first key.
    pub key: GrantedKey,
}

/// A new member of a company. Its id is the store's to assign.
#[derive(Clone, Debug)]
pub struct MemberCreate {
    /// The company.
    pub company: CompanyId,
    /// What it is called.
    pub name: DisplayName,
    /// Its first key, if it is to have one.
    pub key: Option<GrantedKey>,
    /// Who makes it; `None` for whoever sits at the machine.
    pub by: Option<Principal>,
    /// Now.
    pub now: Timestamp,
    /// For the record.
    pub trail: Trail,
}

/// The first key of a new member, of the origin `keys`.
#[derive(Clone, Debug)]
pub struct GrantedKey {
    /// Its id.
    pub id: KeyId,
    /// Its name.
    pub name: KeyName,
    /// What it may do.
    pub role: Role,
    /// Its secret.
    pub secret: Secret,
}

/// A company that was just made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyMade {
    /// The company.
    pub company: Company,
    /// Its first member, if it was given one.
    pub member: Option<Member>,
}

/// Part of a list that is ordered by ascending ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seek {
    /// Only ids above this one; 0 for all.
    pub after: i64,
    /// At most so many.
    pub limit: usize,
}

/// Whom a login token is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginSeek {
    /// The company that the token names.
    pub company: CompanyId,
    /// Who the token says it is for.
    pub login: Login,
}

/// What is known of whom a login token is for (F61).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginState {
    /// There is no such company, or it is switched off.
    NoCompany,
    /// It was never seen in this company.
    New,
    /// It is this member.
    Known(MemberId),
    /// Its member was switched off or removed.
    Refused,
}

/// A member to make on the first sight of its login token.
#[derive(Clone, Debug)]
pub struct LoginCreate {
    /// Whom for.
    pub seek: LoginSeek,
    /// What the member is called.
    pub name: DisplayName,
    /// Now.
    pub now: Timestamp,
    /// For the record.
    pub trail: Trail,
}

/// A change to a company.
#[derive(Clone, Debug)]
pub struct CompanyUpdate {
    /// Which company.
    pub company: CompanyId,
    /// What to do.
    pub change: CompanyChange,
    /// Who asks.
    pub by: Principal,
    /// Now.
    pub now: Timestamp,
    /// For the record.
    pub trail: Trail,
}

/// A change to a member.
#[derive(Clone, Debug)]
pub struct MemberUpdate {
    /// The company.
    pub company: CompanyId,
    /// Which member.
    pub member: MemberId,
    /// What to do.
    pub change: MemberChange,
    /// Who asks; `None` for whoever sits at the machine.
    pub by: Option<Principal>,
    /// Now.
    pub now: Timestamp,
    /// For the record.
    pub trail: Trail,
}
