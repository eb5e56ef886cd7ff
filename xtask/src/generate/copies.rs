//! Copies of schemas that have a name, made to refer to it again.
//!
//! A member that may be null has a copy of its schema in the documents, because `nullable` beside a reference
//! allows no null. A copy says of what it is one ([`COPY_OF`]). The generator takes the reference for what it is meant to
//! be, and makes a type of its own out of each copy.

use bitting_api::document::COPY_OF;
use openapiv3::{OpenAPI, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::Value;

/// Makes every copy of a named schema a reference. A schema of which only copies were left is there again.
pub(super) fn refer(document: &mut OpenAPI) {
    let Some(components) = &mut document.components else {
        return;
    };
    let mut originals = Vec::new();
    for schema in components.schemas.values_mut() {
        if let ReferenceOr::Item(schema) = schema {
            refer_members(schema, &mut originals);
        }
    }
    for (name, original) in originals {
        let original = ReferenceOr::Item(original);
        components.schemas.entry(name).or_insert(original);
    }
}

/// The same for the members of one schema; `originals` are what the copies are of.
fn refer_members(schema: &mut Schema, originals: &mut Vec<(String, Schema)>) {
    let SchemaKind::Type(Type::Object(object)) = &mut schema.schema_kind else {
        return;
    };
    for member in object.properties.values_mut() {
        let ReferenceOr::Item(member) = member else {
            continue;
        };
        refer_members(member, originals);
        let data = &mut member.schema_data;
        let Some(Value::String(name)) = data.extensions.shift_remove(COPY_OF) else {
            continue;
        };
        data.title = None;
        let reference = format!("#/components/schemas/{name}");
        let mut original = member.clone();
        original.schema_data.nullable = false;
        if let SchemaKind::Type(Type::String(text)) = &mut original.schema_kind {
            text.enumeration.retain(Option::is_some);
        }
        originals.push((name, *original));
        member.schema_kind = SchemaKind::AllOf {
            all_of: vec![ReferenceOr::Reference { reference }],
        };
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use bitting_api::{document::document, operations::Surface};

    use super::*;

    #[test]
    fn a_copy_is_made_to_refer_to_what_it_is_of() {
        let text = document(Surface::Keys).unwrap().text;
        let mut described = serde_json::from_str(&text).unwrap();
        refer(&mut described);
        let described: Value = serde_json::to_value(described).unwrap();
        let schemas = &described["components"]["schemas"];
        for (schema, member, name) in [
            ("CompanyCreated", "member", "Member"),
            ("CompanyCreated", "key", "FirstKey"),
            ("MemberCreated", "key", "FirstKey"),
            ("Member", "login", "Login"),
            ("KeyCreate", "quota", "QuotaSet"),
        ] {
            let member = &schemas[schema]["properties"][member];
            let reference = format!("#/components/schemas/{name}");
            assert_eq!(member["nullable"], true, "{name}");
            assert_eq!(member["allOf"][0]["$ref"], reference, "{name}");
            assert!(schemas[name]["properties"].is_object(), "{name}");
            assert!(schemas[name].get("nullable").is_none(), "{name}");
        }
    }
}
