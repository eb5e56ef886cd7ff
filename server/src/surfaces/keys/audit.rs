//! The list of audit records: from what is asked on the wire to what the store is asked, and back.

use bitting_api::keys::{
    audit::AuditListQuery,
    encode::{self, Recorded},
    types::AuditPage,
};
use bitting_core::{CompanyId, Timestamp};

use crate::engine::{AuditEntry, AuditPosition, AuditQuery};

/// One record more than the page holds: whether it is there tells whether there is another page.
pub(super) fn query(company: Option<CompanyId>, query: &AuditListQuery) -> AuditQuery {
    let millis = |time: Timestamp| time.seconds() * 1_000;
    AuditQuery {
        company,
        key: query.key,
        member: query.member,
        action: query.action,
        from_millis: query.from.map(millis),
        to_millis: query.to.map(millis),
        after: query
            .after
            .map(|(at_millis, id)| AuditPosition { at_millis, id }),
        limit: query.limit + 1,
    }
}

/// The page that `found` is.
pub(super) fn page(query: &AuditListQuery, found: &[AuditEntry]) -> AuditPage {
    let more = found.len() > query.limit;
    let shown = found.iter().take(query.limit).map(|entry| Recorded {
        id: entry.position.id,
        at_millis: entry.position.at_millis,
        action: &entry.action,
        company: entry.company,
        actor: entry
            .actor
            .as_ref()
            .map(|(member, via)| (*member, via.as_str())),
        member: entry.member,
        request: &entry.request,
        remote: &entry.remote,
        keys: &entry.keys,
    });
    encode::audit_page(query, shown, more)
}
