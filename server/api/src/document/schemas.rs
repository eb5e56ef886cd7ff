//! What schemas come out of schemars and Dropshot with that readers and generators are better off without.

use std::collections::BTreeSet;

use openapiv3::{
    Components, OpenAPI, Operation, Parameter, ParameterData, ParameterSchemaOrContent,
    ReferenceOr, Schema, SchemaKind, StringType, Type,
};
use serde_json::Value;

use super::stub;

/// What a copy of a schema that has a name says that name with: generators that know it make one type of both.
pub const COPY_OF: &str = "x-copy-of";

/// Makes every schema plain: choices of documented words become one enumeration, references that may be null
/// become what they refer to, and parameters that may be left out are no longer called nullable, which a query
/// string cannot spell. Where `null_is_absent`, what a request may leave out may also be null.
pub(super) fn make_plain(document: &mut OpenAPI, null_is_absent: bool) {
    let sent = sent(document);
    let components = document.components.get_or_insert_default();
    for (name, schema) in &mut components.schemas {
        if let Some(schema) = stub::item_mut(schema) {
            make_enumeration(schema);
            if null_is_absent && sent.contains(name) {
                let_be_null(schema);
            }
        }
    }
    inline_nullable(components);
    drop_unused(document);
    for operation in stub::operations_mut(document) {
        for data in parameters_mut(operation) {
            if let ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) = &mut data.format {
                schema.schema_data.nullable = false;
            }
        }
        // What schemars calls a list is no name for a type.
        let responses = operation.responses.responses.values_mut();
        for response in responses.filter_map(stub::item_mut) {
            for media in response.content.values_mut() {
                if let Some(schema) = media.schema.as_mut().and_then(stub::item_mut) {
                    schema.schema_data.title = None;
                }
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

/// The names of the schemas that request bodies refer to, and that those refer to.
fn sent(document: &OpenAPI) -> BTreeSet<String> {
    let bodies: Vec<_> = document
        .operations()
        .filter_map(|(_, _, operation)| operation.request_body.as_ref())
        .collect();
    let mut open = references(&serde_json::to_value(bodies).unwrap_or_default());
    let mut found = BTreeSet::new();
    while let Some(name) = open.pop_first() {
        let schema = document
            .components
            .as_ref()
            .and_then(|c| c.schemas.get(&name));
        let further = references(&serde_json::to_value(schema).unwrap_or_default());
        found.insert(name);
        open.extend(further.into_iter().filter(|name| !found.contains(name)));
    }
    found
}

/// The names of the schemas that something refers to.
fn references(value: &Value) -> BTreeSet<String> {
    match value {
        Value::Object(members) => {
            let reference = members.get("$ref").and_then(Value::as_str);
            let name = reference.and_then(|text| text.strip_prefix("#/components/schemas/"));
            let inner = members.values().flat_map(references);
            inner.chain(name.map(str::to_owned)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => BTreeSet::new(),
    }
}

/// Lets every member of an object that may be left out be null.
fn let_be_null(schema: &mut Schema) {
    if let SchemaKind::Type(Type::Object(object)) = &mut schema.schema_kind {
        for (name, member) in &mut object.properties {
            if let (false, Some(member)) = (object.required.contains(name), stub::item_mut(member))
            {
                member.schema_data.nullable = true;
            }
        }
    }
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
/// null, and validators refuse it. Such a member gets a copy of what it refers to, and says of what.
fn inline_nullable(components: &mut Components) {
    let named = components.clone();
    for (name, schema) in &mut components.schemas {
        if let Some(schema) = stub::item_mut(schema) {
            inline_members(name, schema, &named);
        }
    }
}

/// The same for the members of one schema, and for those of the copies that they get. No schema of ours has itself
/// as a member.
///
/// A title is what generators call the type that they make of a schema without a name. It is that of the `owner` and of
/// the member together, because no two types may have one name.
fn inline_members(owner: &str, schema: &mut Schema, named: &Components) {
    let SchemaKind::Type(Type::Object(object)) = &mut schema.schema_kind else {
        return;
    };
    for (name, member) in &mut object.properties {
        let Some(member) = stub::item_mut(member) else {
            continue;
        };
        let title = format!("{owner}{}", pascal_case(name));
        // Left to themselves, generators number what they make of an object that may be null.
        if member.schema_data.nullable && is_map(member) {
            member.schema_data.title = Some(title.clone());
        }
        if member.schema_data.nullable
            && let Some((original, target)) = target(member, named)
        {
            member.schema_kind = target.schema_kind.clone();
            let data = &mut member.schema_data;
            data.title = Some(title.clone());
            let original = original.as_str().into();
            data.extensions.insert(COPY_OF.to_owned(), original);
            if let SchemaKind::Type(Type::String(text)) = &mut member.schema_kind
                && !text.enumeration.is_empty()
            {
                // An enumeration allows what it lists and nothing else, null included.
                text.enumeration.push(None);
            }
        }
        inline_members(&title, member, named);
    }
}

/// Whether a schema is an object of any members.
fn is_map(schema: &Schema) -> bool {
    let SchemaKind::Type(Type::Object(object)) = &schema.schema_kind else {
        return false;
    };
    object.properties.is_empty()
}

/// The name of a member as the name of a type.
fn pascal_case(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    words.collect()
}

/// What a schema refers to, if that is all it does, and its name.
fn target<'n>(schema: &Schema, named: &'n Components) -> Option<(&'n String, &'n Schema)> {
    let SchemaKind::AllOf { all_of } = &schema.schema_kind else {
        return None;
    };
    let [ReferenceOr::Reference { reference }] = all_of.as_slice() else {
        return None;
    };
    let name = reference.strip_prefix("#/components/schemas/")?;
    let (name, target) = named.schemas.get_key_value(name)?;
    Some((name, target.as_item()?))
}

/// Takes away the schemas that only copies were made of.
fn drop_unused(document: &mut OpenAPI) {
    let text = serde_json::to_string(document).unwrap_or_default();
    if let Some(components) = &mut document.components {
        let is_used = |name: &str| text.contains(&format!("\"#/components/schemas/{name}\""));
        components.schemas.retain(|name, _| is_used(name));
    }
}
