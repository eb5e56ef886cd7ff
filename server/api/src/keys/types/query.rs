//! The query of lists, for the document only: [`crate::keys::decode`] reads the query string itself.

use bitting_core::bounds;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::keys::list::{TOKEN_LENGTH, TOKEN_PATTERN};

/// The query of a list.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct PageQuery {
    /// How many items the page holds at most. Left out: 20.
    #[schemars(range(min = 1, max = "bounds::PAGE_MAX"))]
    pub limit: Option<u32>,
    /// Which page: the `next_page` of the one before it. Left out: the first.
    #[schemars(length(max = "TOKEN_LENGTH"), regex = "TOKEN_PATTERN")]
    pub page_token: Option<String>,
}
