//! The rows of this surface in the table of operations (F1, F50, F51), and its paths.

use bitting_core::Role;

use crate::operations::{Access, Operation, Surface};

/// The keys.
pub const KEYS: &str = "/v0/api_keys";
/// One key.
pub const KEY: &str = "/v0/api_keys/{name}";
/// What runs here.
pub const CONFIG: &str = "/v0/config";
/// Whether everything that the service is made of works.
pub const CLUSTER_HEALTH: &str = "/v0/cluster_healthz";
/// How people log in.
pub const LOGIN_CONFIG: &str = "/config/authentication";
/// Whether the server answers.
pub const HEALTH: &str = "/healthz";

const BASE: Operation = Operation::blank(Surface::Feldera);

/// Create a key.
pub const KEY_CREATE: Operation = Operation {
    id: "key_create",
    method: "POST",
    path: KEYS,
    access: Access::Role(Role::Write),
    body: true,
    success: 201,
    refusals: &[400, 401, 403, 408, 409, 413, 415, 500, 503],
    codes: &[
        "EmptyName",
        "TooLongName",
        "NameDoesNotMatchPattern",
        "OwnerAdminNotMintableAsApiKey",
    ],
    reveals: true,
    ..BASE
};

/// List keys.
pub const KEY_LIST: Operation = Operation {
    id: "key_list",
    method: "GET",
    path: KEYS,
    access: Access::Role(Role::Write),
    refusals: &[401, 403, 500, 503],
    ..BASE
};

/// View a key.
pub const KEY_VIEW: Operation = Operation {
    id: "key_view",
    method: "GET",
    path: KEY,
    access: Access::Role(Role::Write),
    refusals: &[401, 403, 404, 500, 503],
    ..BASE
};

/// Delete a key. Never a conflict: no key of this surface has the role root (F15).
pub const KEY_DELETE: Operation = Operation {
    id: "key_delete",
    method: "DELETE",
    path: KEY,
    access: Access::Role(Role::Write),
    refusals: &[401, 403, 404, 500, 503],
    ..BASE
};

/// Tell what runs here.
pub const CONFIG_VIEW: Operation = Operation {
    id: "config_view",
    method: "GET",
    path: CONFIG,
    access: Access::Any,
    refusals: &[401, 403, 500, 503],
    ..BASE
};

/// Tell whether everything works.
pub const CLUSTER_HEALTH_VIEW: Operation = Operation {
    id: "cluster_health_view",
    method: "GET",
    path: CLUSTER_HEALTH,
    refusals: &[500, 503],
    ..BASE
};

/// Tell how people log in.
pub const LOGIN_CONFIG_VIEW: Operation = Operation {
    id: "login_config_view",
    method: "GET",
    path: LOGIN_CONFIG,
    refusals: &[500],
    ..BASE
};

/// Tell that the server answers.
pub const HEALTH_VIEW: Operation = Operation {
    id: "health_view",
    method: "GET",
    path: HEALTH,
    refusals: &[500],
    ..BASE
};
