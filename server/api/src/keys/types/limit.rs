//! What bounds how often a key is good.

use bitting_core::bounds;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{UtcTime, input::LimitNameInput};
use crate::wire::Nullable;

/// The most that a quota holds; the document's bound.
const QUOTA_MAX: u64 = bounds::QUOTA_MAX;

/// A rate limit of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Limit {
    /// What verifications call it.
    pub name: String,
    /// How much is let through at once, and then evenly in each window.
    pub limit: u32,
    /// The window, in seconds.
    pub window_seconds: u32,
}

/// How much of a key may be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Quota {
    /// What is left, at most 10 seconds behind.
    pub remaining: u64,
    /// To how much it is filled up, where less is left; null for never.
    pub refill_amount: Nullable<u64>,
    /// How often it is filled up, in seconds; null for never.
    pub refill_interval_seconds: Nullable<u32>,
    /// When it is filled up next; null for never.
    pub refills_at: Nullable<UtcTime>,
}

/// A rate limit to set. Members that are not listed here are refused.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitSet {
    /// What verifications are to call it; no two of a key are called the same.
    #[schemars(with = "LimitNameInput")]
    pub name: String,
    /// How much to let through at once, and then evenly in each window.
    #[schemars(range(min = 1, max = "bounds::LIMIT_MAX"))]
    pub limit: u32,
    /// The window, in seconds: at most 31 days.
    #[schemars(range(min = 1, max = "bounds::WINDOW_MAX"))]
    pub window_seconds: u32,
}

/// A quota to set. Members that are not listed here are refused.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuotaSet {
    /// What is to be left.
    #[schemars(range(max = "QUOTA_MAX"))]
    pub remaining: u64,
    /// To how much to fill it up, where less is left. Left out: it is never filled up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64", range(min = 1, max = "QUOTA_MAX"))]
    pub refill_amount: Option<u64>,
    /// How often to fill it up, in seconds from now: 1 minute to 400 days. Only and always beside `refill_amount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(
        with = "u32",
        range(min = "bounds::REFILL_SECONDS_MIN", max = "bounds::REFILL_SECONDS_MAX")
    )]
    pub refill_interval_seconds: Option<u32>,
}

/// The limits and the quota of a key, in place of those that it has: both members are required. Members that are not
/// listed here are refused.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyLimits {
    /// The rate limits; null or empty for none. What was used of one whose name stays is still used.
    #[schemars(with = "Nullable<Vec<LimitSet>>", length(max = "bounds::LIMITS_MAX"))]
    pub limits: Option<Vec<LimitSet>>,
    /// The quota; null for none.
    #[schemars(with = "Nullable<QuotaSet>")]
    pub quota: Option<QuotaSet>,
}

/// A rate limit that counted a verification, as it is afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LimitLeft {
    /// The limit's name.
    pub name: String,
    /// How much it lets through at once.
    pub limit: u32,
    /// How much it would let through now.
    pub remaining: u32,
    /// Seconds until it lets through all of it again.
    pub reset_seconds: u64,
}

/// The quota of a key that was verified, as it is afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct QuotaLeft {
    /// What is left.
    pub remaining: u64,
    /// When it is filled up next; null for never.
    pub refills_at: Nullable<UtcTime>,
}
