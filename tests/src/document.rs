//! The published document, as a judge of what crosses the wire.

use std::{fs, path::PathBuf, sync::LazyLock};

use bitting_api::{
    document::{ERROR_CODES, json_schema},
    operations::Surface,
};
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use crate::{answer::Answer, request::Request};

/// Response headers that a document need not speak of: HTTP's own, and those of CORS, which are the server's
/// configuration and no operation's.
const UNSPOKEN: &[&str] = &[
    "content-length",
    "content-type",
    "date",
    "vary",
    "access-control-allow-origin",
    "access-control-expose-headers",
];

/// A published document.
#[derive(Debug)]
pub struct Document {
    /// The bytes of its file.
    pub bytes: Vec<u8>,
    root: Value,
}

/// An operation of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Operation {
    /// Its id.
    pub id: String,
    /// Its method, in capitals.
    pub method: String,
    /// Its path.
    pub path: String,
}

impl Document {
    /// The document of a surface.
    pub fn of(surface: Surface) -> &'static Self {
        static DOCUMENTS: LazyLock<[Document; 3]> =
            LazyLock::new(|| Surface::ALL.map(Document::read));
        let place = Surface::ALL.iter().position(|known| *known == surface);
        &DOCUMENTS[place.expect("a surface is one of all")]
    }

    fn read(surface: Surface) -> Self {
        let name = format!("../openapi/{}.json", surface.name());
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
        let bytes = fs::read(path).expect("the document is committed");
        let root = serde_json::from_slice(&bytes).expect("the document is JSON");
        Self { bytes, root }
    }

    /// Its operations.
    pub fn operations(&self) -> Vec<Operation> {
        self.placed().map(|(operation, _)| operation).collect()
    }

    /// Whether it has an operation called `id`.
    pub fn has(&self, id: &str) -> bool {
        self.placed().any(|(operation, _)| operation.id == id)
    }

    /// The statuses that an operation is documented to answer, ascending.
    pub fn statuses(&self, id: &str) -> Vec<u16> {
        let responses = self.operation(id)["responses"].as_object();
        let mut statuses: Vec<_> = responses
            .expect("an operation has responses")
            .keys()
            .map(|status| status.parse().expect("a status is a number"))
            .collect();
        statuses.sort_unstable();
        statuses
    }

    /// The error codes that an operation is documented to answer.
    pub fn codes(&self, id: &str) -> Vec<&str> {
        let codes = self.operation(id)[ERROR_CODES].as_array();
        let codes = codes.into_iter().flatten();
        codes
            .map(|code| code.as_str().expect("a code is a text"))
            .collect()
    }

    /// The first example of the body that an operation answers with `status`.
    pub fn example(&self, id: &str, status: u16) -> Value {
        let response = self.resolve(&self.operation(id)["responses"][status.to_string()]);
        let media = &response["content"]["application/json"];
        let named = media["examples"].as_object().and_then(|examples| {
            let (_, first) = examples.iter().next()?;
            first.get("value")
        });
        let example = named.or_else(|| media.get("example"));
        example.expect("every body has an example").clone()
    }

    fn placed(&self) -> impl Iterator<Item = (Operation, &Value)> {
        let paths = self.root["paths"].as_object().expect("paths");
        paths.iter().flat_map(|(path, item)| {
            let item = item.as_object().expect("a path has operations");
            item.iter().filter_map(move |(method, value)| {
                let operation = Operation {
                    id: value["operationId"].as_str()?.to_owned(),
                    method: method.to_uppercase(),
                    path: path.clone(),
                };
                Some((operation, value))
            })
        })
    }

    fn operation(&self, id: &str) -> &Value {
        let found = self.placed().find(|(operation, _)| operation.id == id);
        let (_, value) = found.unwrap_or_else(|| panic!("the document has no operation {id}"));
        value
    }

    /// Asserts that `operation` may answer `answer`: its status, type, headers and body.
    pub fn assert_answer(&self, operation: &str, answer: &Answer) {
        let responses = &self.operation(operation)["responses"];
        let response = responses.get(answer.status.to_string()).unwrap_or_else(|| {
            panic!("the document knows no such status of {operation}:\n{answer:?}")
        });
        let response = self.resolve(response);
        self.assert_headers(response, answer);
        let Some(content) = response.get("content").and_then(Value::as_object) else {
            assert!(answer.body.is_empty(), "an undocumented body:\n{answer:?}");
            return;
        };
        let kind = answer.header("content-type").unwrap_or_default();
        let media = content
            .get(kind)
            .unwrap_or_else(|| panic!("an undocumented content type:\n{answer:?}"));
        self.assert_valid(&media["schema"], &answer.json(), true);
        self.assert_code(operation, answer);
    }

    /// Asserts that the document says that `operation` can be refused with the code of `answer`.
    fn assert_code(&self, operation: &str, answer: &Answer) {
        let known = self.codes(operation);
        let body = (answer.status >= 400).then(|| answer.json());
        let code = body.as_ref().and_then(|body| body["error_code"].as_str());
        if let Some(code) = code {
            assert!(
                known.contains(&code),
                "the document has no such code of {operation}:\n{answer:?}"
            );
        }
    }

    /// Asserts that a request that succeeds is one that the document allows: its body, without regard to
    /// members that the document does not know.
    pub fn assert_request(&self, operation: &str, request: &Request) {
        let documented = &self.operation(operation)["requestBody"];
        let Some(media) = documented["content"].get("application/json") else {
            return;
        };
        let body = request.sent_body().expect("an operation with a body");
        // Where it is chunked, what was sent is not the body itself.
        if request.values("transfer-encoding").next().is_none() {
            let body = serde_json::from_slice(body).expect("a good body is JSON");
            self.assert_valid(&media["schema"], &body, false);
        }
    }

    fn assert_headers(&self, response: &Value, answer: &Answer) {
        let empty = Map::new();
        let documented = response["headers"].as_object().unwrap_or(&empty);
        let known = |name: &str| {
            let mut names = documented.keys();
            names.any(|known| known.eq_ignore_ascii_case(name))
        };
        for (name, _) in &answer.headers {
            assert!(
                UNSPOKEN.contains(&name.as_str()) || known(name),
                "the document does not speak of the header {name}:\n{answer:?}"
            );
        }
        for (name, header) in documented {
            let header = self.resolve(header);
            let Some(value) = answer.header(name) else {
                assert_ne!(header["required"], true, "{name} is missing:\n{answer:?}");
                continue;
            };
            let value = match header["schema"]["type"].as_str() {
                Some("integer") => json!(value.parse::<u64>().expect("a number in a header")),
                _ => json!(value),
            };
            self.assert_valid(&header["schema"], &value, true);
        }
    }

    /// Asserts that `value` is as `schema` says; if `closed`, that it has no member which the schema lacks.
    fn assert_valid(&self, schema: &Value, value: &Value, closed: bool) {
        let validator = self.validator(schema, closed);
        let wrong: Vec<_> = validator
            .iter_errors(value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "not as documented: {wrong:?}\n{value:#}");
    }

    fn validator(&self, schema: &Value, closed: bool) -> Validator {
        let root = json!({
            "components": { "schemas": json_schema(&self.root["components"]["schemas"], closed) },
            "allOf": [json_schema(schema, closed)],
        });
        jsonschema::options()
            .with_draft(Draft::Draft4)
            .build(&root)
            .expect("the document's schemas are schemas")
    }

    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(reference) => {
                let pointer = reference.trim_start_matches('#');
                self.root
                    .pointer(pointer)
                    .expect("a reference leads somewhere")
            }
            None => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn valid(schema: &Value, value: &Value) -> bool {
        let document = Document {
            bytes: Vec::new(),
            root: json!({ "components": { "schemas": { "Time": { "type": "string" } } } }),
        };
        document.validator(schema, true).is_valid(value)
    }

    #[test]
    fn null_is_valid_where_the_document_says_nullable_and_nowhere_else() {
        let time = json!({ "allOf": [{ "$ref": "#/components/schemas/Time" }] });
        let nullable =
            json!({ "nullable": true, "allOf": [{ "$ref": "#/components/schemas/Time" }] });
        assert!(valid(&time, &json!("x")) && valid(&nullable, &json!("x")));
        assert!(!valid(&time, &json!(null)) && valid(&nullable, &json!(null)));
        assert!(!valid(&nullable, &json!(1)));
    }

    #[test]
    fn an_unknown_member_is_not_valid() {
        let object = json!({ "type": "object", "properties": { "a": { "type": "integer" } } });
        assert!(valid(&object, &json!({ "a": 1 })));
        assert!(!valid(&object, &json!({ "a": 1, "b": 1 })));
    }
}
