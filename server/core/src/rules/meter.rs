//! How much of a key was used of late, and whether there is enough left.
//!
//! Rate limits are kept by the generic cell rate algorithm: of each limit, one number is remembered, the time at
//! which all that was let through would have come if it had come evenly. It is exact, and nothing is counted or
//! swept.

use crate::{LimitName, Limits, Quota, Timestamp, Verdict};

const NANOS: i128 = 1_000_000_000;
const NANOS_A_MILLI: i128 = 1_000_000;

/// What was used of a key's limits and quota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meter {
    limits: Limits,
    /// For each limit the time at which what was let through would have come evenly, in nanoseconds since 1970.
    due: Vec<i128>,
    quota: Option<Quota>,
}

/// What a request asks of a key's limits and quota.
#[derive(Clone, Copy, Debug)]
pub struct Cost<'q> {
    /// The limits that count it, by name; `None` for all that the key has. What the key does not have counts nothing.
    pub limits: Option<&'q [LimitName]>,
    /// How much of each it takes: at most [`crate::bounds::COST_MAX`].
    pub cost: u32,
}

impl Default for Cost<'_> {
    fn default() -> Self {
        Self {
            limits: None,
            cost: 1,
        }
    }
}

/// What is left of a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitState {
    /// The limit's name.
    pub name: LimitName,
    /// How much it lets through at once.
    pub limit: u32,
    /// How much it would let through now.
    pub remaining: u32,
    /// Seconds until it would let through all of it, rounded up.
    pub reset_seconds: u64,
}

/// What a charge came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// Whether there was enough: [`Verdict::Valid`], or the first of [`Verdict::RateLimited`] and
    /// [`Verdict::QuotaExceeded`] that holds. Only what is valid is charged, to all that count it together.
    pub verdict: Verdict,
    /// The limits that counted, as they are now.
    pub limits: Vec<LimitState>,
    /// The quota as it is now, if the key has one.
    pub quota: Option<Quota>,
    /// Seconds until the same request could be valid, rounded up, where it is not; `None` for never.
    pub retry_after: Option<u64>,
}

impl Meter {
    /// The meter of a key of which nothing was used, but for what is gone from its quota.
    pub fn new(limits: Limits, quota: Option<Quota>) -> Self {
        let due = vec![i128::MIN; limits.iter().len()];
        Self { limits, due, quota }
    }

    /// The same with other limits: what was used of those whose names stay is still used.
    #[must_use]
    pub fn with(&self, limits: Limits, quota: Option<Quota>) -> Self {
        let mut meter = Self::new(limits, quota);
        for (limit, due) in meter.limits.iter().zip(&mut meter.due) {
            let before = self.limits.iter().zip(&self.due);
            let mut before = before.filter(|(before, _)| before.name == limit.name);
            *due = before.next().map_or(i128::MIN, |(_, due)| *due);
        }
        meter
    }

    /// What is left of the quota, as of the last charge.
    pub fn quota(&self) -> Option<Quota> {
        self.quota
    }

    /// Whether nothing of its limits is used at `now_millis` any more.
    pub fn is_idle(&self, now_millis: i64) -> bool {
        let now = i128::from(now_millis) * NANOS_A_MILLI;
        self.due.iter().all(|due| *due <= now)
    }

    /// Takes what a request costs, if there is enough of everything that counts it.
    pub fn charge(&mut self, cost: Cost<'_>, now_millis: i64) -> Charge {
        let now = i128::from(now_millis) * NANOS_A_MILLI;
        let second = Timestamp::of_clock(now_millis);
        let counts = |name: &LimitName| cost.limits.is_none_or(|names| names.contains(name));
        let units = i128::from(cost.cost);
        // The longest wait of those that have not enough; within, `None` for one that never will.
        let mut wait: Option<Option<i128>> = None;
        for (limit, due) in self.limits.iter().zip(&mut self.due) {
            let rate = Rate::of(limit.limit, limit.window_seconds);
            // Where the clock went back, or the limit is a smaller one now, it is as if all of it were used.
            *due = (*due).clamp(now, now + rate.burst);
            if !counts(&limit.name) {
                continue;
            }
            if units > i128::from(limit.limit) {
                wait = Some(None);
            } else if *due - now + units * rate.each > rate.burst {
                let here = *due - now + units * rate.each - rate.burst;
                wait = match wait {
                    Some(None) => Some(None),
                    before => Some(Some(
                        before.flatten().map_or(here, |before| before.max(here)),
                    )),
                };
            }
        }
        self.quota = self.quota.map(|quota| quota.at(second));
        let short = self
            .quota
            .filter(|quota| quota.remaining < u64::from(cost.cost));
        let (verdict, retry_after) = match (wait, short) {
            (Some(wait), _) => (Verdict::RateLimited, wait.map(seconds)),
            (None, Some(quota)) => {
                let refill = quota
                    .refill
                    .filter(|refill| refill.amount >= u64::from(cost.cost));
                let until = |next: Timestamp| next.seconds().abs_diff(second.seconds());
                (
                    Verdict::QuotaExceeded,
                    refill.map(|refill| until(refill.next)),
                )
            }
            (None, None) => (Verdict::Valid, None),
        };
        let mut states = Vec::new();
        for (limit, due) in self.limits.iter().zip(&mut self.due) {
            if !counts(&limit.name) {
                continue;
            }
            let rate = Rate::of(limit.limit, limit.window_seconds);
            if verdict == Verdict::Valid {
                *due += units * rate.each;
            }
            let remaining = (rate.burst - (*due - now)) / rate.each;
            states.push(LimitState {
                name: limit.name.clone(),
                limit: limit.limit,
                remaining: u32::try_from(remaining).unwrap_or(0),
                reset_seconds: seconds(*due - now),
            });
        }
        if verdict == Verdict::Valid
            && let Some(quota) = &mut self.quota
        {
            quota.remaining -= u64::from(cost.cost);
        }
        Charge {
            verdict,
            limits: states,
            quota: self.quota,
            retry_after,
        }
    }
}

/// A limit in nanoseconds, which no clock, bound or product takes out of range.
#[derive(Clone, Copy)]
struct Rate {
    /// How far apart they are that come evenly. Rounded up: never more than the limit is let through.
    each: i128,
    /// How far ahead of now what was let through may be.
    burst: i128,
}

impl Rate {
    fn of(limit: u32, window_seconds: u32) -> Self {
        let limit = i128::from(limit.max(1));
        let window = i128::from(window_seconds) * NANOS;
        let each = (window + limit - 1) / limit;
        Self {
            each,
            burst: each * limit,
        }
    }
}

fn seconds(nanos: i128) -> u64 {
    let seconds = (nanos.max(0) + NANOS - 1) / NANOS;
    u64::try_from(seconds).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
