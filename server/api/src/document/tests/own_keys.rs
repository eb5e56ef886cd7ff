//! What the document of Bitting's own API says of keys.

use bitting_core::{Timestamp, bounds, rules::Verdict};

use super::*;
use crate::keys::{KeyListQuery, Position, decode, encode, types};

fn document() -> Value {
    document_of(Surface::Keys)
}

/// The examples of a body: the only one, or each of them.
fn examples(media: &Value) -> Vec<Value> {
    match media["examples"].as_object() {
        Some(named) => named.values().map(|named| named["value"].clone()).collect(),
        None => vec![media["example"].clone()],
    }
}

fn requests(document: &Value, method: &str, path: &str) -> Vec<Vec<u8>> {
    let body = &document["paths"][path][method]["requestBody"]["content"]["application/json"];
    let bodies = examples(body).into_iter();
    bodies.map(|body| body.to_string().into_bytes()).collect()
}

#[test]
fn the_examples_of_requests_are_read() {
    let document = document();
    let requests = |method, path| {
        let requests = requests(&document, method, path);
        assert!(!requests.is_empty(), "{path}");
        requests
    };
    let now = Timestamp::from_seconds(1_767_256_200).unwrap();
    for body in requests("post", "/v1/keys") {
        decode::key_create(&body, now).unwrap();
    }
    for body in requests("put", "/v1/keys/{id}") {
        decode::key_update(&body).unwrap();
    }
    for path in ["/v1/keys/{id}/revoke", "/v1/whoami/revoke"] {
        for body in requests("post", path) {
            decode::revoke(&body).unwrap();
        }
    }
    for body in requests("post", "/v1/verify") {
        decode::verify(&body).unwrap();
    }
    for body in requests("post", "/v1/verify/batch") {
        decode::verify_batch(&body).unwrap();
    }
}

#[test]
fn k50_what_is_read_of_an_example_can_be_sent_back() {
    let document = document();
    let settings = &document["components"]["schemas"]["KeySettings"]["properties"];
    let view = &document["paths"]["/v1/keys/{id}"]["get"]["responses"]["200"];
    let mut keys = examples(&view["content"]["application/json"]);
    let Some(Value::Object(mut key)) = keys.pop() else {
        panic!("{view}");
    };
    key.retain(|name, _| settings.get(name).is_some());
    decode::key_update(Value::Object(key).to_string().as_bytes()).unwrap();
}

#[test]
fn the_examples_of_answers_have_the_members_of_their_types() {
    let document = document();
    let names =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    for (method, path) in [
        ("get", "/v1/keys/{id}"),
        ("put", "/v1/keys/{id}"),
        ("post", "/v1/keys/{id}/revoke"),
        ("get", "/v1/whoami"),
        ("post", "/v1/whoami/revoke"),
    ] {
        let answer = &document["paths"][path][method]["responses"]["200"];
        for key in examples(&answer["content"]["application/json"]) {
            assert_eq!(names(&key), members(&document, "Key"), "{path}");
        }
    }
    let answer = &document["paths"]["/v1/verify"]["post"]["responses"]["200"];
    for answer in examples(&answer["content"]["application/json"]) {
        assert_eq!(names(&answer), members(&document, "Verification"));
        let code = answer["code"].as_str().unwrap();
        assert_eq!(answer["valid"], code == Verdict::Valid.name());
        let unknown = [Verdict::NotFound, Verdict::Malformed].map(Verdict::name);
        assert_eq!(answer["key"].is_null(), unknown.contains(&code));
    }
}

#[test]
fn k21_the_example_of_a_token_continues_the_list() {
    let document = document();
    let parameters = &document["paths"]["/v1/keys"]["get"]["parameters"];
    let named = |name: &str| {
        let mut found = parameters.as_array().unwrap().iter();
        found.find(|parameter| parameter["name"] == name).unwrap()
    };
    let query: KeyListQuery = decode::key_list("").unwrap();
    let last = Position {
        value: crate::keys::PositionValue::Int(1_767_256_200),
        number: 2,
    };
    let page: types::KeyPage = encode::key_page(&query, Vec::new(), Some(&last));
    let token = serde_json::to_value(page).unwrap()["next_page"].clone();
    assert_eq!(named("page_token")["example"], token);
    for parameter in parameters.as_array().unwrap() {
        let name = parameter["name"].as_str().unwrap();
        let example = parameter["example"].to_string();
        let query = format!("{name}={}", example.trim_matches('"'));
        decode::key_list(&query).unwrap();
    }
    assert_eq!(named("q")["schema"]["maxLength"], bounds::SEARCH_MAX);
}

#[test]
fn k55_an_update_may_say_which_version_it_changes() {
    let document = document();
    let update = &document["paths"]["/v1/keys/{id}"]["put"];
    let parameters = update["parameters"].as_array().unwrap();
    let header = parameters.iter().find(|p| p["in"] == "header").unwrap();
    assert_eq!(header["name"], "If-Match");
    assert_ne!(header["required"], true);
    let mut headers = http::HeaderMap::new();
    let example = header["example"].as_str().unwrap().parse().unwrap();
    headers.insert(http::header::IF_MATCH, example);
    assert_eq!(decode::if_match(&headers).unwrap().unwrap().len(), 1);
}

#[test]
fn k54_every_answer_that_is_one_key_has_its_version() {
    rows_and_operations(|row, operation| {
        let success = &operation.responses.responses[&StatusCode::Code(row.success)];
        let success = success.as_item().unwrap();
        let tagged = success.headers.contains_key("ETag");
        assert_eq!(tagged, row.tagged, "{}", row.id);
        let media = success.content.get("application/json");
        let text = serde_json::to_string(&media.and_then(|m| m.schema.clone())).unwrap();
        let is_key = ["Key", "KeyCreated", "KeyRotated"]
            .iter()
            .any(|name| text.contains(&format!("/{name}\"")));
        let own = row.surface == Surface::Keys;
        assert_eq!(tagged, is_key && own, "{}", row.id);
    });
}

#[test]
fn k71_the_document_has_every_code() {
    let document = document();
    let code = &document["components"]["schemas"]["VerificationCode"];
    for verdict in Verdict::ALL {
        let line = format!("- `{}`: ", verdict.name());
        assert!(
            code["description"].as_str().unwrap().contains(&line),
            "{line}"
        );
    }
}
