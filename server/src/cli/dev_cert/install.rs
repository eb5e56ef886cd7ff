//! Putting files in place without destroying what is there.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

/// A file to write.
pub(super) struct File<'a> {
    name: &'static str,
    text: &'a str,
    mode: u32,
}

impl<'a> File<'a> {
    /// One that only its owner may read.
    pub(super) fn private(name: &'static str, text: &'a str) -> Self {
        let mode = 0o600;
        Self { name, text, mode }
    }

    /// One that everybody may read.
    pub(super) fn public(name: &'static str, text: &'a str) -> Self {
        let mode = 0o644;
        Self { name, text, mode }
    }
}

/// Why files are not in place.
#[derive(Debug, thiserror::Error)]
pub(super) enum InstallError {
    #[error(
        "{path} is there already and nothing was written; name another directory with --dir, or replace the \
         files with --force",
        path = path.display()
    )]
    Exists { path: PathBuf },
    #[error("cannot {action} {path}: {cause}; check the path and its permissions", path = path.display())]
    Io {
        action: &'static str,
        path: PathBuf,
        cause: io::Error,
    },
}

/// Writes `files` to `directory`, made if there is none (0700). None of them replaces another without `force`,
/// and each is there whole or not at all: a server may be reading them.
pub(super) fn install(
    directory: &Path,
    files: &[File<'_>],
    force: bool,
) -> Result<(), InstallError> {
    let io = |action, path: &Path| {
        let path = path.to_owned();
        move |cause| InstallError::Io {
            action,
            path,
            cause,
        }
    };
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder
        .create(directory)
        .map_err(io("create the directory", directory))?;
    for file in files {
        let path = directory.join(file.name);
        // A link that leads nowhere is there, too.
        if !force && path.symlink_metadata().is_ok() {
            return Err(InstallError::Exists { path });
        }
    }
    let beside = |file: &File<'_>| directory.join(format!("{}.new", file.name));
    for file in files {
        let path = beside(file);
        write(&path, file).map_err(io("write", &path))?;
    }
    for file in files {
        let path = directory.join(file.name);
        fs::rename(beside(file), &path).map_err(io("write", &path))?;
    }
    Ok(())
}

fn write(path: &Path, file: &File<'_>) -> io::Result<()> {
    // What is there already was left by a crash, or put there by somebody who would like to read along.
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    let mut new = options
        .write(true)
        .create_new(true)
        .mode(file.mode)
        .open(path)?;
    new.write_all(file.text.as_bytes())?;
    new.sync_all()
}
