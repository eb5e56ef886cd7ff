//! The audit log, read.

use bitting_core::{CompanyId, KeyId, MemberId, audit::Action};

/// What is asked of the audit log: the latest first. All that is given holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditQuery {
    /// What was done in this company; `None` for every one.
    pub company: Option<CompanyId>,
    /// What was done to this key.
    pub key: Option<KeyId>,
    /// What this member did, or what was done to it.
    pub member: Option<MemberId>,
    /// What was done.
    pub action: Option<Action>,
    /// Not before, in milliseconds since 1970.
    pub from_millis: Option<i64>,
    /// Before.
    pub to_millis: Option<i64>,
    /// After this one in the order of the list.
    pub after: Option<AuditPosition>,
    /// At most so many.
    pub limit: usize,
}

/// The place of a record in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditPosition {
    /// When, in milliseconds since 1970.
    pub at_millis: i64,
    /// The record's id, which tells equal times apart.
    pub id: i64,
}

/// A record as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its place, which has its id and when it was.
    pub position: AuditPosition,
    /// What was done, by its name.
    pub action: String,
    /// In which company.
    pub company: CompanyId,
    /// Who did it, and how that was proved; `None` for whoever sat at the machine.
    pub actor: Option<(MemberId, String)>,
    /// To which member, where it was done to one and not only to keys.
    pub member: Option<MemberId>,
    /// The id of the request, or the name of the command.
    pub request: String,
    /// The caller's address; empty for a command at the machine.
    pub remote: String,
    /// To which keys.
    pub keys: Vec<KeyId>,
}
