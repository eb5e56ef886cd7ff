//! Whether the generated client reads what the server answers.

use bitting_api::operations::Surface;
use bitting_client::{feldera::types as feldera, keys::types as keys, ocamba::types as ocamba};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, from_slice, to_value};

use crate::answer::Answer;

/// Asserts that the generated client's types read the answer to `operation` and lose nothing of it.
pub fn assert_decodes(surface: Surface, operation: &str, answer: &Answer) {
    use Surface::{Feldera, Keys, Ocamba};
    let decode = match (surface, operation, answer.status) {
        (_, _, 204) | (Feldera, "key_delete", 200) | (Keys, "forward_auth", 200) => {
            assert!(answer.body.is_empty(), "\n{answer:?}");
            return;
        }
        (Ocamba, "key_create", 201) | (Ocamba, "key_roll", 200) => again::<ocamba::KeyCreated>,
        (Ocamba, "key_view", 200) => again::<ocamba::Key>,
        (Ocamba, "key_list", 200) => again::<ocamba::KeyPage>,
        (Ocamba, _, 400..) => again::<ocamba::ApiError>,
        (Feldera, "key_create", 201) => again::<feldera::KeyCreated>,
        (Feldera, "key_list" | "key_view", 200) => again::<Vec<feldera::Key>>,
        (Feldera, "config_view", 200) => again::<feldera::Config>,
        (Feldera, "cluster_health_view", 200) => again::<feldera::ClusterHealth>,
        (Feldera, "login_config_view", 200) => again::<feldera::LoginConfig>,
        (Feldera, "health_view", 200) => again::<feldera::Health>,
        (Feldera, _, 400..) => again::<feldera::ApiError>,
        (Keys, "company_create", 201) => again::<keys::CompanyCreated>,
        (Keys, "company_list", 200) => again::<keys::CompanyPage>,
        (Keys, "company_view" | "company_update", 200) => again::<keys::Company>,
        (Keys, "member_create", 201) => again::<keys::MemberCreated>,
        (Keys, "member_list", 200) => again::<keys::MemberPage>,
        (Keys, "member_view" | "member_update", 200) => again::<keys::Member>,
        (Keys, "key_create", 201) => again::<keys::KeyCreated>,
        (Keys, "key_list", 200) => again::<keys::KeyPage>,
        (
            Keys,
            "key_view" | "key_update" | "key_limits_update" | "key_revoke" | "whoami"
            | "self_revoke",
            200,
        ) => again::<keys::Key>,
        (Keys, "key_usage" | "company_usage", 200) => again::<keys::Usage>,
        (Keys, "key_rotate", 200) => again::<keys::KeyRotated>,
        (Keys, "key_reveal", 200) => again::<keys::KeyRevealed>,
        (Keys, "secret_list", 200) => again::<keys::KeySecrets>,
        (Keys, "audit_list", 200) => again::<keys::AuditPage>,
        (Keys, "key_verify", 200) => again::<keys::Verification>,
        (Keys, "key_verify_batch", 200) => again::<keys::VerificationBatch>,
        (Keys, "key_import", 200) => again::<keys::KeyImportResults>,
        (Keys, "introspect", 200) => again::<keys::Introspection>,
        (Keys, _, 400..) => again::<keys::ApiError>,
        _ => panic!("no type for {surface:?} {operation} {}", answer.status),
    };
    let decoded = decode(&answer.body).unwrap_or_else(|error| {
        panic!("the client does not read {operation}: {error}\n{answer:?}")
    });
    assert_eq!(
        without_nulls(decoded),
        without_nulls(answer.json()),
        "the client reads {operation} and loses some of it"
    );
}

/// What is left of `body` when it was read as a `T`.
fn again<T: DeserializeOwned + Serialize>(body: &[u8]) -> serde_json::Result<Value> {
    from_slice::<T>(body).and_then(to_value)
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

    fn decodes(surface: Surface, operation: &str, status: u16, body: &str) -> bool {
        let answer = Answer {
            line: String::new(),
            status,
            headers: Vec::new(),
            body: body.into(),
        };
        catch_unwind(|| assert_decodes(surface, operation, &answer)).is_ok()
    }

    #[test]
    fn what_the_client_cannot_read_or_loses_is_found() {
        let ocamba = |operation, status, body| decodes(Surface::Ocamba, operation, status, body);
        assert!(ocamba("key_view", 200, r#"{"id":"1","description":null}"#));
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
            assert!(!ocamba(operation, status, body), "{what} is not found");
        }
    }

    #[test]
    fn each_surface_is_read_with_its_own_types() {
        let feldera = |operation, status, body| decodes(Surface::Feldera, operation, status, body);
        let keys = |operation, status, body| decodes(Surface::Keys, operation, status, body);
        let error = r#"{"message":"m","error_code":"c","details":{"name":"n"}}"#;
        assert!(feldera("key_list", 200, "[]"));
        assert!(feldera("key_delete", 200, ""));
        assert!(feldera("key_view", 404, error));
        assert!(!feldera("key_delete", 200, "{}"), "a body of a deletion");
        assert!(!feldera("key_view", 200, "{}"), "no array");
        assert!(
            !feldera("key_view", 404, &error.replace("details", "detail")),
            "another member"
        );
        assert!(keys(
            "company_list",
            200,
            r#"{"items":[],"next_page":null}"#
        ));
        assert!(!keys("company_list", 200, "[]"), "no page");
        assert!(!keys("member_view", 404, error), "an error without an id");
        assert!(!keys("member_view", 204, "x"), "a body of a 204");
    }
}
