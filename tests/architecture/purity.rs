//! What core must not do.

use crate::source::{refuse, sources};

/// Words that core has no use for: files, sockets, processes and threads, clocks, randomness, waiting, HTTP.
const FOREIGN: &[&str] = &[
    "File",
    "OpenOptions",
    "fs",
    "io",
    "stdin",
    "stdout",
    "stderr",
    "print",
    "println",
    "eprint",
    "eprintln",
    "dbg",
    "env",
    "process",
    "thread",
    "TcpListener",
    "TcpStream",
    "UdpSocket",
    "ToSocketAddrs",
    "SystemTime",
    "Instant",
    "Utc",
    "Local",
    "getrandom",
    "rand",
    "OsRng",
    "now_v1",
    "now_v6",
    "now_v7",
    "new_v4",
    "async",
    "await",
    "tokio",
    "futures",
    "http",
    "hyper",
    "dropshot",
    "slog",
    "rusqlite",
];

#[test]
fn core_does_no_io_and_is_handed_time_and_randomness() {
    let sources = sources("server/core/src");
    let places: Vec<_> = FOREIGN
        .iter()
        .flat_map(|word| sources.iter().flat_map(|source| source.find(word)))
        .collect();
    refuse(
        &places,
        "core does no I/O, and takes time and randomness from its Clock and Entropy alone",
    );
}
