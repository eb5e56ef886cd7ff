//! A whole server inside a test: the real engine, surfaces and store, with a clock and a randomness that the
//! test holds in its hands.

use std::{
    fs,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use bitting_core::{
    Clock as _, CompanyId, MemberChange, MemberId, Role, audit::Trail, secret::MasterKey,
};
use bitting_server::{
    Engine, Running, Seal, Settings,
    login::{LoginSettings, Logins},
    start,
};
use bitting_store::{MemberUpdate, Options, SqliteStore, Store};
use rusqlite::Connection as Database;
use tempfile::TempDir;

use crate::{
    answer::Answer,
    cast::{self, Planted, Seed},
    clock::{HandClock, START},
    connection::Connection,
    entropy::Seeded,
    log::Captured,
    probe::{Probe, Probed},
    request::Request,
};

/// The path of the collection of personal keys.
pub const KEYS: &str = "/v2/ocamba/personal-api-keys";
/// The path of the collection of named keys.
pub const NAMED_KEYS: &str = "/v0/api_keys";
/// The path of the collection of companies.
pub const COMPANIES: &str = "/v1/companies";

/// How a server is set up.
#[derive(Clone, Debug)]
pub struct Setup {
    settings: Settings,
    sealing: bool,
    seed: u64,
    logins: Option<LoginSettings>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            sealing: true,
            seed: 1,
            logins: None,
        }
    }
}

impl Setup {
    /// With origins whose pages may call.
    #[must_use]
    pub fn origins(mut self, origins: &[&str]) -> Self {
        self.settings.cors_origins = origins.iter().map(|&origin| origin.to_owned()).collect();
        self
    }

    /// With rate limits.
    #[must_use]
    pub fn rates(mut self, rates: &str) -> Self {
        self.settings.ocamba_rates = rates.parse().expect("rates");
        self
    }

    /// With another size of pages, and another greatest one.
    #[must_use]
    pub fn pages(mut self, size: u64, max: u64) -> Self {
        self.settings.ocamba_page_size = size;
        self.settings.ocamba_page_max = max;
        self
    }

    /// Without sealed copies of secrets.
    #[must_use]
    pub fn unsealed(mut self) -> Self {
        self.sealing = false;
        self
    }

    /// With login tokens of an issuer.
    #[must_use]
    pub fn logins(mut self, settings: LoginSettings) -> Self {
        self.logins = Some(settings);
        self
    }

    /// Starts the server.
    #[expect(clippy::unused_async, reason = "it must be inside a runtime")]
    pub async fn start(self) -> Server {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let path = directory.path().join("bitting.db");
        let clock = Arc::new(HandClock::at_time(START));
        let entropy = Arc::new(Seeded::new(self.seed));
        let (master, text) = MasterKey::generate(&*entropy);
        let options = Options {
            lookup_threads: 1,
            list_threads: 1,
            ..Options::default()
        };
        let store = SqliteStore::open(&path, &master, options).expect("the store opens");
        let store: Arc<dyn Store> = Arc::new(store);
        let probe = Arc::new(Probe::default());
        let log = Captured::default();
        let engine = Engine {
            store: Arc::new(Probed {
                store: Arc::clone(&store),
                probe: Arc::clone(&probe),
            }),
            clock: Arc::clone(&clock) as _,
            entropy: Arc::clone(&entropy) as _,
            seal: Seal {
                master,
                new: self.sealing,
            },
            logins: self
                .logins
                .map(|settings| Logins::new(settings, Arc::clone(&clock) as _, log.logger())),
            memory: Arc::default(),
            log: log.logger(),
        };
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let running = start(engine, self.settings, any, None).expect("the server starts");
        let server = Server {
            address: running.address(),
            clock,
            entropy,
            log,
            probe,
            store,
            running: Some(running),
            master: MasterKey::parse(&text).expect("as generated"),
            secrets: Mutex::default(),
            directory,
        };
        cast::people(&server.database());
        server
    }
}

/// A running server.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its clock.
    pub clock: Arc<HandClock>,
    /// Its randomness.
    pub entropy: Arc<Seeded>,
    /// Its log.
    pub log: Captured,
    /// What its store is told to do.
    pub probe: Arc<Probe>,
    /// Its store, not probed.
    pub store: Arc<dyn Store>,
    running: Option<Running>,
    master: MasterKey,
    /// Every secret that was planted or answered.
    secrets: Mutex<Vec<String>>,
    directory: TempDir,
}

impl Server {
    /// A server with nothing out of the ordinary.
    pub async fn start() -> Self {
        Setup::default().start().await
    }

    /// A connection of the test's own to the database.
    pub fn database(&self) -> Database {
        let path = self.directory.path().join("bitting.db");
        let database = Database::open(path).expect("the database opens");
        database
            .busy_timeout(std::time::Duration::from_secs(60))
            .expect("a setting");
        database
    }

    /// What is in each file of the data directory now.
    pub fn files(&self) -> Vec<Vec<u8>> {
        let entries = fs::read_dir(self.directory.path()).expect("a directory");
        entries
            // One that is gone by now has nothing in it.
            .filter_map(|entry| fs::read(entry.expect("an entry").path()).ok())
            .collect()
    }

    /// Puts a key into the store; a recoverable one with a sealed copy of its secret, whatever the server is set
    /// to now.
    pub async fn plant(&self, seed: Seed) -> Planted {
        let (create, secret) = seed.mint(&*self.clock, &*self.entropy, &self.master);
        let id = create.key.id;
        let number = self.store.create(create).await.expect("a key is added");
        self.remember(secret.clone());
        Planted { number, id, secret }
    }

    /// Puts a key to act with into the store: its secret.
    pub async fn caller(&self, role: Role) -> String {
        self.plant(Seed::caller(role)).await.secret
    }

    /// Puts a personal key of the member into the store.
    pub async fn personal(&self, name: &str) -> Planted {
        self.plant(Seed::personal(name)).await
    }

    /// Puts a named key of the member's company into the store.
    pub async fn named(&self, name: &str) -> Planted {
        self.plant(Seed::named(name)).await
    }

    /// Does something to a member of the cast as it will be done: through the store, which tells whoever watches.
    pub async fn switch(&self, member: i64, change: MemberChange) {
        let company = cast::company_of(member);
        self.switch_any(company, member, change).await;
    }

    /// The same to any member.
    pub async fn switch_any(&self, company: i64, member: i64, change: MemberChange) {
        let update = MemberUpdate {
            company: CompanyId::new(company).expect("a company's id"),
            member: MemberId::new(member).expect("a member's id"),
            change,
            by: None,
            now: self.clock.now(),
            trail: Trail {
                at_millis: self.clock.now_millis(),
                request: "switch".to_owned(),
                remote: String::new(),
            },
        };
        let done = self.store.update_member(update).await;
        done.expect("the member is changed");
    }

    /// Sends `request` on a connection of its own and waits for the answer.
    pub async fn send(&self, request: &Request) -> Answer {
        let mut connection = Connection::open(self.address).await;
        connection.send(&request.bytes()).await;
        let answer = connection.answer(request.method()).await;
        answer.unwrap_or_else(|| {
            panic!(
                "the server closed the connection without an answer to {} {}",
                request.method(),
                request.target()
            )
        })
    }

    /// Whether `secret` is a good key now (O80).
    pub async fn accepts(&self, secret: &str) -> bool {
        let request = Request::post(format!("{KEYS}/validate")).bearer(secret);
        let answer = self.send(&request).await;
        match answer.status {
            204 => true,
            401 => false,
            _ => panic!("neither 204 nor 401:\n{answer:?}"),
        }
    }

    /// Notes a secret that must never be in the log.
    pub fn remember(&self, secret: String) {
        self.secrets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(secret);
    }

    /// Asserts that the log tells no secret that was planted or remembered.
    pub fn assert_log_tells_no_secret(&self) {
        let log = self.log.text();
        for secret in &*self.secrets.lock().unwrap_or_else(PoisonError::into_inner) {
            assert!(!log.contains(secret.as_str()), "a secret is in the log");
        }
    }

    /// Stops the server and waits until everything is written.
    pub async fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running
                .stop(std::future::pending())
                .await
                .expect("the server stops cleanly");
        }
    }
}
