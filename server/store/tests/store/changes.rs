//! Changes to make to a store.

use bitting_core::{
    AllowedAddresses, Collection, CompanyId, DisplayName, Key, KeyId, KeyName, Login, Member,
    MemberChange, MemberId, Metadata, Origin, Principal, Reach, Role, Scopes, SecretId,
    TenantSettings, Timestamp, Via,
    audit::{Action, Record, Trail},
    secret::{Digest, Secret},
};
use bitting_store::{
    Changed, CompanyCreate, Create, FirstMember, GrantedKey, LoginCreate, LoginSeek, MemberCreate,
    MemberUpdate, RootKey,
};
use uuid::Uuid;

pub(crate) const NOW: i64 = 1_000_000;

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds).unwrap()
}

pub(crate) fn trail() -> Trail {
    Trail {
        at_millis: 7,
        request: "r".into(),
        remote: "127.0.0.1".into(),
    }
}

pub(crate) fn company(id: i64) -> CompanyId {
    CompanyId::new(id).unwrap()
}

pub(crate) fn member(id: i64) -> MemberId {
    MemberId::new(id).unwrap()
}

/// The member and the key that every store begins with.
pub(crate) fn root() -> Principal {
    Principal {
        company: company(1),
        member: member(1),
        role: Role::Root,
        scopes: Scopes::default(),
        via: Via::Key(KeyId(Uuid::from_u128(0))),
    }
}

/// An admin of the first company.
pub(crate) fn admin() -> Principal {
    Principal {
        role: Role::Admin,
        ..root()
    }
}

pub(crate) fn within(origin: Origin) -> Collection {
    Collection {
        company: root().company,
        owner: root().member,
        origin,
    }
}

/// The named keys of a company.
pub(crate) fn named(company: CompanyId) -> Reach {
    Reach {
        company: Some(company),
        owner: None,
        origin: Some(Origin::Feldera),
    }
}

pub(crate) fn secret(text: &str) -> Secret {
    Secret {
        id: SecretId(Uuid::from_u128(1)),
        digest: Digest::of(text),
        hint: String::new(),
        created: at(NOW),
        retires: None,
        sealed: None,
    }
}

pub(crate) fn create(index: u128, digest: &str) -> Create {
    let key = Key {
        id: KeyId(Uuid::from_u128(index)),
        company: root().company,
        owner: root().member,
        issuer: root().member,
        origin: Origin::Ocamba,
        name: KeyName::new(format!("key {index}")).unwrap(),
        description: None,
        role: Role::Write,
        scopes: Scopes::default(),
        start: at(NOW),
        end: Some(at(NOW + 60)),
        created: at(NOW),
        updated: at(NOW),
        enabled: true,
        revoked: None,
        recoverable: false,
        metadata: Metadata::default(),
        addresses: AllowedAddresses::default(),
        limits: bitting_core::Limits::default(),
        quota: None,
        prefix: None,
    };
    let record = Record {
        trail: trail(),
        action: Action::KeyCreated,
        company: key.company,
        actor: Some(root()),
        member: None,
        keys: vec![key.id],
    };
    Create {
        key,
        secret: secret(digest),
        record,
    }
}

/// A key of the origin `feldera`, of the first member. Its secret is its index.
pub(crate) fn create_named(index: u128, name: &str) -> Create {
    let mut new = create(index, &index.to_string());
    new.key.origin = Origin::Feldera;
    new.key.name = KeyName::plain(name.into()).unwrap();
    new.key.end = None;
    new
}

pub(crate) fn root_key(index: u128, name: &str) -> RootKey {
    RootKey {
        id: KeyId(Uuid::from_u128(index)),
        name: KeyName::new(name.into()).unwrap(),
        secret: secret(name),
        now: at(NOW),
        trail: trail(),
    }
}

pub(crate) fn display(name: &str) -> DisplayName {
    DisplayName::new(name.into()).unwrap()
}

/// The first key of a member. Its secret is its index.
pub(crate) fn granted(index: u128, role: Role) -> GrantedKey {
    GrantedKey {
        id: KeyId(Uuid::from_u128(index)),
        name: KeyName::new("first".into()).unwrap(),
        role,
        secret: secret(&index.to_string()),
    }
}

pub(crate) fn new_company(name: &str, key: Option<GrantedKey>) -> CompanyCreate {
    CompanyCreate {
        name: display(name),
        first: key.map(|key| FirstMember {
            name: display("first"),
            key,
        }),
        by: Some(root()),
        now: at(NOW),
        trail: trail(),
    }
}

pub(crate) fn new_member(company: CompanyId, key: Option<GrantedKey>) -> MemberCreate {
    MemberCreate {
        company,
        name: display("member"),
        key,
        by: Some(root()),
        now: at(NOW),
        trail: trail(),
    }
}

/// What is done to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    Enable,
    Disable,
    Remove,
}

pub(crate) fn change(member: &Member, wish: Wish) -> MemberUpdate {
    let settings = |enabled| {
        MemberChange::Settings(TenantSettings {
            name: member.name.clone(),
            enabled,
        })
    };
    let change = match wish {
        Wish::Enable => settings(true),
        Wish::Disable => settings(false),
        Wish::Remove => MemberChange::Remove { new_owner: None },
    };
    MemberUpdate {
        company: member.company,
        member: member.id,
        change,
        by: Some(root()),
        now: at(NOW),
        trail: trail(),
    }
}

pub(crate) fn seek(company: CompanyId, subject: &str) -> LoginSeek {
    LoginSeek {
        company,
        login: Login {
            issuer: "https://issuer".into(),
            subject: subject.into(),
        },
    }
}

pub(crate) fn new_login(company: CompanyId, subject: &str) -> LoginCreate {
    LoginCreate {
        seek: seek(company, subject),
        name: display(subject),
        now: at(NOW),
        trail: trail(),
    }
}

/// What the watch is told of secrets.
pub(crate) fn secrets(texts: &[&str]) -> Changed {
    Changed {
        secrets: texts.iter().map(|text| Digest::of(text)).collect(),
        people: false,
    }
}

/// Nothing but that secrets were used.
pub(crate) fn only(secrets: Vec<bitting_store::Use>) -> bitting_store::Uses {
    bitting_store::Uses {
        secrets,
        ..bitting_store::Uses::default()
    }
}
