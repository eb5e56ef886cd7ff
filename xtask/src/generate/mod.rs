//! `cargo xtask generate`: examples from the wire snapshots, documents from the API traits, clients from the documents,
//! the list of the client's public names, and a page for each error code.

mod bounds;
mod client;
mod copies;
mod difference;
mod errors;
mod examples;
mod file;
mod names;

use std::{error::Error, fs, path::Path, process::ExitCode};

use bitting_api::{
    document::{Examples, document_with},
    operations::Surface,
};

use self::file::{File, State};
use crate::workspace;

/// How to run the command, for whoever finds that something is stale.
const COMMAND: &str = "cargo xtask generate";

/// What the command takes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing: show what is stale, and fail if anything is.
    #[arg(long)]
    check: bool,
}

/// Writes, or checks, every generated file.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let root = workspace::root();
    let mut outdated = 0;
    let files = files(&root)?;
    for path in errors::left_over(&root, &files)? {
        let verdict = if arguments.check {
            "LEFT OVER"
        } else {
            fs::remove_file(root.join(&path))?;
            "removed"
        };
        println!("{path:<44} {verdict}");
        outdated += 1;
    }
    for file in files {
        let state = file.state(&root)?;
        let current = matches!(state, State::Current);
        let verdict = match (arguments.check, current) {
            (_, true) => "up to date",
            (true, false) => "STALE",
            (false, false) => "written",
        };
        println!("{:<44} {verdict}", file.path);
        if current {
            continue;
        }
        outdated += 1;
        if arguments.check {
            print!("{}", difference::between(&file.path, &state, &file.text));
        } else {
            file.write(&root)?;
        }
    }
    if arguments.check && outdated > 0 {
        eprintln!(
            "{outdated} generated file(s) do not match the API traits and the snapshots. Run: {COMMAND}"
        );
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// Every generated file, each before what is made from it.
fn files(root: &Path) -> Result<Vec<File>, Box<dyn Error>> {
    let mut files = Vec::new();
    let mut documents = Vec::new();
    for surface in Surface::ALL {
        let examples = examples::generate(root, surface)?;
        let document = document_with(surface, &Examples::read(&examples.text)?)?;
        let client = client::generate(&document)?;
        files.push(examples);
        files.push(File {
            path: format!("openapi/{}", document.file_name()),
            text: document.text.clone(),
        });
        files.push(client);
        documents.push(document);
    }
    files.push(names::generate(root, &files)?);
    files.extend(errors::generate(root, &documents)?);
    Ok(files)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_same_bytes_are_made_every_time() {
        let root = workspace::root();
        assert_eq!(files(&root).unwrap(), files(&root).unwrap());
    }

    #[test]
    fn what_is_committed_is_what_the_traits_say() {
        let root = workspace::root();
        let files = files(&root).unwrap();
        let none: [String; 0] = [];
        assert_eq!(errors::left_over(&root, &files).unwrap(), none);
        for file in files {
            let state = file.state(&root).unwrap();
            assert!(
                matches!(state, State::Current),
                "{} is stale. Run: {COMMAND}",
                file.path
            );
        }
    }
}
