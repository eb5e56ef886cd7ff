//! What requests send is bounded and closed, and what responses hold is neither: limits on answers would make an old
//! client refuse what a newer server has learnt to send.

use serde_json::Value;

use super::{
    finding::Report,
    rules::Rule,
    subject::{Subject, elements, escape, members, walk_schemas},
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "input-bounds",
        asks: "a longest length and a pattern of every string that is sent, a longest length of every array, and a least \
               and a greatest value of every number",
        check: bounds,
    },
    Rule {
        name: "input-closed",
        asks: "`additionalProperties: false` on every object that is sent",
        check: closed,
    },
    Rule {
        name: "answer-open",
        asks: "no bounds, patterns or closed objects in what is answered",
        check: open,
    },
];

/// Limits of values.
const LIMITS: [&str; 7] = [
    "maxLength",
    "minLength",
    "pattern",
    "minimum",
    "maximum",
    "maxItems",
    "minItems",
];

fn bounds(subject: &Subject, report: &mut Report) {
    for operation in subject.operations() {
        for (index, parameter) in elements(&operation.value["parameters"]) {
            let place = format!("{}/parameters/{index}/schema", operation.place);
            bounded(subject, &place, &parameter["schema"], report);
        }
    }
    for name in subject.sent() {
        let place = format!("/components/schemas/{name}");
        let schema = &subject.root["components"]["schemas"][&name];
        // What is answered too has no bounds: it is a choice of words, or it has a schema of its own for requests.
        bounded(subject, &place, schema, report);
    }
}

fn bounded(subject: &Subject, place: &str, schema: &Value, report: &mut Report) {
    let schema = subject.resolve(schema);
    let has = |name: &str| schema.get(name).is_some();
    match schema["type"].as_str() {
        Some("boolean") => {}
        Some("integer") => report.check(has("minimum") && has("maximum"), place, "has no bounds"),
        Some("array") => {
            report.check(has("maxItems"), place, "has no longest length");
            bounded(subject, &format!("{place}/items"), &schema["items"], report);
        }
        Some("object") => {
            for (name, member) in members(&schema["properties"]) {
                let place = format!("{place}/properties/{}", escape(name));
                bounded(subject, &place, member, report);
            }
            let free = !has("properties") && !has("maxProperties");
            report.check(!free, place, "has no bounds");
        }
        _ if has("enum") => {}
        _ => report.check(
            has("maxLength") && has("pattern"),
            place,
            "has no longest length, or no pattern",
        ),
    }
}

fn closed(subject: &Subject, report: &mut Report) {
    for name in subject.sent() {
        let place = format!("/components/schemas/{name}");
        let schema = &subject.root["components"]["schemas"][&name];
        walk_schemas(schema, &place, &mut |place, value| {
            if value["properties"].is_object() && !place.ends_with("/properties") {
                let closed = value["additionalProperties"] == false;
                report.check(closed, place, "takes members that it does not list");
            }
        });
    }
}

fn open(subject: &Subject, report: &mut Report) {
    for name in subject.answered() {
        let place = format!("/components/schemas/{name}");
        let schema = &subject.root["components"]["schemas"][&name];
        walk_schemas(schema, &place, &mut |place, value| {
            for limit in LIMITS {
                // An unsigned integer is not below zero, which is no limit.
                let natural = limit == "minimum" && value[limit] == 0;
                let free = natural || value.get(limit).is_none_or(Value::is_object);
                report.check(free, place, format!("has {limit}"));
            }
            let closed = value.get("additionalProperties") == Some(&Value::Bool(false));
            report.check(!closed, place, "takes no further members");
        });
    }
}
