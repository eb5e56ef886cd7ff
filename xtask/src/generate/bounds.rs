//! Schemas that have bounds or a format, and the client's type for each.
//!
//! Bounds make no type of their own: they are the server's to hold, and a client that held those of its day
//! would refuse what a later server takes.

use schemars::schema::{
    InstanceType, NumberValidation, SchemaObject, SingleOrVec, StringValidation,
};
use serde_json::Value;

pub(super) const SECRET: &str = "crate::Secret";
pub(super) const GMT_TIME: &str = "crate::GmtTime";
pub(super) const UTC_TIME: &str = "::chrono::DateTime<::chrono::Utc>";
pub(super) const STRING: &str = "::std::string::String";

/// The strings and integers of a document that have a format or bounds, and the client's type for each.
pub(super) fn plain(document: &Value) -> Vec<(SchemaObject, &'static str)> {
    let mut found = Vec::new();
    collect(document, &mut found);
    found
}

fn collect(value: &Value, found: &mut Vec<(SchemaObject, &'static str)>) {
    match value {
        Value::Object(members) => {
            if let Some((kind, schema, by)) = string(value).or_else(|| integer(value)) {
                // With and without null, the type is spelt in either form.
                let single = SingleOrVec::from(kind);
                let list = SingleOrVec::from(vec![kind]);
                for kind in [single, list] {
                    let instance_type = Some(kind);
                    let schema = SchemaObject {
                        instance_type,
                        ..schema.clone()
                    };
                    found.push((schema, by));
                }
            }
            members.values().for_each(|value| collect(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}

type Found = (InstanceType, SchemaObject, &'static str);

/// `value` as a schema, if it is that of a string with a format or bounds.
fn string(value: &Value) -> Option<Found> {
    let length = |name: &str| {
        let length = value.get(name).and_then(Value::as_u64);
        length.and_then(|length| u32::try_from(length).ok())
    };
    if value.get("type")? != "string" || value.get("enum").is_some() {
        return None;
    }
    let bounds = StringValidation {
        min_length: length("minLength"),
        max_length: length("maxLength"),
        pattern: text(value, "pattern"),
    };
    let schema = SchemaObject {
        format: text(value, "format"),
        string: (bounds != StringValidation::default()).then(|| Box::new(bounds)),
        ..SchemaObject::default()
    };
    let by = match schema.format.as_deref() {
        Some("secret") => SECRET,
        Some("gmt-time") => GMT_TIME,
        Some("date-time") => UTC_TIME,
        Some("uuid") => "::uuid::Uuid",
        _ => STRING,
    };
    (schema != SchemaObject::default()).then_some((InstanceType::String, schema, by))
}

/// `value` as a schema, if it is that of an integer of 32 bits with bounds.
fn integer(value: &Value) -> Option<Found> {
    let bound = |name: &str| value.get(name).and_then(Value::as_f64);
    if value.get("type")? != "integer" || value.get("format")? != "uint32" {
        return None;
    }
    let bounds = NumberValidation {
        minimum: bound("minimum"),
        maximum: bound("maximum"),
        ..NumberValidation::default()
    };
    let schema = SchemaObject {
        format: text(value, "format"),
        number: Some(Box::new(bounds)),
        ..SchemaObject::default()
    };
    Some((InstanceType::Integer, schema, "u32"))
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name).and_then(Value::as_str).map(str::to_owned)
}
