//! Whether the generated client reads what the server answers.

use bitting_client::ocamba::types::{ApiError, Key, KeyCreated, KeyPage};
use serde_json::{Value, from_slice, to_value};

use crate::answer::Answer;

/// Asserts that the generated client's types read the answer to `operation` and lose nothing of it.
pub fn assert_decodes(operation: &str, answer: &Answer) {
    let decoded = match (operation, answer.status) {
        (_, 204) => {
            assert!(answer.body.is_empty(), "\n{answer:?}");
            return;
        }
        ("key_create", 201) | ("key_roll", 200) => {
            from_slice::<KeyCreated>(&answer.body).map(to_value)
        }
        ("key_view", 200) => from_slice::<Key>(&answer.body).map(to_value),
        ("key_list", 200) => from_slice::<KeyPage>(&answer.body).map(to_value),
        (_, 400..) => from_slice::<ApiError>(&answer.body).map(to_value),
        _ => panic!("no type for {operation} {}", answer.status),
    };
    let decoded = decoded
        .unwrap_or_else(|error| panic!("the client does not read {operation}: {error}\n{answer:?}"))
        .expect("it is written again");
    assert_eq!(
        without_nulls(decoded),
        without_nulls(answer.json()),
        "the client reads {operation} and loses some of it"
    );
}

/// Generated types do not tell null from absent.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, without_nulls(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;

    fn decodes(operation: &str, status: u16, body: &str) -> bool {
        let answer = Answer {
            line: String::new(),
            status,
            headers: Vec::new(),
            body: body.into(),
        };
        catch_unwind(|| assert_decodes(operation, &answer)).is_ok()
    }

    #[test]
    fn what_the_client_cannot_read_or_loses_is_found() {
        assert!(decodes("key_view", 200, r#"{"id":"1","description":null}"#));
        for (what, operation, status, body) in [
            ("a number", "key_view", 200, r#"{"id":1}"#),
            (
                "an unknown member",
                "key_view",
                200,
                r#"{"id":"1","role":"x"}"#,
            ),
            (
                "an unknown status",
                "key_view",
                200,
                r#"{"status":"revoked"}"#,
            ),
            ("a missing member", "key_create", 201, r#"{"id":"1"}"#),
            ("a missing total", "key_list", 200, r#"{"items":[]}"#),
            (
                "another shape of error",
                "key_list",
                404,
                r#"{"error":"x"}"#,
            ),
            ("a body of a 204", "key_delete", 204, "{}"),
            ("another success", "key_delete", 200, "{}"),
        ] {
            assert!(!decodes(operation, status, body), "{what} is not found");
        }
    }
}
