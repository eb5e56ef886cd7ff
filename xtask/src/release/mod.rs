//! `cargo xtask release`: files a document under the version that it has, for good.
//!
//! A released document is never changed. Consumers generate clients from it, and the tests run such a client of
//! each against the server of today.

mod archive;
mod bump;
mod changelog;
mod gate;
mod versions;

use std::{error::Error, fs, process::ExitCode};

use bitting_api::{
    document::{Document, documents},
    operations::Surface,
};
use openapiv3::OpenAPI;
use semver::Version;

pub(crate) use self::{archive::Archive, bump::Bump, gate::Gate};
use crate::{cargo, diff};

/// What the command takes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The surface whose document is released: keys, ocamba, feldera, or all.
    #[arg(value_parser = surfaces)]
    surface: Surfaces,
    /// The version that it gets, such as 1.2.0.
    version: Version,
}

#[derive(Clone)]
struct Surfaces(Vec<Surface>);

fn surfaces(name: &str) -> Result<Surfaces, String> {
    if name == "all" {
        return Ok(Surfaces(Surface::ALL.to_vec()));
    }
    surface(name).map(|surface| Surfaces(vec![surface]))
}

/// The surface of this name.
pub(crate) fn surface(name: &str) -> Result<Surface, String> {
    let found = Surface::ALL
        .into_iter()
        .find(|surface| surface.name() == name);
    let names = Surface::ALL.map(Surface::name).join(", ");
    found.ok_or_else(|| format!("there is no surface of this name; there are {names}"))
}

/// A release that can be made.
struct Release {
    surface: Surface,
    text: String,
    /// What its changelog says.
    entry: String,
    /// The same for programs.
    feed: String,
}

/// Releases documents: all that were asked for, or none.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let archive = Archive::here();
    if let Some(fault) = archive.faults()?.into_iter().next() {
        return Err(fault.into());
    }
    let Arguments {
        surface: Surfaces(surfaces),
        version,
    } = arguments;
    if !version.pre.is_empty() || !version.build.is_empty() {
        return Err("a version of a document is three numbers, such as 1.2.0".into());
    }
    let documents = documents()?;
    let mut releases = Vec::new();
    for document in documents
        .iter()
        .filter(|document| surfaces.contains(&document.surface))
    {
        releases.push(prepare(&archive, document, version)?);
    }
    for release in &releases {
        versions::set(release.surface, version)?;
        let path = archive.file(release.surface, version, &release.text)?;
        archive.log(release.surface, &release.entry)?;
        archive.feed(release.surface, &release.feed)?;
        println!("{path}");
    }
    // The version is compiled in, so that documents and clients are made by a build that has it.
    let made = cargo::run(cargo::cargo().args([
        "run",
        "--quiet",
        "--package",
        "xtask",
        "--",
        "generate",
    ]))?;
    if !made.success() {
        return Err("what was released is filed, but the documents could not be generated: mend that, and run cargo xtask generate".into());
    }
    for release in &releases {
        let path = format!("openapi/{}.json", release.surface.name());
        let published = fs::read_to_string(crate::workspace::root().join(&path))?;
        if published != release.text {
            return Err(format!("{path} is not what was released").into());
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The document as it is to be released, and what changed; or why it cannot be.
fn prepare(
    archive: &Archive,
    document: &Document,
    version: &Version,
) -> Result<Release, Box<dyn Error>> {
    let surface = document.surface;
    let mut described: OpenAPI = serde_json::from_str(&document.text)?;
    described.info.version = version.to_string();
    let mut text = serde_json::to_string_pretty(&described)?;
    text.push('\n');
    let (entry, feed) = match archive.newest(surface)? {
        None => (changelog::first(version), String::new()),
        Some(released) => {
            let changes = diff::compare(
                (&released.path(), &released.text),
                (&document.file_name(), &text),
            )?;
            let Some(worst) = diff::worst(&changes) else {
                let path = released.path();
                return Err(
                    format!("nothing changed since {path}: there is nothing to release").into(),
                );
            };
            Bump::of(worst).demand(surface, &released.version, version)?;
            (
                changelog::entry(version, &changes),
                changelog::feed(&released.version, version, &changes),
            )
        }
    };
    Ok(Release {
        surface,
        text,
        entry,
        feed,
    })
}

#[cfg(test)]
mod tests;
