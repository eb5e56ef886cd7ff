//! Pages far along the order of decimal ids, against a plain list of them.
#![allow(clippy::unwrap_used)]

use bitting_core::query::{KeyQuery, Page, Search, Sort, SortField};
use proptest::prelude::*;

use super::*;
use crate::sqlite::explain;

/// Neighbouring keys.
#[derive(Clone, Debug)]
struct Run {
    /// How many decimal ids before them are no key's.
    gap: i64,
    /// Whether they are another member's.
    is_foreign: bool,
    /// The stored phase of each.
    phases: Vec<i64>,
}

fn runs() -> impl Strategy<Value = Vec<Run>> {
    let phases = prop_oneof![
        prop::collection::vec(0..3_i64, 0..40),
        (0..3_i64, 0..60_usize).prop_map(|(phase, count)| vec![phase; count]),
    ];
    let run = (0..200_i64, prop::bool::weighted(0.2), phases);
    let run = run.prop_map(|(gap, is_foreign, phases)| Run {
        gap,
        is_foreign,
        phases,
    });
    prop::collection::vec(run, 0..12)
}

/// Adds the keys; the decimal ids of those that are listed.
fn fill(connection: &Connection, runs: &[Run]) -> Vec<i64> {
    let mut insert = connection
        .prepare(
            "INSERT INTO api_key (number, id, company, owner, issuer, origin, name, name_folded, role, scopes, start_at,
                end_at, created_at, updated_at, enabled, recoverable, phase)
             VALUES (?1, CAST(?1 AS BLOB), 1, ?2, 1, 1, 'k', 'k', 'read', '', 0, 1, -?1, 0, 1, 0, ?3)",
        )
        .unwrap();
    let (mut number, mut listed) = (0, Vec::new());
    for run in runs {
        number += run.gap;
        for phase in &run.phases {
            number += 1;
            let owner = if run.is_foreign { 2 } else { 1 };
            insert.execute(params![number, owner, phase]).unwrap();
            listed.extend((!run.is_foreign).then_some(number));
        }
    }
    listed
}

fn database() -> Connection {
    let connection = explain::database();
    connection
        .execute_batch(
            "INSERT INTO company (id, name, created_at) VALUES (1, 'c', 0);
             INSERT INTO member (id, company, name, created_at) VALUES (1, 1, 'm', 0), (2, 1, 'n', 0);",
        )
        .unwrap();
    connection
}

/// A database that notes how many entries of which index each statement passes over.
struct Noting<'a> {
    sqlite: Sqlite<'a>,
    /// Of the index of phases, and of the scanned one.
    narrow: Vec<u64>,
    wide: Vec<u64>,
}

impl Database for Noting<'_> {
    fn integers(&mut self, select: &SelectStatement) -> Result<Vec<i64>, StoreError> {
        let (sql, values) = select.build(sea_query::SqliteQueryBuilder);
        let found = self.sqlite.integers(select)?;
        let notes = if sql.contains("phase") {
            &mut self.narrow
        } else {
            &mut self.wide
        };
        match values.0.last() {
            _ if sql.contains("COUNT") => {
                notes.extend(found.iter().map(|count| count.unsigned_abs()));
            }
            Some(sea_query::Value::BigUnsigned(Some(offset))) => notes.push(*offset),
            other => panic!("{sql} ends with {other:?}"),
        }
        Ok(found)
    }

    fn dialect(&self) -> Dialect {
        self.sqlite.dialect()
    }

    fn count_and_value(
        &mut self,
        _: &SelectStatement,
    ) -> Result<(i64, Option<sea_query::Value>), StoreError> {
        unreachable!("nothing is searched")
    }

    fn candidates(
        &mut self,
        _: &Search,
        _: u64,
        _: usize,
    ) -> Result<Option<Candidates>, StoreError> {
        unreachable!("nothing is searched")
    }
}

/// Asks for a page of so many keys; what is found, and how.
fn ask<'a>(
    connection: &'a Connection,
    listed: &[i64],
    phases: list::Phases,
    far: u64,
    descending: bool,
    page: (u64, u64),
) -> (Vec<i64>, Noting<'a>) {
    let query = KeyQuery {
        sort: vec![Sort {
            field: SortField::Number,
            descending,
        }],
        page: Page::new(page.0, page.1, 1000).unwrap(),
        ..KeyQuery::default()
    };
    let state = State {
        owned: Owned {
            owner: 1,
            origin: 1,
        },
        total: listed.len() as u64,
        phases,
        tuning: Tuning {
            far,
            ..Tuning::default()
        },
    };
    let mut noting = Noting {
        sqlite: Sqlite(connection),
        narrow: Vec::new(),
        wide: Vec::new(),
    };
    let found = list::find(&mut noting, state, &query).unwrap();
    assert_eq!(found.total, listed.len() as u64);
    (found.numbers, noting)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_page_by_decimal_ids_is_what_a_plain_list_has(
        runs in runs(),
        far in 0..20_u64,
        size in 1..9_u64,
        is_derived: bool,
    ) {
        let connection = database();
        let listed = fill(&connection, &runs);
        // Stored phases order nothing here, whether or not they may be believed.
        let phases = if is_derived {
            list::Phases::Derived(Timestamp::MAX)
        } else {
            list::Phases::Stored
        };
        for descending in [false, true] {
            let mut model = listed.clone();
            if descending {
                model.reverse();
            }
            let pages = model.chunks(usize::try_from(size).unwrap()).chain([[].as_slice()]);
            for (page, wanted) in (1..).zip(pages) {
                let (found, _) = ask(&connection, &listed, phases, far, descending, (page, size));
                prop_assert_eq!(found.as_slice(), wanted, "page {} of {}, {}", page, size, descending);
            }
        }
    }
}

/// Three phases: most keys have the first, few the last.
fn mixed(count: i64) -> Vec<i64> {
    let phase = |n: i64| match n * 7_919 % 1_000 {
        0..650 => 0,
        650..997 => 1,
        _ => 2,
    };
    (0..count).map(phase).collect()
}

#[test]
fn what_is_far_is_leapt_to_and_not_walked_to() {
    const KEYS: i64 = 6_000;
    const FAR: u64 = 150;
    let expired_first = |n: i64| i64::from(n < KEYS / 3);
    let cases = [
        // How many entries are read, at most, for a hundred keys that are passed: about as many, where phases are mixed
        // evenly.
        (mixed(KEYS), 125),
        (vec![1; 6_000], 125),
        ((0..KEYS).map(expired_first).collect(), 300),
    ];
    for (phases, most) in cases {
        let connection = database();
        let run = Run {
            gap: 0,
            is_foreign: false,
            phases,
        };
        let listed = fill(&connection, &[run]);
        for descending in [false, true] {
            for page in [100, 150, 200] {
                let (found, noted) = ask(
                    &connection,
                    &listed,
                    list::Phases::Stored,
                    FAR,
                    descending,
                    (page, 20),
                );
                assert_eq!(found.len(), 20);
                let [walked] = noted.wide.as_slice() else {
                    panic!("{:?}", noted.wide);
                };
                assert!(*walked <= FAR, "{walked}");
                let nearest = Ord::min(page - 1, 300 - page) * 20;
                let read: u64 = noted.narrow.iter().sum();
                assert!(read * 100 <= nearest * most, "{read} for {nearest}");
            }
        }
    }
}
