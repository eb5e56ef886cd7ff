//! `cargo xtask diff`: what changed between two documents, in words.
//!
//! The rules walk both documents at once as `openapiv3` reads them. They take its types apart member by member,
//! so that a member which it learns of does not compile without a rule. What no rule accounts for is found in the
//! bare JSON (`leftover`) and counts as breaking.

mod bodies;
mod change;
mod command;
mod components;
mod direction;
mod extensions;
mod info;
mod leftover;
mod operations;
mod parameters;
mod place;
mod responses;
mod schemas;
mod security;
#[cfg(test)]
mod tests;
mod texts;
mod walk;
mod words;

use openapiv3::OpenAPI;
use serde_json::Value;

use self::walk::Walk;
pub(crate) use self::{
    change::{Change, Class},
    command::{Arguments, run},
};

/// Why two documents cannot be compared.
#[derive(Debug, thiserror::Error)]
#[error("{which} cannot be read as an OpenAPI document: {cause}")]
pub(crate) struct DiffError {
    which: String,
    cause: serde_json::Error,
}

/// What changed from one document to another, the worst first. Each text comes with what to call it.
pub(crate) fn compare(old: (&str, &str), new: (&str, &str)) -> Result<Vec<Change>, DiffError> {
    let ((old_json, old_typed), (new_json, new_typed)) = (read(old)?, read(new)?);
    let mut walk = Walk::new(&old_typed, &new_typed);
    walk.root();
    walk.info();
    walk.document_security();
    walk.security_schemes();
    walk.paths();
    walk.component_names();
    walk.components(Walk::component);
    let mut changes = walk.finish();
    let unaccounted = leftover::unaccounted(&old_json, &new_json, &changes);
    changes.extend(unaccounted);
    if changes.is_empty() && old.1 != new.1 {
        changes.push(Change {
            class: Class::Documentation,
            rule: "arrangement",
            place: "the document".to_owned(),
            uses: Vec::new(),
            sentence: "what it holds is written in another order".to_owned(),
            pointers: Vec::new(),
        });
    }
    hide_echoes(&mut changes);
    changes.sort_by(|one, other| (other.class, &one.place).cmp(&(one.class, &other.place)));
    Ok(changes)
}

/// The worst of what changed, another version aside; `None` if nothing did.
pub(crate) fn worst(changes: &[Change]) -> Option<Class> {
    let changes = changes.iter().filter(|change| change.rule != info::VERSION);
    changes.map(|change| change.class).max()
}

/// A member that is new and required changes two places, and is told of once.
fn hide_echoes(changes: &mut Vec<Change>) {
    let mut told = Vec::new();
    changes.retain(|change| {
        let line = change.line();
        let first = !told.contains(&line);
        told.push(line);
        first
    });
}

fn read((which, text): (&str, &str)) -> Result<(Value, OpenAPI), DiffError> {
    let fault = |cause| DiffError {
        which: which.to_owned(),
        cause,
    };
    Ok((
        serde_json::from_str(text).map_err(fault)?,
        serde_json::from_str(text).map_err(fault)?,
    ))
}
