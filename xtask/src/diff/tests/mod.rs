#![allow(clippy::unwrap_used)]

mod leaves;
mod mutation;
mod others;
mod table;

use std::{collections::BTreeSet, fmt::Write as _};

use self::mutation::{FIXTURE, mutant};
use super::*;

fn changes(old: &str, new: &str) -> Vec<Change> {
    compare(("old", old), ("new", new)).unwrap()
}

#[test]
fn every_mutation_is_judged_and_told_of() {
    let mut wrong = String::new();
    let mut names = BTreeSet::new();
    for (name, edit, class, words) in table::rows() {
        assert!(names.insert(name), "{name} is there twice");
        let found = changes(FIXTURE, &mutant(*edit));
        let lines: Vec<_> = found
            .iter()
            .map(|change| format!("{}: {}", change.class.name(), change.line()))
            .collect();
        let is_unknown = found.iter().any(|change| change.rule == "unclassified");
        assert_eq!(
            is_unknown,
            name.starts_with("a keyword that nobody knows"),
            "{name}: {lines:#?}"
        );
        let worst = found.iter().map(|change| change.class).max();
        if worst != Some(*class) || !lines.iter().any(|line| line.contains(words)) {
            // Writing to a string does not fail.
            let _ = write!(
                wrong,
                "\n{name}: wanted {} with {words:?}, got\n  {}\n",
                class.name(),
                lines.join("\n  ")
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(names.len() >= 100, "{}", names.len());
}

#[test]
fn the_other_way_round_no_mutation_is_silent() {
    for (name, edit, ..) in table::rows() {
        assert!(!changes(&mutant(*edit), FIXTURE).is_empty(), "{name}");
    }
}

#[test]
fn what_did_not_change_is_not_told_of() {
    assert_eq!(changes(FIXTURE, FIXTURE), []);
    for document in bitting_api::document::documents().unwrap() {
        assert_eq!(changes(&document.text, &document.text), []);
    }
}

#[test]
fn a_shared_schema_is_told_of_once_with_those_who_use_it() {
    let edit = mutation::Edit::Remove("/components/schemas/Key/properties/uses");
    let found = changes(FIXTURE, &mutant(edit));
    assert_eq!(found.len(), 1, "{found:?}");
    let uses = [
        "answers of key_create",
        "answers of key_list",
        "answers of key_verify",
        "answers of key_view",
    ];
    assert_eq!(found[0].uses, uses);
}

#[test]
fn schemas_that_refer_to_each_other_in_a_circle_come_to_an_end() {
    let circle = FIXTURE.replace(
        r#""Owner": {"type": "object", "properties": {"name": {"type": "string"}}}"#,
        r##""Owner": {"$ref": "#/components/schemas/Spare"}"##,
    );
    let circle = circle.replace(
        r#""Spare": {"type": "object", "properties": {"a": {"type": "string"}}}"#,
        r##""Spare": {"$ref": "#/components/schemas/Owner"}"##,
    );
    assert_ne!(circle, FIXTURE);
    assert_eq!(changes(&circle, &circle), []);
    assert_eq!(worst(&changes(FIXTURE, &circle)), Some(Class::Breaking));
    assert_eq!(worst(&changes(&circle, FIXTURE)), Some(Class::Breaking));
}

#[test]
fn what_is_no_document_is_refused_with_its_name() {
    let told = compare(("old.json", "{}"), ("new.json", FIXTURE))
        .unwrap_err()
        .to_string();
    assert!(
        told.starts_with("old.json cannot be read as an OpenAPI document: "),
        "{told}"
    );
}
