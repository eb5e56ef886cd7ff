//! Which statements answer a list, chosen by the sizes at hand.
//!
//! Three ways lead to a page. *Walking*: along the index of the sort, looking at each key until the page is
//! full; good when most keys pass. *Gathering*: through the index of the most selective condition, sorting
//! what passes; good when few do. *Scanning*: once along the one index that has every column; always possible.
//! Counts tell which is good: most queries cost next to nothing, and one that is broad in every condition a scan or
//! two and a count of each index that it names. Far along the order of decimal ids, a walk begins with a leap (`leap`).

use bitting_core::query::{KeyQuery, Sort, SortField};
use sea_query::SelectStatement;

use super::{
    Candidates, Database, Phases,
    leap::Way,
    statement::{self, Index, Meaning, Owned, Statements, Test, Walk, sort_column},
};
use crate::StoreError;

/// At which sizes one way becomes better than another. The answer never depends on it, only the cost: tests
/// turn it down so that a handful of keys takes every way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tuning {
    /// Up to how many keys are gathered and sorted without looking for a better way.
    pub few: u64,
    /// How many keys a walk may look at before its page must be full; the next number is tried while it is
    /// not.
    pub windows: [u64; 3],
    /// How much dearer it is to look a row up than to read an entry of the scanned index.
    pub lookup: u64,
    /// How many candidates of a search are named one by one.
    pub handful: usize,
    /// How many keys a walk in the order of decimal ids passes at most by reading them; more are leapt over.
    pub far: u64,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            few: 2_000,
            windows: [256, 2_048, 16_384],
            lookup: 8,
            handful: 48,
            far: 8_192,
        }
    }
}

/// The keys that a list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// How many match, on all pages.
    pub(crate) total: u64,
    /// The decimal ids of those on the page, in order.
    pub(crate) numbers: Vec<i64>,
}

/// What is known of a collection before its keys are looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State {
    /// The collection.
    pub(crate) owned: Owned,
    /// How many keys it has.
    pub(crate) total: u64,
    /// How phases are read.
    pub(crate) phases: Phases,
    /// What is thought few and short.
    pub(crate) tuning: Tuning,
}

/// Finds the page that `query` asks for.
pub(crate) fn find(
    database: &mut dyn Database,
    state: State,
    query: &KeyQuery,
) -> Result<Found, StoreError> {
    let mut tests = Vec::with_capacity(query.filters.len() + 1);
    for filter in &query.filters {
        match statement::meaning(filter) {
            Meaning::Everything => {}
            Meaning::Nothing => return Ok(nothing()),
            Meaning::Depends(test) => tests.push(test),
        }
    }
    tests.extend(query.search.as_ref().map(statement::search));
    let dialect = database.dialect();
    let mut plan = Plan {
        database,
        statements: Statements {
            owned: state.owned,
            phases: state.phases,
            dialect,
        },
        keys: state.total,
        tuning: state.tuning,
    };
    let wanted = Wanted {
        sort: &query.effective_sort(),
        offset: query.page.offset(),
        size: query.page.size(),
    };
    if tests.is_empty() {
        plan.unfiltered(wanted)
    } else if state.total <= state.tuning.few {
        // Nothing is worth choosing.
        plan.gather_driven(&tests, None, wanted)
    } else {
        plan.filtered(&tests, wanted)
    }
}

fn nothing() -> Found {
    Found {
        total: 0,
        numbers: Vec::new(),
    }
}

/// Which part of which order is wanted.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    sort: &'a [Sort],
    offset: u64,
    size: u64,
}

impl Wanted<'_> {
    /// How many keys there are up to the end of the page.
    fn end(&self) -> u64 {
        self.offset.saturating_add(self.size)
    }

    /// Whether it is the order of decimal ids, which is also that of the scanned index: there, looking at a
    /// key is cheap, and so is any walk.
    fn is_by_number(&self) -> bool {
        self.sort.len() == 1
    }
}

/// A condition that an index helps with, and how many keys pass it.
#[derive(Clone, Copy)]
struct Driver {
    test: usize,
    size: u64,
}

struct Plan<'a> {
    database: &'a mut dyn Database,
    statements: Statements,
    /// How many keys the collection has.
    keys: u64,
    tuning: Tuning,
}

impl Plan<'_> {
    fn unfiltered(&mut self, wanted: Wanted<'_>) -> Result<Found, StoreError> {
        let total = self.keys;
        let numbers = if wanted.offset >= total {
            Vec::new()
        } else if self.is_sort_indexed(wanted.sort) {
            self.walk(&[], total, wanted)?
        } else {
            self.several_columns(wanted)?
        };
        Ok(Found { total, numbers })
    }

    /// A sort by several columns: the index of the first leaves its ties to be sorted. Many ties are a filter
    /// of their own.
    fn several_columns(&mut self, wanted: Wanted<'_>) -> Result<Vec<i64>, StoreError> {
        let Some((leading, rest)) = wanted.sort.split_first() else {
            return Ok(Vec::new());
        };
        if self.derives(wanted.sort) {
            return self.sorted(&[], wanted);
        }
        let last = wanted.end().min(self.keys).saturating_sub(1);
        let tied = self.statements.tied(*leading, last);
        let by_index = [(&tied, Index::Use)];
        let ties = self.statements.count_to(&by_index, self.tuning.few + 1);
        if self.number(&ties)? <= self.tuning.few {
            return self.walk(&[], self.keys, wanted);
        }
        let before = self.statements.count_before(*leading, &tied);
        let before = self.number(&before)?;
        if before > wanted.offset {
            return self.sorted(&[], wanted);
        }
        let within = Wanted {
            sort: rest,
            offset: wanted.offset - before,
            size: wanted.size,
        };
        let tests = [tied];
        if self.is_walk_short(&[], &tests, within)? {
            self.along(&hidden(&tests), Walk::Forward, within)
        } else {
            self.sorted(&hidden(&tests), within)
        }
    }

    fn filtered(&mut self, tests: &[Test], wanted: Wanted<'_>) -> Result<Found, StoreError> {
        if let Some(driver) = self.smallest(tests, Some(self.tuning.few + 1))?
            && driver.size <= self.tuning.few
        {
            return self.gather_driven(tests, Some(driver.test), wanted);
        }
        match self.few_candidates(tests)? {
            None => self.broad(tests, wanted),
            Some(Candidates::Found(select)) => {
                let tests = hidden(tests);
                let few = self.statements.numbers_among(*select, &tests, wanted.sort);
                self.gather(&few, wanted)
            }
            Some(Candidates::These(numbers)) if numbers.is_empty() => Ok(nothing()),
            Some(Candidates::These(numbers)) => {
                let points = numbers.into_iter().map(|number| (number, number)).collect();
                let these = Test::Int("number", points);
                let mut tests = hidden(tests);
                tests.push((&these, Index::Use));
                let few = self
                    .statements
                    .numbers(&tests, wanted.sort, Walk::Forward, Index::Hide);
                self.gather(&few, wanted)
            }
        }
    }

    /// More pass than are worth gathering: count them, and then find the page.
    fn broad(&mut self, tests: &[Test], wanted: Wanted<'_>) -> Result<Found, StoreError> {
        let driver = self.smallest(tests, None)?;
        let selective =
            driver.filter(|driver| driver.size.saturating_mul(self.tuning.lookup) < self.keys);
        if let [test] = tests
            && let Some(driver) = driver
            && self.is_ordered_by(test, wanted)
        {
            let numbers = if wanted.offset < driver.size {
                self.walk(&[(test, Index::Use)], driver.size, wanted)?
            } else {
                Vec::new()
            };
            return Ok(Found {
                total: driver.size,
                numbers,
            });
        }
        if self.is_walk_short(&[], tests, wanted)? {
            return Ok(Found {
                total: self.total(tests, driver, selective)?,
                numbers: self.along(&hidden(tests), Walk::Forward, wanted)?,
            });
        }
        if selective.is_none() && self.is_sort_indexed(wanted.sort) && !wanted.is_by_number() {
            return self.bunched(tests, wanted);
        }
        let total = self.total(tests, driver, selective)?;
        let numbers = if wanted.offset >= total {
            Vec::new()
        } else if let Some(driver) = selective {
            self.sorted(&driven(tests, Some(driver.test)), wanted)?
        } else if wanted.is_by_number() {
            self.walk(&hidden(tests), total, wanted)?
        } else {
            self.sorted(&hidden(tests), wanted)?
        };
        Ok(Found { total, numbers })
    }

    /// Many pass, but none of those at the start of the order: a search for a word, sorted by name. The scan
    /// that counts them also tells where the first one is, from where a walk may be short after all.
    fn bunched(&mut self, tests: &[Test], wanted: Wanted<'_>) -> Result<Found, StoreError> {
        let Some(leading) = wanted.sort.first() else {
            return Ok(nothing());
        };
        let count = self.statements.count_and_first(&hidden(tests), *leading);
        let (total, first) = self.database.count_and_value(&count)?;
        let total = u64::try_from(total).unwrap_or(0);
        let numbers = match first {
            Some(first) if wanted.offset < total => {
                let from = Test::From(*leading, Box::new(first));
                let from = [(&from, Index::Use)];
                if self.is_walk_short(&from, tests, wanted)? {
                    let mut all = hidden(tests);
                    all.extend(from);
                    self.along(&all, Walk::Forward, wanted)?
                } else {
                    self.sorted(&hidden(tests), wanted)?
                }
            }
            _ => Vec::new(),
        };
        Ok(Found { total, numbers })
    }

    /// How many keys pass.
    fn total(
        &mut self,
        tests: &[Test],
        driver: Option<Driver>,
        selective: Option<Driver>,
    ) -> Result<u64, StoreError> {
        let count = match (tests, driver, selective) {
            ([_], Some(driver), _) => return Ok(driver.size),
            // What an index cannot count it can count the opposite of.
            ([Test::Not(opposite)], ..) if self.is_indexed(opposite) => {
                let count = self.statements.count(&[(&**opposite, Index::Use)]);
                return Ok(self.keys.saturating_sub(self.number(&count)?));
            }
            (_, _, Some(driver)) => self.statements.count(&driven(tests, Some(driver.test))),
            _ => self.statements.count(&hidden(tests)),
        };
        self.number(&count)
    }

    /// The most selective of the conditions that an index helps with; counted no further than `most`.
    fn smallest(
        &mut self,
        tests: &[Test],
        most: Option<u64>,
    ) -> Result<Option<Driver>, StoreError> {
        let mut smallest: Option<Driver> = None;
        for (index, test) in tests.iter().enumerate() {
            if !self.is_indexed(test) {
                continue;
            }
            let by_index = [(test, Index::Use)];
            let count = match most {
                Some(most) => self.statements.count_to(&by_index, most),
                None => self.statements.count(&by_index),
            };
            let size = self.number(&count)?;
            if smallest.is_none_or(|smallest| size < smallest.size) {
                smallest = Some(Driver { test: index, size });
            }
        }
        Ok(smallest)
    }

    /// The candidates for the search, if they are few.
    fn few_candidates(&mut self, tests: &[Test]) -> Result<Option<Candidates>, StoreError> {
        let search = tests.iter().find_map(|test| match test {
            Test::Search(search) => Some(search),
            _ => None,
        });
        let Some(search) = search else {
            return Ok(None);
        };
        let Tuning { few, handful, .. } = self.tuning;
        self.database.candidates(search, few + 1, handful)
    }

    fn is_indexed(&self, test: &Test) -> bool {
        match test {
            Test::Int(..) | Test::Name(_) => true,
            Test::Phase(_) => self.statements.phases == Phases::Stored,
            Test::Search(_) | Test::Tied(..) | Test::From(..) | Test::Not(_) => false,
        }
    }

    /// Whether the order reads phases that no index has.
    fn derives(&self, sort: &[Sort]) -> bool {
        self.statements.phases != Phases::Stored
            && sort.iter().any(|sort| sort.field == SortField::Phase)
    }

    /// Whether one index gives the whole order: the sort of one column, with the decimal id breaking ties.
    fn is_sort_indexed(&self, sort: &[Sort]) -> bool {
        !self.derives(sort)
            && sort
                .get(1)
                .is_none_or(|second| second.field == SortField::Number)
    }

    /// Whether the index that finds what passes `test` also has it in the wanted order.
    fn is_ordered_by(&self, test: &Test, wanted: Wanted<'_>) -> bool {
        let (column, point) = match test {
            Test::Int(column, ranges) => match ranges.as_slice() {
                [(from, to)] => (*column, from == to),
                _ => return false,
            },
            Test::Name(values) if values.len() == 1 => ("name", true),
            Test::Phase(phases) if phases.len() == 1 => ("phase", true),
            _ => return false,
        };
        let leading = wanted.sort.first().map(|sort| sort_column(sort.field));
        self.is_sort_indexed(wanted.sort)
            && (leading == Some(column) || (point && wanted.is_by_number()))
    }

    /// Whether a walk along the index of the sort, from the first key that passes `from`, soon fills the page.
    fn is_walk_short(
        &mut self,
        from: &[(&Test, Index)],
        tests: &[Test],
        wanted: Wanted<'_>,
    ) -> Result<bool, StoreError> {
        if !self.is_sort_indexed(wanted.sort) {
            return Ok(false);
        }
        for window in self.tuning.windows {
            if window < wanted.end() {
                continue;
            }
            let count = self
                .statements
                .count_in_window(from, &hidden(tests), wanted.sort, window);
            if self.number(&count)? >= wanted.end() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The page, along the index of the sort, from whichever end is nearer.
    fn walk(
        &mut self,
        tests: &[(&Test, Index)],
        total: u64,
        wanted: Wanted<'_>,
    ) -> Result<Vec<i64>, StoreError> {
        let size = wanted.size.min(total.saturating_sub(wanted.offset));
        let after = total.saturating_sub(wanted.offset.saturating_add(size));
        if after >= wanted.offset {
            return self.along(tests, Walk::Forward, wanted);
        }
        let from_end = Wanted {
            offset: after,
            size,
            ..wanted
        };
        let mut numbers = self.along(tests, Walk::Backward, from_end)?;
        numbers.reverse();
        Ok(numbers)
    }

    /// What is wanted, along the index of the sort in one direction.
    fn along(
        &mut self,
        tests: &[(&Test, Index)],
        walk: Walk,
        wanted: Wanted<'_>,
    ) -> Result<Vec<i64>, StoreError> {
        let mut tests = tests.to_vec();
        let mut offset = wanted.offset;
        let beyond;
        if tests.is_empty()
            && offset > self.tuning.far
            && let [sort] = *wanted.sort
        {
            let way = Way {
                sort,
                walk,
                statements: &self.statements,
            };
            let mark = way.leap(self.database, offset, self.tuning.far)?;
            offset = offset.saturating_sub(mark.passed);
            beyond = way.beyond(mark);
            tests.push((&beyond, Index::Use));
        }
        let mut select = self
            .statements
            .numbers(&tests, wanted.sort, walk, Index::Use);
        select.limit(wanted.size).offset(offset);
        self.database.integers(&select)
    }

    /// The page, of everything that passes, sorted.
    fn sorted(
        &mut self,
        tests: &[(&Test, Index)],
        wanted: Wanted<'_>,
    ) -> Result<Vec<i64>, StoreError> {
        let mut sorted = self
            .statements
            .numbers(tests, wanted.sort, Walk::Forward, Index::Hide);
        sorted.limit(wanted.size).offset(wanted.offset);
        self.database.integers(&sorted)
    }

    /// Everything that passes, found through the index of the driver.
    fn gather_driven(
        &mut self,
        tests: &[Test],
        driver: Option<usize>,
        wanted: Wanted<'_>,
    ) -> Result<Found, StoreError> {
        let few = self.statements.numbers(
            &driven(tests, driver),
            wanted.sort,
            Walk::Forward,
            Index::Hide,
        );
        self.gather(&few, wanted)
    }

    /// Everything that `few` finds, of which the page is a part.
    fn gather(&mut self, few: &SelectStatement, wanted: Wanted<'_>) -> Result<Found, StoreError> {
        let all = self.database.integers(few)?;
        let total = all.len() as u64;
        let skip = usize::try_from(wanted.offset).unwrap_or(usize::MAX);
        let size = usize::try_from(wanted.size).unwrap_or(usize::MAX);
        let numbers = all.into_iter().skip(skip).take(size).collect();
        Ok(Found { total, numbers })
    }

    fn number(&mut self, count: &SelectStatement) -> Result<u64, StoreError> {
        let rows = self.database.integers(count)?;
        let count = rows.first().copied().unwrap_or(0);
        Ok(u64::try_from(count).unwrap_or(0))
    }
}

fn hidden(tests: &[Test]) -> Vec<(&Test, Index)> {
    driven(tests, None)
}

fn driven(tests: &[Test], driver: Option<usize>) -> Vec<(&Test, Index)> {
    tests
        .iter()
        .enumerate()
        .map(|(index, test)| {
            let drives = driver == Some(index);
            (test, if drives { Index::Use } else { Index::Hide })
        })
        .collect()
}
