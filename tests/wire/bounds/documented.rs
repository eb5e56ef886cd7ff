//! What a document says of the inputs of its operations.

use bitting_api::operations::Surface;
use bitting_tests::document::Document;
use serde_json::{Value, json};

use super::values::specimen;

/// A published document.
pub(super) struct Documented {
    pub(super) root: Value,
}

impl Documented {
    pub(super) fn of(surface: Surface) -> Self {
        let root = serde_json::from_slice(&Document::of(surface).bytes);
        Self {
            root: root.expect("a document is JSON"),
        }
    }

    /// What `schema` refers to, itself unless it is a reference, alone or wrapped.
    pub(super) fn resolve<'d>(&'d self, schema: &'d Value) -> &'d Value {
        let wrapped = schema.pointer("/allOf/0").unwrap_or(schema);
        match wrapped["$ref"].as_str() {
            Some(reference) => self
                .root
                .pointer(reference.trim_start_matches('#'))
                .expect("a reference leads somewhere"),
            None => schema,
        }
    }

    /// Every operation: its method, its path and the rest.
    pub(super) fn operations(&self) -> Vec<(String, String, &Value)> {
        let paths = self.root["paths"].as_object().expect("paths");
        let mut found = Vec::new();
        for (path, item) in paths {
            for (method, operation) in item.as_object().expect("operations") {
                found.push((method.to_uppercase(), path.clone(), operation));
            }
        }
        found
    }
}

/// A path of the document with ids of nothing.
pub(super) fn target(path: &str) -> String {
    path.replace("{company}", "6197120")
        .replace("{member}", "999")
        .replace("{secret}", "00000000-0000-7000-8000-000000000000")
        .replace("{name}", "nobody")
        .replace(
            "{id}",
            if path.starts_with("/v1/") {
                "00000000-0000-7000-8000-000000000000"
            } else {
                "999"
            },
        )
}

/// A good body of an operation.
pub(super) fn body(documented: &Documented, operation: &Value) -> Option<Value> {
    let content = operation["requestBody"]["content"].as_object()?;
    let (_, media) = content.iter().next()?;
    let examples = media["examples"].as_object();
    let first = examples.and_then(|examples| examples.values().next());
    let example = first.map(|example| &example["value"]);
    Some(match example.or(media.get("example")) {
        Some(example) => example.clone(),
        None => specimen(documented, documented.resolve(&media["schema"]), 0),
    })
}

/// Where a member is in a body: the names and places on the way, and its schema.
pub(super) type Place = (Vec<String>, Value);

/// Every member of a body, and those of its members.
pub(super) fn members(
    documented: &Documented,
    schema: &Value,
    way: &[String],
    out: &mut Vec<Place>,
) {
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        let member = documented.resolve(member);
        let way = [way, std::slice::from_ref(name)].concat();
        out.push((way.clone(), member.clone()));
        members(documented, member, &way, out);
        if member["type"] == "array" {
            let item = documented.resolve(&member["items"]);
            members(
                documented,
                item,
                &[&way[..], &["0".to_owned()]].concat(),
                out,
            );
        }
    }
}

/// `body` with `value` at the end of `way`; what is missing on the way is made.
pub(super) fn with(
    documented: &Documented,
    schema: &Value,
    body: &Value,
    way: &[String],
    value: &Value,
) -> Value {
    let Some((name, rest)) = way.split_first() else {
        return value.clone();
    };
    if schema["type"] == "array" {
        let item = documented.resolve(&schema["items"]);
        let first = match &body[0] {
            Value::Null => specimen(documented, item, 0),
            first => first.clone(),
        };
        return json!([with(documented, item, &first, rest, value)]);
    }
    let mut out = match body {
        Value::Null => specimen(documented, schema, 0),
        body => body.clone(),
    };
    if let (Some(out), "expires_in_seconds") = (out.as_object_mut(), name.as_str()) {
        // Not beside the other way to say it.
        out.remove("expires_at");
    }
    let member = documented.resolve(&schema["properties"][name]);
    out[name] = with(documented, member, &body[name], rest, value);
    out
}
