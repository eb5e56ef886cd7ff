//! Keys in answers (K50).

use bitting_core::{Timestamp, secret::Format, secret::PlainSecret};

use crate::keys::{operations, position::Position, query::KeyListQuery, types};

/// A key, as it is at `now`; `last_used` is when it last was, as far as that is known.
pub fn key(key: &bitting_core::Key, last_used: Option<Timestamp>, now: Timestamp) -> types::Key {
    let reason = key.revoked.as_ref().and_then(|r| r.reason.as_ref());
    let prefix = match key.format() {
        Format::Prefixed(prefix) => Some(prefix.as_str().to_owned()),
        Format::Hex | Format::Alphanumeric => None,
    };
    types::Key {
        id: key.id.0,
        company_id: key.company.into(),
        owner_id: key.owner.into(),
        issuer_id: key.issuer.into(),
        origin: key.origin.into(),
        name: key.name.as_str().to_owned(),
        description: key
            .description
            .as_ref()
            .map(|d| d.as_str().to_owned())
            .into(),
        status: key.status(now).into(),
        role: key.role.into(),
        scopes: key.scopes.iter().map(|s| s.as_str().to_owned()).collect(),
        metadata: (&key.metadata).into(),
        allowed_addresses: key
            .addresses
            .iter()
            .map(|block| block.to_string())
            .collect(),
        limits: key.limits.iter().map(limit).collect(),
        quota: key.quota.as_ref().map(quota).into(),
        starts_at: key.start.into(),
        expires_at: key.end.map(types::UtcTime::from).into(),
        enabled: key.enabled,
        recoverable: key.recoverable,
        prefix: prefix.into(),
        created_at: key.created.into(),
        updated_at: key.updated.into(),
        revoked_at: key.revoked.as_ref().map(|r| r.at.into()).into(),
        revoked_reason: reason.map(|r| r.as_str().to_owned()).into(),
        last_used_at: last_used.map(types::UtcTime::from).into(),
    }
}

fn limit(limit: &bitting_core::Limit) -> types::Limit {
    types::Limit {
        name: limit.name.as_str().to_owned(),
        limit: limit.limit,
        window_seconds: limit.window_seconds,
    }
}

fn quota(quota: &bitting_core::Quota) -> types::Quota {
    let refill = quota.refill;
    types::Quota {
        remaining: quota.remaining,
        refill_amount: refill.map(|refill| refill.amount).into(),
        refill_interval_seconds: refill.map(|refill| refill.seconds).into(),
        refills_at: refill.map(|refill| refill.next.into()).into(),
    }
}

/// A key that was just made, with its secret (K51).
pub fn key_created(
    key: &bitting_core::Key,
    secret: &PlainSecret,
    now: Timestamp,
) -> types::KeyCreated {
    types::KeyCreated {
        key: self::key(key, None, now),
        secret: secret.into(),
    }
}

/// The page of keys that `query` asked for. `next` is the place of the last of them if there are others after it
/// ([`KeyListQuery::position`]).
pub fn key_page(
    query: &KeyListQuery,
    items: Vec<types::Key>,
    next: Option<&Position>,
) -> types::KeyPage {
    types::KeyPage {
        items,
        next_page: next.map(|last| query.token(last)).into(),
    }
}

/// The path of a key, for the header `Location`.
pub fn key_location(key: &bitting_core::Key) -> String {
    operations::KEY.replace("{id}", &key.id.to_string())
}

/// The entity tag of a key, for the header `ETag`.
pub fn entity_tag(key: &bitting_core::Key) -> String {
    format!("\"{}\"", key.version())
}

#[cfg(test)]
mod tests;
