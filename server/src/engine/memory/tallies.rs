//! What verification found, counted, where it is not counted with the key itself ([`super::mark`]).

use std::{collections::HashMap, sync::Mutex};

use bitting_core::{
    CompanyId, KeyNumber, Verdict,
    usage::{Hour, Subject, Tally},
};

use super::lock::lock;

/// The most that are counted apart from each other until they are written. Beyond, those of keys are not counted, and
/// those of companies still are: there are few.
const COUNTED_MAX: usize = 1 << 17;

type Counts = HashMap<(Hour, Subject, Verdict), u64>;

/// The counts.
#[derive(Default)]
pub(super) struct Tallies(Mutex<Counts>);

impl Tallies {
    /// Counts what was found so often of a key, or of what is none, for the company.
    pub(super) fn add(
        &self,
        hour: Hour,
        (company, key): (CompanyId, Option<KeyNumber>),
        verdict: Verdict,
        count: u64,
    ) {
        let mut counts = lock(&self.0);
        let full = counts.len() >= COUNTED_MAX;
        *counts
            .entry((hour, Subject::Company(company), verdict))
            .or_default() += count;
        let Some(key) = key else { return };
        let of_key = (hour, Subject::Key(key), verdict);
        if !full || counts.contains_key(&of_key) {
            *counts.entry(of_key).or_default() += count;
        }
    }

    /// Takes all of them.
    pub(super) fn take(&self) -> Vec<Tally> {
        let counts = std::mem::take(&mut *lock(&self.0));
        let tally = |((hour, subject, verdict), count)| Tally {
            hour,
            subject,
            verdict,
            count,
        };
        counts.into_iter().map(tally).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_finding_counts_for_the_key_and_for_the_company() {
        let tallies = Tallies::default();
        let company = CompanyId::new(7).unwrap();
        let key = KeyNumber::new(3).unwrap();
        tallies.add(Hour(1), (company, Some(key)), Verdict::Expired, 2);
        tallies.add(Hour(1), (company, Some(key)), Verdict::Expired, 1);
        tallies.add(Hour(1), (company, None), Verdict::NotFound, 1);
        let mut taken = tallies.take();
        taken.sort_unstable();
        let told: Vec<_> = taken
            .iter()
            .map(|tally| (tally.subject, tally.verdict, tally.count))
            .collect();
        let whole = Subject::Company(company);
        assert_eq!(
            told,
            [
                (whole, Verdict::NotFound, 1),
                (whole, Verdict::Expired, 3),
                (Subject::Key(key), Verdict::Expired, 3),
            ]
        );
        assert_eq!(tallies.take(), []);
    }

    #[test]
    fn it_is_bounded_and_a_company_still_counts_all() {
        let tallies = Tallies::default();
        let company = CompanyId::new(7).unwrap();
        let many = i64::try_from(COUNTED_MAX).unwrap() + 10;
        for key in 1..=many {
            let key = KeyNumber::new(key).unwrap();
            tallies.add(Hour(1), (company, Some(key)), Verdict::Revoked, 1);
        }
        let taken = tallies.take();
        assert!(taken.len() <= COUNTED_MAX + 1, "{}", taken.len());
        let whole = taken
            .iter()
            .find(|tally| tally.subject == Subject::Company(company));
        assert_eq!(whole.unwrap().count, many.unsigned_abs());
    }
}
