//! The plans of pages: each a walk along one index, or a merge of three, from where the page before ended.
#![allow(clippy::unwrap_used)]

use bitting_core::{CompanyId, MemberId, Origin, Reach, Scope, Status, query::Search};

use super::*;
use crate::{
    Order, OrderField, Position, PositionValue,
    list::{Candidates, Database, Dialect},
    sqlite::{bind, explain},
};

/// Says what SQLite would do for each statement, and answers each with `rows`.
struct Explain {
    connection: Connection,
    rows: Vec<i64>,
    plans: Vec<String>,
}

impl Database for Explain {
    fn integers(&mut self, select: &sea_query::SelectStatement) -> Result<Vec<i64>, StoreError> {
        let (sql, values) = bind::build(select)?;
        let values = rusqlite::params_from_iter(values);
        let plan = explain::steps(&self.connection, &sql, values)?;
        self.plans.push(plan);
        Ok(self.rows.clone())
    }

    fn dialect(&self) -> Dialect {
        Sqlite(&self.connection).dialect()
    }

    fn count_and_value(
        &mut self,
        _: &sea_query::SelectStatement,
    ) -> Result<(i64, Option<sea_query::Value>), StoreError> {
        unreachable!("pages count nothing")
    }

    /// As if every search were rare, where anything is found.
    fn candidates(
        &mut self,
        _: &Search,
        _: u64,
        _: usize,
    ) -> Result<Option<Candidates>, StoreError> {
        Ok((!self.rows.is_empty()).then(|| Candidates::These(vec![1, 2, 3])))
    }
}

fn plans(query: &PageQuery, rows: &[i64]) -> Vec<String> {
    let mut explain = Explain {
        connection: explain::database(),
        rows: rows.to_vec(),
        plans: Vec::new(),
    };
    list::page(&mut explain, query, Timestamp::MIN, Tuning::default()).unwrap();
    explain.plans
}

fn places() -> [(&'static str, Reach); 5] {
    let company = CompanyId::new(1);
    let reach = |company, owner, origin| Reach {
        company,
        owner,
        origin,
    };
    let owner = MemberId::new(1);
    [
        ("all", reach(None, None, None)),
        ("company", reach(company, None, None)),
        ("named", reach(company, None, Some(Origin::Feldera))),
        ("owner", reach(company, owner, None)),
        ("collection", reach(company, owner, Some(Origin::Keys))),
    ]
}

const FIELDS: [(OrderField, &str); 4] = [
    (OrderField::Created, "number"),
    (OrderField::Updated, "updated"),
    (OrderField::Name, "name"),
    (OrderField::Expires, "end"),
];

fn query(within: Reach, field: OrderField, descending: bool, on: bool) -> PageQuery {
    let value = match field {
        OrderField::Name => PositionValue::Text("m".into()),
        _ => PositionValue::Int(7),
    };
    PageQuery {
        within,
        company: None,
        owner: None,
        origin: None,
        status: None,
        scope: None,
        search: None,
        expires_before: None,
        last_used_before: None,
        order: Order { field, descending },
        after: on.then(|| Position {
            value,
            number: KeyNumber::new(5).unwrap(),
        }),
        limit: 20,
    }
}

/// The index that has the order of a place.
fn index(place: &str, field: OrderField) -> String {
    let (_, name) = FIELDS.into_iter().find(|(f, _)| *f == field).unwrap();
    match (place, field) {
        ("all", OrderField::Created) => "INTEGER PRIMARY KEY".into(),
        ("all", _) => format!("api_key_all_{name}"),
        ("company" | "named", OrderField::Created) => "api_key_company".into(),
        ("company" | "named", _) => format!("api_key_company_{name}"),
        (_, OrderField::Created) => "api_key_scan".into(),
        _ => format!("api_key_by_{name}"),
    }
}

/// How many indexes are walked along.
fn walks(place: &str) -> usize {
    if place == "owner" { 3 } else { 1 }
}

/// Calls `check` with each place, order and direction, and a query from a position on or from the start.
fn each(on: bool, check: impl Fn(&str, &str, PageQuery)) {
    for (place, within) in places() {
        for (field, _) in FIELDS {
            for descending in [false, true] {
                let index = index(place, field);
                check(place, &index, query(within, field, descending, on));
            }
        }
    }
}

fn assert_walk(place: &str, index: &str, plan: &str) {
    assert!(!plan.contains("TEMP B-TREE"), "{place}: {plan}");
    let of_keys = |step: &&str| step.contains(index) && !step.contains("last_use");
    let steps = plan.split("; ").filter(of_keys).count();
    assert_eq!(steps, walks(place), "{place} {index}: {plan}");
}

#[test]
fn the_start_of_every_order_is_the_end_of_an_index() {
    each(false, |place, index, query| {
        let plans = plans(&query, &[]);
        for plan in plans {
            if index == "INTEGER PRIMARY KEY" {
                assert_eq!(plan, "SCAN api_key");
            } else {
                assert_walk(place, index, &plan);
            }
        }
    });
}

#[test]
fn from_a_position_on_an_index_is_sought_where_the_tied_keys_go_on_and_where_they_end() {
    each(true, |place, index, query| {
        let plans = plans(&query, &[]);
        let beyond = if query.order.descending { "<?" } else { ">?" };
        let sought = |plan: &str, what: &str| {
            assert_walk(place, index, plan);
            assert_eq!(plan.matches(what).count(), walks(place), "{plan}");
        };
        let mut rest = plans.as_slice();
        if query.order.field != OrderField::Created {
            let (tied, others) = plans.split_first().unwrap();
            sought(tied, &format!("=? AND rowid{beyond}"));
            assert!(!others.concat().contains("rowid"), "{others:?}");
            rest = others;
        }
        assert!(!rest.is_empty());
        for plan in rest {
            sought(plan, beyond);
        }
    });
}

#[test]
fn conditions_are_looked_at_along_the_walk() {
    each(true, |place, index, query| {
        let query = PageQuery {
            status: Some(Status::Active),
            scope: Some(Scope::new("a".into()).unwrap()),
            search: Search::new("abc", true, true),
            expires_before: Some(Timestamp::MAX),
            last_used_before: Some(Timestamp::MAX),
            ..query
        };
        let plans = plans(&query, &[]);
        let plan = plans.last().unwrap();
        assert_walk(place, index, plan);
        let uses = plan.matches("SEARCH last_use USING INTEGER PRIMARY KEY (rowid=?)");
        assert_eq!(uses.count(), walks(place), "{plan}");
    });
}

#[test]
fn a_long_walk_that_finds_too_little_is_left_for_one_in_the_order_of_the_table() {
    each(false, |place, index, query| {
        let query = PageQuery {
            status: Some(Status::Revoked),
            ..query
        };
        // The key at the end of the window, and then too few that pass.
        let plans = plans(&query, &[5]);
        if query.order.field == OrderField::Created {
            assert_eq!(plans.len(), 1, "{plans:?}");
            return;
        }
        let [end, walk, all] = plans.as_slice() else {
            panic!("three statements: {plans:?}");
        };
        assert_walk(place, index, end);
        assert!(end.contains("COVERING"), "{end}");
        assert_walk(place, index, walk);
        let bound = if query.order.descending { ">?" } else { "<?" };
        assert_eq!(walk.matches(bound).count(), walks(place), "{walk}");
        let expected = match place {
            "all" => "SCAN api_key",
            "company" | "named" => {
                "SEARCH api_key USING INDEX api_key_company (company=? AND rowid>?)"
            }
            _ => "SEARCH api_key USING INDEX api_key_scan (owner=? AND origin=? AND number>?)",
        };
        assert!(all.starts_with(expected), "{place}: {all}");
    });
}

#[test]
fn what_few_pass_is_found_through_its_own_index() {
    each(false, |place, _, query| {
        let search = PageQuery {
            search: Search::new("abc", true, true),
            ..query.clone()
        };
        let plans_of_search = plans(&search, &[10]);
        let plan = plans_of_search.last().unwrap();
        assert!(
            plan.starts_with("SEARCH api_key USING INTEGER PRIMARY KEY (rowid=?)"),
            "{place}: {plan}"
        );
        if query.order.field != OrderField::Expires {
            let ending = PageQuery {
                expires_before: Some(Timestamp::MAX),
                ..query
            };
            for plan in plans(&ending, &[10]) {
                let index = index(place, OrderField::Expires);
                assert!(plan.contains(&index) && plan.contains("end_at<?"), "{plan}");
            }
        }
    });
}
