//! Login tokens from end to end (`server/api/contracts/feldera.md`, F60 to F62): what every surface answers to
//! what an issuer signed, and to what it did not. Tests are named after the rules.
//!
//! Every test ends with a look at the log, which must tell no token that the test presented ([`Scene`]).

mod algorithms;
mod audience;
mod caching;
mod companies;
mod forgeries;
mod headers;
mod key_set;
mod keys_made;
mod kinds;
mod members;
mod outages;
mod provider;
mod refetches;
mod roles;
mod shapes;
mod subjects;
mod surfaces;
mod times;

use std::{sync::LazyLock, thread, time::Duration};

use bitting_core::{Clock, CompanyId, Login, MemberId};
use bitting_store::{LoginSeek, LoginState};
use bitting_tests::{
    Answer, Request, Server, Setup, Switch,
    cast::COMPANY,
    issuer::{Algorithm, Claims, Issuer, Signer},
};

use surfaces::{Door, assert_dialect};

/// Within this what takes seconds has happened, on a machine that is busy.
const SOON: Duration = Duration::from_secs(30);

/// Waits for what happens soon unless something is broken.
async fn soon<T>(work: impl Future<Output = T>) -> T {
    let done = tokio::time::timeout(SOON, work).await;
    done.expect("what the test waits for does not happen")
}

/// A key of each kind, made once: an RSA key takes long.
static KEYS: LazyLock<[Signer; 3]> = LazyLock::new(|| {
    [
        Signer::new(Algorithm::Rs256, "rsa"),
        Signer::new(Algorithm::Es256, "ec"),
        Signer::new(Algorithm::EdDsa, "ed"),
    ]
});

/// The published key of this kind.
fn key(algorithm: Algorithm) -> &'static Signer {
    let found = KEYS.iter().find(|key| key.algorithm() == algorithm);
    found.expect("there is one of each")
}

/// The published key that signs what is not about signatures.
fn signer() -> &'static Signer {
    key(Algorithm::Es256)
}

/// A server, and the issuer whose tokens it takes. When it goes, the log has told nothing of any token.
struct Scene {
    server: Server,
    issuer: Issuer,
}

impl Scene {
    /// With an issuer that publishes [`KEYS`].
    async fn start() -> Self {
        let issuer = Issuer::start(&KEYS.each_ref()).await;
        Self::with(issuer).await
    }

    /// With an issuer of the test's own.
    async fn with(issuer: Issuer) -> Self {
        let server = Setup::default().logins(issuer.settings()).start().await;
        Self { server, issuer }
    }

    /// Now, as the server has it, in seconds.
    fn now(&self) -> i64 {
        self.server.clock.now_millis() / 1_000
    }

    /// The claims of a token that is good on every surface.
    fn claims(&self) -> Claims {
        self.issuer.claims(self.now())
    }

    /// A token that is good on every surface.
    fn token(&self) -> String {
        signer().token(&self.claims())
    }

    /// Sends `request` with `token`, which must never be logged.
    async fn send(&self, request: Request, token: &str) -> Answer {
        self.remember(token);
        self.server.send(&request.bearer(token)).await
    }

    /// What `door` answers to `token`, in its own dialect.
    async fn at(&self, door: Door, token: &str) -> Answer {
        let answer = self.send(door.request(), token).await;
        assert_dialect(door, &answer);
        answer
    }

    /// The status with which every surface answers `token`, each in its own dialect.
    async fn status(&self, token: &str) -> u16 {
        let mut statuses = Vec::new();
        for door in Door::ALL {
            statuses.push((door, self.at(door, token).await.status));
        }
        let status = statuses[0].1;
        assert!(
            statuses.iter().all(|&(_, other)| other == status),
            "surfaces disagree: {statuses:?}"
        );
        status
    }

    /// Asserts the status with which every surface answers each of these tokens.
    async fn expect(&self, status: u16, tokens: impl IntoIterator<Item = (String, String)>) {
        for (what, token) in tokens {
            assert_eq!(self.status(&token).await, status, "{what}");
        }
    }

    /// Has the log checked for a token, for what it says and for its signature.
    fn remember(&self, token: &str) {
        // What is shorter may be anywhere by accident.
        const TELLING: usize = 16;
        let mut pieces = vec![token];
        pieces.extend(token.split('.').skip(1));
        for piece in pieces.into_iter().filter(|piece| piece.len() >= TELLING) {
            self.server.remember(piece.to_owned());
        }
    }

    /// Whom the store knows a subject of [`COMPANY`] as.
    async fn login(&self, subject: &str) -> LoginState {
        self.login_in(COMPANY, subject).await
    }

    /// Whom the store knows a subject of a company as.
    async fn login_in(&self, company: i64, subject: &str) -> LoginState {
        let seek = LoginSeek {
            company: CompanyId::new(company).expect("an id"),
            login: Login {
                issuer: self.issuer.url(),
                subject: subject.to_owned(),
            },
        };
        self.server
            .store
            .login(seek)
            .await
            .expect("the store answers")
    }

    /// The member that a subject of [`COMPANY`] became.
    async fn member(&self, subject: &str) -> MemberId {
        match self.login(subject).await {
            LoginState::Known(member) => member,
            other => panic!("{subject} is no member: {other:?}"),
        }
    }

    /// Changes a member of [`COMPANY`], as somebody at the machine would.
    async fn change(&self, member: MemberId, change: Switch) {
        self.server.switch_any(COMPANY, member.get(), change).await;
    }

    /// A number out of the database.
    fn count(&self, sql: &str) -> i64 {
        let database = self.server.database();
        let counted = database.query_row(sql, [], |row| row.get(0));
        counted.expect("a number")
    }

    /// How many members tokens have made.
    fn members_made(&self) -> i64 {
        self.count("SELECT count(*) FROM login")
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        if !thread::panicking() {
            self.server.assert_log_tells_no_secret();
        }
    }
}

/// A case of a table.
fn case(what: &str, token: String) -> (String, String) {
    (what.to_owned(), token)
}
