//! A generated file.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A file that a command makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    /// Its path from the root of the repository, with `/`.
    pub(super) path: String,
    /// What is to be in it.
    pub(super) text: String,
}

/// What is in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// What is to be.
    Current,
    /// Something else.
    Stale(String),
    /// Nothing.
    Missing,
}

/// Why a file cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("cannot {what} {}: {source}", path.display())]
pub(super) struct FileError {
    what: &'static str,
    path: PathBuf,
    source: io::Error,
}

impl File {
    pub(super) fn state(&self, root: &Path) -> Result<State, FileError> {
        let path = root.join(&self.path);
        match fs::read(&path) {
            Ok(bytes) if bytes == self.text.as_bytes() => Ok(State::Current),
            Ok(bytes) => Ok(State::Stale(String::from_utf8_lossy(&bytes).into_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(State::Missing),
            Err(source) => Err(FileError {
                what: "read",
                path,
                source,
            }),
        }
    }

    pub(super) fn write(&self, root: &Path) -> Result<(), FileError> {
        let path = root.join(&self.path);
        let made = path.parent().map_or(Ok(()), fs::create_dir_all);
        made.and_then(|()| fs::write(&path, &self.text))
            .map_err(|source| FileError {
                what: "write",
                path,
                source,
            })
    }
}
