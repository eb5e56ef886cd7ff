//! The store by itself, in a process of its own: what the server adds is the difference.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use bitting_core::{Clock, Description, KeyDraft, KeyName, Origin, Timestamp};
use bitting_server::SystemClock;
use bitting_store::{Create, Options, SqliteStore, Store};
use serde_json::json;

use super::CONNECTIONS;
use crate::{Failure, keys};

/// More creates a second than any disk that this is run on will do.
const ENOUGH: usize = 25_000;
/// How long the start, which does not count, takes.
const WARM: Duration = Duration::from_secs(1);

/// What the process is told.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[arg(long)]
    data: PathBuf,
    #[arg(long)]
    seconds: u32,
    /// How many changes a commit may carry, if not as the server has it.
    #[arg(long)]
    group: Option<usize>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let per_second = runtime.block_on(measure(arguments))?;
    println!("{}", json!({"per_s": per_second}));
    Ok(())
}

async fn measure(arguments: &Arguments) -> Result<f64, Failure> {
    let mut options = Options::default();
    options.group = arguments.group.unwrap_or(options.group);
    let (_, store, master) = keys::open(&arguments.data, options)?;
    let store = Arc::new(store);
    let (made, _) = keys::initialise(&store).await?;
    let by = keys::principal(made.company, made.member);

    // Made beforehand: keys, secrets and seals are the server's work and not the store's.
    let now = SystemClock.now();
    let seconds = WARM + Duration::from_secs(arguments.seconds.into());
    let count = ENOUGH * usize::try_from(seconds.as_secs())?;
    let mut creates = Vec::with_capacity(count);
    for index in 0..count {
        let draft = draft(index)?;
        creates.push(keys::create(&by, Origin::Ocamba, now, draft, &master)?.0);
    }
    let queue = Arc::new(Mutex::new(creates.into_iter()));

    let done = Arc::new(AtomicU64::new(0));
    let stop = Arc::new(AtomicBool::new(false));
    let mut tasks = Vec::with_capacity(CONNECTIONS);
    for _ in 0..CONNECTIONS {
        let worker = work(
            Arc::clone(&store),
            Arc::clone(&queue),
            Arc::clone(&done),
            Arc::clone(&stop),
        );
        tasks.push(tokio::spawn(worker));
    }
    tokio::time::sleep(WARM).await;
    let (before, started) = (done.load(Ordering::Relaxed), Instant::now());
    tokio::time::sleep(Duration::from_secs(arguments.seconds.into())).await;
    let (after, took) = (done.load(Ordering::Relaxed), started.elapsed());
    stop.store(true, Ordering::Relaxed);
    for task in tasks {
        task.await??;
    }
    store.close().await?;
    if usize::try_from(after)? >= count {
        return Err("the store was faster than the benchmark expects; raise ENOUGH".into());
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of seconds' work")]
    let created = (after - before) as f64;
    Ok(created / took.as_secs_f64())
}

async fn work(
    store: Arc<SqliteStore>,
    queue: Arc<Mutex<std::vec::IntoIter<Create>>>,
    done: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
) -> Result<(), Failure> {
    while !stop.load(Ordering::Relaxed) {
        let next = queue.lock().map_err(|_| "a worker panicked")?.next();
        let Some(create) = next else { break };
        store.create(create).await?;
        done.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}

/// The same keys that are created over HTTP.
fn draft(index: usize) -> Result<KeyDraft, Failure> {
    let rich = index.is_multiple_of(2);
    let description = format!("Used by job {}", index * 104_729 % 1_000_000);
    let day = i64::try_from(index % 28)?;
    let name = KeyName::new(format!("Deployment key {:06}", index * 7_919 % 1_000_000))?;
    Ok(KeyDraft {
        description: rich.then(|| Description::new(description)).transpose()?,
        end: rich
            .then(|| Timestamp::from_seconds(4_070_908_800 + day * 86_400))
            .flatten(),
        recoverable: true,
        ..KeyDraft::new(name)
    })
}
