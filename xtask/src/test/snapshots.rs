//! Snapshots that no test looks at, and snapshots that wait to be accepted.

use std::{
    collections::BTreeSet,
    error::Error,
    fs, io,
    path::{Path, PathBuf},
};

use crate::workspace;

/// Directories that hold no sources.
const NOT_SOURCES: [&str; 3] = ["target", "node_modules", ".git"];

/// Whether every snapshot was looked at by the run that wrote `references`, and none waits. Where the run was
/// not `complete`, a skipped test may be the one that looks at it, and nothing is said.
pub(super) fn check(references: &Path, complete: bool) -> Result<bool, Box<dyn Error>> {
    let mut found = Vec::new();
    collect(&workspace::root(), &mut found)?;
    let seen: BTreeSet<PathBuf> = match fs::read_to_string(references) {
        Ok(text) => text
            .lines()
            .filter_map(|line| fs::canonicalize(line).ok())
            .collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeSet::new(),
        Err(error) => return Err(error.into()),
    };
    let mut good = true;
    let mut count = 0;
    for path in found {
        let name = path.display();
        if path.to_string_lossy().ends_with(".snap.new") {
            println!("{name} waits to be accepted (rename it to .snap) or removed");
            good = false;
        } else if complete && !seen.contains(&fs::canonicalize(&path)?) {
            println!("{name} is looked at by no test; remove it");
            good = false;
        } else {
            count += 1;
        }
    }
    println!("{count} snapshots");
    Ok(good)
}

fn collect(directory: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let (name, path) = (entry.file_name(), entry.path());
        let name = name.to_string_lossy();
        if entry.file_type()?.is_dir() {
            if !NOT_SOURCES.contains(&&*name) {
                collect(&path, found)?;
            }
        } else if name.ends_with(".snap") || name.ends_with(".snap.new") {
            found.push(path);
        }
    }
    found.sort();
    Ok(())
}
