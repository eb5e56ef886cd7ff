//! A store with its first company, member and root key.

use std::{path::PathBuf, sync::Arc};

use bitting_core::{
    Clock, Company, Entropy, KeyNumber, Member, Origin,
    query::{Filter, KeyQuery},
    secret::{Digest, MasterKey},
};
use bitting_store::{Create, FirstKey, Options, SqliteStore, Store, StoreError};
use tokio::task::JoinHandle;

use crate::changes::{NOW, at, new_company, new_member, root_key, within};

pub(crate) struct Fixed(pub(crate) u8);

impl Entropy for Fixed {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(self.0);
    }
}

impl Clock for Fixed {
    fn now_millis(&self) -> i64 {
        NOW * 1000
    }
}

pub(crate) struct Fixture {
    pub(crate) directory: tempfile::TempDir,
    pub(crate) store: Arc<SqliteStore>,
}

impl Fixture {
    pub(crate) async fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let store = open(&directory.path().join("bitting.db"), 1).unwrap();
        let first = FirstKey {
            company: "c".into(),
            member: "m".into(),
            key: root_key(0, "root"),
        };
        store.initialise(first).await.unwrap();
        Self {
            directory,
            store: Arc::new(store),
        }
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.directory.path().join("bitting.db")
    }

    /// Changes the database behind the store's back.
    pub(crate) fn execute(&self, sql: &str) {
        let connection = rusqlite::Connection::open(self.database()).unwrap();
        connection.execute_batch(sql).unwrap();
    }

    /// What the first column of a query has, as text.
    pub(crate) fn texts(&self, sql: &str) -> Vec<String> {
        let connection = rusqlite::Connection::open(self.database()).unwrap();
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    /// Every record: what was done, in which request and by whom.
    pub(crate) fn actions(&self) -> Vec<String> {
        self.texts(
            "SELECT action || ' ' || request || ' ' || coalesce(actor_via, '-')
             FROM audit ORDER BY id",
        )
    }

    /// Every record after the first: what was done, in which company, to which member, to how many keys
    /// and by which member.
    pub(crate) fn done(&self) -> Vec<String> {
        self.texts(
            "SELECT action || ' in ' || company || ' to ' || coalesce(member, '-')
                 || ' and ' || (length(keys) / 16) || ' by ' || coalesce(actor_member, '-')
             FROM audit WHERE id > 1 ORDER BY id",
        )
    }

    pub(crate) async fn total(&self, filters: Vec<Filter>, now: i64) -> u64 {
        let query = KeyQuery {
            filters,
            ..KeyQuery::default()
        };
        let list = self.store.list(within(Origin::Ocamba), query, at(now));
        list.await.unwrap().total
    }

    /// A second company with a member that has no key.
    pub(crate) async fn other(&self) -> (Company, Member) {
        let made = self.store.create_company(new_company("other", None)).await;
        let company = made.unwrap().company;
        let member = self.store.create_member(new_member(company.id, None)).await;
        (company, member.unwrap())
    }

    /// Asks for keys, all at once.
    pub(crate) fn spawn_creates(
        &self,
        creates: impl IntoIterator<Item = Create>,
    ) -> Vec<JoinHandle<Result<KeyNumber, StoreError>>> {
        let create = |new| {
            let store = Arc::clone(&self.store);
            tokio::spawn(async move { store.create(new).await })
        };
        creates.into_iter().map(create).collect()
    }

    /// Whether the credential with this secret is there and its owner switched on.
    pub(crate) async fn works(&self, secret: &str) -> bool {
        let found = self.store.credential(Digest::of(secret)).await.unwrap();
        found.is_some_and(|found| found.enabled)
    }
}

pub(crate) fn open(path: &std::path::Path, master: u8) -> Result<SqliteStore, StoreError> {
    let (master, _) = MasterKey::generate(&Fixed(master));
    SqliteStore::open(path, &master, Options::default())
}
