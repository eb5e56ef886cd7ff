//! What a token says.

use serde_json::{Map, Value, json};

use super::{AUDIENCE, CLIENT};
use crate::cast::COMPANY;

/// The claims of a token, to be changed one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims(Map<String, Value>);

impl Claims {
    pub(super) fn good(issuer: &str, now: i64) -> Self {
        let claims = json!({
            "iss": issuer,
            "aud": AUDIENCE,
            "client_id": CLIENT,
            "token_use": "access",
            "sub": "alice",
            "company": COMPANY.to_string(),
            "role": "admin",
            "iat": now,
            "exp": now + 300,
        });
        match claims {
            Value::Object(claims) => Self(claims),
            _ => unreachable!("it is an object"),
        }
    }

    /// With another value, `null` too.
    #[must_use]
    pub fn with(mut self, claim: &str, value: impl Into<Value>) -> Self {
        self.0.insert(claim.to_owned(), value.into());
        self
    }

    /// Without it.
    #[must_use]
    pub fn without(mut self, claim: &str) -> Self {
        self.0.remove(claim);
        self
    }

    /// As JSON text.
    pub fn text(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }

    /// As JSON text in which the value of one claim is written like this, be it JSON or not.
    pub fn spelt(&self, claim: &str, value: &str) -> String {
        let rest = self.clone().without(claim).text();
        format!("{{{}:{value},{}", Value::from(claim), &rest[1..])
    }

    /// As JSON text that begins with another member of this name.
    pub fn twice(&self, claim: &str, value: impl Into<Value>) -> String {
        format!(
            "{{{}:{},{}",
            Value::from(claim),
            value.into(),
            &self.text()[1..]
        )
    }
}
