//! Far along the order of decimal ids.
//!
//! The index in this order is the scanned one, whose entries hold every column that a filter reads: half a million of
//! them are more than a page cache keeps. Those of the index of phases are a tenth as long, and within a phase they
//! are in this order. So a far place is found as the middle of several sorted lists is: in each phase a look is taken
//! ahead, at its share of the keys that are to be passed, and all that is up to the nearest key seen is passed for
//! certain. Whether a stored phase is true now does not matter, as long as every key has one.

use bitting_core::{
    Phase,
    query::{Sort, SortField},
};

use super::{
    Database, phase_code,
    statement::{Index, Statements, Test, Walk},
};
use crate::StoreError;

const PHASES: usize = Phase::ALL.len();
/// The part of the way that is tried first, while nobody knows how many keys are in which phase.
const FIRST: u64 = 16;
/// The part of each step that is every phase's own, however few keys it had: a phase that is looked ahead in by a key
/// or two ends the step there.
const OWN: u64 = 32;
/// How many entries may be read for each that is to be passed. Only where phases change wildly along the way does
/// it take as many; what is then left is walked.
const PATIENCE: u64 = 3;

/// A place in the order: just after a key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    number: i64,
    /// How many keys there are up to here.
    pub(super) passed: u64,
}

/// The way along decimal ids, in either direction.
pub(super) struct Way<'a> {
    /// By decimal ids alone.
    pub(super) sort: Sort,
    pub(super) walk: Walk,
    pub(super) statements: &'a Statements,
}

impl Way<'_> {
    /// A place that no more than `skip` keys are before, and hardly ever fewer than `skip` less `far`. There are more than
    /// `skip`.
    pub(super) fn leap(
        &self,
        database: &mut dyn Database,
        skip: u64,
        far: u64,
    ) -> Result<Mark, StoreError> {
        let phases = Phase::ALL.map(|phase| {
            let code = phase_code(phase);
            Test::Int("phase", vec![(code, code)])
        });
        let mut mark = self.start();
        let mut mix = [1; PHASES];
        let mut read = 0;
        loop {
            let left = skip.saturating_sub(mark.passed);
            // Every phase is looked ahead in by a key at least.
            if left <= far.max(PHASES as u64) || read > skip.saturating_mul(PATIENCE) {
                return Ok(mark);
            }
            let step = if mark.passed == 0 { left / FIRST } else { left };
            let shares = shares(step.max(PHASES as u64), mix);
            let mut seen = [None; PHASES];
            for ((seen, phase), share) in seen.iter_mut().zip(&phases).zip(shares) {
                *seen = self.look(database, phase, mark, share)?;
            }
            let Some(nearest) = self.nearest(&seen) else {
                return Ok(mark);
            };
            for (((passed, seen), phase), share) in
                mix.iter_mut().zip(seen).zip(&phases).zip(shares)
            {
                *passed = match seen {
                    Some(seen) if seen == nearest => share,
                    Some(seen) => share.saturating_sub(self.count(database, phase, nearest, seen)?),
                    None => self.count(database, phase, mark.number, nearest)?,
                };
            }
            let (looked, passed) = (sum(&shares), sum(&mix));
            read += 2 * looked - passed.min(looked);
            mark = Mark {
                number: nearest,
                passed: mark.passed + passed,
            };
        }
    }

    /// That a key comes after `mark`.
    pub(super) fn beyond(&self, mark: Mark) -> Test {
        let upwards = self.is_upwards();
        let next = if upwards {
            mark.number.saturating_add(1)
        } else {
            mark.number.saturating_sub(1)
        };
        let ahead = Sort {
            field: SortField::Number,
            descending: !upwards,
        };
        Test::From(ahead, Box::new(next.into()))
    }

    fn is_upwards(&self) -> bool {
        self.sort.descending == (self.walk == Walk::Backward)
    }

    /// Before every key.
    fn start(&self) -> Mark {
        let number = if self.is_upwards() {
            i64::MIN
        } else {
            i64::MAX
        };
        Mark { number, passed: 0 }
    }

    /// The key of `phase` that is so many further than `mark`, if there are as many.
    fn look(
        &self,
        database: &mut dyn Database,
        phase: &Test,
        mark: Mark,
        share: u64,
    ) -> Result<Option<i64>, StoreError> {
        let beyond = self.beyond(mark);
        let tests = [(phase, Index::Use), (&beyond, Index::Use)];
        let mut look = self
            .statements
            .numbers(&tests, &[self.sort], self.walk, Index::Use);
        look.limit(1).offset(share - 1);
        Ok(database.integers(&look)?.first().copied())
    }

    fn nearest(&self, seen: &[Option<i64>]) -> Option<i64> {
        let seen = seen.iter().copied().flatten();
        if self.is_upwards() {
            seen.min()
        } else {
            seen.max()
        }
    }

    /// How many keys of `phase` come after `from` and up to `to`.
    fn count(
        &self,
        database: &mut dyn Database,
        phase: &Test,
        from: i64,
        to: i64,
    ) -> Result<u64, StoreError> {
        let range = if self.is_upwards() {
            (from.saturating_add(1), to)
        } else {
            (to, from.saturating_sub(1))
        };
        let between = Test::Int("number", vec![range]);
        let tests = [(phase, Index::Use), (&between, Index::Use)];
        let counted = database.integers(&self.statements.count(&tests))?;
        Ok(counted.first().map_or(0, |count| count.unsigned_abs()))
    }
}

/// `step` keys, among the phases: each its own part, and of the rest as `mix` tells.
fn shares(step: u64, mix: [u64; PHASES]) -> [u64; PHASES] {
    let own = (step / OWN).max(1);
    let rest = step.saturating_sub(own * PHASES as u64);
    let all = sum(&mix).max(1);
    mix.map(|part| {
        own + u64::try_from(u128::from(rest) * u128::from(part) / u128::from(all)).unwrap_or(0)
    })
}

fn sum(numbers: &[u64; PHASES]) -> u64 {
    numbers.iter().sum()
}
