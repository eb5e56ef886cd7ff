//! What the document of personal API keys holds to.

use bitting_core::bounds;
use openapiv3::{SchemaKind, Type};

use super::*;
use crate::ocamba::Member;

#[test]
fn the_bounds_are_those_of_the_decoders() {
    let (_, document) = &published()[0];
    let schemas = &document["components"]["schemas"];
    for schema in ["KeyCreate", "KeyUpdate"] {
        let members = &schemas[schema]["properties"];
        assert_eq!(members["name"]["maxLength"], bounds::NAME_MAX);
        assert_eq!(members["description"]["maxLength"], bounds::DESCRIPTION_MAX);
    }
    let description = document["info"]["description"].as_str().unwrap();
    for words in [
        format!("at most {} characters", bounds::NAME_MAX),
        format!("descriptions {}", bounds::DESCRIPTION_MAX),
        format!("bodies {} KiB", bounds::BODY_MAX / 1024),
        format!("at most {} values", bounds::FILTER_VALUES_MAX),
        format!("at most {} filters", bounds::FILTERS_MAX),
    ] {
        assert!(description.contains(&words), "{words}");
    }
}

#[test]
fn members_are_in_the_order_of_the_wire() {
    let (_, document) = &published()[0];
    let schemas = &document["components"]["schemas"];
    let names = |schema: &str| -> Vec<String> {
        let members = schemas[schema]["properties"].as_object().unwrap();
        members.keys().cloned().collect()
    };
    assert_eq!(names("Key"), Member::ALL.map(Member::name));
    assert_eq!(names("KeyCreated")[..3], ["id", "company_id", "name"]);
    assert_eq!(
        names("ApiError"),
        ["code", "title", "message", "trace_id", "errors"]
    );
    assert_eq!(names("KeyPage"), ["total", "items"]);
}

#[test]
fn secrets_times_and_ids_are_named_plain_strings() {
    for (_, document) in typed() {
        let components = document.components.unwrap();
        for name in ["Secret", "GmtTime", "DecimalId"] {
            let schema = components.schemas[name].as_item().unwrap();
            let SchemaKind::Type(Type::String(text)) = &schema.schema_kind else {
                panic!("{name} is no string");
            };
            assert_eq!((&text.pattern, text.max_length), (&None, None), "{name}");
        }
        let status = components.schemas["KeyStatus"].as_item().unwrap();
        let SchemaKind::Type(Type::String(text)) = &status.schema_kind else {
            panic!("KeyStatus is no enumeration");
        };
        assert_eq!(text.enumeration.len(), 3);
    }
}

#[test]
fn what_is_required_and_what_is_nullable_is_what_the_wire_has() {
    let (_, document) = &published()[0];
    let schemas = &document["components"]["schemas"];
    assert!(schemas["Key"].get("required").is_none());
    let nullable = |schema: &str| -> Vec<String> {
        let members = schemas[schema]["properties"].as_object().unwrap();
        let nullable = members
            .iter()
            .filter(|(_, member)| member["nullable"] == true);
        nullable.map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(nullable("Key"), ["description", "secret", "end_time"]);
    assert_eq!(nullable("KeyCreated"), ["description", "end_time"]);
    assert_eq!(nullable("KeyUpdate"), ["description", "end_time"]);
    assert_eq!(
        schemas["KeyCreated"]["required"].as_array().unwrap().len(),
        10
    );
    assert_eq!(
        schemas["KeyCreate"]["required"],
        serde_json::json!(["name"])
    );
    assert!(schemas["KeyUpdate"].get("required").is_none());
    let required = &schemas["ApiError"]["required"];
    assert_eq!(*required, serde_json::json!(["code", "message", "title"]));
}

#[test]
fn o80_validation_is_shown_at_its_literal_path_and_takes_nothing() {
    let (_, document) = &published()[0];
    let item = &document["paths"]["/v2/ocamba/personal-api-keys/validate"];
    assert_eq!(item.as_object().unwrap().len(), 1);
    assert!(item["post"].get("parameters").is_none());
    assert!(item["post"].get("requestBody").is_none());
    let by_id = &document["paths"]["/v2/ocamba/personal-api-keys/{id}"];
    assert!(by_id.get("post").is_none());
}
