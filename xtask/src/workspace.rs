//! Where things are.

use std::path::{Path, PathBuf};

/// The root of the repository, wherever the command is run.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
