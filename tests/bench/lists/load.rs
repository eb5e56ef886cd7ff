//! Making a store to list, through the store's own interface.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use bitting_core::{
    Clock, Description, KeyDraft, KeyName, MemberId, Origin, Principal, Role, Timestamp,
    secret::MasterKey,
};
use bitting_server::SystemClock;
use bitting_store::{Options, SqliteStore, Store};
use serde_json::{Value, json};

use super::shape::Shape;
use crate::{Failure, keys};

/// How many creates are under way at a time: enough to fill every commit.
const TASKS: usize = 512;
/// How many keys the member with few has.
pub(super) const SMALL: u64 = 20;
/// They are the first of a member that has so many, in every store the same.
const LIKE: u64 = 100_000;
/// The secret of the member with few keys.
pub(super) const SMALL_TOKEN: &str = "small.key";
/// The secret of the member with many.
pub(super) const LARGE_TOKEN: &str = "root.key";
/// Written last: a store without it was not made whole.
const FACTS: &str = "facts.json";

/// What the process is told.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[arg(long)]
    data: PathBuf,
    #[arg(long)]
    size: u64,
}

/// What is known of a store that is there.
pub(super) fn read(directory: &Path) -> Option<Shape> {
    let text = fs::read(directory.join(FACTS)).ok()?;
    let facts: Value = serde_json::from_slice(&text).ok()?;
    Some(Shape {
        size: facts["size"].as_u64()?,
        now: facts["now"].as_i64()?,
        first: facts["first"].as_i64()?,
    })
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(load(arguments))
}

async fn load(arguments: &Arguments) -> Result<(), Failure> {
    let started = Instant::now();
    let (directory, store, master) = keys::open(&arguments.data, Options::default())?;
    let (store, master) = (Arc::new(store), Arc::new(master));
    let (made, root) = keys::initialise(&store).await?;
    directory.write_private(LARGE_TOKEN, root.expose())?;
    let large = keys::principal(made.company, made.member);

    let member = add_member(&directory.database())?;
    let small = keys::principal(made.company, member);
    let login = draft("login".to_owned(), None, None, None, Some(Role::Write))?;
    let now = SystemClock.now();
    let (create, secret) = keys::create(&small, Origin::Keys, now, login, &master)?;
    store.create(create).await?;
    directory.write_private(SMALL_TOKEN, secret.expose())?;

    // The few come first, so that the ids of the many have no gaps.
    let mut shape = Shape {
        size: arguments.size,
        now: now.seconds(),
        first: 0,
    };
    fill(
        &store,
        &small,
        &master,
        Shape {
            size: LIKE,
            ..shape
        },
        SMALL,
    )
    .await?;
    shape.first = fill(&store, &large, &master, shape, shape.size).await?;
    store.close().await?;
    let facts = json!({"size": shape.size, "now": shape.now, "first": shape.first});
    fs::write(arguments.data.join(FACTS), facts.to_string())?;
    eprintln!(
        "bench: loaded {} keys in {:.0} s",
        shape.size,
        started.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Makes the first `count` keys of `shape` for `by`; the least decimal id among them.
async fn fill(
    store: &Arc<SqliteStore>,
    by: &Principal,
    master: &Arc<MasterKey>,
    shape: Shape,
    count: u64,
) -> Result<i64, Failure> {
    let next = Arc::new(AtomicU64::new(0));
    let tasks: Vec<_> = (0..TASKS)
        .map(|_| {
            let (store, by, master) = (Arc::clone(store), by.clone(), Arc::clone(master));
            let next = Arc::clone(&next);
            tokio::spawn(async move {
                let mut least = i64::MAX;
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count {
                        return Ok::<_, Failure>(least);
                    }
                    let facts = shape.facts(index);
                    let draft = draft(
                        facts.name,
                        facts.description,
                        Timestamp::from_seconds(facts.start),
                        facts.end.and_then(Timestamp::from_seconds),
                        None,
                    )?;
                    let created = Timestamp::from_seconds(facts.created).unwrap_or(Timestamp::MAX);
                    let (create, _) = keys::create(&by, Origin::Ocamba, created, draft, &master)?;
                    least = least.min(store.create(create).await?.get());
                }
            })
        })
        .collect();
    let mut least = i64::MAX;
    for task in tasks {
        least = least.min(task.await??);
    }
    Ok(least)
}

fn draft(
    name: String,
    description: Option<String>,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
    role: Option<Role>,
) -> Result<KeyDraft, Failure> {
    Ok(KeyDraft {
        description: description.map(Description::new).transpose()?,
        start,
        end,
        role,
        recoverable: true,
        ..KeyDraft::new(KeyName::new(name)?)
    })
}

/// A second member of the first company. The store has no way to make one yet.
fn add_member(path: &Path) -> Result<MemberId, Failure> {
    let connection = rusqlite::Connection::open(path)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.execute(
        "INSERT INTO member (company, name, created_at) VALUES (1, 'Few keys', 0)",
        [],
    )?;
    MemberId::new(connection.last_insert_rowid()).ok_or_else(|| "the member has no id".into())
}
