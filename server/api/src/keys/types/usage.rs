//! What verification found, counted.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{UtcTime, input::TimeInput};

/// How long a span of time is that usage is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UsageInterval {
    /// An hour.
    Hour,
    /// A day, UTC.
    Day,
}

impl From<bitting_core::usage::Interval> for UsageInterval {
    fn from(interval: bitting_core::usage::Interval) -> Self {
        match interval {
            bitting_core::usage::Interval::Hour => Self::Hour,
            bitting_core::usage::Interval::Day => Self::Day,
        }
    }
}

/// The query of usage. For the document only: [`crate::keys::decode`] reads the query string itself.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct UsageQuery {
    /// By which interval: hours are kept for 31 days, days for 400. Left out: `hour`.
    #[schemars(with = "Option<UsageInterval>")]
    pub interval: Option<String>,
    /// From when on: the interval that this time is in is the first. Left out: 24 hours or 30 days before `to`.
    #[schemars(with = "Option<TimeInput>")]
    pub from: Option<String>,
    /// Until when: the interval that this time is in is the last; at most 31 days or 400 days after `from`. Left out:
    /// now.
    #[schemars(with = "Option<TimeInput>")]
    pub to: Option<String>,
}

/// What verification found, at most 10 seconds behind.
// In the order of K150.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Usage {
    /// The interval that it is counted in.
    pub interval: UsageInterval,
    /// When the first interval begins that was asked for.
    pub from: UtcTime,
    /// When the last one ends.
    pub to: UtcTime,
    /// The intervals in which anything was found, the earliest first.
    pub items: Vec<UsageSpan>,
}

/// What verification found in an interval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UsageSpan {
    /// When the interval begins.
    pub starts_at: UtcTime,
    /// How often each `code` was found, by its name; what was not found is left out.
    pub outcomes: BTreeMap<String, u64>,
}
