//! The rows of this surface in the table of operations (O8a), and its paths.

use bitting_core::Role;

use crate::operations::{self, Access, Operation, Surface};

/// The collection (O1).
pub const COLLECTION: &str = "/v2/ocamba/personal-api-keys";
/// One key.
pub const ITEM: &str = "/v2/ocamba/personal-api-keys/{id}";
/// One key's new secret.
pub const ROLL: &str = "/v2/ocamba/personal-api-keys/{id}/roll";
/// The validation of the caller's own key (O80).
pub const VALIDATE: &str = "/v2/ocamba/personal-api-keys/validate";

/// The last segment of [`VALIDATE`].
///
/// Dropshot takes no literal segment beside a variable one: `POST` on [`ITEM`] is registered instead, and its
/// handler validates for this segment and refuses the method for every other, before it looks at a
/// credential (O2).
pub const VALIDATE_SEGMENT: &str = "validate";

/// The methods of the resource that the path template `path` serves, for a 405's `Allow`. `segment` is the
/// value of `{id}`, if the path has one.
pub fn allowed_methods(path: &str, segment: Option<&str>) -> &'static [&'static str] {
    operations::allowed_methods(match path {
        ITEM if segment == Some(VALIDATE_SEGMENT) => VALIDATE,
        _ => path,
    })
}

const BASE: Operation = Operation::blank(Surface::Ocamba);

/// Create a key.
pub const KEY_CREATE: Operation = Operation {
    id: "key_create",
    method: "POST",
    path: COLLECTION,
    access: Access::Role(Role::Write),
    body: true,
    success: 201,
    refusals: &[400, 401, 403, 408, 413, 415, 429, 500, 503],
    reveals: true,
    ..BASE
};

/// List keys.
pub const KEY_LIST: Operation = Operation {
    id: "key_list",
    method: "GET",
    path: COLLECTION,
    access: Access::Role(Role::Read),
    refusals: &[400, 401, 403, 429, 500, 503],
    reveals: true,
    ..BASE
};

/// View a key.
pub const KEY_VIEW: Operation = Operation {
    id: "key_view",
    method: "GET",
    path: ITEM,
    access: Access::Role(Role::Read),
    refusals: &[400, 401, 403, 404, 429, 500, 503],
    reveals: true,
    ..BASE
};

/// Update a key.
pub const KEY_UPDATE: Operation = Operation {
    id: "key_update",
    method: "PATCH",
    path: ITEM,
    access: Access::Role(Role::Write),
    body: true,
    success: 204,
    refusals: &[400, 401, 403, 404, 408, 413, 415, 429, 500, 503],
    ..BASE
};

/// Delete a key.
pub const KEY_DELETE: Operation = Operation {
    id: "key_delete",
    method: "DELETE",
    path: ITEM,
    access: Access::Role(Role::Write),
    success: 204,
    refusals: &[401, 403, 404, 429, 500, 503],
    ..BASE
};

/// Replace a key's secret.
pub const KEY_ROLL: Operation = Operation {
    id: "key_roll",
    method: "POST",
    path: ROLL,
    access: Access::Role(Role::Write),
    refusals: &[401, 403, 404, 429, 500, 503],
    reveals: true,
    ..BASE
};

/// Validate the caller's own key.
pub const KEY_VALIDATE: Operation = Operation {
    id: "key_validate",
    method: "POST",
    path: VALIDATE,
    access: Access::AnyKey,
    success: 204,
    refusals: &[401, 429, 500, 503],
    ..BASE
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn o4_the_segment_tells_validation_from_a_key() {
        assert_eq!(allowed_methods(COLLECTION, None), ["GET", "POST"]);
        assert_eq!(allowed_methods(ITEM, Some("7")), ["GET", "PATCH", "DELETE"]);
        assert_eq!(allowed_methods(ITEM, Some(VALIDATE_SEGMENT)), ["POST"]);
        assert_eq!(allowed_methods(ROLL, Some("7")), ["POST"]);
        assert_eq!(allowed_methods(ROLL, Some(VALIDATE_SEGMENT)), ["POST"]);
    }
}
