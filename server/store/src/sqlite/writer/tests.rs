//! What the watch is told where a change or its commit fails.
#![allow(clippy::unwrap_used, clippy::panic)]

use bitting_core::{CompanyId, DisplayName, MemberChange, MemberId, TenantSettings, Timestamp};
use tempfile::TempDir;

use super::*;
use crate::{Changed, MemberUpdate, Watch, sqlite::migrate};

#[derive(Default)]
struct Told(Mutex<Vec<Changed>>);

impl Watch for Told {
    fn committed(&self, changed: &Changed) {
        self.0.lock().unwrap().push(changed.clone());
    }
}

/// A writer to a database that has one member.
fn start() -> (TempDir, Writer, Arc<Told>) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("bitting.db");
    let mut connection = connection::open(&path, CACHE).unwrap();
    migrate::migrate(&mut connection, &path).unwrap();
    connection
        .execute_batch(
            "INSERT INTO company (name, created_at) VALUES ('c', 1);
             INSERT INTO member (company, name, created_at) VALUES (1, 'm', 1);",
        )
        .unwrap();
    let told = Arc::new(Told::default());
    let watcher = Watcher::default();
    watcher.set(Arc::clone(&told) as Arc<dyn Watch>);
    let writer = Writer::start(&path, 1, watcher).unwrap();
    (directory, writer, told)
}

fn switch_off(transaction: &mut Transaction<'_>) -> Result<(), StoreError> {
    let change = MemberChange::Settings(TenantSettings {
        name: DisplayName::new("m".to_owned()).unwrap(),
        enabled: false,
    });
    let update = MemberUpdate {
        company: CompanyId::new(1).unwrap(),
        member: MemberId::new(1).unwrap(),
        change,
        by: None,
        now: Timestamp::MIN,
        trail: audit::Trail {
            at_millis: 0,
            request: String::new(),
            remote: String::new(),
        },
    };
    write::member::update(transaction, &update).map(drop)
}

async fn is_enabled(writer: &Writer) -> bool {
    let read = |transaction: &mut Transaction<'_>| {
        Ok(transaction.query_row("SELECT enabled FROM member", [], |row| row.get(0))?)
    };
    writer.run(read).await.unwrap()
}

#[tokio::test]
async fn a_commit_that_fails_is_told_of_as_if_it_had_not() {
    let (_directory, writer, told) = start();
    let result = writer
        .run(|transaction| {
            switch_off(transaction)?;
            // What is wrong is found when the transaction is committed.
            transaction.pragma_update(None, "defer_foreign_keys", true)?;
            transaction.execute("INSERT INTO login VALUES (9, 'i', 's', NULL)", [])?;
            Ok(())
        })
        .await;
    assert!(
        matches!(result, Err(StoreError::NotDurable(_))),
        "{result:?}"
    );
    let people = Changed {
        secrets: Vec::new(),
        people: true,
    };
    assert_eq!(*told.0.lock().unwrap(), [people]);
    assert!(is_enabled(&writer).await);
    writer.run(switch_off).await.unwrap();
    assert!(!is_enabled(&writer).await);
}

#[tokio::test]
async fn a_change_that_panics_is_undone_and_not_told_of() {
    let (_directory, writer, told) = start();
    let result: Result<(), _> = writer
        .run(|transaction| {
            switch_off(transaction)?;
            panic!("as the test wants it");
        })
        .await;
    assert!(
        matches!(result, Err(StoreError::NotDurable(_))),
        "{result:?}"
    );
    assert!(is_enabled(&writer).await);
    assert_eq!(*told.0.lock().unwrap(), []);
}
