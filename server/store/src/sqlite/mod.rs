//! The embedded store: SQLite in WAL mode, one writer thread that commits groups, and threads that read.

mod audit;
mod bind;
mod bulk;
mod candidates;
mod connection;
mod credential;
#[cfg(test)]
mod explain;
mod find;
mod migrate;
mod named;
mod once;
mod page;
mod reader;
mod row;
mod runs;
mod secrets;
mod store;
mod tenant;
mod usage;
mod write;
mod writer;

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use bitting_core::{Collection, Timestamp, query::KeyQuery, secret::MasterKey};

use self::{
    connection::Cache,
    reader::Readers,
    writer::{Watcher, Writer},
};
use crate::{KeyList, StoreError, Tuning, directory::touch_private};

/// How a store is opened.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How many changes one commit may carry. 1 gives each its own, which exists to be measured against.
    pub group: usize,
    /// How many threads answer look-ups by digest or id.
    pub lookup_threads: usize,
    /// How many threads answer lists of every kind, apart from the look-ups so that these never wait for those.
    pub list_threads: usize,
    /// Which ways lists take at which sizes.
    pub tuning: Tuning,
}

impl Default for Options {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            group: 256,
            lookup_threads: 2,
            list_threads: cores.max(2),
            tuning: Tuning::default(),
        }
    }
}

/// The page cache of a thread that looks keys up.
const LOOKUP_CACHE: Cache = Cache::mib(16);
/// The page cache of a thread that goes through everything once.
const WALK_CACHE: Cache = Cache::mib(2);
/// The page caches of the threads that list, together.
const LIST_CACHES: Cache = Cache::mib(128);

/// The embedded store.
pub struct SqliteStore {
    writer: Arc<Writer>,
    watcher: Watcher,
    /// Whether phases are being brought up to date in the background.
    refreshing: Arc<AtomicBool>,
    lookups: Readers,
    lists: Readers,
    /// For walks through everything: apart, so that these neither hold up a list nor leave a page of all that they
    /// went through in memory.
    walks: Readers,
    tuning: Tuning,
    /// Whether there may be secrets that are known by foreign digests.
    foreign: AtomicBool,
}

impl SqliteStore {
    /// Opens the database at `path`, making or migrating it first, and checks that sealed secrets in it were
    /// sealed under `master`.
    pub fn open(path: &Path, master: &MasterKey, options: Options) -> Result<Self, StoreError> {
        touch_private(path)?;
        let mut connection = connection::open(path, LOOKUP_CACHE)?;
        bulk::finish(&connection)?;
        migrate::migrate(&mut connection, path)?;
        check_master_key(&connection, master)?;
        let foreign = credential::has_foreign(&connection)?;
        drop(connection);
        let watcher = Watcher::default();
        Ok(Self {
            writer: Arc::new(Writer::start(path, options.group, watcher.clone())?),
            watcher,
            refreshing: Arc::default(),
            lookups: Readers::start("lookup", path, options.lookup_threads, LOOKUP_CACHE)?,
            lists: Readers::start(
                "list",
                path,
                options.list_threads,
                LIST_CACHES.split(options.list_threads),
            )?,
            walks: Readers::start("walk", path, 1, WALK_CACHE)?,
            tuning: options.tuning,
            foreign: AtomicBool::new(foreign),
        })
    }

    /// Brings phases of a collection up to date: one batch now, and the rest, if there are more, behind the
    /// caller's back, batch by batch, so that other changes come in between.
    async fn refresh(&self, within: Collection, now: Timestamp) -> Result<(), StoreError> {
        let refresh = move |writer: Arc<Writer>| async move {
            writer
                .run(move |transaction| write::phase::refresh(transaction, within, now))
                .await
        };
        let more = refresh(Arc::clone(&self.writer)).await?;
        if more && !self.refreshing.swap(true, Ordering::AcqRel) {
            let (writer, refreshing) = (Arc::clone(&self.writer), Arc::clone(&self.refreshing));
            tokio::spawn(async move {
                while let Ok(true) = refresh(Arc::clone(&writer)).await {}
                refreshing.store(false, Ordering::Release);
            });
        }
        Ok(())
    }

    /// Like [`Store::list`](crate::Store::list), with every phase derived: right whatever is stored, at the
    /// price of a scan.
    async fn derived(
        &self,
        within: Collection,
        query: &Arc<KeyQuery>,
        now: Timestamp,
    ) -> Result<KeyList, StoreError> {
        match self.find(within, query, now, find::Phases::Derived).await? {
            find::Answer::List(list) => Ok(list),
            find::Answer::Stale => Err(StoreError::Corrupt { column: "phase" }),
        }
    }

    /// Like [`Store::list`](crate::Store::list), once, without bringing stored phases up to date.
    async fn find(
        &self,
        within: Collection,
        query: &Arc<KeyQuery>,
        now: Timestamp,
        phases: find::Phases,
    ) -> Result<find::Answer, StoreError> {
        let (query, tuning) = (Arc::clone(query), self.tuning);
        self.lists
            .run(move |connection| find::list(connection, within, &query, now, phases, tuning))
            .await
    }
}

/// Refuses a master key that cannot open what is sealed, and remembers the one that seals from now on.
fn check_master_key(
    connection: &rusqlite::Connection,
    master: &MasterKey,
) -> Result<(), StoreError> {
    const NAME: &str = "master_key_id";
    let expected: Option<String> = rusqlite::OptionalExtension::optional(connection.query_row(
        "SELECT value FROM setting WHERE name = ?1",
        [NAME],
        |row| row.get(0),
    ))?;
    let given = master.id();
    match expected {
        Some(expected) if expected != given => {
            let sealed: bool = connection.query_row(
                "SELECT EXISTS (SELECT 1 FROM secret WHERE sealed IS NOT NULL)
                 OR EXISTS (SELECT 1 FROM once WHERE answer IS NOT NULL)",
                [],
                |row| row.get(0),
            )?;
            if sealed {
                return Err(StoreError::MasterKey { expected, given });
            }
        }
        Some(_) => return Ok(()),
        None => {}
    }
    connection.execute(
        "INSERT INTO setting (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [NAME, &given],
    )?;
    Ok(())
}
