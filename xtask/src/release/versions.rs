//! The file that the versions of the documents are in.

use std::{error::Error, fs};

use bitting_api::operations::Surface;
use semver::Version;
use serde_json::{Map, Value};

use crate::workspace;

/// Its path. The API's crate reads it when it is compiled.
pub(super) const FILE: &str = "openapi/versions.json";

/// Gives a surface's document a version.
pub(super) fn set(surface: Surface, version: &Version) -> Result<(), Box<dyn Error>> {
    let path = workspace::root().join(FILE);
    let mut versions: Map<String, Value> = serde_json::from_str(&fs::read_to_string(&path)?)?;
    versions.insert(surface.name().to_owned(), version.to_string().into());
    fs::write(&path, format!("{:#}\n", Value::Object(versions)))?;
    Ok(())
}
