#![allow(clippy::unwrap_used)]
use super::*;
use crate::{Limit, Refill, bounds};

fn name(text: &str) -> LimitName {
    LimitName::new(text).unwrap()
}

fn limits(limits: &[(&str, u32, u32)]) -> Limits {
    let made = limits
        .iter()
        .map(|(text, limit, window)| Limit::new(name(text), *limit, *window).unwrap());
    Limits::new(made).unwrap()
}

fn meter(of: &[(&str, u32, u32)]) -> Meter {
    Meter::new(limits(of), None)
}

fn of(cost: u32) -> Cost<'static> {
    Cost { limits: None, cost }
}

fn verdict(meter: &mut Meter, cost: u32, at: i64) -> Verdict {
    meter.charge(of(cost), at).verdict
}

#[test]
fn a_limit_lets_through_what_it_says_at_once_and_then_evenly() {
    // 10 in 60 s: one every 6 s.
    let mut meter = meter(&[("a", 10, 60)]);
    for used in 1..=10 {
        let charge = meter.charge(of(1), 1_000);
        assert_eq!(charge.verdict, Verdict::Valid);
        assert_eq!(charge.limits[0].remaining, 10 - used);
    }
    let charge = meter.charge(of(1), 1_000);
    assert_eq!(charge.verdict, Verdict::RateLimited);
    assert_eq!(
        (charge.retry_after, charge.limits[0].reset_seconds),
        (Some(6), 60)
    );
    assert_eq!(verdict(&mut meter, 1, 6_999), Verdict::RateLimited);
    assert_eq!(verdict(&mut meter, 1, 7_000), Verdict::Valid);
    assert_eq!(verdict(&mut meter, 1, 7_000), Verdict::RateLimited);
    // After a whole window, all of it is there again.
    assert_eq!(verdict(&mut meter, 10, 67_000), Verdict::Valid);
    assert_eq!(verdict(&mut meter, 1, 67_000), Verdict::RateLimited);
}

#[test]
fn never_more_than_the_limit_where_it_does_not_divide_the_window() {
    for (limit, window) in [
        (3, 1),
        (7, 10),
        (999_999_937, 1),
        (1_000_000_000, 2_678_400),
    ] {
        let mut meter = meter(&[("a", limit, window)]);
        assert_eq!(verdict(&mut meter, limit, 0), Verdict::Valid, "{limit}");
        assert_eq!(verdict(&mut meter, 1, 0), Verdict::RateLimited, "{limit}");
    }
}

#[test]
fn a_request_is_charged_to_all_its_limits_or_to_none() {
    let mut meter = meter(&[("few", 2, 60), ("many", 5, 60)]);
    assert_eq!(verdict(&mut meter, 2, 0), Verdict::Valid);
    let charge = meter.charge(of(1), 0);
    assert_eq!(charge.verdict, Verdict::RateLimited);
    let left: Vec<_> = charge.limits.iter().map(|limit| limit.remaining).collect();
    assert_eq!(left, [0, 3]);
    // Named, the other one still has some.
    let many = [name("many")];
    let only = Cost {
        limits: Some(&many),
        cost: 3,
    };
    let charge = meter.charge(only, 0);
    assert_eq!((charge.verdict, charge.limits.len()), (Verdict::Valid, 1));
    assert_eq!(meter.charge(only, 0).verdict, Verdict::RateLimited);
    // What the key does not have counts nothing, and neither do none.
    let other = [name("other")];
    for names in [&other[..], &[]] {
        let none = Cost {
            limits: Some(names),
            cost: 1,
        };
        let charge = meter.charge(none, 0);
        assert_eq!((charge.verdict, charge.limits), (Verdict::Valid, vec![]));
    }
}

#[test]
fn what_costs_nothing_passes_and_what_costs_more_than_the_limit_never_does() {
    let mut meter = meter(&[("a", 2, 60)]);
    assert_eq!(verdict(&mut meter, 2, 0), Verdict::Valid);
    assert_eq!(verdict(&mut meter, 0, 0), Verdict::Valid);
    let charge = meter.charge(of(3), 600_000);
    assert_eq!(
        (charge.verdict, charge.retry_after),
        (Verdict::RateLimited, None)
    );
    assert_eq!(charge.limits[0].remaining, 2, "nothing was charged");
}

#[test]
fn the_longest_wait_is_told() {
    let mut meter = meter(&[("slow", 1, 100), ("fast", 1, 10)]);
    assert_eq!(verdict(&mut meter, 1, 0), Verdict::Valid);
    assert_eq!(meter.charge(of(1), 0).retry_after, Some(100));
    assert_eq!(meter.charge(of(1), 50_500).retry_after, Some(50));
}

#[test]
fn a_clock_that_goes_back_blocks_for_a_window_at_most() {
    let mut meter = meter(&[("a", 1, 60)]);
    let day = 86_400_000;
    assert_eq!(verdict(&mut meter, 1, day), Verdict::Valid);
    assert_eq!(meter.charge(of(1), 0).retry_after, Some(60));
    assert_eq!(verdict(&mut meter, 1, 60_000), Verdict::Valid);
}

#[test]
fn other_limits_keep_what_was_used_of_the_same_name() {
    let mut meter = meter(&[("gone", 1, 60), ("stays", 2, 60)]);
    assert_eq!(verdict(&mut meter, 1, 0), Verdict::Valid);
    let mut meter = meter.with(limits(&[("new", 9, 60), ("stays", 4, 60)]), None);
    let left = |charge: Charge| {
        charge
            .limits
            .iter()
            .map(|l| l.remaining)
            .collect::<Vec<_>>()
    };
    // 30 s of the window were used: half of the four.
    assert_eq!(left(meter.charge(of(0), 0)), [9, 2]);
    let mut smaller = meter.with(limits(&[("stays", 1, 1)]), None);
    assert_eq!(
        smaller.charge(of(1), 0).retry_after,
        Some(1),
        "no longer than its window"
    );
}

fn quota(remaining: u64, amount: Option<u64>) -> Quota {
    let next = Timestamp::from_seconds(60).unwrap();
    let refill = amount.map(|amount| Refill {
        amount,
        seconds: 60,
        next,
    });
    Quota { remaining, refill }
}

#[test]
fn a_quota_ends_and_is_filled_up() {
    let mut meter = Meter::new(Limits::default(), Some(quota(3, Some(5))));
    assert_eq!(meter.charge(of(2), 0).quota.unwrap().remaining, 1);
    let charge = meter.charge(of(2), 0);
    assert_eq!(charge.verdict, Verdict::QuotaExceeded);
    assert_eq!(charge.retry_after, Some(60));
    assert_eq!(charge.quota.unwrap().remaining, 1, "nothing was charged");
    assert_eq!(meter.charge(of(1), 0).verdict, Verdict::Valid);
    assert_eq!(meter.charge(of(1), 59_999).verdict, Verdict::QuotaExceeded);
    assert_eq!(meter.charge(of(5), 60_000).quota.unwrap().remaining, 0);
    // More than is ever given.
    assert_eq!(meter.charge(of(6), 60_000).retry_after, None);
    let mut once = Meter::new(Limits::default(), Some(quota(0, None)));
    let charge = once.charge(of(1), i64::MAX);
    assert_eq!(
        (charge.verdict, charge.retry_after),
        (Verdict::QuotaExceeded, None)
    );
}

#[test]
fn a_limited_request_takes_nothing_of_the_quota_nor_the_other_way_round() {
    let mut meter = Meter::new(limits(&[("a", 1, 60)]), Some(quota(1, None)));
    let charge = meter.charge(of(2), 0);
    assert_eq!(
        (charge.verdict, charge.quota.unwrap().remaining),
        (Verdict::RateLimited, 1)
    );
    let mut meter = Meter::new(limits(&[("a", 9, 60)]), Some(quota(1, None)));
    let charge = meter.charge(of(2), 0);
    assert_eq!(
        (charge.verdict, charge.limits[0].remaining),
        (Verdict::QuotaExceeded, 9)
    );
}

#[test]
fn a_meter_is_idle_once_nothing_of_its_limits_is_used() {
    let mut meter = meter(&[("a", 2, 60)]);
    assert!(meter.is_idle(0));
    assert_eq!(verdict(&mut meter, 1, 0), Verdict::Valid);
    assert!(!meter.is_idle(29_999));
    assert!(meter.is_idle(30_000));
}

#[test]
fn no_clock_and_no_bound_makes_it_overflow() {
    let most = (bounds::LIMIT_MAX, bounds::WINDOW_MAX);
    for (limit, window) in [(1, 1), most, (1, most.1), (most.0, 1)] {
        for at in [i64::MIN, -1, 0, i64::MAX] {
            let mut meter = Meter::new(limits(&[("a", limit, window)]), Some(quota(0, Some(1))));
            for cost in [0, 1, bounds::COST_MAX] {
                meter.charge(of(cost), at);
                meter.charge(of(cost), 0);
            }
        }
    }
}
