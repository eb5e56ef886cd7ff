//! What became of imports (K134).

use bitting_core::{KeyId, Violation};

use crate::keys::{
    dialect,
    types::{FieldError, KeyImportResult, KeyImportStatus},
};

fn result(
    status: KeyImportStatus,
    id: Option<KeyId>,
    errors: Option<Vec<FieldError>>,
) -> KeyImportResult {
    KeyImportResult {
        status,
        id: id.map(|id| id.0).into(),
        errors: errors.into(),
    }
}

/// A key that was added.
pub fn import_created(id: KeyId) -> KeyImportResult {
    result(KeyImportStatus::Created, Some(id), None)
}

/// A key whose secret another has, which is told where the caller sees it.
pub fn import_duplicate(id: Option<KeyId>) -> KeyImportResult {
    result(KeyImportStatus::Duplicate, id, None)
}

/// A key that cannot be added.
pub fn import_invalid(wrong: &[Violation]) -> KeyImportResult {
    let error = |violation: &Violation| FieldError {
        field: field_name(violation).to_owned(),
        reason: violation.reason.clone().into_owned(),
    };
    let errors = wrong.iter().map(error).collect();
    result(KeyImportStatus::Invalid, None, Some(errors))
}

/// What this surface calls the part of a request that is wrong.
pub fn field_name(violation: &Violation) -> &'static str {
    dialect::field(violation.field)
}
