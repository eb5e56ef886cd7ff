//! Verification: what a service asks about a key that was presented to it, and what it is told.

use bitting_core::{Verdict, bounds};
use schemars::{JsonSchema, r#gen::SchemaGenerator, schema::Schema};
use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;

use super::{
    DecimalId, LimitLeft, Metadata, QuotaLeft, UtcTime,
    input::{ClientInput, LimitNameInput, ScopeInput},
};
use crate::wire::{Nullable, schema};

/// The longest key that a body has room for; the document's bound, for the body's is in bytes.
const KEY_MAX: usize = bounds::BODY_MAX;
/// Any text.
const ANY_PATTERN: &str = r"^[\s\S]*$";

/// A question about a key. Members that are not listed here are refused.
// For the document only: `decode` reads the bytes.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyVerify {
    /// The key, as it was presented: any string. What cannot be a key is `malformed`, which is no error.
    #[schemars(length(max = "KEY_MAX"), regex = "ANY_PATTERN")]
    pub key: String,
    /// What the key is to be good for: all of these. Left out: nothing in particular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<ScopeInput>", length(max = "bounds::SCOPES_MAX"))]
    pub scopes: Option<Vec<String>>,
    /// From where the key was presented. Left out: unknown, which a key that is bound to addresses does not take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ClientInput")]
    pub client_ip: Option<String>,
    /// Which of the key's rate limits count this, by their names; the others do not. Names that the key does not have
    /// count nothing. Left out: all that it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<LimitNameInput>", length(max = "bounds::LIMITS_MAX"))]
    pub limits: Option<Vec<String>>,
    /// How much of the limits and of the quota it takes; 0 asks without using anything. Left out: 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32", range(max = "bounds::COST_MAX"))]
    pub cost: Option<u32>,
}

/// Questions about keys. Members that are not listed here are refused.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyVerifyBatch {
    /// The questions, each answered by itself.
    #[schemars(length(min = 1, max = "bounds::BATCH_MAX"))]
    pub keys: Vec<KeyVerify>,
}

/// Whether a key is good, and what it is.
// In the order of K71.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Verification {
    /// Whether the key is good: whether `code` is `valid`.
    pub valid: bool,
    /// Why it is not, or `valid`.
    pub code: VerificationCode,
    /// The key; null for `malformed` and `not_found`.
    pub key: Nullable<VerifiedKey>,
    /// The rate limits that counted it, as they are now: where `code` is `valid`, `rate_limited` or `quota_exceeded`.
    pub limits: Vec<LimitLeft>,
    /// The key's quota as it is now, in the same cases; null for none.
    pub quota: Nullable<QuotaLeft>,
    /// Seconds until the same request could be `valid`, where `code` is `rate_limited` or `quota_exceeded`; null
    /// else, and where it never could: it costs more than is ever let through.
    pub retry_after_seconds: Nullable<u64>,
}

/// The answers to a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct VerificationBatch {
    /// The answers, in the order of the questions.
    pub results: Vec<Verification>,
}

/// What a verification tells of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct VerifiedKey {
    /// The key's id.
    pub id: Uuid,
    /// The id of the company that the key belongs to: always the caller's.
    pub company_id: DecimalId,
    /// The id of the member whose key it is.
    pub member_id: DecimalId,
    /// What it is called.
    pub name: String,
    /// What it is good for, in order.
    pub scopes: Vec<String>,
    /// What its issuer keeps with it.
    pub metadata: Metadata,
    /// When it stops working; null for never.
    pub expires_at: Nullable<UtcTime>,
}

/// What was found of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerificationCode(Verdict);

impl From<Verdict> for VerificationCode {
    fn from(verdict: Verdict) -> Self {
        Self(verdict)
    }
}

impl Serialize for VerificationCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

/// What each code means, for the document.
pub(crate) fn meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Malformed => "the text cannot be a key; nothing was looked up",
        Verdict::NotFound => "the caller's company has no such key, or no longer",
        Verdict::Revoked => "it was revoked, for good",
        Verdict::Disabled => "it is switched off, or its owner or company is",
        Verdict::Expired => "its `expires_at` has come",
        Verdict::Pending => "its `starts_at` has not come",
        Verdict::AddressNotAllowed => {
            "it is bound to addresses, and `client_ip` is none of them or was not given"
        }
        Verdict::InsufficientScope => "it has not all of the scopes that were asked for",
        Verdict::RateLimited => "one of its rate limits has not enough left",
        Verdict::QuotaExceeded => "its quota has not enough left",
        Verdict::Valid => "it is good",
    }
}

/// A string, and not an enumeration: a client that knew only the codes of its day would refuse what a later server
/// has learnt to find.
impl JsonSchema for VerificationCode {
    fn schema_name() -> String {
        "VerificationCode".to_owned()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let lines =
            Verdict::ALL.map(|verdict| format!("\n- `{}`: {}", verdict.name(), meaning(verdict)));
        let description = format!(
            "What was found, the first of these that holds. Later versions may add to them; a key with a code that \
             is not known is not good.\n{}",
            lines.concat()
        );
        schema::open_words(&description, &Verdict::ALL.map(Verdict::name))
    }
}
