//! What was used of limits and quotas, of the keys that have any.
//!
//! Apart from what is remembered of keys, which a change forgets and which makes room for others: what was used must
//! outlive both.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex},
};

use bitting_core::{
    Key, KeyNumber,
    rules::{Charge, Cost, Meter},
};
use bitting_store::{QuotaId, Spent};

use super::lock::lock;

/// How many locks there are. Only look-ups and sweeps take one.
const SHARDS: usize = 64;
/// How many sweeps in a row must find a meter idle before it is forgotten: a look-up that began before the last use of
/// it was written must not bring back what was there before.
const IDLE_SWEEPS: u8 = 2;

/// The meter of one key, whichever of its secrets was presented.
pub(super) struct KeyMeter(Mutex<State>);

struct State {
    meter: Meter,
    quota: Option<QuotaId>,
    /// Whether what is left of the quota waits to be written.
    waits: bool,
    idle_sweeps: u8,
}

/// Not what is in it: it may be locked.
impl fmt::Debug for KeyMeter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyMeter(..)")
    }
}

type Shard = HashMap<KeyNumber, Arc<KeyMeter>>;

/// The meters.
pub(super) struct Meters {
    shards: Box<[Mutex<Shard>]>,
    /// Those whose quota was used since it was last written.
    spent: Mutex<Vec<Arc<KeyMeter>>>,
}

impl Default for Meters {
    fn default() -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            spent: Mutex::default(),
        }
    }
}

impl KeyMeter {
    /// A meter that nobody else has.
    pub(super) fn apart(key: &Key, quota: Option<QuotaId>) -> Arc<Self> {
        Arc::new(Self(Mutex::new(State {
            meter: Meter::new(key.limits.clone(), key.quota),
            quota,
            waits: false,
            idle_sweeps: 0,
        })))
    }
}

impl Meters {
    /// The meter of a key as it is now, of which `quota` is the quota's id.
    pub(super) fn of(&self, number: KeyNumber, key: &Key, quota: Option<QuotaId>) -> Arc<KeyMeter> {
        let shard = usize::try_from(number.get().unsigned_abs()).unwrap_or_default() % SHARDS;
        let mut shard = lock(&self.shards[shard]);
        let found = shard
            .entry(number)
            .or_insert_with(|| KeyMeter::apart(key, quota));
        let mut state = lock(&found.0);
        // The same quota: what is known here is newer than what was read. Another one was set anew.
        let left = if state.quota == quota {
            state.meter.quota()
        } else {
            key.quota
        };
        state.meter = state.meter.with(key.limits.clone(), left);
        state.quota = quota;
        state.idle_sweeps = 0;
        drop(state);
        Arc::clone(found)
    }

    /// Takes what a request costs, if there is enough.
    pub(super) fn charge(&self, meter: &Arc<KeyMeter>, cost: Cost<'_>, now_millis: i64) -> Charge {
        let mut state = lock(&meter.0);
        let charge = state.meter.charge(cost, now_millis);
        let waits = state.quota.is_some() && charge.verdict == bitting_core::Verdict::Valid;
        if waits && cost.cost > 0 && !std::mem::replace(&mut state.waits, true) {
            lock(&self.spent).push(Arc::clone(meter));
        }
        charge
    }

    /// What is left of the quotas that were used since this was last called.
    pub(super) fn take_spent(&self) -> Vec<Spent> {
        let spent = std::mem::take(&mut *lock(&self.spent));
        let left = |meter: Arc<KeyMeter>| {
            let mut state = lock(&meter.0);
            state.waits = false;
            let (id, left) = (state.quota?, state.meter.quota()?);
            Some(Spent { id, left })
        };
        spent.into_iter().filter_map(left).collect()
    }

    /// Forgets the meters of which nothing is used.
    pub(super) fn sweep(&self, now_millis: i64) {
        for shard in &self.shards {
            lock(shard).retain(|_, meter| {
                let mut state = lock(&meter.0);
                let idle = Arc::strong_count(meter) == 1
                    && !state.waits
                    && state.meter.is_idle(now_millis);
                state.idle_sweeps = if idle { state.idle_sweeps + 1 } else { 0 };
                state.idle_sweeps < IDLE_SWEEPS
            });
        }
    }

    #[cfg(test)]
    fn count(&self) -> usize {
        self.shards.iter().map(|shard| lock(shard).len()).sum()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use bitting_core::{Limit, LimitName, Limits, Quota, Verdict};

    use super::{super::tests::found, *};

    const COST: Cost<'static> = Cost {
        limits: None,
        cost: 1,
    };

    fn key(limit: u32, remaining: u64) -> Key {
        let limit = Limit::new(LimitName::new("a").unwrap(), limit, 60).unwrap();
        let mut key = found(1).key;
        key.limits = Limits::new([limit]).unwrap();
        key.quota = Some(Quota {
            remaining,
            refill: None,
        });
        key
    }

    fn number() -> KeyNumber {
        KeyNumber::new(1).unwrap()
    }

    fn verdict(meters: &Meters, meter: &Arc<KeyMeter>) -> Verdict {
        meters.charge(meter, COST, 0).verdict
    }

    #[test]
    fn what_was_used_outlives_that_the_key_was_forgotten() {
        let (meters, id) = (Meters::default(), Some(QuotaId(1)));
        let meter = meters.of(number(), &key(2, 9), id);
        assert_eq!(verdict(&meters, &meter), Verdict::Valid);
        // Looked up again, with what the store had before.
        let again = meters.of(number(), &key(2, 9), id);
        assert_eq!(verdict(&meters, &again), Verdict::Valid);
        assert_eq!(verdict(&meters, &meter), Verdict::RateLimited);
        let spent = meters.take_spent();
        assert_eq!(spent.len(), 1, "once, however often it was used");
        assert_eq!((spent[0].id, spent[0].left.remaining), (QuotaId(1), 7));
        assert_eq!(meters.take_spent(), []);
    }

    #[test]
    fn a_quota_that_was_set_anew_begins_with_what_it_was_set_to() {
        let meters = Meters::default();
        let meter = meters.of(number(), &key(9, 1), Some(QuotaId(1)));
        assert_eq!(verdict(&meters, &meter), Verdict::Valid);
        assert_eq!(verdict(&meters, &meter), Verdict::QuotaExceeded);
        let meter = meters.of(number(), &key(9, 1), Some(QuotaId(2)));
        assert_eq!(verdict(&meters, &meter), Verdict::Valid);
        let spent = meters.take_spent();
        assert_eq!((spent.len(), spent[0].id), (1, QuotaId(2)));
    }

    #[test]
    fn a_meter_is_forgotten_once_nothing_of_it_is_used_or_waits_or_is_held() {
        let meters = Meters::default();
        let meter = meters.of(number(), &key(1, 9), Some(QuotaId(1)));
        assert_eq!(verdict(&meters, &meter), Verdict::Valid);
        let sweep = |at| (0..5).for_each(|_| meters.sweep(at));
        sweep(60_000);
        drop(meter);
        sweep(60_000);
        assert_eq!(meters.count(), 1, "it waits to be written");
        meters.take_spent();
        sweep(59_999);
        assert_eq!(meters.count(), 1, "its limit is used");
        meters.sweep(60_000);
        assert_eq!(meters.count(), 1, "it may be looked up just now");
        meters.sweep(60_000);
        assert_eq!(meters.count(), 0);
    }
}
