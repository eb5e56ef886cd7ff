//! A schema as the keywords that it has, whichever of the forms of `openapiv3` it was read into.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, IntegerType, NumberType, ObjectType,
    ReferenceOr, Schema, SchemaKind, StringType, Type,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Side, side};

/// The keywords of one schema.
#[derive(Default)]
pub(super) struct Flat<'a> {
    pub(super) kind: Option<&'a str>,
    pub(super) format: Option<String>,
    pub(super) pattern: Option<&'a str>,
    pub(super) values: Vec<Value>,
    pub(super) multiple_of: Option<f64>,
    /// By keyword.
    pub(super) bounds: Vec<(&'static str, f64)>,
    /// Keywords that are true.
    pub(super) flags: Vec<&'static str>,
    pub(super) properties: Option<&'a IndexMap<String, ReferenceOr<Box<Schema>>>>,
    pub(super) required: &'a [String],
    pub(super) additional: Option<&'a AdditionalProperties>,
    pub(super) items: Option<Side<'a>>,
    pub(super) one_of: Vec<Side<'a>>,
    pub(super) any_of: Vec<Side<'a>>,
    pub(super) all_of: Vec<Side<'a>>,
    pub(super) not: Option<&'a ReferenceOr<Schema>>,
}

impl<'a> Flat<'a> {
    pub(super) fn of(kind: &'a SchemaKind) -> Self {
        match kind {
            SchemaKind::Type(Type::String(string)) => Self::string(string),
            SchemaKind::Type(Type::Number(number)) => Self::number(number),
            SchemaKind::Type(Type::Integer(integer)) => Self::integer(integer),
            SchemaKind::Type(Type::Object(object)) => Self::object(object),
            SchemaKind::Type(Type::Array(array)) => Self::array(array),
            SchemaKind::Type(Type::Boolean(BooleanType { enumeration })) => Self {
                kind: Some("boolean"),
                values: enumeration.iter().map(|value| json!(value)).collect(),
                ..Self::default()
            },
            SchemaKind::OneOf { one_of } => Self {
                one_of: sides(one_of),
                ..Self::default()
            },
            SchemaKind::AllOf { all_of } => Self {
                all_of: sides(all_of),
                ..Self::default()
            },
            SchemaKind::AnyOf { any_of } => Self {
                any_of: sides(any_of),
                ..Self::default()
            },
            SchemaKind::Not { not } => Self {
                not: Some(not),
                ..Self::default()
            },
            SchemaKind::Any(any) => Self::any(any),
        }
    }

    fn string(string: &'a StringType) -> Self {
        let StringType {
            format,
            pattern,
            enumeration,
            min_length,
            max_length,
        } = string;
        Self {
            kind: Some("string"),
            format: in_words(format),
            pattern: pattern.as_deref(),
            values: enumeration.iter().map(|value| json!(value)).collect(),
            bounds: bounds([
                ("minLength", count(*min_length)),
                ("maxLength", count(*max_length)),
            ]),
            ..Self::default()
        }
    }

    fn number(number: &'a NumberType) -> Self {
        let NumberType {
            format,
            multiple_of,
            exclusive_minimum,
            exclusive_maximum,
            minimum,
            maximum,
            enumeration,
        } = number;
        Self {
            kind: Some("number"),
            format: in_words(format),
            multiple_of: *multiple_of,
            values: enumeration.iter().map(|value| json!(value)).collect(),
            bounds: bounds([("minimum", *minimum), ("maximum", *maximum)]),
            flags: flags([
                ("exclusiveMinimum", *exclusive_minimum),
                ("exclusiveMaximum", *exclusive_maximum),
            ]),
            ..Self::default()
        }
    }

    // Differences beyond 2^53 are lost here, and found by the look at what no rule accounted for.
    #[allow(clippy::cast_precision_loss)]
    fn integer(integer: &'a IntegerType) -> Self {
        let IntegerType {
            format,
            multiple_of,
            exclusive_minimum,
            exclusive_maximum,
            minimum,
            maximum,
            enumeration,
        } = integer;
        let float = |number: Option<i64>| number.map(|number| number as f64);
        Self {
            kind: Some("integer"),
            format: in_words(format),
            multiple_of: float(*multiple_of),
            values: enumeration.iter().map(|value| json!(value)).collect(),
            bounds: bounds([("minimum", float(*minimum)), ("maximum", float(*maximum))]),
            flags: flags([
                ("exclusiveMinimum", *exclusive_minimum),
                ("exclusiveMaximum", *exclusive_maximum),
            ]),
            ..Self::default()
        }
    }

    fn object(object: &'a ObjectType) -> Self {
        let ObjectType {
            properties,
            required,
            additional_properties,
            min_properties,
            max_properties,
        } = object;
        Self {
            kind: Some("object"),
            properties: Some(properties),
            required,
            additional: additional_properties.as_ref(),
            bounds: bounds([
                ("minProperties", count(*min_properties)),
                ("maxProperties", count(*max_properties)),
            ]),
            ..Self::default()
        }
    }

    fn array(array: &'a ArrayType) -> Self {
        let ArrayType {
            items,
            min_items,
            max_items,
            unique_items,
        } = array;
        Self {
            kind: Some("array"),
            items: items.as_ref().map(side),
            bounds: bounds([
                ("minItems", count(*min_items)),
                ("maxItems", count(*max_items)),
            ]),
            flags: flags([("uniqueItems", *unique_items)]),
            ..Self::default()
        }
    }

    fn any(any: &'a AnySchema) -> Self {
        let AnySchema {
            typ,
            pattern,
            multiple_of,
            exclusive_minimum,
            exclusive_maximum,
            minimum,
            maximum,
            properties,
            required,
            additional_properties,
            min_properties,
            max_properties,
            items,
            min_items,
            max_items,
            unique_items,
            enumeration,
            format,
            min_length,
            max_length,
            one_of,
            all_of,
            any_of,
            not,
        } = any;
        let is = |flag: &Option<bool>| *flag == Some(true);
        Self {
            kind: typ.as_deref(),
            format: format.clone(),
            pattern: pattern.as_deref(),
            values: enumeration.clone(),
            multiple_of: *multiple_of,
            bounds: bounds([
                ("minimum", *minimum),
                ("maximum", *maximum),
                ("minLength", count(*min_length)),
                ("maxLength", count(*max_length)),
                ("minItems", count(*min_items)),
                ("maxItems", count(*max_items)),
                ("minProperties", count(*min_properties)),
                ("maxProperties", count(*max_properties)),
            ]),
            flags: flags([
                ("exclusiveMinimum", is(exclusive_minimum)),
                ("exclusiveMaximum", is(exclusive_maximum)),
                ("uniqueItems", is(unique_items)),
            ]),
            properties: Some(properties),
            required,
            additional: additional_properties.as_ref(),
            items: items.as_ref().map(side),
            one_of: sides(one_of),
            any_of: sides(any_of),
            all_of: sides(all_of),
            not: not.as_deref(),
        }
    }
}

fn sides(schemas: &[ReferenceOr<Schema>]) -> Vec<Side<'_>> {
    schemas.iter().map(side).collect()
}

#[allow(clippy::cast_precision_loss)]
fn count(count: Option<usize>) -> Option<f64> {
    count.map(|count| count as f64)
}

fn bounds<const N: usize>(bounds: [(&'static str, Option<f64>); N]) -> Vec<(&'static str, f64)> {
    bounds
        .into_iter()
        .filter_map(|(keyword, bound)| Some((keyword, bound?)))
        .collect()
}

fn flags<const N: usize>(flags: [(&'static str, bool); N]) -> Vec<&'static str> {
    flags
        .into_iter()
        .filter_map(|(keyword, is)| is.then_some(keyword))
        .collect()
}

fn in_words<T: Serialize>(format: &T) -> Option<String> {
    let format = serde_json::to_value(format).ok()?;
    format.as_str().map(str::to_owned)
}
