//! The command: which documents, and how what changed is told.

use std::{error::Error, fmt::Write as _, fs, path::PathBuf, process::ExitCode};

use bitting_api::{document::Document, operations::Surface};
use serde_json::{Value, json};

use super::{Change, Class, compare, worst};
use crate::release::{self, Archive, Bump, Gate};

/// What the command takes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The surface whose document is compared: keys, ocamba or feldera. All, if none is named.
    #[arg(value_parser = release::surface)]
    surface: Option<Surface>,
    /// Compare with this document, and not with the newest released one.
    #[arg(long, value_name = "FILE", requires = "surface")]
    against: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Fail if a document changed more than its version says, or if a released one is not as it was released.
    #[arg(long, conflicts_with = "against")]
    check: bool,
}

/// Tells what changed since the newest release.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let archive = Archive::here();
    let mut told = Vec::new();
    let mut faults = Vec::new();
    if arguments.check {
        faults.extend(archive.faults()?);
    }
    for document in bitting_api::document::documents()? {
        if arguments
            .surface
            .is_some_and(|surface| surface != document.surface)
        {
            continue;
        }
        let found = match &arguments.against {
            Some(path) => {
                let text = fs::read_to_string(path)
                    .map_err(|cause| format!("cannot read {}: {cause}", path.display()))?;
                Some((path.display().to_string(), text))
            }
            None => archive
                .newest(document.surface)?
                .map(|released| (released.path(), released.text)),
        };
        let changes = match &found {
            Some((name, text)) => compare((name, text), (&document.file_name(), &document.text))?,
            None => Vec::new(),
        };
        let against = found.as_ref().map(|(name, _)| name.as_str());
        if arguments.check
            && let Some((_, text)) = &found
        {
            faults.extend(Gate::of(document.surface, text, &document.text, &changes)?.fault());
        }
        if arguments.json {
            told.push(as_json(&document, against, &changes));
        } else {
            print!("{}", in_words(&document, against, &changes));
        }
    }
    if arguments.json {
        println!("{:#}", Value::Array(told));
    }
    for fault in &faults {
        eprintln!("error: {fault}");
    }
    Ok(if faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn as_json(document: &Document, against: Option<&str>, changes: &[Change]) -> Value {
    json!({
        "document": format!("openapi/{}", document.file_name()),
        "against": against,
        "bump": worst(changes).map(|class| Bump::of(class).name()),
        "changes": changes.iter().map(Change::to_json).collect::<Vec<_>>(),
    })
}

/// What changed, grouped by what it means.
fn in_words(document: &Document, against: Option<&str>, changes: &[Change]) -> String {
    let mut out = format!("openapi/{}", document.file_name());
    let Some(against) = against else {
        out.push_str(": nothing was released yet\n\n");
        return out;
    };
    // Writing to a string does not fail.
    let _ = writeln!(out, " against {against}");
    if changes.is_empty() {
        out.push_str("  nothing changed\n");
    }
    for class in Class::ALL {
        let changes: Vec<_> = changes
            .iter()
            .filter(|change| change.class == class)
            .collect();
        if changes.is_empty() {
            continue;
        }
        // Writing to a string does not fail.
        let _ = write!(out, "\n  {} ({})\n", class.title(), changes.len());
        for change in changes {
            // Writing to a string does not fail.
            let _ = writeln!(out, "    {}", change.line());
        }
    }
    if let Some(class) = worst(changes) {
        // Writing to a string does not fail.
        let _ = write!(
            out,
            "\n  This calls for a new {} version.\n",
            Bump::of(class).name()
        );
    }
    out.push('\n');
    out
}
