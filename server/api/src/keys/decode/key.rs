//! The bodies of requests about keys (K51, K55, K56, K90).

use bitting_core::{Field, KeyDraft, KeySettings, MemberId, Reason, Refusal, Timestamp};

use super::{
    limits,
    object::{Form, Object},
    values,
};
use crate::decode::unless_wrong;

/// What a caller asks of a new key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyCreate {
    /// The key. Its owner is not in here, because an id alone does not tell the company.
    pub draft: KeyDraft,
    /// The member whose key it is to be; `None` for the caller's own.
    pub owner: Option<MemberId>,
}

/// The body of a create (K51). `now` is what a lifetime is counted from.
pub fn key_create(body: &[u8], now: Timestamp) -> Result<KeyCreate, Refusal> {
    const MEMBERS: &[&str] = &[
        "name",
        "description",
        "owner_id",
        "starts_at",
        "expires_at",
        "expires_in_seconds",
        "role",
        "scopes",
        "metadata",
        "allowed_addresses",
        "limits",
        "quota",
        "recoverable",
        "prefix",
    ];
    let mut body = Object::read(body, Form::Partial, MEMBERS)?;
    let made = members(&mut body, now);
    match (made, body.wrong()) {
        (Some(made), wrong) if wrong.is_empty() => Ok(made),
        (_, wrong) => Err(Refusal::Invalid(wrong)),
    }
}

/// The members of a key that is new here; what is wrong with them is noted. `now` is what a lifetime is counted from.
pub(super) fn members(body: &mut Object<'_>, now: Timestamp) -> Option<KeyCreate> {
    const LIFETIME: Field = Field::Parameter("expires_in_seconds");
    let name = body.required("name", Field::Name, values::name);
    let description = body.optional("description", Field::Description, values::description);
    let owner = body.optional("owner_id", Field::Owner, values::owner);
    let start = body.optional("starts_at", Field::Start, values::instant);
    let mut end = body.optional("expires_at", Field::End, values::instant);
    let lifetime = body.optional("expires_in_seconds", LIFETIME, values::lifetime);
    let role = body.optional("role", Field::Role, values::role);
    let scopes = body.optional("scopes", SCOPES, values::scopes);
    let metadata = body.optional("metadata", METADATA, values::metadata);
    let addresses = body.optional("allowed_addresses", ADDRESSES, values::addresses);
    let metered = body.optional("limits", limits::LIMITS, limits::limits);
    let quota = body.optional("quota", limits::QUOTA, |raw| limits::quota(raw, now));
    let recoverable = body.optional("recoverable", Field::Parameter("recoverable"), values::flag);
    let prefix = body.optional("prefix", Field::Parameter("prefix"), values::prefix);
    let ends = match lifetime {
        Some(_) if end.is_some() => body.blame(LIFETIME, "must not be given beside expires_at"),
        Some(seconds) => {
            end = Timestamp::from_seconds(now.seconds() + i64::from(seconds));
            if end.is_none() {
                body.blame::<()>(LIFETIME, "must end in the year 9999 or before");
            }
            Some(LIFETIME)
        }
        None => Some(Field::End),
    };
    if let (Some(field), Some(end)) = (ends, end)
        && end <= start.unwrap_or(now)
    {
        body.blame::<()>(field, "must be later than the start");
    }
    let draft = KeyDraft {
        description,
        start,
        end,
        role,
        scopes: scopes.unwrap_or_default(),
        recoverable: recoverable.unwrap_or(false),
        metadata: metadata.unwrap_or_default(),
        addresses: addresses.unwrap_or_default(),
        limits: metered.unwrap_or_default(),
        quota,
        prefix,
        ..KeyDraft::new(name?)
    };
    Some(KeyCreate { draft, owner })
}

/// The body of an update, which has every member (K55).
pub fn key_update(body: &[u8]) -> Result<KeySettings, Refusal> {
    const MEMBERS: &[&str] = &[
        "name",
        "description",
        "starts_at",
        "expires_at",
        "enabled",
        "role",
        "scopes",
        "metadata",
        "allowed_addresses",
    ];
    let mut body = Object::read(body, Form::Complete, MEMBERS)?;
    let name = body.required("name", Field::Name, values::name);
    let description = body.optional("description", Field::Description, values::description);
    let start = body.optional("starts_at", Field::Start, values::instant);
    let end = body.optional("expires_at", Field::End, values::instant);
    let enabled = body.required("enabled", Field::Parameter("enabled"), values::flag);
    let role = body.required("role", Field::Role, values::role);
    let scopes = body.optional("scopes", SCOPES, values::scopes);
    let metadata = body.optional("metadata", METADATA, values::metadata);
    let addresses = body.optional("allowed_addresses", ADDRESSES, values::addresses);
    if let (Some(start), Some(end)) = (start, end)
        && end <= start
    {
        body.blame::<()>(Field::End, "must be later than the start");
    }
    match (name, enabled, role, body.wrong()) {
        (Some(name), Some(enabled), Some(role), wrong) if wrong.is_empty() => Ok(KeySettings {
            name,
            description,
            start,
            end,
            enabled,
            role,
            scopes: scopes.unwrap_or_default(),
            metadata: metadata.unwrap_or_default(),
            addresses: addresses.unwrap_or_default(),
        }),
        (.., wrong) => Err(Refusal::Invalid(wrong)),
    }
}

/// The body of a revocation, of any key or of one's own (K56, K81).
pub fn revoke(body: &[u8]) -> Result<Option<Reason>, Refusal> {
    let mut body = Object::read(body, Form::Partial, &["reason"])?;
    let reason = body.optional("reason", Field::Parameter("reason"), values::why);
    unless_wrong(body.wrong(), reason)
}

/// The body of a rotation: how many seconds the old secrets go on working (K90).
pub fn rotate(body: &[u8]) -> Result<u32, Refusal> {
    const OVERLAP: Field = Field::Parameter("overlap_seconds");
    let mut body = Object::read(body, Form::Partial, &["overlap_seconds"])?;
    let overlap = body.optional("overlap_seconds", OVERLAP, values::overlap);
    unless_wrong(body.wrong(), overlap.unwrap_or(0))
}

const SCOPES: Field = Field::Parameter("scopes");
const METADATA: Field = Field::Parameter("metadata");
const ADDRESSES: Field = Field::Parameter("allowed_addresses");
