//! The versions of the documents, which are in one file, so that releasing one changes no source.
//!
//! The paths have the API's own version (`v0`, `v1`, `v2`); a document's tells what changed in the document.

use std::collections::BTreeMap;

use dropshot::semver::Version;

use super::DocumentError;
use crate::operations::Surface;

const FILE: &str = include_str!("../../../../openapi/versions.json");

/// The version of a surface's document.
pub(super) fn of(surface: Surface) -> Result<Version, DocumentError> {
    let versions: BTreeMap<String, Version> =
        serde_json::from_str::<BTreeMap<String, String>>(FILE)?
            .into_iter()
            .filter_map(|(name, version)| Some((name, version.parse().ok()?)))
            .collect();
    let version = versions.get(surface.name()).cloned();
    version.ok_or(DocumentError::Version(surface.name()))
}
