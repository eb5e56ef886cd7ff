//! Schemas of `OpenAPI` 3.0 as those of JSON Schema, for whoever validates by them.

use serde_json::{Map, Value, json};

/// `schema`, and everything in it, as JSON Schema, which has no `nullable`. If `closed`, an object takes no member that
/// its schema does not list, whether or not the document leaves it open for later.
pub fn json_schema(schema: &Value, closed: bool) -> Value {
    match schema {
        Value::Array(items) => items.iter().map(|item| json_schema(item, closed)).collect(),
        Value::Object(members) => {
            let mut out: Map<_, _> = members
                .iter()
                .filter(|(name, _)| *name != "nullable")
                .map(|(name, value)| (name.clone(), json_schema(value, closed)))
                .collect();
            if closed && out.get("properties").is_some_and(Value::is_object) {
                out.entry("additionalProperties").or_insert(json!(false));
            }
            if schema["nullable"] == true {
                return json!({ "anyOf": [out, { "type": "null" }] });
            }
            Value::Object(out)
        }
        other => other.clone(),
    }
}
