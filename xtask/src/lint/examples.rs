//! Examples: that they are there, and are examples of what they stand beside.

use bitting_api::{document::json_schema, operations::Surface};
use jsonschema::Draft;
use serde_json::{Value, json};

use super::{
    finding::Report,
    rules::Rule,
    subject::{Subject, elements, escape, members},
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "example-present",
        asks: "an example of every body and of every parameter",
        check: present,
    },
    Rule {
        name: "example-valid",
        asks: "examples that are valid against the schemas that they stand beside",
        check: valid,
    },
    Rule {
        name: "verification-codes",
        asks: "an answer of a verification for every code that it can have",
        check: codes,
    },
];

/// Something with a schema and examples of it.
struct Exemplified<'d> {
    place: String,
    value: &'d Value,
    /// Whether a member that the schema does not list is wrong: answers are shown whole.
    closed: bool,
}

fn all(subject: &Subject) -> Vec<Exemplified<'_>> {
    let mut found = Vec::new();
    let mut content = |place: &str, holder| {
        for (kind, media) in members(&subject.resolve(holder)["content"]) {
            found.push(Exemplified {
                place: format!("{place}/content/{}", escape(kind)),
                value: media,
                closed: true,
            });
        }
    };
    for operation in subject.operations() {
        let place = &operation.place;
        content(
            &format!("{place}/requestBody"),
            &operation.value["requestBody"],
        );
        for (status, response) in members(&operation.value["responses"]) {
            if response["$ref"].is_null() {
                content(&format!("{place}/responses/{status}"), response);
            }
        }
    }
    for (name, response) in members(&subject.root["components"]["responses"]) {
        content(&format!("/components/responses/{name}"), response);
    }
    for operation in subject.operations() {
        for (index, parameter) in elements(&operation.value["parameters"]) {
            found.push(Exemplified {
                place: format!("{}/parameters/{index}", operation.place),
                value: parameter,
                closed: false,
            });
        }
    }
    for (name, header) in members(&subject.root["components"]["headers"]) {
        found.push(Exemplified {
            place: format!("/components/headers/{name}"),
            value: header,
            closed: false,
        });
    }
    found
}

/// The examples of something, each with where it is.
fn examples<'d>(of: &Exemplified<'d>) -> Vec<(String, &'d Value)> {
    let one = of.value.get("example");
    let one = one.map(|example| (format!("{}/example", of.place), example));
    let named = members(&of.value["examples"]).map(|(name, example)| {
        let place = format!("{}/examples/{}", of.place, escape(name));
        (place, &example["value"])
    });
    one.into_iter().chain(named).collect()
}

fn present(subject: &Subject, report: &mut Report) {
    for of in all(subject) {
        report.check(!examples(&of).is_empty(), of.place, "has no example");
    }
}

fn valid(subject: &Subject, report: &mut Report) {
    let schemas = &subject.root["components"]["schemas"];
    for of in all(subject) {
        let schema = json!({
            "components": { "schemas": json_schema(schemas, of.closed) },
            "allOf": [json_schema(&of.value["schema"], of.closed)],
        });
        let validator = match jsonschema::options()
            .with_draft(Draft::Draft4)
            .build(&schema)
        {
            Ok(validator) => validator,
            Err(error) => {
                report.find(of.place, format!("has no good schema: {error}"));
                continue;
            }
        };
        for (place, example) in examples(&of) {
            for error in validator.iter_errors(example) {
                report.find(&place, format!("{}: {error}", error.instance_path()));
            }
        }
    }
}

fn codes(subject: &Subject, report: &mut Report) {
    if subject.surface != Surface::Keys {
        return;
    }
    let codes = &subject.root["components"]["schemas"]["VerificationCode"]["x-extensible-enum"];
    let operations = subject.operations();
    let verify = operations.iter().find(|o| o.id == "key_verify");
    let answers = verify.map_or(&Value::Null, |verify| {
        &verify.value["responses"]["200"]["content"]["application/json"]["examples"]
    });
    report.check(
        elements(codes).count() > 0,
        "/components/schemas/VerificationCode",
        "lists no codes",
    );
    for (_, code) in elements(codes) {
        let shown = members(answers).any(|(_, example)| example["value"]["code"] == *code);
        report.check(shown, "/paths", format!("no verification answers {code}"));
    }
}
