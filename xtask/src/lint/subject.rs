//! A document as the rules look at it.

use std::collections::BTreeSet;

use bitting_api::operations::{self, Surface};
use openapiv3::OpenAPI;
use serde_json::Value;

/// A published document.
pub(super) struct Subject {
    /// The surface that it describes.
    pub(super) surface: Surface,
    /// What it says.
    pub(super) root: Value,
}

/// One operation of it.
pub(super) struct Operation<'d> {
    /// Where it is, as a JSON pointer.
    pub(super) place: String,
    /// Its id, empty if it has none.
    pub(super) id: &'d str,
    /// What the document says of it.
    pub(super) value: &'d Value,
}

impl Subject {
    /// Reads `text`, which must be `OpenAPI` 3.0 to begin with.
    pub(super) fn read(surface: Surface, text: &str) -> Result<Self, serde_json::Error> {
        let _: OpenAPI = serde_json::from_str(text)?;
        let root = serde_json::from_str(text)?;
        Ok(Self { surface, root })
    }

    /// Every operation.
    pub(super) fn operations(&self) -> Vec<Operation<'_>> {
        let mut found = Vec::new();
        for (path, item) in members(&self.root["paths"]) {
            for (method, value) in members(item) {
                found.push(Operation {
                    place: format!("/paths/{}/{method}", escape(path)),
                    id: value["operationId"].as_str().unwrap_or_default(),
                    value,
                });
            }
        }
        found
    }

    /// The table's row of an operation.
    pub(super) fn row(&self, operation: &Operation<'_>) -> Option<&'static operations::Operation> {
        operations::of(self.surface).find(|row| row.id == operation.id)
    }

    /// What `value` refers to, itself unless it is a reference, alone or wrapped.
    pub(super) fn resolve<'d>(&'d self, value: &'d Value) -> &'d Value {
        let wrapped = value.pointer("/allOf/0").unwrap_or(value);
        match wrapped["$ref"].as_str() {
            Some(reference) => {
                let pointer = reference.trim_start_matches('#');
                self.root.pointer(pointer).unwrap_or(&Value::Null)
            }
            None => value,
        }
    }

    /// The names of the schemas that requests are made of.
    pub(super) fn sent(&self) -> BTreeSet<String> {
        let mut roots = Vec::new();
        for operation in self.operations() {
            roots.push(&operation.value["requestBody"]);
            roots.push(&operation.value["parameters"]);
        }
        self.reachable(roots)
    }

    /// The names of the schemas that responses are made of.
    pub(super) fn answered(&self) -> BTreeSet<String> {
        let mut roots = vec![&self.root["components"]["responses"]];
        let operations = self.operations();
        roots.extend(operations.iter().map(|o| &o.value["responses"]));
        self.reachable(roots)
    }

    fn reachable(&self, roots: Vec<&Value>) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&Value> = roots;
        while let Some(next) = open.pop() {
            walk(next, "", &mut |_, value| {
                let name = value["$ref"].as_str().and_then(schema_name);
                if let Some(name) = name
                    && found.insert(name.to_owned())
                {
                    open.push(&self.root["components"]["schemas"][name]);
                }
            });
        }
        found
    }
}

/// The name of the schema that `reference` leads to.
pub(super) fn schema_name(reference: &str) -> Option<&str> {
    reference.strip_prefix("#/components/schemas/")
}

/// The members of an object; none of anything else.
pub(super) fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// The elements of an array, each with its place in it; none of anything else.
pub(super) fn elements(value: &Value) -> impl Iterator<Item = (usize, &Value)> {
    value.as_array().into_iter().flatten().enumerate()
}

/// A name as a part of a JSON pointer.
pub(super) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Calls `visit` with everything in `value` and the pointer to it.
pub(super) fn walk<'d>(value: &'d Value, place: &str, visit: &mut dyn FnMut(&str, &'d Value)) {
    visit(place, value);
    for (name, value) in members(value) {
        walk(value, &format!("{place}/{}", escape(name)), visit);
    }
    for (index, value) in elements(value) {
        walk(value, &format!("{place}/{index}"), visit);
    }
}

/// The same for schemas alone: examples and defaults are no part of them.
pub(super) fn walk_schemas<'d>(
    value: &'d Value,
    place: &str,
    visit: &mut dyn FnMut(&str, &'d Value),
) {
    visit(place, value);
    for (name, value) in members(value) {
        if !matches!(name.as_str(), "example" | "examples" | "default") {
            walk_schemas(value, &format!("{place}/{}", escape(name)), visit);
        }
    }
    for (index, value) in elements(value) {
        walk_schemas(value, &format!("{place}/{index}"), visit);
    }
}
