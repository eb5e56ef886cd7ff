//! What the document of named API keys holds to.

use bitting_core::{Conflict, Denial, NameFault, Refusal, Role, bounds};
use serde_json::json;

use super::*;
use crate::{dialect::Dialect as _, feldera::FelderaDialect};

fn document() -> Value {
    document_of(Surface::Feldera)
}

#[test]
fn members_are_in_the_order_of_the_wire_and_all_required() {
    let document = document();
    for (schema, expected) in [
        ("ApiError", ["message", "error_code", "details"].as_slice()),
        ("Key", &["id", "name", "role", "scopes"]),
        ("KeyCreated", &["id", "name", "api_key"]),
        ("GenericOidc", &["issuer", "client_id", "extra_oidc_scopes"]),
        ("Config", &["edition", "version"]),
    ] {
        assert_eq!(members(&document, schema), expected);
        let required = &document["components"]["schemas"][schema]["required"];
        assert_eq!(
            required.as_array().unwrap().len(),
            expected.len(),
            "{schema}"
        );
    }
    assert_eq!(nullable(&document, "ApiError"), ["details"]);
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["KeyCreate"]["required"], json!(["name"]));
    assert!(schemas["LoginConfig"].get("required").is_none());
}

#[test]
fn f12_the_bounds_are_those_of_the_decoder() {
    let document = document();
    let name = &document["components"]["schemas"]["KeyCreate"]["properties"]["name"];
    assert_eq!(name["maxLength"], bounds::PLAIN_NAME_MAX);
    let text = document["info"]["description"].as_str().unwrap();
    for words in [
        format!("1 to {} of the characters", bounds::PLAIN_NAME_MAX),
        format!("at most {} KiB", bounds::BODY_MAX / 1024),
    ] {
        assert!(text.contains(&words), "{words}");
    }
}

#[test]
fn f2_every_code_is_in_the_text_with_its_status_and_details() {
    let text = document()["info"]["description"].to_string();
    let name = || "n".to_owned();
    let (required, actual) = (Role::Write, Role::Read);
    let (requested, creator) = (Role::Write, Role::Read);
    for refusal in [
        Refusal::Unauthenticated,
        Refusal::Forbidden(Denial::RoleTooWeak { required, actual }),
        Refusal::Forbidden(Denial::RoleExceedsCreator { requested, creator }),
        Refusal::Forbidden(Denial::RoleNotMintable),
        Refusal::UnknownName(name()),
        Refusal::Invalid(Vec::new()),
        Refusal::InvalidName(NameFault::Empty),
        Refusal::InvalidName(NameFault::TooLong { name: name() }),
        Refusal::InvalidName(NameFault::Pattern { name: name() }),
        Refusal::Conflict(Conflict::NameTaken),
        Refusal::WrongMethod { allow: &[] },
        Refusal::BodyTooSlow,
        Refusal::BodyTooLarge,
        Refusal::BodyTypeUnknown,
        Refusal::RateLimited { retry_after: 1 },
        Refusal::Unavailable,
        Refusal::Internal,
    ] {
        let status = FelderaDialect::refuse(&refusal, "").status().as_u16();
        let error = serde_json::to_value(FelderaDialect::error(&refusal, "")).unwrap();
        let code = error["error_code"].as_str().unwrap();
        let details = match error["details"].as_object() {
            None => "null".to_owned(),
            Some(details) => {
                let names: Vec<_> = details.keys().map(|name| format!("`{name}`")).collect();
                names.join(", ")
            }
        };
        let line = format!("| `{code}` | {status} | {details}");
        assert!(text.contains(&line), "{line}");
    }
}

#[test]
fn f4_every_success_tells_caches_what_to_do() {
    rows_and_operations(|row, operation| {
        if row.surface == Surface::Feldera {
            let success = &operation.responses.responses[&StatusCode::Code(row.success)];
            let headers = &success.as_item().unwrap().headers;
            let told = serde_json::to_value(&headers["Cache-Control"]).unwrap();
            let header = if row.success == 201 {
                "NoStore"
            } else {
                "NoCache"
            };
            let reference = format!("#/components/headers/{header}");
            assert_eq!(told["$ref"], reference, "{}", row.id);
        }
    });
}

#[test]
fn f40_a_delete_answers_200_without_a_body() {
    let document = document();
    let delete = &document["paths"]["/v0/api_keys/{name}"]["delete"];
    assert!(delete["responses"]["200"]["description"].is_string());
    assert!(delete["responses"]["200"].get("content").is_none());
    assert!(delete["responses"].get("204").is_none());
}

#[test]
fn f51_what_needs_no_credential_says_so() {
    let document = document();
    for path in ["/v0/cluster_healthz", "/config/authentication", "/healthz"] {
        assert_eq!(
            document["paths"][path]["get"]["security"],
            json!([]),
            "{path}"
        );
    }
}
