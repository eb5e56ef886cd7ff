//! What verification found, counted and kept.

use bitting_core::{
    CompanyId, KeyNumber, Verdict,
    usage::{Counted, Hour, Interval, Span, Subject, Tally},
};
use bitting_store::{Store, Uses};

use crate::fixture::Fixture;

fn key(number: i64) -> Subject {
    Subject::Key(KeyNumber::new(number).unwrap())
}

fn tally(hour: i64, subject: Subject, verdict: Verdict, count: u64) -> Tally {
    Tally {
        hour: Hour(hour),
        subject,
        verdict,
        count,
    }
}

async fn record(fixture: &Fixture, tallies: Vec<Tally>) {
    let uses = Uses {
        tallies,
        ..Uses::default()
    };
    fixture.store.record_uses(uses).await.unwrap();
}

async fn usage(
    fixture: &Fixture,
    subject: Subject,
    interval: Interval,
    (from, to): (i64, i64),
) -> Vec<Counted> {
    let span = Span {
        interval,
        from: Hour(from),
        to: Hour(to),
    };
    fixture.store.usage(subject, span).await.unwrap()
}

fn counted(start: i64, counts: &[(Verdict, u64)]) -> Counted {
    Counted {
        start: Hour(start),
        counts: counts.to_vec(),
    }
}

#[tokio::test]
async fn counts_add_up_by_hours_and_days_and_each_subject_has_its_own() {
    let fixture = Fixture::new().await;
    // A key and a company of one number.
    let company = Subject::Company(CompanyId::new(7).unwrap());
    let valid = |hour, subject| tally(hour, subject, Verdict::Valid, 1);
    let first = vec![valid(23, key(7)), valid(24, key(7)), valid(24, company)];
    record(&fixture, first).await;
    let expired = tally(24, key(7), Verdict::Expired, 5);
    record(
        &fixture,
        vec![valid(24, key(7)), expired, valid(24, key(8))],
    )
    .await;

    let hours = usage(&fixture, key(7), Interval::Hour, (0, 48)).await;
    let last = counted(24, &[(Verdict::Expired, 5), (Verdict::Valid, 2)]);
    assert_eq!(hours, [counted(23, &[(Verdict::Valid, 1)]), last.clone()]);
    let days = usage(&fixture, key(7), Interval::Day, (0, 48)).await;
    assert_eq!(days, [counted(0, &[(Verdict::Valid, 1)]), last.clone()]);
    // The end is not within, the beginning is.
    assert_eq!(
        usage(&fixture, key(7), Interval::Hour, (24, 25)).await,
        [last]
    );
    assert_eq!(usage(&fixture, key(7), Interval::Hour, (25, 48)).await, []);
    assert_eq!(usage(&fixture, key(7), Interval::Hour, (24, 24)).await, []);
    let whole = usage(&fixture, company, Interval::Hour, (0, 48)).await;
    assert_eq!(whole, [counted(24, &[(Verdict::Valid, 1)])]);
}

#[tokio::test]
async fn old_hours_are_folded_into_their_days_a_little_at_a_time() {
    let fixture = Fixture::new().await;
    // No two of them share a row.
    let many = 60;
    let all = |hour| (1..=many).map(move |n| tally(hour, key(n * 256), Verdict::Valid, 3));
    record(&fixture, all(1).chain(all(30)).collect()).await;
    let rows = |table: &str| {
        let count = format!("SELECT count(*) || '' FROM {table}");
        fixture.texts(&count)[0].parse::<i64>().unwrap()
    };
    fixture.store.fold_usage(Hour(24), Hour(-99)).await.unwrap();
    assert_eq!((rows("key_usage_hour"), rows("key_usage_day")), (70, 50));
    // Half-way, all of them are told.
    for n in [1, many] {
        let days = usage(&fixture, key(n * 256), Interval::Day, (0, 48)).await;
        let three = [(Verdict::Valid, 3)];
        assert_eq!(days, [counted(0, &three), counted(24, &three)], "{n}");
    }
    fixture.store.fold_usage(Hour(24), Hour(-99)).await.unwrap();
    fixture.store.fold_usage(Hour(24), Hour(-99)).await.unwrap();
    assert_eq!((rows("key_usage_hour"), rows("key_usage_day")), (60, 60));

    fixture.store.fold_usage(Hour(24), Hour(24)).await.unwrap();
    assert_eq!(rows("key_usage_day"), 10);
    fixture.store.fold_usage(Hour(24), Hour(24)).await.unwrap();
    assert_eq!((rows("key_usage_hour"), rows("key_usage_day")), (60, 0));
}

#[tokio::test]
async fn old_hours_of_companies_are_folded_too() {
    let fixture = Fixture::new().await;
    let company = |id| Subject::Company(CompanyId::new(id).unwrap());
    let all = |hour| (1..=2_500).map(move |id| tally(hour, company(id), Verdict::NotFound, 3));
    record(&fixture, all(1).chain(all(30)).collect()).await;
    let rows = |table: &str| {
        let count = format!("SELECT count(*) || '' FROM company_usage_{table}");
        fixture.texts(&count)[0].parse::<i64>().unwrap()
    };
    let fold = async |days| {
        fixture
            .store
            .fold_usage(Hour(24), Hour(days))
            .await
            .unwrap();
    };
    fold(-99).await;
    assert_eq!((rows("hour"), rows("day")), (3_000, 2_000));
    for id in [1, 2_500] {
        let days = usage(&fixture, company(id), Interval::Day, (0, 48)).await;
        let three = [(Verdict::NotFound, 3)];
        assert_eq!(days, [counted(0, &three), counted(24, &three)], "{id}");
    }
    fold(-99).await;
    assert_eq!((rows("hour"), rows("day")), (2_500, 2_500));
    fold(24).await;
    assert_eq!((rows("hour"), rows("day")), (2_500, 500));
}

#[tokio::test]
async fn neighbours_that_share_a_row_keep_their_own_counts() {
    let fixture = Fixture::new().await;
    let neighbours = [255, 256, 257, 511, 512];
    let all =
        |count| neighbours.map(|n| tally(5, key(n), Verdict::Valid, count + n.unsigned_abs()));
    record(&fixture, all(0).to_vec()).await;
    let expired = tally(5, key(257), Verdict::Expired, 9);
    record(&fixture, [&all(1)[..], &[expired]].concat()).await;
    for n in neighbours {
        let mut counts = vec![(Verdict::Valid, 2 * n.unsigned_abs() + 1)];
        if n == 257 {
            counts.insert(0, (Verdict::Expired, 9));
        }
        let hours = usage(&fixture, key(n), Interval::Hour, (0, 24)).await;
        assert_eq!(hours, [counted(5, &counts)], "{n}");
    }
    assert_eq!(usage(&fixture, key(258), Interval::Hour, (0, 24)).await, []);
}
