//! The query of the list of audit records (K112).

use bitting_core::{KeyId, Refusal, audit::Action};

use super::{
    key_list::{id, one_of, read},
    only::only,
    page,
    time::time,
    uuid,
};
use crate::{
    decode::{unless_wrong, wrong},
    keys::audit::AuditListQuery,
};

/// What every parameter is called, in the order of the rule.
const NAMES: [&str; 8] = [
    "limit",
    "page_token",
    "key",
    "member",
    "company",
    "action",
    "from",
    "to",
];

/// The query of the list of audit records. Parameters that it has not are refused.
pub fn audit_list(query: &str) -> Result<AuditListQuery, Refusal> {
    let mut found = Vec::new();
    let once = only(query, NAMES, &mut found);
    let [limit, token, key, member, company, action, from, to] = &once;
    let mut query = AuditListQuery {
        limit: page::limit(limit, &mut found),
        key: read(key, &mut found, |text| {
            let id = uuid(text).map(KeyId);
            id.map_err(|_| "must be the id of a key: a UUID in lower case")
        }),
        member: read(member, &mut found, id),
        company: read(company, &mut found, id),
        action: read(action, &mut found, |text| {
            one_of(text, Action::ALL, Action::name)
        }),
        from: read(from, &mut found, time),
        to: read(to, &mut found, time),
        after: None,
    };
    // Whether a token continues the list cannot be told of one that cannot be read.
    if found.is_empty()
        && let Some(text) = token.raw()
    {
        query.after = query.after(text);
        if query.after.is_none() {
            found.push(wrong(
                "page_token",
                "must be the next_page of a page of this list, with the same filters",
            ));
        }
    }
    unless_wrong(found, query)
}
