//! What a release changed, for people and for programs: made from the same comparison that judges it.

use std::fmt::Write as _;

use semver::Version;

use crate::diff::{Change, Class};

/// The entry of the first release of a document.
pub(super) fn first(version: &Version) -> String {
    format!("## {version}\n\nThe first release.\n")
}

/// The entry of a later one.
pub(super) fn entry(version: &Version, changes: &[Change]) -> String {
    let mut entry = format!("## {version}\n");
    for class in Class::ALL {
        let lines: Vec<_> = changes
            .iter()
            .filter(|change| change.class == class)
            .map(Change::line)
            .collect();
        if !lines.is_empty() {
            // Writing to a string does not fail.
            let _ = write!(entry, "\n### {}\n\n", class.title());
        }
        for line in lines {
            // Writing to a string does not fail.
            let _ = writeln!(entry, "- {line}");
        }
    }
    entry
}

/// The same for programs: a line of JSON for each change.
pub(super) fn feed(since: &Version, version: &Version, changes: &[Change]) -> String {
    let line = |change: &Change| {
        let mut value = change.to_json();
        value["version"] = version.to_string().into();
        value["since"] = since.to_string().into();
        format!("{value}\n")
    };
    changes.iter().map(line).collect()
}

/// A changelog with one entry more, the newest first.
pub(super) fn with(changelog: Option<&str>, title: &str, entry: &str) -> String {
    let head = format!(
        "# Changes of the document {title}\n\nWhat the words mean, and what clients can rely on: \
         [COMPATIBILITY.md](../../COMPATIBILITY.md).\n"
    );
    let entries = changelog.and_then(|text| text.find("\n## ").map(|at| &text[at + 1..]));
    match entries {
        Some(entries) => format!("{head}\n{entry}\n{entries}"),
        None => format!("{head}\n{entry}"),
    }
}
