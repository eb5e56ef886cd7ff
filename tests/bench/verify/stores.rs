//! The stores whose keys are verified, each with its server.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use serde_json::json;

use super::BENCH;
use crate::{Failure, kept::Kept, report::tell, server::Server, setting::Setting};

/// From here on a store needs room that not every machine has, and the server more memory than it takes by itself.
const LARGE: u64 = 10_000_000;
/// The room, in GiB.
const DISK: u64 = 15;
const MEMORY: u64 = 8;
/// What the server may then remember: 6 GiB.
const REMEMBERED: &[&str] = &["--cache-bytes", "6442450944"];
/// How long a server may take to fill its memory.
const FILL: Duration = Duration::from_secs(120);
/// It is full when it has not grown for so long by more than this part.
const STILL: Duration = Duration::from_secs(3);
const GROWTH: f64 = 0.005;

const SAMPLE: &str = "sample";
const STORES: Kept = Kept {
    prefix: "verify-",
    edition: 1,
    arguments: |directory, size| {
        vec![
            "seed".into(),
            "--data".into(),
            directory.into(),
            "--keys".into(),
            size.to_string().into(),
            "--sample".into(),
            directory.join(SAMPLE).into(),
        ]
    },
    is_whole: |directory| directory.join(SAMPLE).is_file(),
};

/// What a server has in memory, in bytes.
#[derive(Clone, Copy)]
pub(super) struct Memory {
    pub(super) resident: u64,
    /// Without what is in files.
    pub(super) anonymous: u64,
}

/// The data directory of a store of `size`; `None`, and said so, where there is no room for it.
pub(super) fn directory(setting: &Setting, size: u64) -> Result<Option<PathBuf>, Failure> {
    let (disk, memory) = (free_disk(&setting.directory(""))?, free_memory()?);
    if size >= LARGE && (disk < DISK || memory < MEMORY) {
        let values = json!({
            "needs_gib": {"disk": DISK, "memory": MEMORY},
            "free_gib": {"disk": disk, "memory": memory},
        });
        tell(BENCH, &format!("{size} keys: skipped"), values);
        return Ok(None);
    }
    STORES.directory(setting, size).map(Some)
}

/// Serves a store of `size`.
pub(super) fn serve(setting: &Setting, directory: &Path, size: u64) -> Result<Server, Failure> {
    let flags = if size >= LARGE { REMEMBERED } else { &[] };
    Server::start(setting, directory, flags)
}

/// Waits until the server's memory is full, which it does not say at the level of its log here.
pub(super) fn settle(server: &Server, size: u64) -> Result<Memory, Failure> {
    let started = Instant::now();
    let mut full = memory(server)?;
    let mut since = Instant::now();
    while started.elapsed() < FILL && since.elapsed() < STILL {
        thread::sleep(Duration::from_millis(200));
        let now = memory(server)?;
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        let grown = now.resident as f64 / full.resident as f64 - 1.0;
        if grown > GROWTH {
            (full, since) = (now, Instant::now());
        }
    }
    let values = json!({
        "seconds": (since - started).as_secs(),
        "still": since.elapsed() >= STILL,
        "resident_mib": full.resident >> 20,
    });
    tell(BENCH, &format!("{size} keys: in memory"), values);
    Ok(full)
}

pub(super) fn memory(server: &Server) -> Result<Memory, Failure> {
    let (resident, anonymous) = server.memory()?;
    Ok(Memory {
        resident,
        anonymous,
    })
}

/// Free room for the file system of `path`, in GiB.
fn free_disk(path: &Path) -> Result<u64, Failure> {
    let told = Command::new("df").arg("-Pk").arg(path).output()?;
    let told = String::from_utf8_lossy(&told.stdout);
    let kibibytes = told
        .lines()
        .nth(1)
        .and_then(|line| line.split_whitespace().nth(3));
    let kibibytes: u64 = kibibytes.ok_or("df tells no room")?.parse()?;
    Ok(kibibytes >> 20)
}

/// Memory that can be had, in GiB.
fn free_memory() -> Result<u64, Failure> {
    let told = fs::read_to_string("/proc/meminfo")?;
    let line = told
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next());
    let kibibytes: u64 = kibibytes
        .ok_or("the system does not tell memory")?
        .parse()?;
    Ok(kibibytes >> 20)
}
