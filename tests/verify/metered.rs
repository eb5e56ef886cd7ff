//! What is left of a key's limits and quota, by the words of the contract (K142): each limit is a bucket that seconds
//! drip into, until it is full.

use std::collections::BTreeMap;

use bitting_tests::{Request, entropy::Seeded};
use serde_json::{Value, json};

use crate::{draw, model::rfc3339, requests, world::World};

/// How much each limit lets through, and in which window: each comes at whole seconds.
const LIMITS: [(i64, i64); 3] = [(2, 10), (5, 60), (12, 3_600)];

/// A limit, and how full its bucket was at some time.
#[derive(Clone, Debug)]
struct Bucket {
    limit: i64,
    window: i64,
    level: i64,
    /// `None` before the first question: then it is full, wherever the clock goes.
    at: Option<i64>,
}

#[derive(Clone, Debug)]
struct Quota {
    remaining: i64,
    /// To how much it is filled up, how often, and when next.
    refill: Option<(i64, i64, i64)>,
}

/// What a key has of both.
#[derive(Clone, Debug, Default)]
pub(crate) struct Allowance {
    limits: BTreeMap<String, Bucket>,
    quota: Option<Quota>,
}

/// What a question asks of both.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cost {
    limits: Option<Vec<String>>,
    cost: Option<i64>,
}

impl Bucket {
    /// Seconds for one.
    fn each(&self) -> i64 {
        self.window / self.limit
    }

    fn drip(&mut self, now: i64) {
        let since = self.at.replace(now).map_or(0, |at| now - at);
        self.level = (self.level + since).clamp(0, self.window);
    }
}

impl Cost {
    pub(crate) fn draw(random: &Seeded, of: &Allowance) -> Self {
        let named = || {
            let mut names: Vec<_> = of.limits.keys().cloned().collect();
            names.push("none".to_owned());
            names.retain(|_| draw::one_in(random, 2));
            names
        };
        Self {
            limits: draw::one_in(random, 4).then(named),
            cost: [None, None, Some(0), Some(1), Some(2), Some(3)][random.below(6)],
        }
    }

    pub(crate) fn put_into(&self, body: &mut Value) {
        if let Some(limits) = &self.limits {
            body["limits"] = json!(limits);
        }
        if let Some(cost) = self.cost {
            body["cost"] = cost.into();
        }
    }
}

impl Allowance {
    /// Some limits of before and others, whose names no key had.
    fn draw(&self, random: &Seeded, step: usize, now: i64) -> Self {
        let mut limits = self.limits.clone();
        limits.retain(|_, _| draw::one_in(random, 2));
        for (place, (limit, window)) in LIMITS.into_iter().enumerate() {
            if draw::one_in(random, 3) {
                let bucket = Bucket {
                    limit,
                    window,
                    level: window,
                    at: None,
                };
                limits.insert(format!("{place}-{step}"), bucket);
            }
        }
        while limits.len() > 10 {
            limits.pop_first();
        }
        let quota = draw::one_in(random, 2).then(|| Quota {
            remaining: i64::try_from(random.below(9)).expect("it is small"),
            refill: draw::one_in(random, 2).then_some((4, 600, now + 600)),
        });
        Self { limits, quota }
    }

    fn body(&self) -> Value {
        let limits = self.limits.iter().map(|(name, bucket)| {
            json!({"name": name, "limit": bucket.limit, "window_seconds": bucket.window})
        });
        let quota = self.quota.as_ref().map(|quota| match quota.refill {
            None => json!({"remaining": quota.remaining}),
            Some((amount, seconds, _)) => json!({
                "remaining": quota.remaining,
                "refill_amount": amount,
                "refill_interval_seconds": seconds,
            }),
        });
        json!({"limits": limits.collect::<Vec<_>>(), "quota": quota})
    }

    /// Takes what a question costs that is good but for that. The code, and what is told of limits and quota.
    pub(crate) fn take(&mut self, cost: &Cost, now: i64) -> (&'static str, Value) {
        if self.limits.is_empty() && self.quota.is_none() {
            return ("valid", untold());
        }
        let units = cost.cost.unwrap_or(1);
        for bucket in self.limits.values_mut() {
            bucket.drip(now);
        }
        if let Some(quota) = &mut self.quota
            && let Some((amount, seconds, next)) = &mut quota.refill
        {
            while *next <= now {
                quota.remaining = quota.remaining.max(*amount);
                *next += *seconds;
            }
        }
        let counts = |name: &String| {
            cost.limits
                .as_ref()
                .is_none_or(|names| names.contains(name))
        };
        let counting = || self.limits.iter().filter(|(name, _)| counts(name));
        let wait = |bucket: &Bucket| units * bucket.each() - bucket.level;
        let never = counting().any(|(_, bucket)| units > bucket.limit);
        let longest = counting()
            .map(|(_, bucket)| wait(bucket))
            .max()
            .unwrap_or(0);
        let short = self.quota.as_ref().filter(|quota| quota.remaining < units);
        let (code, retry) = if never || longest > 0 {
            ("rate_limited", (!never).then_some(longest))
        } else if let Some(quota) = short {
            let refill = quota.refill.filter(|(amount, ..)| *amount >= units);
            ("quota_exceeded", refill.map(|(.., next)| next - now))
        } else {
            ("valid", None)
        };
        let mut told = Vec::new();
        for (name, bucket) in &mut self.limits {
            if !counts(name) {
                continue;
            }
            if code == "valid" {
                bucket.level -= units * bucket.each();
            }
            told.push(json!({
                "name": name,
                "limit": bucket.limit,
                "remaining": bucket.level / bucket.each(),
                "reset_seconds": bucket.window - bucket.level,
            }));
        }
        let quota = self.quota.as_mut().map(|quota| {
            quota.remaining -= if code == "valid" { units } else { 0 };
            let next = quota.refill.map(|(.., next)| rfc3339(next));
            json!({"remaining": quota.remaining, "refills_at": next})
        });
        (
            code,
            json!({"limits": told, "quota": quota, "retry_after_seconds": retry}),
        )
    }
}

/// What is told where nothing was counted.
pub(crate) fn untold() -> Value {
    json!({"limits": [], "quota": null, "retry_after_seconds": null})
}

impl World {
    /// Sets a key's limits and quota.
    pub(crate) async fn limit(&mut self, step: usize) {
        let place = self.pick();
        let key = &self.model.keys[place];
        let allowance = key.allowance.draw(&self.random, step, self.model.now);
        let path = requests::item(&key.id) + "/limits";
        let request = Request::put(path).json(allowance.body().to_string());
        let token = self.admin_of(key.company);
        let answer = self.ask(request, &token).await;
        assert_eq!(answer.status, 200, "{}\n{answer:?}", self.told(step));
        self.model.keys[place].allowance = allowance;
        self.touched = place;
    }
}
