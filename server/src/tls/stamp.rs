//! Whether files changed, told from what their directory says of them.

use std::{os::unix::fs::MetadataExt, path::Path};

use super::TlsFiles;

/// What tells a file from the one that was there before it. The number of the file is part of it: a rename, or a
/// link that leads elsewhere, can bring a file that is no younger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    modified: (i64, i64),
    size: u64,
    number: (u64, u64),
}

/// The stamps of a certificate and its key; none of a file that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamps([Option<Stamp>; 2]);

impl Stamps {
    /// To be taken before the files are read: what changes after that then shows as a change.
    pub(super) fn of(files: &TlsFiles) -> Self {
        Self([stamp(&files.cert), stamp(&files.key)])
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let file = path.metadata().ok()?;
    Some(Stamp {
        modified: (file.mtime(), file.mtime_nsec()),
        size: file.size(),
        number: (file.dev(), file.ino()),
    })
}
