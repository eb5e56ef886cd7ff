//! Request headers, which Dropshot's description cannot have without reading them before the request is authorised.

use bitting_core::bounds;
use openapiv3::{
    ParameterData, ParameterSchemaOrContent, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringType, Type,
};

/// The longest value of `If-Match` that the document gives: a few dozen entity tags.
const LONGEST: usize = 1_024;
/// A star, or entity tags between commas.
const TAGS: &str = r#"^(\*|(W/)?"[!#-~]*"([ \t]*,[ \t]*(W/)?"[!#-~]*")*)$"#;
/// Visible ASCII.
const VISIBLE: &str = "^[!-~]+$";

/// `If-Match` (K55).
pub(super) fn if_match() -> ParameterData {
    let text = StringType {
        max_length: Some(LONGEST),
        pattern: Some(TAGS.to_owned()),
        ..StringType::default()
    };
    let description = "Do it only if the key still has one of these versions: entity tags as `ETag` has them, between \
                       commas, or `*` for any. A weak one never matches. Left out: in any case.";
    parameter("If-Match", description, text)
}

/// `Idempotency-Key` (K100).
pub(super) fn idempotency_key() -> ParameterData {
    let text = StringType {
        min_length: Some(1),
        max_length: Some(bounds::IDEMPOTENCY_KEY_MAX),
        pattern: Some(VISIBLE.to_owned()),
        ..StringType::default()
    };
    let description = "What the client calls the request, so that it can be sent again: with the same key it is done \
                       once, and answered as the first time, for 24 hours. Left out: it is done each time.";
    parameter("Idempotency-Key", description, text)
}

fn parameter(name: &str, description: &str, text: StringType) -> ParameterData {
    let schema = Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Type(Type::String(text)),
    };
    ParameterData {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        required: false,
        deprecated: None,
        format: ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)),
        example: None,
        examples: [].into(),
        explode: None,
        extensions: [].into(),
    }
}
