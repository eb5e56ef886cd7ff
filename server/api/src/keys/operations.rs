//! The rows of this surface in the table of operations, and its paths.

use bitting_core::Role;

use crate::operations::{Access, Operation, Surface};

/// The companies.
pub const COMPANIES: &str = "/v1/companies";
/// One company.
pub const COMPANY: &str = "/v1/companies/{company}";
/// A company's members.
pub const MEMBERS: &str = "/v1/companies/{company}/members";
/// One member.
pub const MEMBER: &str = "/v1/companies/{company}/members/{member}";

/// The keys.
pub const KEYS: &str = "/v1/keys";
/// One key.
pub const KEY: &str = "/v1/keys/{id}";
/// The limits of one key.
pub const LIMITS: &str = "/v1/keys/{id}/limits";
/// What verification found of one key.
pub const USAGE: &str = "/v1/keys/{id}/usage";
/// What verification found of a company's.
pub const USAGE_OF_COMPANY: &str = "/v1/companies/{company}/usage";
/// The revocation of one key.
pub const REVOKE: &str = "/v1/keys/{id}/revoke";
/// What is brought from elsewhere.
pub const IMPORTS: &str = "/v1/imports";
/// The rotation of one key.
pub const ROTATE: &str = "/v1/keys/{id}/rotate";
/// The secrets of one key.
pub const SECRETS: &str = "/v1/keys/{id}/secrets";
/// One secret.
pub const SECRET: &str = "/v1/keys/{id}/secrets/{secret}";
/// The secret of one key, shown again.
pub const REVEAL: &str = "/v1/keys/{id}/reveal";
/// The audit log.
pub const AUDIT: &str = "/v1/audit";
/// Verification.
pub const VERIFY: &str = "/v1/verify";
/// Verification of several keys at once.
pub const BATCH: &str = "/v1/verify/batch";
/// Introspection, as OAuth 2.0 knows it.
pub const INTROSPECTION: &str = "/v1/introspect";
/// Where gateways ask whether to let a request in.
pub const GATEWAYS: &str = "/v1/forward-auth";
/// The key that a request is made with.
pub const SELF: &str = "/v1/whoami";
/// Its revocation.
pub const SELF_REVOKE_PATH: &str = "/v1/whoami/revoke";

const BASE: Operation = Operation::blank(Surface::Keys);

/// Create a company.
pub const COMPANY_CREATE: Operation = Operation {
    id: "company_create",
    method: "POST",
    path: COMPANIES,
    access: Access::Role(Role::Root),
    body: true,
    success: 201,
    refusals: &[400, 401, 403, 408, 413, 415, 500, 503],
    reveals: true,
    ..BASE
};

/// List companies.
pub const COMPANY_LIST: Operation = Operation {
    id: "company_list",
    method: "GET",
    path: COMPANIES,
    access: Access::Role(Role::Root),
    refusals: &[400, 401, 403, 500, 503],
    ..BASE
};

/// View a company.
pub const COMPANY_VIEW: Operation = Operation {
    id: "company_view",
    method: "GET",
    path: COMPANY,
    access: Access::Role(Role::Root),
    refusals: &[401, 403, 404, 500, 503],
    ..BASE
};

/// Update a company.
pub const COMPANY_UPDATE: Operation = Operation {
    id: "company_update",
    method: "PUT",
    path: COMPANY,
    access: Access::Role(Role::Root),
    body: true,
    refusals: &[400, 401, 403, 404, 408, 409, 413, 415, 500, 503],
    codes: &["last_root_key"],
    ..BASE
};

/// Delete a company.
pub const COMPANY_DELETE: Operation = Operation {
    id: "company_delete",
    method: "DELETE",
    path: COMPANY,
    access: Access::Role(Role::Root),
    success: 204,
    refusals: &[401, 403, 404, 409, 500, 503],
    codes: &["has_members"],
    ..BASE
};

/// Create a member.
pub const MEMBER_CREATE: Operation = Operation {
    id: "member_create",
    method: "POST",
    path: MEMBERS,
    access: Access::Role(Role::Admin),
    body: true,
    success: 201,
    refusals: &[400, 401, 403, 404, 408, 413, 415, 500, 503],
    codes: &["role_exceeds_creator"],
    reveals: true,
    ..BASE
};

/// List members.
pub const MEMBER_LIST: Operation = Operation {
    id: "member_list",
    method: "GET",
    path: MEMBERS,
    access: Access::Role(Role::Admin),
    refusals: &[400, 401, 403, 404, 500, 503],
    ..BASE
};

/// View a member.
pub const MEMBER_VIEW: Operation = Operation {
    id: "member_view",
    method: "GET",
    path: MEMBER,
    access: Access::Role(Role::Admin),
    refusals: &[401, 403, 404, 500, 503],
    ..BASE
};

/// Update a member.
pub const MEMBER_UPDATE: Operation = Operation {
    id: "member_update",
    method: "PUT",
    path: MEMBER,
    access: Access::Role(Role::Admin),
    body: true,
    refusals: &[400, 401, 403, 404, 408, 409, 413, 415, 500, 503],
    codes: &["key_above_own_role", "last_root_key"],
    ..BASE
};

/// Delete a member.
pub const MEMBER_DELETE: Operation = Operation {
    id: "member_delete",
    method: "DELETE",
    path: MEMBER,
    access: Access::Role(Role::Admin),
    success: 204,
    refusals: &[400, 401, 403, 404, 409, 500, 503],
    codes: &["key_above_own_role", "last_root_key", "owns_keys"],
    ..BASE
};

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
        "role_exceeds_creator",
        "key_above_own_role",
        "not_grantable",
        "idempotency_mismatch",
        "idempotency_expired",
    ],
    reveals: true,
    tagged: true,
    ..BASE
};

/// List keys.
pub const KEY_LIST: Operation = Operation {
    id: "key_list",
    method: "GET",
    path: KEYS,
    access: Access::Role(Role::Read),
    refusals: &[400, 401, 403, 500, 503],
    ..BASE
};

/// View a key.
pub const KEY_VIEW: Operation = Operation {
    id: "key_view",
    method: "GET",
    path: KEY,
    access: Access::Role(Role::Read),
    refusals: &[401, 403, 404, 500, 503],
    tagged: true,
    ..BASE
};

/// What verification found of a key.
pub const KEY_USAGE: Operation = Operation {
    id: "key_usage",
    method: "GET",
    path: USAGE,
    access: Access::Role(Role::Read),
    refusals: &[400, 401, 403, 404, 500, 503],
    ..BASE
};

/// What verification found that a company asked for.
pub const COMPANY_USAGE: Operation = Operation {
    id: "company_usage",
    method: "GET",
    path: USAGE_OF_COMPANY,
    access: Access::Role(Role::Admin),
    refusals: &[400, 401, 403, 404, 500, 503],
    ..BASE
};

/// Update a key.
pub const KEY_UPDATE: Operation = Operation {
    id: "key_update",
    method: "PUT",
    path: KEY,
    access: Access::Role(Role::Write),
    body: true,
    refusals: &[400, 401, 403, 404, 408, 409, 412, 413, 415, 500, 503],
    codes: &[
        "role_exceeds_creator",
        "key_above_own_role",
        "not_grantable",
        "role_not_mintable",
        "last_root_key",
        "name_taken",
    ],
    tagged: true,
    ..BASE
};

/// Set a key's limits.
pub const KEY_LIMITS_UPDATE: Operation = Operation {
    id: "key_limits_update",
    method: "PUT",
    path: LIMITS,
    access: Access::Role(Role::Admin),
    body: true,
    refusals: &[400, 401, 403, 404, 408, 412, 413, 415, 500, 503],
    codes: &["key_above_own_role"],
    tagged: true,
    ..BASE
};

/// Delete a key.
pub const KEY_DELETE: Operation = Operation {
    id: "key_delete",
    method: "DELETE",
    path: KEY,
    access: Access::Role(Role::Write),
    success: 204,
    refusals: &[401, 403, 404, 409, 500, 503],
    codes: &["key_above_own_role", "last_root_key"],
    ..BASE
};

/// Revoke a key.
pub const KEY_REVOKE: Operation = Operation {
    id: "key_revoke",
    method: "POST",
    path: REVOKE,
    access: Access::Role(Role::Write),
    body: true,
    refusals: &[400, 401, 403, 404, 408, 409, 413, 415, 500, 503],
    codes: &["key_above_own_role", "last_root_key"],
    tagged: true,
    ..BASE
};

/// Import keys.
pub const KEY_IMPORT: Operation = Operation {
    id: "key_import",
    method: "POST",
    path: IMPORTS,
    access: Access::Role(Role::Admin),
    body: true,
    refusals: &[400, 401, 403, 408, 413, 415, 500, 503],
    ..BASE
};

/// Rotate a key.
pub const KEY_ROTATE: Operation = Operation {
    id: "key_rotate",
    method: "POST",
    path: ROTATE,
    access: Access::Role(Role::Write),
    body: true,
    refusals: &[400, 401, 403, 404, 408, 409, 413, 415, 500, 503],
    codes: &[
        "key_above_own_role",
        "key_inactive",
        "too_many_secrets",
        "idempotency_mismatch",
        "idempotency_expired",
    ],
    reveals: true,
    tagged: true,
    ..BASE
};

/// List the secrets of a key.
pub const SECRET_LIST: Operation = Operation {
    id: "secret_list",
    method: "GET",
    path: SECRETS,
    access: Access::Role(Role::Read),
    refusals: &[401, 403, 404, 500, 503],
    ..BASE
};

/// Retire a secret.
pub const SECRET_RETIRE: Operation = Operation {
    id: "secret_retire",
    method: "DELETE",
    path: SECRET,
    access: Access::Role(Role::Write),
    success: 204,
    refusals: &[401, 403, 404, 409, 500, 503],
    codes: &["key_above_own_role", "current_secret"],
    ..BASE
};

/// Reveal a key's secret.
pub const KEY_REVEAL: Operation = Operation {
    id: "key_reveal",
    method: "POST",
    path: REVEAL,
    access: Access::Role(Role::Write),
    refusals: &[401, 403, 404, 409, 500, 503],
    codes: &["key_above_own_role", "not_recoverable"],
    reveals: true,
    ..BASE
};

/// List audit records.
pub const AUDIT_LIST: Operation = Operation {
    id: "audit_list",
    method: "GET",
    path: AUDIT,
    access: Access::Role(Role::Admin),
    refusals: &[400, 401, 403, 500, 503],
    ..BASE
};

/// Verify a key.
pub const KEY_VERIFY: Operation = Operation {
    id: "key_verify",
    method: "POST",
    path: VERIFY,
    access: Access::Role(Role::Verify),
    frequent: true,
    body: true,
    refusals: &[400, 401, 403, 408, 413, 415, 500, 503],
    ..BASE
};

/// Verify several keys.
pub const KEY_VERIFY_BATCH: Operation = Operation {
    id: "key_verify_batch",
    method: "POST",
    path: BATCH,
    access: Access::Role(Role::Verify),
    frequent: true,
    body: true,
    refusals: &[400, 401, 403, 408, 413, 415, 500, 503],
    ..BASE
};

/// Introspect a token.
pub const INTROSPECT: Operation = Operation {
    id: "introspect",
    method: "POST",
    path: INTROSPECTION,
    access: Access::Role(Role::Verify),
    frequent: true,
    body: true,
    refusals: &[400, 401, 403, 408, 413, 415, 500, 503],
    ..BASE
};

/// Let a request in.
pub const FORWARD_AUTH: Operation = Operation {
    id: "forward_auth",
    method: "GET",
    path: GATEWAYS,
    access: Access::Presented,
    frequent: true,
    refusals: &[400, 401, 403, 429, 500, 503],
    codes: &["insufficient_scope", "address_not_allowed"],
    ..BASE
};

/// Describe the presented key.
pub const WHOAMI: Operation = Operation {
    id: "whoami",
    method: "GET",
    path: SELF,
    access: Access::AnyKey,
    refusals: &[401, 500, 503],
    tagged: true,
    ..BASE
};

/// Revoke the presented key.
pub const SELF_REVOKE: Operation = Operation {
    id: "self_revoke",
    method: "POST",
    path: SELF_REVOKE_PATH,
    access: Access::AnyKey,
    body: true,
    refusals: &[400, 401, 408, 409, 413, 415, 500, 503],
    codes: &["last_root_key"],
    tagged: true,
    ..BASE
};
