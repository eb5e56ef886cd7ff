//! Every kind of value of a document, changed or taken away alone: nothing that happens to a document is silent, and
//! the look at the bare JSON finds nothing that the rules have to know.

use std::collections::BTreeSet;

use bitting_api::{document::document, operations::Surface};
use serde_json::Value;

use super::{
    super::compare,
    mutation::{FIXTURE, remove},
};

/// One place of each kind: names of operations, schemas and members do not make another kind.
fn places(
    value: &Value,
    at: &str,
    kind: &str,
    seen: &mut BTreeSet<String>,
    found: &mut Vec<String>,
) {
    if seen.insert(kind.to_owned()) && !at.is_empty() {
        found.push(at.to_owned());
    }
    let step = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(members) => {
            let holds_names = ["paths", "schemas", "properties", "examples"]
                .iter()
                .any(|name| at.ends_with(name));
            // Which direction a schema goes is part of its kind: the first letter divides them well enough.
            for (key, value) in members {
                let kind = if holds_names {
                    format!("{kind}/*")
                } else {
                    format!("{kind}/{key}")
                };
                places(value, &format!("{at}/{}", step(key)), &kind, seen, found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                places(
                    value,
                    &format!("{at}/{index}"),
                    &format!("{kind}/-"),
                    seen,
                    found,
                );
            }
        }
        _ => {}
    }
}

/// Another value of the same type.
fn other(value: &Value) -> Option<Value> {
    Some(match value {
        Value::Bool(bool) => Value::Bool(!bool),
        Value::Number(number) => (number.as_i64()? + 1).into(),
        Value::String(text) => format!("{text}x").into(),
        _ => return None,
    })
}

#[test]
fn no_change_of_a_document_is_silent() {
    let mut judged = 0;
    let mut documents = vec![FIXTURE.to_owned()];
    // The largest document has nothing that these have not, and takes minutes.
    for surface in [Surface::Ocamba, Surface::Feldera] {
        documents.push(document(surface).unwrap().text);
    }
    let mut unknown = Vec::new();
    for text in documents {
        let value: Value = serde_json::from_str(&text).unwrap();
        let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
        places(&value, "", "", &mut seen, &mut found);
        for at in found {
            for mutant in mutants(&value, &at) {
                // What is no document any more is refused, which is not silent either.
                let Ok(found) = compare(("old", &text), ("new", &mutant.to_string())) else {
                    continue;
                };
                judged += 1;
                assert!(!found.is_empty(), "{at}");
                let rest = found.iter().filter(|change| change.rule == "unclassified");
                unknown.extend(rest.map(|change| format!("{at}: {}", change.place)));
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
    assert!(judged > 500, "{judged}");
}

/// The document without what is at `at`, and with something else there.
fn mutants(document: &Value, at: &str) -> Vec<Value> {
    let mut without = document.clone();
    remove(&mut without, at);
    let mut mutants = vec![without];
    if let Some(value) = document.pointer(at).and_then(other) {
        let mut with = document.clone();
        *with.pointer_mut(at).unwrap() = value;
        mutants.push(with);
    }
    mutants
}
