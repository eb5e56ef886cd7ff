//! Whether a document may be published as it is now.
//!
//! Its version goes up with the first change after a release, and not only at the next release: two documents of
//! the same version are never different, and whoever makes the change sees what it costs.

use bitting_api::operations::Surface;
use openapiv3::OpenAPI;
use semver::Version;

use super::{Bump, versions};
use crate::diff::{self, Change};

/// A document beside the newest that was released.
pub(crate) struct Gate {
    surface: Surface,
    bump: Option<Bump>,
    released: Version,
    current: Version,
}

impl Gate {
    /// Compares their versions with what changed.
    pub(crate) fn of(
        surface: Surface,
        released: &str,
        current: &str,
        changes: &[Change],
    ) -> Result<Self, Box<dyn std::error::Error>> {
        Ok(Self {
            surface,
            bump: diff::worst(changes).map(Bump::of),
            released: version(released)?,
            current: version(current)?,
        })
    }

    /// What is wrong, and what to do about it.
    pub(crate) fn fault(&self) -> Option<String> {
        let surface = self.surface.name();
        let Some(bump) = self.bump else {
            let (released, current) = (&self.released, &self.current);
            return (released != current).then(|| {
                format!(
                    "the document of {surface} is what was released as {released}, and has the version {current}; give \
                     it {released} again in {file}",
                    file = versions::FILE
                )
            });
        };
        let told = bump
            .demand(self.surface, &self.released, &self.current)
            .err()?;
        Some(format!(
            "{told}. Take the change back, or set \"{surface}\" to \"{next}\" in {file} and run cargo xtask generate",
            next = bump.next(&self.released),
            file = versions::FILE
        ))
    }
}

/// The version of a document.
pub(super) fn version(text: &str) -> Result<Version, Box<dyn std::error::Error>> {
    let described: OpenAPI = serde_json::from_str(text)?;
    let version = described.info.version;
    Version::parse(&version).map_err(|cause| format!("{version:?} is no version: {cause}").into())
}
