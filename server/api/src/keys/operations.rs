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

/// Create a member.
pub const MEMBER_CREATE: Operation = Operation {
    id: "member_create",
    method: "POST",
    path: MEMBERS,
    access: Access::Role(Role::Admin),
    body: true,
    success: 201,
    refusals: &[400, 401, 403, 404, 408, 413, 415, 500, 503],
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
