//! The request header `If-Match`, which Dropshot's description cannot have without reading it before the request is
//! authorised.

use openapiv3::{
    ParameterData, ParameterSchemaOrContent, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringType, Type,
};

/// The longest value that the document gives: a few dozen entity tags.
const LONGEST: usize = 1_024;
/// A star, or entity tags between commas.
const PATTERN: &str = r#"^(\*|(W/)?"[!#-~]*"([ \t]*,[ \t]*(W/)?"[!#-~]*")*)$"#;

pub(super) fn parameter() -> ParameterData {
    let description = "Do it only if the key still has one of these versions: entity tags as `ETag` has them, between \
                       commas, or `*` for any. A weak one never matches. Left out: in any case.";
    let text = StringType {
        max_length: Some(LONGEST),
        pattern: Some(PATTERN.to_owned()),
        ..StringType::default()
    };
    let schema = Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Type(Type::String(text)),
    };
    ParameterData {
        name: "If-Match".to_owned(),
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
