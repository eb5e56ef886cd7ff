//! A store full of keys whose secrets can be made again.

use std::{
    fs::OpenOptions,
    io::{BufWriter, Write},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    sync::mpsc::{self, SyncSender},
    thread,
    time::Instant,
};

use bitting_core::{Clock, Key, KeyDraft, KeyName, Origin, Principal, secret::Secret};
use bitting_server::SystemClock;
use bitting_store::{Options, SqliteStore, Store};

use super::secrets::KEYS;
use crate::{Failure, keys};

/// How many secrets are written down at most.
const SAMPLED: u64 = 20_000;
/// How many keys are told of at a time.
const STEP: u64 = 1_000_000;
/// How many keys are made at a time, and how many times that are made ahead of the store.
const AT_ONCE: u64 = 20_000;
const AHEAD: usize = 2;
/// Where the server keeps the secret of its root key.
const ROOT_KEY: &str = "root.key";

/// What the command is told.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The data directory of a store that is to be made.
    #[arg(long)]
    data: PathBuf,
    /// How many keys it is to have, besides the root key.
    #[arg(long)]
    keys: u64,
    /// A file for secrets, one a line: of the root key, then of up to 20,000 keys, spread over all.
    #[arg(long)]
    sample: PathBuf,
}

/// The keys whose secrets are written down.
pub(super) fn sampled(size: u64) -> impl ExactSizeIterator<Item = u64> {
    let count = usize::try_from(size.min(SAMPLED)).unwrap_or_default();
    (0..count).map(move |nth| nth as u64 * size / count as u64)
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(seed(arguments))
}

async fn seed(arguments: &Arguments) -> Result<(), Failure> {
    let started = Instant::now();
    let (directory, store, _) = keys::open(&arguments.data, Options::default())?;
    let _lock = directory.lock()?;
    if store.is_initialised().await? {
        let path = arguments.data.display();
        return Err(format!("{path} has a store already; name an empty directory").into());
    }
    let (made, root) = keys::initialise(&store).await?;
    directory.write_private(ROOT_KEY, root.expose())?;
    let by = keys::principal(made.company, made.member);
    store.close().await?;
    drop(store);
    fill(&directory.database(), &by, arguments.keys)?;
    // Last: a store whose sample is there was made whole.
    write_sample(&arguments.sample, root.expose(), arguments.keys)?;
    let seconds = started.elapsed().as_secs_f64();
    eprintln!("bench: made {} keys in {seconds:.0} s", arguments.keys);
    Ok(())
}

/// Makes the first `count` keys for `by` in a database that nothing has open.
fn fill(database: &Path, by: &Principal, count: u64) -> Result<(), Failure> {
    // Keys are made on one core while the store writes those before them on another.
    let (sender, receiver) = mpsc::sync_channel(AHEAD);
    thread::scope(|scope| {
        let maker = scope.spawn(|| make(by, count, sender));
        let keys = receiver.into_iter().flatten();
        let loaded = SqliteStore::load(database, keys, &keys::trail());
        maker
            .join()
            .map_err(|_| "the thread that makes keys panicked")??;
        let loaded = loaded?;
        if loaded != count {
            return Err(format!("{loaded} keys of {count} were loaded").into());
        }
        Ok(())
    })
}

/// Makes keys in the order of their secrets.
#[expect(clippy::needless_pass_by_value, reason = "dropped, it ends the load")]
fn make(by: &Principal, count: u64, sender: SyncSender<Vec<(Key, Secret)>>) -> Result<(), Failure> {
    let now = SystemClock.now();
    for from in (0..count).step_by(AT_ONCE.try_into()?) {
        let to = count.min(from + AT_ONCE);
        let made: Result<Vec<_>, Failure> = (from..to)
            .map(|index| {
                let key = keys::key(by, Origin::Keys, now, draft(index)?)?;
                Ok((key, KEYS.secret(index).stored))
            })
            .collect();
        if sender.send(made?).is_err() {
            // The load failed, and says why.
            break;
        }
        if to.is_multiple_of(STEP) {
            eprintln!("bench: {to} of {count} keys");
        }
    }
    Ok(())
}

/// As little as a key can have. Names are of one length, and so are answers.
fn draft(index: u64) -> Result<KeyDraft, Failure> {
    let name = KeyName::new(format!("Bench key {index:08}"))?;
    Ok(KeyDraft::new(name))
}

fn write_sample(path: &Path, root: &str, size: u64) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    let file = options
        .open(path)
        .map_err(|cause| format!("cannot write {}: {cause}", path.display()))?;
    let mut file = BufWriter::new(file);
    writeln!(file, "{root}")?;
    for index in sampled(size) {
        writeln!(file, "{}", KEYS.secret(index).plain.expose())?;
    }
    Ok(file.flush()?)
}
