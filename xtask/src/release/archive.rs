//! The released documents: `openapi/released/<surface>/<version>.json`, and the list of their digests.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

use bitting_api::operations::Surface;
use semver::Version;
use sha2::{Digest as _, Sha256};

use super::changelog;
use crate::workspace;

/// Where they are, from the root of the repository.
const DIRECTORY: &str = "openapi/released";
/// The digests of all of them, in the form that `sha256sum --check` reads.
const DIGESTS: &str = "SHA256SUMS";

/// A document that was released.
pub(crate) struct Released {
    pub(crate) surface: Surface,
    pub(crate) version: Version,
    pub(crate) text: String,
}

impl Released {
    /// Its path from the root of the repository.
    pub(crate) fn path(&self) -> String {
        format!("{DIRECTORY}/{}", name(self.surface, &self.version))
    }
}

/// The directory of released documents.
pub(crate) struct Archive(PathBuf);

impl Archive {
    /// The repository's.
    pub(crate) fn here() -> Self {
        Self(workspace::root().join(DIRECTORY))
    }

    #[cfg(test)]
    pub(super) fn at(directory: &Path) -> Self {
        Self(directory.to_path_buf())
    }

    /// The document of a surface with the highest version.
    pub(crate) fn newest(&self, surface: Surface) -> Result<Option<Released>, String> {
        let mut released = self
            .all()?
            .into_iter()
            .filter(|one| one.surface == surface)
            .collect::<Vec<_>>();
        released.sort_by(|one, other| one.version.cmp(&other.version));
        Ok(released.pop())
    }

    /// Every document, in no order.
    fn all(&self) -> Result<Vec<Released>, String> {
        let mut found = Vec::new();
        for surface in Surface::ALL {
            for path in files(&self.0.join(surface.name()))? {
                let stem = path.file_stem().unwrap_or_default().to_string_lossy();
                if path.extension().is_none_or(|extension| extension != "json") {
                    continue;
                }
                let version = Version::parse(&stem).map_err(|cause| {
                    format!("{} is not called after a version: {cause}", path.display())
                })?;
                let text = read(&path)?;
                found.push(Released {
                    surface,
                    version,
                    text,
                });
            }
        }
        Ok(found)
    }

    /// What is not as it was released: edited, removed, or put there without being released.
    pub(crate) fn faults(&self) -> Result<Vec<String>, String> {
        let mut listed = self.digests()?;
        let mut faults = Vec::new();
        for released in self.all()? {
            let path = released.path();
            match listed.remove(&name(released.surface, &released.version)) {
                Some(digest) if digest == digest_of(&released.text) => {}
                Some(_) => faults.push(format!(
                    "{path} is not what was released: take it back (git checkout), and release a new version instead"
                )),
                None => faults.push(format!(
                    "{path} is not in {DIRECTORY}/{DIGESTS}: documents are filed by cargo xtask release alone"
                )),
            }
            let told =
                super::gate::version(&released.text).map_err(|cause| format!("{path}: {cause}"))?;
            if told != released.version {
                faults.push(format!("{path} says of itself that it is {told}"));
            }
        }
        faults.extend(listed.keys().map(|name| {
            format!("{DIRECTORY}/{name} was released and is gone: take it back (git checkout)")
        }));
        Ok(faults)
    }

    /// Files a document; its path.
    pub(super) fn file(
        &self,
        surface: Surface,
        version: &Version,
        text: &str,
    ) -> Result<String, String> {
        let name = name(surface, version);
        let path = self.0.join(&name);
        if path.exists() {
            return Err(format!(
                "{DIRECTORY}/{name} is there already: a released document is never overwritten"
            ));
        }
        write(&path, text)?;
        let mut digests = self.digests()?;
        digests.insert(name.clone(), digest_of(text));
        let lines: String = digests
            .iter()
            .fold(String::new(), |mut lines, (name, digest)| {
                // Writing to a string does not fail.
                let _ = writeln!(lines, "{digest}  {name}");
                lines
            });
        write(&self.0.join(DIGESTS), &lines)?;
        Ok(format!("{DIRECTORY}/{name}"))
    }

    /// Adds an entry to a surface's changelog.
    pub(super) fn log(&self, surface: Surface, entry: &str) -> Result<(), String> {
        let path = self.0.join(surface.name()).join("CHANGELOG.md");
        let there = path.exists().then(|| read(&path)).transpose()?;
        write(
            &path,
            &changelog::with(there.as_deref(), surface.name(), entry),
        )
    }

    /// Adds lines to the feed of a surface's changes.
    pub(super) fn feed(&self, surface: Surface, lines: &str) -> Result<(), String> {
        let path = self.0.join(surface.name()).join("CHANGELOG.jsonl");
        let there = path.exists().then(|| read(&path)).transpose()?;
        write(&path, &(there.unwrap_or_default() + lines))
    }

    /// The digests by the names of the files.
    fn digests(&self) -> Result<BTreeMap<String, String>, String> {
        let path = self.0.join(DIGESTS);
        if !path.exists() {
            return Ok(BTreeMap::new());
        }
        let text = read(&path)?;
        let lines = text.lines().map(|line| {
            let (digest, name) = line
                .split_once("  ")
                .ok_or_else(|| format!("{}: {line:?} is no line of it", path.display()))?;
            Ok((name.to_owned(), digest.to_owned()))
        });
        lines.collect()
    }
}

fn name(surface: Surface, version: &Version) -> String {
    format!("{}/{version}.json", surface.name())
}

fn digest_of(text: &str) -> String {
    Sha256::digest(text)
        .iter()
        .fold(String::new(), |mut hex, byte| {
            // Writing to a string does not fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

fn files(directory: &Path) -> Result<Vec<PathBuf>, String> {
    let told = |cause: io::Error| format!("cannot read {}: {cause}", directory.display());
    match fs::read_dir(directory) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(cause) => Err(told(cause)),
        Ok(entries) => entries
            .map(|entry| entry.map(|entry| entry.path()).map_err(told))
            .collect(),
    }
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|cause| format!("cannot read {}: {cause}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    let written = made.and_then(|()| fs::write(path, text));
    written.map_err(|cause| format!("cannot write {}: {cause}", path.display()))
}
