//! The formats of whole numbers.
//!
//! Rust's own (`uint32`, `uint64` and the like) are in no registry, and generators that do not know a format take 32 bits with a
//! sign: a quota of 10^12 would make a page of keys unreadable. What fits is `int32`, and anything else `int64`; that nothing is
//! negative is in `minimum`. The drop-in surfaces have no number that 32 bits cannot hold.

use openapiv3::OpenAPI;
use serde_json::{Map, Value};

use super::DocumentError;

/// `document` with the formats that every generator knows.
pub(super) fn with_known_formats(document: &OpenAPI) -> Result<OpenAPI, DocumentError> {
    let mut value = serde_json::to_value(document)?;
    walk(&mut value);
    Ok(serde_json::from_value(value)?)
}

fn walk(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if let Some(format) = known(members) {
                members.insert("format".to_owned(), format.into());
            }
            members.values_mut().for_each(walk);
        }
        Value::Array(items) => items.iter_mut().for_each(walk),
        _ => {}
    }
}

/// The format of a schema that has one of Rust's own.
fn known(schema: &Map<String, Value>) -> Option<&'static str> {
    if schema.get("type")? != "integer" {
        return None;
    }
    let most = schema.get("maximum").and_then(Value::as_i64);
    let fits = most.is_some_and(|most| i32::try_from(most).is_ok());
    match schema.get("format")?.as_str()? {
        "uint8" | "uint16" | "int8" | "int16" => Some("int32"),
        "uint32" | "uint64" | "uint" if fits => Some("int32"),
        "uint32" | "uint64" | "uint" => Some("int64"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    #[test]
    fn what_fits_has_32_bits_and_anything_else_64() {
        for (schema, format) in [
            (json!({ "type": "integer", "format": "uint16" }), "int32"),
            (json!({ "type": "integer", "format": "uint32" }), "int64"),
            (
                json!({ "type": "integer", "format": "uint32", "maximum": 2_147_483_647 }),
                "int32",
            ),
            (
                json!({ "type": "integer", "format": "uint32", "maximum": 2_147_483_648_u32 }),
                "int64",
            ),
            (json!({ "type": "integer", "format": "uint64" }), "int64"),
            (
                json!({ "type": "integer", "format": "uint64", "maximum": 100 }),
                "int32",
            ),
            (
                json!({ "type": "integer", "format": "int64", "maximum": 100 }),
                "int64",
            ),
        ] {
            let mut value = json!({ "deep": [schema] });
            walk(&mut value);
            assert_eq!(value["deep"][0]["format"], format, "{value}");
        }
        let mut text = json!({ "type": "string", "format": "uint32" });
        walk(&mut text);
        assert_eq!(text["format"], "uint32");
    }
}
