//! The query of the list of keys, for the document only: [`crate::keys::decode`] reads the query string itself.

use bitting_core::bounds;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    KeyOrigin, KeyStatus,
    input::{SCOPE_PATTERN, TEXT_PATTERN, TimeInput},
    path::IdInput,
};
use crate::keys::list::{KEY_TOKEN_MAX, TOKEN_PATTERN};

const SORT_PATTERN: &str = "^-?(created_at|updated_at|name|expires_at)$";

/// The query of the list of keys. All filters that are given hold.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct KeyListQuery {
    /// How many keys the page holds at most. Left out: 20.
    #[schemars(range(min = 1, max = "bounds::PAGE_MAX"))]
    pub limit: Option<u32>,
    /// Which page: the `next_page` of the one before it, with the same sort and filters. Left out: the first.
    #[schemars(length(max = "KEY_TOKEN_MAX"), regex = "TOKEN_PATTERN")]
    pub page_token: Option<String>,
    /// The order: a leading `-` for the greatest first. A key that never expires comes after all that do. Among equal
    /// ones the earlier made comes first, and with `-` the later made. Left out: `-created_at`.
    #[schemars(length(max = 11), regex = "SORT_PATTERN")]
    pub sort: Option<String>,
    /// Only keys whose name or description has this text in it, whatever its case.
    #[schemars(length(min = 1, max = "bounds::SEARCH_MAX"), regex = "TEXT_PATTERN")]
    pub q: Option<String>,
    /// Only keys with this status now.
    #[schemars(with = "Option<KeyStatus>")]
    pub status: Option<String>,
    /// Only keys of the member with this id.
    #[schemars(with = "Option<IdInput>")]
    pub owner: Option<String>,
    /// Only keys of the company with this id. Only `root` sees those of another company than its own: for anybody else,
    /// the page is empty.
    #[schemars(with = "Option<IdInput>")]
    pub company: Option<String>,
    /// Only keys that have this scope.
    #[schemars(length(min = 1, max = "bounds::SCOPE_MAX"), regex = "SCOPE_PATTERN")]
    pub scope: Option<String>,
    /// Only keys made on this surface.
    #[schemars(with = "Option<KeyOrigin>")]
    pub origin: Option<String>,
    /// Only keys that expire before this time, by RFC 3339. One that never expires is not
    /// among them.
    #[schemars(with = "Option<TimeInput>")]
    pub expires_before: Option<String>,
    /// Only keys that have not been used since this time, by RFC 3339. One that was never
    /// used is among them.
    #[schemars(with = "Option<TimeInput>")]
    pub last_used_before: Option<String>,
}
