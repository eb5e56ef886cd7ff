//! Answers of verifications (K71, K72), as the bytes that are sent.

use bitting_core::{Charge, CompanyId, KeyId, MemberId, Metadata, Scopes, Timestamp, Verdict};

use super::json;

/// What a verification tells of a key.
#[derive(Clone, Copy, Debug)]
pub struct Verified<'k> {
    /// Its id.
    pub id: KeyId,
    /// Its company.
    pub company: CompanyId,
    /// The member whose key it is.
    pub member: MemberId,
    /// What it is called.
    pub name: &'k str,
    /// What it is good for.
    pub scopes: &'k Scopes,
    /// What its issuer keeps with it.
    pub metadata: &'k Metadata,
    /// When it stops working; `None` for never.
    pub end: Option<Timestamp>,
}

impl<'k> From<&'k bitting_core::Key> for Verified<'k> {
    fn from(key: &'k bitting_core::Key) -> Self {
        Self {
            id: key.id,
            company: key.company,
            member: key.owner,
            name: key.name.as_str(),
            scopes: &key.scopes,
            metadata: &key.metadata,
            end: key.end,
        }
    }
}

/// Writes the answer to a question: a [`crate::keys::types::Verification`], to the byte. `key` is what is told of the
/// key, and nothing where nothing was found (K71): whatever is handed in is then left out.
pub fn verification(
    out: &mut Vec<u8>,
    verdict: Verdict,
    key: Option<&Verified<'_>>,
    charge: Option<&Charge>,
) {
    let (valid, found) = match verdict {
        Verdict::Valid => (true, true),
        Verdict::Malformed | Verdict::NotFound => (false, false),
        Verdict::Revoked
        | Verdict::Disabled
        | Verdict::Expired
        | Verdict::Pending
        | Verdict::AddressNotAllowed
        | Verdict::InsufficientScope
        | Verdict::RateLimited
        | Verdict::QuotaExceeded => (false, true),
    };
    let begins: &[u8] = if valid {
        br#"{"valid":true,"code":""#
    } else {
        br#"{"valid":false,"code":""#
    };
    out.extend_from_slice(begins);
    out.extend_from_slice(verdict.name().as_bytes());
    out.extend_from_slice(br#"","key":"#);
    match key.filter(|_| found) {
        Some(key) => verified(out, key),
        None => out.extend_from_slice(b"null"),
    }
    match charge {
        Some(charge) => charged(out, charge),
        None => {
            out.extend_from_slice(br#","limits":[],"quota":null,"retry_after_seconds":null}"#);
        }
    }
}

/// Writes what was counted, and the end of the answer.
fn charged(out: &mut Vec<u8>, charge: &Charge) {
    out.extend_from_slice(br#","limits":["#);
    for (place, limit) in charge.limits.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        out.extend_from_slice(br#"{"name":"#);
        json::string(out, limit.name.as_str());
        out.extend_from_slice(br#","limit":"#);
        json::number(out, limit.limit.into());
        out.extend_from_slice(br#","remaining":"#);
        json::number(out, limit.remaining.into());
        out.extend_from_slice(br#","reset_seconds":"#);
        json::number(out, limit.reset_seconds);
        out.push(b'}');
    }
    out.extend_from_slice(br#"],"quota":"#);
    match &charge.quota {
        Some(quota) => {
            out.extend_from_slice(br#"{"remaining":"#);
            json::number(out, quota.remaining);
            out.extend_from_slice(br#","refills_at":"#);
            match quota.refill {
                Some(refill) => json::time(out, refill.next),
                None => out.extend_from_slice(b"null"),
            }
            out.push(b'}');
        }
        None => out.extend_from_slice(b"null"),
    }
    out.extend_from_slice(br#","retry_after_seconds":"#);
    match charge.retry_after {
        Some(seconds) => json::number(out, seconds),
        None => out.extend_from_slice(b"null"),
    }
    out.push(b'}');
}

fn verified(out: &mut Vec<u8>, key: &Verified<'_>) {
    out.extend_from_slice(br#"{"id":"#);
    json::uuid(out, key.id.0);
    out.extend_from_slice(br#","company_id":"#);
    json::decimal(out, key.company.get());
    out.extend_from_slice(br#","member_id":"#);
    json::decimal(out, key.member.get());
    out.extend_from_slice(br#","name":"#);
    json::string(out, key.name);
    out.extend_from_slice(br#","scopes":["#);
    for (place, scope) in key.scopes.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        json::string(out, scope.as_str());
    }
    out.extend_from_slice(br#"],"metadata":"#);
    out.extend_from_slice(key.metadata.as_json().as_bytes());
    out.extend_from_slice(br#","expires_at":"#);
    match key.end {
        Some(end) => json::time(out, end),
        None => out.extend_from_slice(b"null"),
    }
    out.push(b'}');
}

/// Writes the answers to a batch: a [`crate::keys::types::VerificationBatch`], to the byte.
#[derive(Debug)]
pub struct Results<'o> {
    out: &'o mut Vec<u8>,
    empty: bool,
}

impl<'o> Results<'o> {
    /// Begins the answers.
    pub fn new(out: &'o mut Vec<u8>) -> Self {
        out.extend_from_slice(br#"{"results":["#);
        Self { out, empty: true }
    }

    /// Writes the next answer, as [`verification`] does.
    pub fn push(&mut self, verdict: Verdict, key: Option<&Verified<'_>>, charge: Option<&Charge>) {
        if !std::mem::replace(&mut self.empty, false) {
            self.out.push(b',');
        }
        verification(self.out, verdict, key, charge);
    }

    /// Ends the answers.
    pub fn finish(self) {
        self.out.extend_from_slice(b"]}");
    }
}

#[cfg(test)]
mod tests;
