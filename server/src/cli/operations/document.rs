//! The published document of the `keys` surface, as far as commands are made from it.

use serde_json::{Map, Value};

use crate::cli::Failure;

/// The very bytes that are served and that clients are made from.
const TEXT: &str = include_str!("../../../../openapi/keys.json");
/// References lead to schemas that lead to others, and none of ours goes deeper.
const DEPTH_MAX: usize = 16;

/// The document.
pub(super) struct Document(Value);

/// An operation of it.
#[derive(Clone, Copy)]
pub(super) struct Operation<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    body: &'a Value,
}

/// A schema, with its references resolved where it is asked.
#[derive(Clone, Copy)]
pub(super) struct Schema<'a> {
    document: &'a Document,
    value: &'a Value,
    /// What the reference is explained with where it stands.
    outer: &'a Value,
}

/// What an operation takes: a parameter, or a member of its body.
#[derive(Clone, Copy)]
pub(super) struct Input<'a> {
    pub(super) name: &'a str,
    pub(super) place: Place,
    pub(super) is_required: bool,
    pub(super) description: &'a str,
    pub(super) schema: Schema<'a>,
}

/// Where an input goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Path,
    Query,
    Header,
    Body,
}

impl Document {
    /// Reads it.
    pub(super) fn read() -> Result<Self, Failure> {
        Ok(Self(serde_json::from_str(TEXT)?))
    }

    /// Every operation, in the order of the document.
    pub(super) fn operations(&self) -> impl Iterator<Item = Operation<'_>> {
        let paths = members(&self.0["paths"]);
        paths.flat_map(|(path, methods)| {
            let described = members(methods).filter(|(_, body)| body["operationId"].is_string());
            described.map(|(method, body)| Operation { method, path, body })
        })
    }

    /// The operation called `id`.
    #[cfg(test)]
    pub(super) fn operation(&self, id: &str) -> Option<Operation<'_>> {
        self.operations().find(|operation| operation.id() == id)
    }

    /// The operation that reads what is at `path`.
    pub(super) fn reader(&self, path: &str) -> Option<Operation<'_>> {
        let mut all = self.operations();
        all.find(|operation| operation.path == path && operation.method == "get")
    }

    /// What the document says of a tag.
    pub(super) fn tag(&self, name: &str) -> &str {
        let mut tags = items(&self.0["tags"]);
        let tag = tags.find(|tag| tag["name"] == name);
        tag.map_or("", |tag| text(tag, "description"))
    }

    /// What the operation takes, parameters first.
    pub(super) fn inputs<'a>(&'a self, operation: Operation<'a>) -> Vec<Input<'a>> {
        let mut inputs: Vec<_> = items(&operation.body["parameters"])
            .filter_map(|parameter| {
                let place = match text(parameter, "in") {
                    "path" => Place::Path,
                    "query" => Place::Query,
                    "header" => Place::Header,
                    _ => return None,
                };
                Some(Input {
                    name: text(parameter, "name"),
                    place,
                    is_required: parameter["required"] == true,
                    description: text(parameter, "description"),
                    schema: self.schema(&parameter["schema"]),
                })
            })
            .collect();
        // In the order of the path.
        inputs.sort_by_key(|input| match input.place {
            Place::Path => operation.path.find(&format!("{{{}}}", input.name)),
            _ => None,
        });
        if let Some((_, body)) = self.body(operation) {
            let members = body.properties().map(|(name, schema)| Input {
                name,
                place: Place::Body,
                is_required: body.requires(name),
                description: schema.description(),
                schema,
            });
            inputs.extend(members);
        }
        inputs
    }

    /// The media type and the schema of the body that the operation takes.
    pub(super) fn body<'a>(&'a self, operation: Operation<'a>) -> Option<(&'a str, Schema<'a>)> {
        let (media, body) = members(&operation.body["requestBody"]["content"]).next()?;
        Some((media, self.schema(&body["schema"])))
    }

    /// The schema of what the operation answers when it succeeds; `None` where that has no body.
    pub(super) fn answer<'a>(&'a self, operation: Operation<'a>) -> Option<Schema<'a>> {
        let mut successes = members(&operation.body["responses"]);
        let (_, success) = successes.find(|(status, _)| status.starts_with('2'))?;
        let (_, body) = members(&success["content"]).next()?;
        Some(self.schema(&body["schema"]))
    }

    /// What `value` refers to, which is described by what stands beside the reference.
    fn schema<'a>(&'a self, outer: &'a Value) -> Schema<'a> {
        let mut value = outer;
        for _ in 0..DEPTH_MAX {
            let all = value["allOf"].as_array();
            // With one alone it is a reference with words of its own.
            if let Some([only]) = all.map(Vec::as_slice) {
                value = only;
            }
            let Some(pointer) = value["$ref"].as_str().and_then(|to| to.strip_prefix('#')) else {
                break;
            };
            value = self.0.pointer(pointer).unwrap_or(&Value::Null);
        }
        Schema {
            document: self,
            value,
            outer,
        }
    }
}

impl<'a> Operation<'a> {
    /// What it is called.
    pub(super) fn id(&self) -> &'a str {
        text(self.body, "operationId")
    }

    /// What it is about.
    pub(super) fn tag(&self) -> &'a str {
        items(&self.body["tags"])
            .next()
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    pub(super) fn summary(&self) -> &'a str {
        text(self.body, "summary")
    }

    pub(super) fn description(&self) -> &'a str {
        text(self.body, "description")
    }
}

impl<'a> Schema<'a> {
    pub(super) fn description(self) -> &'a str {
        match text(self.outer, "description") {
            "" => text(self.value, "description"),
            said => said,
        }
    }

    pub(super) fn kind(self) -> &'a str {
        text(self.value, "type")
    }

    pub(super) fn format(self) -> &'a str {
        text(self.value, "format")
    }

    /// A bound, such as `maxLength`.
    pub(super) fn bound(self, name: &str) -> Option<u64> {
        self.value[name].as_u64()
    }

    pub(super) fn is_nullable(self) -> bool {
        self.value["nullable"] == true || self.outer["nullable"] == true
    }

    /// The words that it may be; none where it may be others.
    pub(super) fn words(self) -> impl Iterator<Item = &'a str> {
        items(&self.value["enum"]).filter_map(Value::as_str)
    }

    /// What an array is of.
    pub(super) fn items(self) -> Option<Self> {
        let is_array = self.kind() == "array";
        is_array.then(|| self.document.schema(&self.value["items"]))
    }

    /// The members of an object that have a name.
    pub(super) fn properties(self) -> impl Iterator<Item = (&'a str, Self)> {
        let all = members(&self.value["properties"]);
        all.map(move |(name, schema)| (name, self.document.schema(schema)))
    }

    fn requires(self, name: &str) -> bool {
        items(&self.value["required"]).any(|required| required == name)
    }

    /// Whether it is one value, and neither an object nor a list.
    pub(super) fn is_scalar(self) -> bool {
        matches!(self.kind(), "string" | "integer" | "number" | "boolean")
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let members = value.as_object().into_iter().flat_map(Map::iter);
    members.map(|(name, value)| (name.as_str(), value))
}
