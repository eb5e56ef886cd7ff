//! What schemas are called and made of.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    finding::Report,
    rules::Rule,
    subject::{Subject, elements, escape, members, walk, walk_schemas},
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "schema-names",
        asks: "schemas in PascalCase, none called by a word that languages use, none that ends in a digit, and no two by one name or title",
        check: names,
    },
    Rule {
        name: "property-names",
        asks: "members and query parameters in snake_case",
        check: members_in_snake_case,
    },
    Rule {
        name: "unions",
        asks: "unions of named schemas with a discriminator",
        check: unions,
    },
    Rule {
        name: "references",
        asks: "references that lead somewhere, and components that something refers to",
        check: references,
    },
    Rule {
        name: "null-beside-type",
        asks: "`nullable` beside a type only, and null among the words of an enumeration that may be null",
        check: null,
    },
];

/// Names that generators give to things of their own, or that languages have for others.
const FORBIDDEN: [&str; 8] = [
    "Error", "Object", "Type", "String", "Result", "Option", "Client", "Response",
];

fn names(subject: &Subject, report: &mut Report) {
    for (name, _) in members(&subject.root["components"]["schemas"]) {
        let place = format!("/components/schemas/{name}");
        let pascal = name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.bytes().all(|b| b.is_ascii_alphanumeric());
        report.check(pascal, &place, "is not in PascalCase");
        let free = !FORBIDDEN.contains(&name.as_str());
        report.check(free, &place, "is called by a word that languages use");
        let numbered = name.ends_with(|c: char| c.is_ascii_digit());
        report.check(!numbered, &place, "ends in a digit");
    }
    // Generators call the type that they make of a schema without a name by its title.
    let schemas = members(&subject.root["components"]["schemas"]);
    let mut taken: BTreeSet<String> = schemas.map(|(name, _)| name.clone()).collect();
    walk_schemas(&subject.root, "", &mut |place, value| {
        if let Some(title) = value["title"].as_str() {
            let free = taken.insert(title.to_owned());
            report.check(
                free,
                place,
                format!("has the title `{title}`, which another schema is called by"),
            );
        }
    });
}

fn members_in_snake_case(subject: &Subject, report: &mut Report) {
    walk_schemas(&subject.root, "", &mut |place, value| {
        for (name, _) in members(&value["properties"]) {
            let place = format!("{place}/properties/{}", escape(name));
            report.check(is_snake(name), place, "is not in snake_case");
        }
    });
    for operation in subject.operations() {
        for (index, parameter) in elements(&operation.value["parameters"]) {
            let name = parameter["name"].as_str().unwrap_or_default();
            let good = parameter["in"] == "header" || is_snake(name);
            let place = format!("{}/parameters/{index}", operation.place);
            report.check(good, place, format!("`{name}` is not in snake_case"));
        }
    }
}

fn is_snake(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn unions(subject: &Subject, report: &mut Report) {
    walk_schemas(&subject.root, "", &mut |place, value| {
        for union in ["oneOf", "anyOf"] {
            let Some(choices) = value[union].as_array() else {
                continue;
            };
            let named = choices.iter().all(|choice| choice["$ref"].is_string());
            report.check(named, place, "has a choice without a name");
            let told = value["discriminator"]["mapping"].is_object();
            report.check(told, place, "has no discriminator with a mapping");
        }
    });
}

fn references(subject: &Subject, report: &mut Report) {
    let mut used = BTreeSet::new();
    walk(&subject.root, "", &mut |place, value| {
        if let Some(reference) = value["$ref"].as_str() {
            let pointer = reference.trim_start_matches('#');
            let found = subject.root.pointer(pointer).is_some();
            report.check(found, place, format!("{reference} leads nowhere"));
            used.insert(reference.to_owned());
        }
        for (_, reference) in members(&value["mapping"]) {
            used.extend(reference.as_str().map(str::to_owned));
        }
    });
    for kind in ["schemas", "responses", "headers"] {
        for (name, _) in members(&subject.root["components"][kind]) {
            let reference = format!("#/components/{kind}/{name}");
            let place = format!("/components/{kind}/{name}");
            report.check(used.contains(&reference), place, "is used by nothing");
        }
    }
}

fn null(subject: &Subject, report: &mut Report) {
    walk_schemas(&subject.root, "", &mut |place, value| {
        if value["nullable"] != true {
            return;
        }
        let typed = value["type"].is_string();
        report.check(typed, place, "is nullable without a type");
        if let Some(words) = value["enum"].as_array() {
            let has = words.contains(&Value::Null);
            report.check(has, place, "is nullable, and lists words without null");
        }
    });
}
