//! Examples and headers.

use openapiv3::MediaType;

use super::*;

#[test]
fn every_body_has_an_example_and_every_response_its_request_id() {
    for (_, document) in typed() {
        let components = document.components.as_ref().unwrap();
        let exemplified = |media: &MediaType| media.example.is_some() || !media.examples.is_empty();
        for (_, _, operation) in document.operations() {
            let id = operation.operation_id.as_deref().unwrap();
            if let Some(body) = operation.request_body.as_ref().and_then(|b| b.as_item()) {
                assert!(body.content.values().all(exemplified), "{id}");
            }
            for (status, response) in &operation.responses.responses {
                if let Some(response) = response.as_item() {
                    assert!(response.content.values().all(exemplified), "{id} {status}");
                    assert!(
                        response.headers.contains_key("x-request-id"),
                        "{id} {status}"
                    );
                }
            }
        }
        for (name, response) in &components.responses {
            let response = response.as_item().unwrap();
            assert!(response.content.values().all(exemplified), "{name}");
            assert!(response.headers.contains_key("x-request-id"), "{name}");
        }
        for (name, header) in [
            ("Unauthorized", "WWW-Authenticate"),
            ("TooManyRequests", "Retry-After"),
        ] {
            if let Some(response) = components.responses.get(name) {
                let response = response.as_item().unwrap();
                assert!(response.headers.contains_key(header), "{name}");
            }
        }
    }
}

#[test]
fn only_personal_api_keys_speak_of_rate_limits() {
    for (surface, document) in published() {
        let speaks = document.to_string().contains("X-RateLimit-");
        assert_eq!(speaks, surface == Surface::Ocamba, "{surface:?}");
    }
}

#[test]
fn every_header_that_is_declared_is_used() {
    for (surface, document) in published() {
        let declared = document["components"]["headers"].as_object().unwrap();
        for name in declared.keys() {
            let reference = format!("\"#/components/headers/{name}\"");
            assert!(
                document.to_string().contains(&reference),
                "{surface:?} {name}"
            );
        }
    }
}
