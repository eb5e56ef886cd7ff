//! Rate limits of a surface: fixed windows per company (O10).

use std::{
    collections::HashMap,
    fmt,
    str::FromStr,
    sync::{Mutex, PoisonError},
};

use bitting_core::{CompanyId, Timestamp};

/// Several limits that all hold: `10/1s,150/60s`. None by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates(Vec<Rate>);

/// At most so many requests in each window of so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rate {
    limit: u64,
    seconds: i64,
}

/// Why a text is no list of rates.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a rate: write a count, a slash, seconds and \"s\", such as 10/1s,150/60s")]
pub struct InvalidRates(String);

impl FromStr for Rates {
    type Err = InvalidRates;

    fn from_str(text: &str) -> Result<Self, InvalidRates> {
        let rate = |part: &str| {
            let (limit, window) = part.trim().split_once('/')?;
            let limit = limit.parse().ok().filter(|limit| *limit > 0)?;
            let seconds = window.strip_suffix('s')?.parse().ok();
            let seconds = seconds.filter(|seconds| (1..=86_400).contains(seconds))?;
            Some(Rate { limit, seconds })
        };
        text.split(',')
            .map(|part| rate(part).ok_or_else(|| InvalidRates(part.to_owned())))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl fmt::Display for Rates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, rate) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(f, "{comma}{}/{}s", rate.limit, rate.seconds)?;
        }
        Ok(())
    }
}

/// What is left of the window with the fewest left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Allowance {
    pub(super) limit: u64,
    pub(super) remaining: u64,
    /// Seconds until the window ends.
    pub(super) reset: u64,
}

/// A count in the window that began at `since`.
#[derive(Clone, Copy)]
struct Window {
    since: i64,
    count: u64,
}

/// The counts of every company.
pub(super) struct Limiter {
    rates: Rates,
    counts: Mutex<HashMap<CompanyId, Vec<Window>>>,
}

impl Limiter {
    pub(super) fn new(rates: Rates) -> Self {
        Self {
            rates,
            counts: Mutex::default(),
        }
    }

    /// Counts a request. `Ok(None)`: no limits are set. `Err`: too many; the seconds to wait. A request that
    /// is turned away does not count.
    pub(super) fn take(
        &self,
        company: CompanyId,
        now: Timestamp,
    ) -> Result<Option<Allowance>, u64> {
        if self.rates.0.is_empty() {
            return Ok(None);
        }
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let windows = counts.entry(company).or_insert_with(|| {
            let fresh = Window {
                since: i64::MIN,
                count: 0,
            };
            vec![fresh; self.rates.0.len()]
        });
        let mut wait = None;
        for (rate, window) in self.rates.0.iter().zip(windows.iter_mut()) {
            let since = now.seconds().div_euclid(rate.seconds) * rate.seconds;
            if window.since != since {
                *window = Window { since, count: 0 };
            }
            if window.count >= rate.limit {
                wait = wait.max(Some(left(*rate, since, now)));
            }
        }
        if let Some(wait) = wait {
            return Err(wait);
        }
        let mut fewest: Option<Allowance> = None;
        for (rate, window) in self.rates.0.iter().zip(windows) {
            window.count += 1;
            let allowance = Allowance {
                limit: rate.limit,
                remaining: rate.limit - window.count,
                reset: left(*rate, window.since, now),
            };
            if fewest.is_none_or(|fewest| allowance.remaining < fewest.remaining) {
                fewest = Some(allowance);
            }
        }
        Ok(fewest)
    }
}

/// Seconds until the window ends, at least 1.
fn left(rate: Rate, since: i64, now: Timestamp) -> u64 {
    u64::try_from(since + rate.seconds - now.seconds()).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds).unwrap()
    }

    fn company(id: i64) -> CompanyId {
        CompanyId::new(id).unwrap()
    }

    #[test]
    fn rates_are_read_and_written_alike() {
        let text = "10/1s,150/60s";
        assert_eq!(text.parse::<Rates>().unwrap().to_string(), text);
        for wrong in [
            "", "10", "0/1s", "10/0s", "10/1", "10/1m", "10/1s,", "-1/1s", "1/90000s",
        ] {
            assert!(wrong.parse::<Rates>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn the_window_with_the_fewest_left_is_told() {
        let limiter = Limiter::new("2/10s,3/60s".parse().unwrap());
        let take = |now| limiter.take(company(1), at(now));
        let allowance = |limit, remaining, reset| {
            Ok(Some(Allowance {
                limit,
                remaining,
                reset,
            }))
        };
        assert_eq!(take(0), allowance(2, 1, 10));
        assert_eq!(take(3), allowance(2, 0, 7));
        assert_eq!(take(9), Err(1));
        assert_eq!(take(10), allowance(3, 0, 50));
        // Both full: the longer wait is the one that helps.
        assert_eq!(take(11), Err(49));
        assert_eq!(take(60), allowance(2, 1, 10));
    }

    #[test]
    fn companies_do_not_share() {
        let limiter = Limiter::new("1/10s".parse().unwrap());
        assert!(limiter.take(company(1), at(0)).is_ok());
        assert!(limiter.take(company(2), at(0)).is_ok());
        assert!(limiter.take(company(1), at(0)).is_err());
    }

    #[test]
    fn without_rates_nothing_is_told() {
        let limiter = Limiter::new(Rates::default());
        assert_eq!(limiter.take(company(1), at(0)), Ok(None));
    }
}
