//! Who is in a test: companies, their members, and keys of any kind.

use bitting_core::{
    AllowedAddresses, CompanyId, Description, Key, KeyId, KeyName, KeyNumber, MemberId, Metadata,
    Origin, Revoked, Role, Scope, Scopes, Timestamp,
    audit::{Action, Record, Trail},
    secret::{MasterKey, Minted},
};
use bitting_core::{Clock, Entropy};
use bitting_store::Create;
use rusqlite::{Connection, params};

use crate::clock::{START, at};

/// A company.
pub const COMPANY: i64 = 6_197_120;
/// A member of it: whoever acts in a test, unless the test says otherwise.
pub const MEMBER: i64 = 10_001;
/// Another member of the same company.
pub const COLLEAGUE: i64 = 10_002;
/// Another company.
pub const OTHER_COMPANY: i64 = 7_000_001;
/// Its member.
pub const STRANGER: i64 = 20_001;

const MEMBERS: [(i64, i64); 3] = [
    (MEMBER, COMPANY),
    (COLLEAGUE, COMPANY),
    (STRANGER, OTHER_COMPANY),
];

/// The company of a member of the cast.
pub(crate) fn company_of(member: i64) -> i64 {
    let found = MEMBERS.iter().find(|(known, _)| *known == member);
    found.expect("a member of the cast").1
}

/// Writes the companies and members into the database: the API cannot make them.
pub(crate) fn people(database: &Connection) {
    let now = at(START).seconds();
    for company in [COMPANY, OTHER_COMPANY] {
        database
            .execute(
                "INSERT INTO company (id, name, created_at) VALUES (?1, 'company', ?2)",
                params![company, now],
            )
            .expect("a company is added");
    }
    for (member, company) in MEMBERS {
        database
            .execute(
                "INSERT INTO member (id, company, name, created_at) VALUES (?1, ?2, 'member', ?3)",
                params![member, company, now],
            )
            .expect("a member is added");
    }
}

/// A key to put into the store, past the API and its rules.
#[derive(Clone, Debug)]
pub struct Seed {
    owner: i64,
    origin: Origin,
    name: String,
    description: Option<String>,
    role: Role,
    start: Timestamp,
    end: Option<Timestamp>,
    created: Timestamp,
    enabled: bool,
    revoked: Option<Timestamp>,
    recoverable: bool,
    scopes: Vec<&'static str>,
    addresses: Vec<&'static str>,
    metadata: &'static str,
}

impl Seed {
    /// A key to act with: of [`MEMBER`], made on Bitting's own API, so that it is in no list of another surface.
    pub fn caller(role: Role) -> Self {
        Self {
            owner: MEMBER,
            origin: Origin::Keys,
            name: format!("{role} caller"),
            description: None,
            role,
            start: at("2024-01-01 00:00:00"),
            end: None,
            created: at("2024-01-01 00:00:00"),
            enabled: true,
            revoked: None,
            recoverable: false,
            scopes: Vec::new(),
            addresses: Vec::new(),
            metadata: "{}",
        }
    }

    /// A personal key of [`MEMBER`], such as `write` makes.
    pub fn personal(name: &str) -> Self {
        Self {
            origin: Origin::Ocamba,
            name: name.to_owned(),
            recoverable: true,
            ..Self::caller(Role::Write)
        }
    }

    /// A named key of the company of [`MEMBER`], such as `write` makes.
    pub fn named(name: &str) -> Self {
        Self {
            origin: Origin::Feldera,
            name: name.to_owned(),
            ..Self::caller(Role::Write)
        }
    }

    /// A key of [`MEMBER`] made on Bitting's own API, such as that makes if nobody says more.
    pub fn own(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::caller(Role::None)
        }
    }

    /// Of another member, and so of its company.
    #[must_use]
    pub fn of(mut self, member: i64) -> Self {
        self.owner = member;
        self
    }

    /// Made on another surface.
    #[must_use]
    pub fn made_on(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    /// With another role.
    #[must_use]
    pub fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    /// With a description.
    #[must_use]
    pub fn description(mut self, text: &str) -> Self {
        self.description = Some(text.to_owned());
        self
    }

    /// With another start.
    #[must_use]
    pub fn start(mut self, time: &str) -> Self {
        self.start = at(time);
        self
    }

    /// With an end.
    #[must_use]
    pub fn end(mut self, time: &str) -> Self {
        self.end = Some(at(time));
        self
    }

    /// Made, and last changed, at another time.
    #[must_use]
    pub fn created(mut self, time: &str) -> Self {
        self.created = at(time);
        self
    }

    /// Switched off.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.enabled = false;
        self
    }

    /// Revoked.
    #[must_use]
    pub fn revoked(mut self) -> Self {
        self.revoked = Some(at("2024-06-01 00:00:00"));
        self
    }

    /// With a sealed copy of its secret.
    #[must_use]
    pub fn recoverable(mut self) -> Self {
        self.recoverable = true;
        self
    }

    /// Good for these.
    #[must_use]
    pub fn scopes(mut self, scopes: &[&'static str]) -> Self {
        self.scopes = scopes.to_vec();
        self
    }

    /// Bound to these addresses.
    #[must_use]
    pub fn addresses(mut self, addresses: &[&'static str]) -> Self {
        self.addresses = addresses.to_vec();
        self
    }

    /// With metadata, which is compact JSON.
    #[must_use]
    pub fn metadata(mut self, json: &'static str) -> Self {
        self.metadata = json;
        self
    }

    /// The key, and its secret.
    pub(crate) fn mint(
        &self,
        clock: &dyn Clock,
        entropy: &dyn Entropy,
        master: &MasterKey,
    ) -> (Create, String) {
        let company = CompanyId::new(company_of(self.owner)).expect("a company's id");
        let owner = MemberId::new(self.owner).expect("a member's id");
        let key = Key {
            id: KeyId::mint(clock, entropy),
            company,
            owner,
            issuer: owner,
            origin: self.origin,
            name: KeyName::new(self.name.clone()).expect("a name"),
            description: self
                .description
                .clone()
                .map(|text| Description::new(text).expect("a description")),
            role: self.role,
            scopes: Scopes::new(
                self.scopes
                    .iter()
                    .map(|scope| Scope::new((*scope).to_owned()).expect("a scope")),
            )
            .expect("scopes"),
            start: self.start,
            end: self.end,
            created: self.created,
            updated: self.created,
            enabled: self.enabled,
            revoked: self.revoked.map(|at| Revoked { at, reason: None }),
            recoverable: self.recoverable,
            metadata: Metadata::new(self.metadata.to_owned()).expect("metadata"),
            addresses: AllowedAddresses::new(
                self.addresses
                    .iter()
                    .map(|block| block.parse().expect("a block of addresses")),
            )
            .expect("addresses"),
            limits: bitting_core::Limits::default(),
            quota: None,
            prefix: None,
        };
        let seal = self.recoverable.then_some((master, company, key.id));
        let minted = Minted::new(&self.origin.format(), clock, entropy, seal);
        let record = Record {
            trail: Trail {
                at_millis: clock.now_millis(),
                request: "seed".to_owned(),
                remote: String::new(),
            },
            action: Action::KeyCreated,
            company,
            actor: None,
            member: None,
            keys: vec![key.id],
        };
        let secret = minted.plain.expose().to_owned();
        let create = Create {
            key,
            secret: minted.stored,
            record,
        };
        (create, secret)
    }
}

/// A key that was put into the store.
#[derive(Clone, Debug)]
pub struct Planted {
    /// Its decimal id.
    pub number: KeyNumber,
    /// Its id on other surfaces.
    pub id: KeyId,
    /// Its secret.
    pub secret: String,
}
