//! What the document of personal API keys holds to.

use bitting_core::bounds;

use super::*;
use crate::ocamba::Member;

#[test]
fn the_bounds_are_those_of_the_decoders() {
    let document = document_of(Surface::Ocamba);
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
    let document = document_of(Surface::Ocamba);
    let names = |schema: &str| members(&document, schema);
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
    let document = document_of(Surface::Ocamba);
    let schemas = &document["components"]["schemas"];
    for name in ["Secret", "GmtTime", "DecimalId"] {
        assert_eq!(schemas[name]["type"], "string", "{name}");
    }
    let status = &schemas["KeyStatus"];
    assert_eq!(status["type"], "string");
    assert_eq!(status["enum"].as_array().unwrap().len(), 3);
}

#[test]
fn what_is_required_and_what_is_nullable_is_what_the_wire_has() {
    let document = document_of(Surface::Ocamba);
    let schemas = &document["components"]["schemas"];
    assert!(schemas["Key"].get("required").is_none());
    let nullable = |schema: &str| nullable(&document, schema);
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
    let document = document_of(Surface::Ocamba);
    let item = &document["paths"]["/v2/ocamba/personal-api-keys/validate"];
    assert_eq!(item.as_object().unwrap().len(), 1);
    assert!(item["post"].get("parameters").is_none());
    assert!(item["post"].get("requestBody").is_none());
    let by_id = &document["paths"]["/v2/ocamba/personal-api-keys/{id}"];
    assert!(by_id.get("post").is_none());
}
