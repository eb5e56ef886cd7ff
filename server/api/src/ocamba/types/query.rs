//! The query parameters of view and list, for the document only: [`crate::ocamba::decode`] reads the query
//! string itself.

use bitting_core::bounds;
use schemars::JsonSchema;
use serde::Deserialize;

use super::pattern;

/// The longest list of names (`fields`, `sort`, `q_fields`) that the document gives: all of them, with room.
const LIST_MAX: usize = 255;
/// The longest filter that the document gives: [`bounds::FILTER_VALUES_MAX`] times of 20 characters fit.
const FILTER_MAX: usize = 24_000;

/// How a key is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// Every member but `company_id`.
    Default,
    /// Every member.
    Full,
}

/// The query of a view.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct KeyViewQuery {
    /// The members to show, divided by commas. They come in the order of the schema, whatever the order here.
    /// With `fields`, `view` is not looked at.
    #[schemars(length(max = "LIST_MAX"), regex = "pattern::FIELDS")]
    pub fields: Option<String>,
    /// How much to show: `default` leaves `company_id` out, `full` shows every member.
    pub view: Option<View>,
}

/// The query of a list.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct KeyListQuery {
    /// The members to show, divided by commas. They come in the order of the schema, whatever the order here.
    /// With `fields`, `view` is not looked at.
    #[schemars(length(max = "LIST_MAX"), regex = "pattern::FIELDS")]
    pub fields: Option<String>,
    /// How much to show: `default` leaves `company_id` out, `full` shows every member.
    pub view: Option<View>,
    /// Which page: `N`, counted from 1, or `N,M` for pages of `M` keys. Pages hold 20 keys unless `M` says
    /// otherwise, and at most 1000; a server may be configured to other numbers. A page beyond the end is
    /// empty.
    #[schemars(length(max = 17), regex = "pattern::PAGE")]
    pub page: Option<String>,
    /// What to sort by, divided by commas; `-` before a field sorts from the greatest down. Ties, and lists
    /// that ask for no order, go by ascending `id`. A key without an end sorts as if it ended last, and
    /// statuses sort `active`, `expired`, `pending`.
    #[schemars(length(max = "LIST_MAX"), regex = "pattern::SORT")]
    pub sort: Option<String>,
    /// A text to find anywhere in the searched members, without regard to case.
    #[schemars(length(max = "bounds::SEARCH_MAX"), regex = "pattern::TEXT")]
    pub q: Option<String>,
    /// Where to look for `q`: `name`, `description` or both, divided by a comma. Left out: `name`.
    #[schemars(length(max = "LIST_MAX"), regex = "pattern::SEARCH_FIELDS")]
    pub q_fields: Option<String>,
    /// A filter by `id`; see "Filtering".
    #[schemars(length(max = "FILTER_MAX"), regex = "pattern::ID_FILTER")]
    pub id: Option<String>,
    /// A filter by `name`; see "Filtering". Equality and lists only.
    #[schemars(length(max = "FILTER_MAX"), regex = "pattern::TEXT")]
    pub name: Option<String>,
    /// A filter by `status`; see "Filtering". Equality and lists only.
    #[schemars(length(max = "FILTER_MAX"), regex = "pattern::STATUS_FILTER")]
    pub status: Option<String>,
    /// A filter by `start_time`; see "Filtering".
    #[schemars(length(max = "FILTER_MAX"), regex = "pattern::TIME_FILTER")]
    pub start_time: Option<String>,
    /// A filter by `end_time`; see "Filtering". A key without an end matches `neq`, `nin` and `isn:` only.
    #[schemars(length(max = "FILTER_MAX"), regex = "pattern::TIME_FILTER")]
    pub end_time: Option<String>,
    /// A filter by `create_time`; see "Filtering".
    #[schemars(length(max = "FILTER_MAX"), regex = "pattern::TIME_FILTER")]
    pub create_time: Option<String>,
    /// A filter by `update_time`; see "Filtering".
    #[schemars(length(max = "FILTER_MAX"), regex = "pattern::TIME_FILTER")]
    pub update_time: Option<String>,
}
