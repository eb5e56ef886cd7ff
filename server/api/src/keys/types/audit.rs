//! Audit records.

use bitting_core::{audit::Action, bounds};
use schemars::{JsonSchema, r#gen::SchemaGenerator, schema::Schema};
use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;

use super::{
    DecimalId, UtcTime,
    input::{KeyIdInput, TimeInput},
    path::IdInput,
};
use crate::{
    keys::list::{AUDIT_TOKEN_LENGTH, TOKEN_PATTERN},
    wire::{Nullable, schema},
};

/// What an action's name looks like.
const ACTION_PATTERN: &str = "^[a-z_]+$";

/// The query of the list of audit records. All filters that are given hold.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct AuditListQuery {
    /// How many records the page holds at most. Left out: 20.
    #[schemars(range(min = 1, max = "bounds::PAGE_MAX"))]
    pub limit: Option<u32>,
    /// Which page: the `next_page` of the one before it, with the same filters. Left out: the first.
    #[schemars(length(max = "AUDIT_TOKEN_LENGTH"), regex = "TOKEN_PATTERN")]
    pub page_token: Option<String>,
    /// Only what was done to the key with this id.
    #[schemars(with = "Option<KeyIdInput>")]
    pub key: Option<String>,
    /// Only what the member with this id did, or what was done to it.
    #[schemars(with = "Option<IdInput>")]
    pub member: Option<String>,
    /// Only what was done in the company with this id. Only `root` sees other companies than its own: for anybody else,
    /// the page is empty.
    #[schemars(with = "Option<IdInput>")]
    pub company: Option<String>,
    /// Only this action, such as `key_revoked`: one of those of the records.
    #[schemars(length(min = 1, max = 40), regex = "ACTION_PATTERN")]
    pub action: Option<String>,
    /// Only what was done at this time, by RFC 3339, or later.
    #[schemars(with = "Option<TimeInput>")]
    pub from: Option<String>,
    /// Only what was done before this time, by RFC 3339.
    #[schemars(with = "Option<TimeInput>")]
    pub to: Option<String>,
}

/// The name of an action, as answers have it.
struct AuditAction;

impl JsonSchema for AuditAction {
    fn schema_name() -> String {
        "AuditAction".to_owned()
    }

    fn is_referenceable() -> bool {
        false
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names = Action::ALL.map(Action::name);
        let description = format!(
            "What was done: one of `{}`. Later versions may add to them.",
            names.join("`, `")
        );
        schema::open_words(&description, &names)
    }
}

/// A record of something that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AuditRecord {
    /// The record's id.
    pub id: DecimalId,
    /// When it was done.
    pub at: UtcMillis,
    /// What was done.
    #[schemars(with = "AuditAction")]
    pub action: String,
    /// The id of the company in which it was done.
    pub company_id: DecimalId,
    /// Who did it; null for whoever sat at the machine, and for a login token that was seen for the first time.
    pub actor: Nullable<AuditActor>,
    /// The id of the member to whom it was done; null where it was done to none, or to keys alone.
    pub member_id: Nullable<DecimalId>,
    /// The id of the request in which it was done, or the name of the command.
    pub request_id: String,
    /// The address that the request came from; null for a command.
    pub remote: Nullable<String>,
    /// The ids of the keys to which it was done.
    pub key_ids: Vec<Uuid>,
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AuditActor {
    /// The id of the member.
    pub member_id: DecimalId,
    /// How the member proved it: `key` and the id of the key, or `token`, its issuer and its subject.
    pub via: String,
}

/// One page of the audit records, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AuditPage {
    /// The records on this page.
    pub items: Vec<AuditRecord>,
    /// The `page_token` of the next page; null on the last one.
    pub next_page: Nullable<String>,
}

/// A time with its milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UtcMillis {
    second: UtcTime,
    millis: u16,
}

impl UtcMillis {
    /// The time so many milliseconds after 1970 began.
    pub(crate) fn new(millis: i64) -> Self {
        let second = bitting_core::Timestamp::of_clock(millis).into();
        let millis = u16::try_from(millis.rem_euclid(1_000)).unwrap_or(0);
        Self { second, millis }
    }
}

impl Serialize for UtcMillis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let second = self.second.to_string();
        let second = second.trim_end_matches('Z');
        serializer.collect_str(&format_args!("{second}.{:03}Z", self.millis))
    }
}

/// Without a registered format: readers that know it drop zeros at the end, and a client is to read what it is told.
impl JsonSchema for UtcMillis {
    fn schema_name() -> String {
        "UtcMillis".to_owned()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let description =
            "A point in time by RFC 3339, UTC with `Z`, with three digits of a second's fraction.";
        schema::text(description, None)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn k111_a_time_has_three_digits_of_a_fraction() {
        for (millis, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (7, "1970-01-01T00:00:00.007Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (1_767_256_200_120, "2026-01-01T08:30:00.120Z"),
        ] {
            let shown = serde_json::to_value(UtcMillis::new(millis)).unwrap();
            assert_eq!(shown, text);
        }
    }
}
