//! Whether everything is described.

use serde_json::Value;

use super::{
    finding::Report,
    rules::Rule,
    subject::{Subject, elements, escape, members, walk_schemas},
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "parameter-description",
        asks: "a description of every parameter",
        check: parameters,
    },
    Rule {
        name: "property-description",
        asks: "a description of every member of every schema",
        check: properties,
    },
    Rule {
        name: "component-description",
        asks: "a description of every schema, response, header and security scheme",
        check: components,
    },
];

fn parameters(subject: &Subject, report: &mut Report) {
    for operation in subject.operations() {
        for (index, parameter) in elements(&operation.value["parameters"]) {
            let place = format!("{}/parameters/{index}", operation.place);
            report.check(is_described(parameter), place, "has no description");
        }
    }
}

fn properties(subject: &Subject, report: &mut Report) {
    walk_schemas(&subject.root, "", &mut |place, value| {
        for (name, member) in members(&value["properties"]) {
            let place = format!("{place}/properties/{}", escape(name));
            report.check(is_described(member), place, "has no description");
        }
    });
}

fn components(subject: &Subject, report: &mut Report) {
    for kind in ["schemas", "responses", "headers", "securitySchemes"] {
        for (name, component) in members(&subject.root["components"][kind]) {
            let place = format!("/components/{kind}/{name}");
            report.check(is_described(component), place, "has no description");
        }
    }
}

fn is_described(value: &Value) -> bool {
    let text = value["description"].as_str().unwrap_or_default();
    !text.trim().is_empty()
}
