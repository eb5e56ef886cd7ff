//! From core's keys to this surface's.

use bitting_core::{Key, KeyNumber, Timestamp, secret::PlainSecret};

use super::{
    member::{Member, Projection},
    types,
};
use crate::wire::Secret;

/// The members of `key` that `projection` shows (O30, O31), at `now` (O7). `secret` is `None` for a caller who
/// is not to see it and for a key of which no copy is kept; it is then shown as null (O8a, O33).
pub fn key(
    key: &Key,
    number: KeyNumber,
    secret: Option<&PlainSecret>,
    now: Timestamp,
    projection: Projection,
) -> types::Key {
    let shows = |member| projection.shows(member);
    let description = || {
        key.description
            .as_ref()
            .map(|text| text.as_str().to_owned())
    };
    types::Key {
        id: shows(Member::Id).then(|| number.into()),
        company_id: shows(Member::CompanyId).then(|| key.company.into()),
        issuer_id: shows(Member::IssuerId).then(|| key.issuer.into()),
        member_id: shows(Member::MemberId).then(|| key.owner.into()),
        name: shows(Member::Name).then(|| key.name.as_str().to_owned()),
        description: shows(Member::Description).then(|| description().into()),
        status: shows(Member::Status).then(|| key.status(now).phase().into()),
        secret: shows(Member::Secret).then(|| secret.map(Secret::from).into()),
        end_time: shows(Member::EndTime).then(|| key.end.map(types::GmtTime::from).into()),
        start_time: shows(Member::StartTime).then(|| key.start.into()),
        create_time: shows(Member::CreateTime).then(|| key.created.into()),
        update_time: shows(Member::UpdateTime).then(|| key.updated.into()),
    }
}

/// A key that was just made or rolled, with its new secret (O23, O70).
pub fn created(
    key: &Key,
    number: KeyNumber,
    secret: &PlainSecret,
    now: Timestamp,
) -> types::KeyCreated {
    types::KeyCreated {
        id: number.into(),
        company_id: key.company.into(),
        name: key.name.as_str().to_owned(),
        description: key
            .description
            .as_ref()
            .map(|text| text.as_str().to_owned())
            .into(),
        status: key.status(now).phase().into(),
        secret: secret.into(),
        start_time: key.start.into(),
        end_time: key.end.map(types::GmtTime::from).into(),
        create_time: key.created.into(),
        update_time: key.updated.into(),
    }
}

#[cfg(test)]
mod tests;
