//! The plans of lists: which index answers what.
#![allow(clippy::unwrap_used)]

use bitting_core::{
    Phase,
    query::{Filter, IntField, IntTest, KeyQuery, Page, Ranges, Search, Sort, SortField, TextTest},
};

use super::*;
use crate::{list::Phases as ListPhases, sqlite::explain};

/// Says what SQLite would do for each statement, and answers as a large collection would: every count is
/// `count`.
struct Explain {
    connection: Connection,
    count: i64,
    plans: Vec<String>,
}

impl Database for Explain {
    fn integers(&mut self, select: &SelectStatement) -> Result<Vec<i64>, StoreError> {
        let (sql, values) = bind::build(select)?;
        let values = rusqlite::params_from_iter(values);
        self.plans
            .push(explain::steps(&self.connection, &sql, values)?);
        Ok(vec![self.count])
    }

    fn dialect(&self) -> Dialect {
        Sqlite(&self.connection).dialect()
    }

    fn count_and_value(
        &mut self,
        select: &SelectStatement,
    ) -> Result<(i64, Option<sea_query::Value>), StoreError> {
        Ok((self.integers(select)?[0], Some("m".into())))
    }

    fn candidates(
        &mut self,
        search: &Search,
        most: u64,
        handful: usize,
    ) -> Result<Option<Candidates>, StoreError> {
        // As if every piece were rare, where counts are few; the real answer of an empty store is none.
        let candidates = Sqlite(&self.connection).candidates(search, most, handful)?;
        Ok(candidates
            .filter(|_| self.count < 100)
            .map(|_| candidates::told(vec![1, 2, 3], 0)))
    }
}

/// The plans of the statements that answer `query` where every count is `count` and a million keys are
/// there.
fn plans(query: &KeyQuery, count: i64) -> Vec<String> {
    let mut explain = Explain {
        connection: explain::database(),
        count,
        plans: Vec::new(),
    };
    let state = State {
        owned: Owned {
            owner: 1,
            origin: 1,
        },
        total: 1_000_000,
        phases: ListPhases::Stored,
        tuning: Tuning::default(),
    };
    list::find(&mut explain, state, query).unwrap();
    explain.plans
}

const SORTS: [(SortField, &str); 7] = [
    (SortField::Number, "scan"),
    (SortField::Name, "by_name"),
    (SortField::Phase, "by_phase"),
    (SortField::Start, "by_start"),
    (SortField::End, "by_end"),
    (SortField::Created, "by_created"),
    (SortField::Updated, "by_updated"),
];

fn sorted(field: SortField, descending: bool) -> KeyQuery {
    KeyQuery {
        sort: vec![Sort { field, descending }],
        ..KeyQuery::default()
    }
}

#[test]
fn every_sort_walks_its_index_from_either_end() {
    for (field, index) in SORTS {
        for descending in [false, true] {
            for page in [1, 49_990] {
                let mut query = sorted(field, descending);
                query.page = Page::new(page, 20, 1000).unwrap();
                let plans = plans(&query, 0);
                let [plan] = plans.as_slice() else {
                    panic!("one statement: {plans:?}");
                };
                // The list's own end is as near as its start: what is walked backwards is the index of the
                // same direction.
                let wanted = format!("SEARCH api_key USING COVERING INDEX api_key_{index}");
                assert!(plan.starts_with(&wanted), "{field:?} {descending}: {plan}");
                let opposite = plan.contains("_desc");
                assert!(
                    field == SortField::Number || opposite == descending,
                    "{field:?} {descending}: {plan}"
                );
                assert!(!plan.contains("TEMP B-TREE"), "{plan}");
            }
        }
    }
}

#[test]
fn a_place_in_the_middle_is_found_along_the_index_of_phases() {
    for descending in [false, true] {
        let mut query = sorted(SortField::Number, descending);
        query.page = Page::new(25_000, 20, 1000).unwrap();
        // Each look sees key 9, as if all keys were there.
        let plans = plans(&query, 9);
        let Some((walk, leap)) = plans.split_last() else {
            panic!("no statement");
        };
        let comparison = if descending { '<' } else { '>' };
        let next = format!("api_key_scan (owner=? AND origin=? AND number{comparison}?)");
        assert!(walk.ends_with(&next), "{walk}");
        assert!(leap.len() > 3, "{plans:?}");
        for step in leap {
            let of_one = "(owner=? AND origin=? AND phase=? AND rowid";
            assert!(step.contains("COVERING INDEX api_key_by_phase"), "{step}");
            assert!(step.contains(of_one), "{step}");
            assert!(!step.contains("TEMP B-TREE"), "{step}");
        }
    }
}

fn narrow() -> Vec<(Filter, &'static str)> {
    let within = |field, from, to| Filter::Int(field, IntTest::Within(Ranges::new([(from, to)])));
    let name = Filter::Name(TextTest::In(vec!["a".into(), "b".into()]));
    vec![
        (
            within(IntField::Number, 5, 5),
            "INTEGER PRIMARY KEY (rowid=?)",
        ),
        // Not through the primary key: other members' keys lie in between.
        (
            within(IntField::Number, 5, 9),
            "api_key_scan (owner=? AND origin=? AND number>? AND number<?)",
        ),
        (
            within(IntField::Start, 5, 9),
            "by_start (owner=? AND origin=? AND start_at>? AND start_at<?)",
        ),
        (
            within(IntField::End, 5, i64::MAX),
            "by_end (owner=? AND origin=? AND end_at>? AND end_at<?)",
        ),
        (
            within(IntField::Created, 5, 5),
            "by_created (owner=? AND origin=? AND created_at=?)",
        ),
        (
            within(IntField::Updated, i64::MIN, 5),
            "by_updated (owner=? AND origin=? AND updated_at>? AND updated_at<?)",
        ),
        (
            Filter::Int(IntField::End, IntTest::Null),
            "by_end (owner=? AND origin=? AND end_at=?)",
        ),
        (name, "by_name (owner=? AND origin=? AND name=?)"),
        (
            Filter::Phase(vec![Phase::Pending]),
            "by_phase (owner=? AND origin=? AND phase=?)",
        ),
    ]
}

#[test]
fn what_few_pass_is_found_through_its_own_index() {
    for (filter, index) in narrow() {
        let mut query = sorted(SortField::Name, true);
        query.filters = vec![filter.clone()];
        for plan in plans(&query, 10) {
            // Of an index and its descending twin, either will do.
            let plan = plan.replace("_desc", "");
            assert!(plan.contains(index), "{filter:?}: {plan}");
        }
    }
}

#[test]
fn what_a_rare_search_may_find_is_looked_up() {
    let query = KeyQuery {
        search: Search::new("zebra", true, true),
        ..KeyQuery::default()
    };
    let plans = plans(&query, 10);
    let last = plans.last().unwrap();
    assert!(
        last.starts_with("SEARCH api_key USING INTEGER PRIMARY KEY (rowid=?)"),
        "{last}"
    );
    assert!(last.contains("SCAN candidate VIRTUAL TABLE"), "{last}");
}

#[test]
fn a_search_whose_matches_are_bunched_walks_from_the_first_of_them() {
    let mut query = sorted(SortField::Name, false);
    query.search = Search::new("ex", true, false);
    // Enough everywhere but in the windows at the start.
    let plans = plans(&query, 10);
    let walk = plans.last().unwrap();
    assert!(
        plans
            .iter()
            .any(|plan| plan.contains("by_name (owner=? AND origin=? AND name>?)")),
        "{plans:?}"
    );
    assert!(!walk.contains("SCAN api_key"), "{walk}");
}

#[test]
fn what_is_too_broad_reads_one_index_and_never_the_table() {
    let range = IntTest::Within(Ranges::new([(5, i64::MAX)]));
    let query = KeyQuery {
        filters: vec![
            Filter::Int(IntField::Start, range.clone()),
            Filter::Int(IntField::Created, range),
        ],
        search: Search::new("a", true, true),
        ..KeyQuery::default()
    };
    for plan in plans(&query, 900_000) {
        assert!(plan.contains("COVERING INDEX"), "{plan}");
    }
}
