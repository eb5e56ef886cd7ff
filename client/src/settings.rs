//! The settings of a key, to change some of them.

use crate::keys::types::{Key, KeySettings};

/// What a key has now: an update replaces all settings at once, so that whoever wants to change one sends the others
/// back as they were read.
impl From<&Key> for KeySettings {
    fn from(key: &Key) -> Self {
        Self {
            name: key.name.clone(),
            description: key.description.clone(),
            starts_at: Some(key.starts_at),
            expires_at: key.expires_at,
            enabled: key.enabled,
            role: key.role,
            scopes: Some(key.scopes.clone()),
            metadata: Some(key.metadata.clone()),
            allowed_addresses: Some(key.allowed_addresses.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use reqwest::StatusCode;
    use serde_json::{Value, json};

    use super::*;
    use crate::{Error, Keys, Token, fixtures};

    const ID: &str = "01913f2e-7a6c-7b4e-9d21-5c0f8e3a6b17";
    const ETAG: &str = "\"5d1f3c9e0b7a48d2a6e4f80917c3b25d\"";

    fn key() -> Value {
        json!({
            "id": ID, "company_id": "2", "owner_id": "3", "issuer_id": "3", "origin": "keys", "name": "n",
            "description": null, "status": "active", "role": "none", "scopes": ["a"],
            "metadata": { "b": 1, "a": [] }, "allowed_addresses": ["10.0.0.0/8"],
            "limits": [], "quota": null,
            "starts_at": "2026-01-01T08:30:00Z", "expires_at": null, "enabled": true,
            "recoverable": false, "prefix": "bit", "created_at": "2026-01-01T08:30:00Z",
            "updated_at": "2026-01-01T08:30:00Z", "revoked_at": null, "revoked_reason": null,
            "last_used_at": null, "a_member_of_a_later_version": 1,
        })
    }

    fn keys(url: &str) -> Keys {
        Keys::new(url, &Token::new("hunter2").unwrap()).unwrap()
    }

    #[tokio::test]
    async fn what_was_read_goes_back_with_its_version() {
        let read: Key = serde_json::from_value(key()).unwrap();
        let answer = fixtures::answer(
            "412 Precondition Failed",
            "content-type: application/json\r\n",
            r#"{"error_code":"changed","message":"m","request_id":"r","details":null}"#,
        );
        let (url, sent) = fixtures::server(answer).await;
        let settings = KeySettings {
            enabled: false,
            ..KeySettings::from(&read)
        };
        let error = keys(&url)
            .key_update()
            .id(read.id)
            .if_match(ETAG.to_owned())
            .body(settings)
            .send()
            .await
            .map_err(Error::from)
            .unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::PRECONDITION_FAILED));
        assert_eq!(error.code(), Some("changed"));
        assert!(!error.is_retryable());

        let sent = sent.await.unwrap();
        let (head, body) = sent.split_once("\r\n\r\n").unwrap();
        let begins = format!("PUT /v1/keys/{ID} HTTP/1.1");
        assert!(head.starts_with(&begins), "{head}");
        assert!(head.contains(&format!("\r\nif-match: {ETAG}")), "{head}");
        let body: Value = serde_json::from_str(body).unwrap();
        assert_eq!(
            body,
            json!({
                "name": "n", "description": null, "starts_at": "2026-01-01T08:30:00Z", "expires_at": null,
                "enabled": false, "role": "none", "scopes": ["a"], "metadata": { "b": 1, "a": [] },
                "allowed_addresses": ["10.0.0.0/8"],
            })
        );
    }

    #[tokio::test]
    async fn a_code_of_a_later_version_is_not_valid_and_is_read() {
        let body = concat!(
            r#"{"valid":false,"code":"unheard_of","key":null,"#,
            r#""limits":[],"quota":null,"retry_after_seconds":null}"#
        );
        let headers = "content-type: application/json\r\n";
        let (url, sent) = fixtures::server(fixtures::answer("200 OK", headers, body)).await;
        let question = crate::keys::types::KeyVerify::builder()
            .key("bit_x")
            .client_ip("192.0.2.7".to_owned());
        let keys = keys(&url);
        let found = keys.key_verify().body(question).send().await.unwrap();
        assert!(!found.valid);
        assert_eq!(found.code.as_str(), "unheard_of");
        assert!(found.key.is_none());
        let sent = sent.await.unwrap();
        assert!(
            sent.ends_with(r#"{"client_ip":"192.0.2.7","key":"bit_x"}"#),
            "{sent}"
        );
    }
}
