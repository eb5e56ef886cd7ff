//! What schemas come out of schemars and Dropshot with that readers and generators are better off without.

use openapiv3::{
    Components, OpenAPI, Operation, Parameter, ParameterData, ParameterSchemaOrContent,
    ReferenceOr, Schema, SchemaKind, StringType, Type,
};

use super::stub;

/// Makes every schema plain: choices of documented words become one enumeration, references that may be null
/// become what they refer to, and parameters that may be left out are no longer called nullable, which a query
/// string cannot spell.
pub(super) fn make_plain(document: &mut OpenAPI) {
    let components = document.components.get_or_insert_default();
    for schema in components.schemas.values_mut().filter_map(stub::item_mut) {
        make_enumeration(schema);
    }
    inline_nullable(components);
    for operation in stub::operations_mut(document) {
        for data in parameters_mut(operation) {
            if let ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) = &mut data.format {
                schema.schema_data.nullable = false;
            }
        }
    }
}

/// What an operation's parameters say.
pub(super) fn parameters_mut(
    operation: &mut Operation,
) -> impl Iterator<Item = &mut ParameterData> {
    operation
        .parameters
        .iter_mut()
        .filter_map(stub::item_mut)
        .map(|parameter| match parameter {
            Parameter::Query { parameter_data, .. }
            | Parameter::Header { parameter_data, .. }
            | Parameter::Path { parameter_data, .. }
            | Parameter::Cookie { parameter_data, .. } => parameter_data,
        })
}

/// schemars makes an enum with documented variants a `oneOf` of enumerations of one word each. One
/// enumeration says the same, and every generator has a good type for it.
fn make_enumeration(schema: &mut Schema) {
    let SchemaKind::OneOf { one_of } = &schema.schema_kind else {
        return;
    };
    let Some(words) = one_of.iter().map(only_word).collect::<Option<Vec<_>>>() else {
        return;
    };
    let lines = words.iter().map(|(word, meaning)| match meaning {
        Some(meaning) => format!("\n- `{word}`: {meaning}"),
        None => format!("\n- `{word}`"),
    });
    let mut description = schema.schema_data.description.take().unwrap_or_default();
    description.push('\n');
    description.extend(lines);
    schema.schema_data.description = Some(description);
    schema.schema_kind = SchemaKind::Type(Type::String(StringType {
        enumeration: words.into_iter().map(|(word, _)| Some(word)).collect(),
        ..StringType::default()
    }));
}

fn only_word(schema: &ReferenceOr<Schema>) -> Option<(String, Option<String>)> {
    let schema = schema.as_item()?;
    let SchemaKind::Type(Type::String(text)) = &schema.schema_kind else {
        return None;
    };
    match text.enumeration.as_slice() {
        [Some(word)] => Some((word.clone(), schema.schema_data.description.clone())),
        _ => None,
    }
}

/// `nullable` has no effect but beside a `type`: next to a reference, where schemars writes it, it allows no
/// null, and validators refuse it. Such a member gets a copy of what it refers to.
fn inline_nullable(components: &mut Components) {
    let named = components.schemas.clone();
    let members = components
        .schemas
        .values_mut()
        .filter_map(stub::item_mut)
        .filter_map(|schema| match &mut schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => Some(object.properties.values_mut()),
            _ => None,
        })
        .flatten();
    for member in members.filter_map(stub::item_mut) {
        if !member.schema_data.nullable {
            continue;
        }
        let target = match &member.schema_kind {
            SchemaKind::AllOf { all_of } => match all_of.as_slice() {
                [ReferenceOr::Reference { reference }] => reference
                    .strip_prefix("#/components/schemas/")
                    .and_then(|name| named.get(name)?.as_item()),
                _ => None,
            },
            _ => None,
        };
        if let Some(target) = target {
            member.schema_kind = target.schema_kind.clone();
        }
    }
}
