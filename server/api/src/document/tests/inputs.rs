//! What requests send is bounded, and what answers hold is not.

use super::*;

#[test]
fn every_input_is_bounded() {
    for (surface, document) in published() {
        let inputs = inputs(&document);
        assert!(inputs.len() > 2, "{surface:?}");
        for (path, schema) in &inputs {
            assert!(is_bounded(&document, path, schema), "{path}: {schema}");
        }
    }
}

fn is_bounded(document: &Value, path: &str, schema: &Value) -> bool {
    match schema["type"].as_str() {
        Some("boolean") => true,
        Some("integer") => schema["minimum"].is_u64() && schema["maximum"].is_u64(),
        Some("array") => {
            let item = resolve(document, &schema["items"]);
            schema["maxItems"].is_u64() && is_bounded(document, path, &item)
        }
        Some("object") => match schema["properties"].as_object() {
            Some(members) => members.iter().all(|(name, member)| {
                let path = format!("{path}/{name}");
                is_bounded(document, &path, &resolve(document, member))
            }),
            // Its bound is one of bytes, which no schema can say.
            None => path.ends_with("/metadata"),
        },
        _ if schema["enum"].is_array() => true,
        _ => schema["maxLength"].is_u64() && schema["pattern"].is_string(),
    }
}

fn resolve(document: &Value, schema: &Value) -> Value {
    // A reference with a description, or one that may be null, is wrapped.
    let schema = schema.pointer("/allOf/0").unwrap_or(schema);
    match schema["$ref"].as_str() {
        Some(reference) => document
            .pointer(reference.trim_start_matches('#'))
            .expect("a reference to something")
            .clone(),
        None => schema.clone(),
    }
}

/// Limits on answers would make an old client refuse what a newer server has learnt to send.
#[test]
fn no_answer_is_bounded() {
    for (surface, document) in published() {
        let answered = answered(&document);
        assert!(!answered.is_empty(), "{surface:?}");
        for name in answered {
            walk(
                &document["components"]["schemas"][&name],
                &name,
                &mut |path, value| {
                    for limit in ["maxLength", "minLength", "pattern", "minimum", "maximum"] {
                        // An unsigned integer is not below zero, which is no limit.
                        let natural = limit == "minimum" && value[limit] == 0;
                        assert!(natural || value.get(limit).is_none(), "{path} has {limit}");
                    }
                    let open = value.get("additionalProperties") != Some(&Value::Bool(false));
                    assert!(open, "{path} is closed");
                },
            );
        }
    }
}

/// The schemas of parameters and of the members of the bodies of requests.
fn inputs(document: &Value) -> Vec<(String, Value)> {
    let resolve = |schema: &Value| resolve(document, schema);
    let mut out = Vec::new();
    walk(&document["paths"], "", &mut |path, value| {
        if path.contains("/parameters/") && path.ends_with("/schema") {
            out.push((path.to_owned(), resolve(value)));
        }
        if path.contains("/requestBody/") && path.ends_with("/schema") {
            let body = resolve(value);
            for (name, member) in body["properties"].as_object().unwrap() {
                out.push((format!("{path}/{name}"), resolve(member)));
            }
        }
    });
    out
}

/// The names of the schemas that responses refer to, and that those refer to.
fn answered(document: &Value) -> BTreeSet<String> {
    let mut open = BTreeSet::new();
    let mut note = |path: &str, value: &Value| {
        if path.ends_with("/$ref") {
            let name = value
                .as_str()
                .unwrap()
                .strip_prefix("#/components/schemas/");
            open.extend(name.map(str::to_owned));
        }
    };
    walk(&document["components"]["responses"], "", &mut note);
    walk(&document["paths"], "", &mut |path, value| {
        if path.contains("/responses/") {
            note(path, value);
        }
    });
    let mut found = BTreeSet::new();
    while let Some(name) = open.pop_first() {
        walk(
            &document["components"]["schemas"][&name],
            "",
            &mut |path, value| {
                if path.ends_with("/$ref") {
                    let name = value.as_str().unwrap().rsplit('/').next().unwrap();
                    if !found.contains(name) {
                        open.insert(name.to_owned());
                    }
                }
            },
        );
        found.insert(name);
    }
    found
}
