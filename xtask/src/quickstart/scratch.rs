//! A directory of this run's own.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process,
};

use crate::workspace;

/// A fresh directory in the repository's `target/`, removed when dropped.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    /// In `target/` itself, wherever builds go: it must be inside of the repository for cargo to find the
    /// workspace.
    pub(super) fn new() -> Result<Self, String> {
        let path = workspace::root().join(format!("target/quickstart-{}", process::id()));
        fs::create_dir_all(&path)
            .map_err(|cause| format!("cannot make {}: {cause}", path.display()))?;
        let scratch = Self(path);
        // The README's lines reach into it from the root.
        symlink(workspace::root().join("tests"), scratch.0.join("tests"))
            .map_err(|cause| format!("cannot link to tests/: {cause}"))?;
        Ok(scratch)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
