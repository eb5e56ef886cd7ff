//! A whole server inside a test: the real engine, surfaces and store, with a clock and a randomness that the
//! test holds in its hands.

use std::{
    fs,
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bitting_core::{
    Clock, CompanyId, DisplayName, MemberChange, MemberId, Role, TenantSettings,
    audit::Trail,
    secret::{Digest, MasterKey},
};
use bitting_server::{
    CACHE_BYTES, Engine, Memory, Proxies, Running, Seal, Settings,
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

const DATABASE: &str = "bitting.db";
/// When a server that does not fill its memory is said to hang. No test waits for it unless something is broken.
const HANGS: Duration = Duration::from_secs(60);

/// How a server is set up.
#[derive(Clone, Debug)]
pub struct Setup {
    settings: Settings,
    sealing: bool,
    seed: u64,
    cache_bytes: usize,
    logins: Option<LoginSettings>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            sealing: true,
            seed: 1,
            cache_bytes: CACHE_BYTES,
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

    /// With the page that shows the documents, or without it.
    #[must_use]
    pub fn docs(mut self, docs: bool) -> Self {
        self.settings.docs = docs;
        self
    }

    /// With proxies whose word about where a request came from is taken.
    #[must_use]
    pub fn proxies(mut self, blocks: &[&str]) -> Self {
        let blocks = blocks.iter().map(|block| block.parse().expect("a block"));
        self.settings.trusted_proxies = Proxies::new(blocks.collect());
        self
    }

    /// With login tokens of an issuer.
    #[must_use]
    pub fn logins(mut self, settings: LoginSettings) -> Self {
        self.logins = Some(settings);
        self
    }

    /// With so many bytes for keys that are remembered, however few the binary would take.
    #[must_use]
    pub fn cache(mut self, bytes: usize) -> Self {
        self.cache_bytes = bytes;
        self
    }

    /// Starts the server.
    pub async fn start(self) -> Server {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let entropy = Arc::new(Seeded::new(self.seed));
        let (_, master) = MasterKey::generate(&*entropy);
        let parts = Parts {
            clock: Arc::new(HandClock::at_time(START)),
            entropy,
            log: Captured::default(),
            probe: Arc::default(),
            master: master.to_string(),
        };
        let (store, running) = parts.serve(&self, directory.path());
        let server = Server {
            address: running.address(),
            clock: Arc::clone(&parts.clock),
            entropy: Arc::clone(&parts.entropy),
            log: parts.log.clone(),
            probe: Arc::clone(&parts.probe),
            store,
            running: Some(running),
            parts,
            setup: self,
            starts: 1,
            secrets: Mutex::default(),
            directory,
        };
        cast::people(&server.database());
        // Whether a key that is planted meanwhile is remembered would be chance.
        server.filled().await;
        server
    }
}

/// What a server keeps when it is started again.
struct Parts {
    clock: Arc<HandClock>,
    entropy: Arc<Seeded>,
    log: Captured,
    probe: Arc<Probe>,
    master: String,
}

impl Parts {
    fn master(&self) -> MasterKey {
        MasterKey::parse(&self.master).expect("as generated")
    }

    fn serve(&self, setup: &Setup, directory: &Path) -> (Arc<dyn Store>, Running) {
        let options = Options {
            lookup_threads: 1,
            list_threads: 1,
            ..Options::default()
        };
        let path = directory.join(DATABASE);
        let store = SqliteStore::open(&path, &self.master(), options).expect("the store opens");
        let store: Arc<dyn Store> = Arc::new(store);
        let clock: Arc<dyn Clock> = Arc::clone(&self.clock) as _;
        let log = self.log.logger();
        let logins = setup.logins.clone();
        let engine = Engine {
            store: Arc::new(Probed {
                store: Arc::clone(&store),
                probe: Arc::clone(&self.probe),
            }),
            entropy: Arc::clone(&self.entropy) as _,
            seal: Seal {
                master: Arc::new(self.master()),
                new: setup.sealing,
            },
            logins: logins.map(|logins| Logins::new(logins, Arc::clone(&clock), log.clone())),
            clock,
            memory: Arc::new(Memory::new(setup.cache_bytes)),
            log,
        };
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let running = start(engine, setup.settings.clone(), any, None).expect("the server starts");
        (store, running)
    }
}

/// What is done to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// It is switched on.
    Enable,
    /// It is switched off.
    Disable,
    /// It is removed.
    Remove,
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
    parts: Parts,
    setup: Setup,
    starts: usize,
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
        let path = self.directory.path().join(DATABASE);
        let database = Database::open(path).expect("the database opens");
        database
            .busy_timeout(Duration::from_secs(60))
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
        let (create, secret) = seed.mint(&*self.clock, &*self.entropy, &self.parts.master());
        let id = create.key.id;
        let number = self.store.create(create).await.expect("a key is added");
        self.remember(secret.clone());
        Planted { number, id, secret }
    }

    /// Puts a key into the store whose secret is `text`, which no surface would ever make.
    pub async fn plant_called(&self, seed: Seed, text: &str) {
        let (mut create, _) = seed.mint(&*self.clock, &*self.entropy, &self.parts.master());
        create.secret.digest = Digest::of(text);
        self.store.create(create).await.expect("a key is added");
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

    /// Does something to a member of the cast past the API: through the store, which tells whoever watches.
    pub async fn switch(&self, member: i64, change: Switch) {
        let company = cast::company_of(member);
        self.switch_any(company, member, change).await;
    }

    /// The same to any member.
    pub async fn switch_any(&self, company: i64, member: i64, change: Switch) {
        let settings = |enabled| {
            let name = DisplayName::new("member".to_owned()).expect("a name");
            MemberChange::Settings(TenantSettings { name, enabled })
        };
        let change = match change {
            Switch::Enable => settings(true),
            Switch::Disable => settings(false),
            Switch::Remove => MemberChange::Remove { new_owner: None },
        };
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

    /// Stops the server, if it runs, and starts another on the same data, with the same clock, log and probe.
    pub async fn restart(&mut self) {
        self.stop().await;
        let (store, running) = self.parts.serve(&self.setup, self.directory.path());
        self.store = store;
        self.address = running.address();
        self.running = Some(running);
        self.starts += 1;
    }

    /// Waits until the server has walked through the keys that were there when it was started.
    pub async fn filled(&self) {
        let walks = || self.log.text().matches("keys in memory").count();
        let filled = async {
            while walks() < self.starts {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        let filled = tokio::time::timeout(HANGS, filled).await;
        filled.expect("the memory is filled");
    }
}
