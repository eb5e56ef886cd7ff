//! Audit records in answers (K111).

use bitting_core::{CompanyId, KeyId, MemberId};

use crate::keys::{audit::AuditListQuery, types};

/// A record.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'r> {
    /// Its id.
    pub id: i64,
    /// When it was, in milliseconds since 1970.
    pub at_millis: i64,
    /// What was done.
    pub action: &'r str,
    /// In which company.
    pub company: CompanyId,
    /// Who did it, and how that was proved.
    pub actor: Option<(MemberId, &'r str)>,
    /// To which member.
    pub member: Option<MemberId>,
    /// In which request.
    pub request: &'r str,
    /// From where; empty for nowhere.
    pub remote: &'r str,
    /// To which keys.
    pub keys: &'r [KeyId],
}

/// The page of records that `query` asked for; `more` tells whether there are others after it.
pub fn audit_page<'r>(
    query: &AuditListQuery,
    records: impl IntoIterator<Item = Recorded<'r>>,
    more: bool,
) -> types::AuditPage {
    let mut last = None;
    let items = records
        .into_iter()
        .inspect(|record| last = Some((record.at_millis, record.id)))
        .map(item)
        .collect();
    let next = last.filter(|_| more).map(|last| query.token(last));
    types::AuditPage {
        items,
        next_page: next.into(),
    }
}

fn item(record: Recorded<'_>) -> types::AuditRecord {
    let actor = record.actor.map(|(member, via)| types::AuditActor {
        member_id: member.into(),
        via: via.to_owned(),
    });
    let remote = (!record.remote.is_empty()).then(|| record.remote.to_owned());
    types::AuditRecord {
        id: types::DecimalId::of(record.id),
        at: types::UtcMillis::new(record.at_millis),
        action: record.action.to_owned(),
        company_id: record.company.into(),
        actor: actor.into(),
        member_id: record.member.map(types::DecimalId::from).into(),
        request_id: record.request.to_owned(),
        remote: remote.into(),
        key_ids: record.keys.iter().map(|key| key.0).collect(),
    }
}
