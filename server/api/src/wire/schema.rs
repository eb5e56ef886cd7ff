//! Schemas written by hand, for types of which schemars cannot tell enough.

use schemars::schema::{InstanceType, Metadata, Schema, SchemaObject, StringValidation};

/// The pattern of what people call things: no U+0000, and something besides white space.
pub(crate) const NAME_PATTERN: &str = r"^[^\u0000]*[^\s\u0000\u0085][^\u0000]*$";

/// A string in answers. Without limits: they would make an old client refuse what a newer server has learnt
/// to send.
pub(crate) fn text(description: &str, format: Option<&str>) -> Schema {
    string(description, format, None)
}

/// A word in answers: one of `words` today, and perhaps others in a later version. It is no enumeration: a client that knew
/// only the words of its day would refuse what a later server has learnt to send.
pub(crate) fn open_words(description: &str, words: &[&str]) -> Schema {
    let mut schema = text(description, None);
    if let Schema::Object(schema) = &mut schema {
        let name = "x-extensible-enum".to_owned();
        schema.extensions.insert(name, words.into());
    }
    schema
}

/// A string in requests, of so many characters and matching `pattern`.
pub(crate) fn bounded(
    description: &str,
    format: Option<&str>,
    lengths: (u32, u32),
    pattern: &str,
) -> Schema {
    let (shortest, longest) = lengths;
    let limits = StringValidation {
        min_length: Some(shortest),
        max_length: Some(longest),
        pattern: Some(pattern.to_owned()),
    };
    string(description, format, Some(limits))
}

fn string(description: &str, format: Option<&str>, limits: Option<StringValidation>) -> Schema {
    SchemaObject {
        instance_type: Some(InstanceType::String.into()),
        format: format.map(str::to_owned),
        metadata: Some(Box::new(Metadata {
            description: Some(description.to_owned()),
            ..Metadata::default()
        })),
        string: limits.map(Box::new),
        ..SchemaObject::default()
    }
    .into()
}
