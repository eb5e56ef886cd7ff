//! The statements of a list, in both dialects.

use bitting_core::{
    Collection, Phase,
    query::{Filter, IntField, IntTest, Ranges, Search, Sort, SortField, TextTest},
};
use sea_query::{
    Alias, Condition, Expr, ExprTrait, Func, IntoCondition, Order, Query, SelectStatement, Value,
};

use super::{NEVER, Phases, phase_code};

pub(super) const TABLE: &str = "api_key";

/// A collection as its columns hold it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Owned {
    pub(crate) owner: i64,
    pub(crate) origin: i64,
}

impl Owned {
    pub(crate) fn new(within: Collection, origin: i64) -> Self {
        Self {
            owner: within.owner.get(),
            origin,
        }
    }
}

/// One condition on a row, in the form that a statement takes.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// An integer column is in one of the closed ranges.
    Int(&'static str, Vec<(i64, i64)>),
    /// The name is one of these.
    Name(Vec<String>),
    /// The phase is one of these.
    Phase(Vec<Phase>),
    /// A folded text holds this one.
    Search(Search),
    /// A column has the value that the key at a place of a sort has.
    Tied(&'static str, Box<SelectStatement>),
    /// A column is not before a value in the order of a sort.
    From(Sort, Box<Value>),
    /// Another test fails.
    Not(Box<Test>),
}

/// What a filter comes to.
pub(super) enum Meaning {
    /// Every key passes.
    Everything,
    /// No key passes.
    Nothing,
    /// It has to be looked at.
    Depends(Test),
}

/// The column of an integer member.
fn int_column(field: IntField) -> &'static str {
    match field {
        IntField::Number => "number",
        IntField::Start => "start_at",
        IntField::End => "end_at",
        IntField::Created => "created_at",
        IntField::Updated => "updated_at",
    }
}

/// What `filter` comes to. No end is stored as a number past every time, so that every test of an integer is
/// a union of ranges or the opposite of one.
pub(super) fn meaning(filter: &Filter) -> Meaning {
    match filter {
        Filter::Int(field, test) => {
            let column = int_column(*field);
            let never = *field == IntField::End;
            // The last value that is not "none"; a column that always has one ends nowhere.
            let last = if never { NEVER - 1 } else { i64::MAX };
            match test {
                IntTest::Within(ranges) => among(column, clamp(ranges, last)),
                IntTest::Outside(ranges) => among(column, clamp(ranges, last)).not(),
                IntTest::Null if never => among(column, vec![(NEVER, NEVER)]),
                IntTest::NotNull if never => among(column, vec![(NEVER, NEVER)]).not(),
                IntTest::Null => Meaning::Nothing,
                IntTest::NotNull => Meaning::Everything,
            }
        }
        Filter::Name(test) => match test {
            TextTest::In(values) => named(values),
            TextTest::NotIn(values) => named(values).not(),
            TextTest::Null => Meaning::Nothing,
            TextTest::NotNull => Meaning::Everything,
        },
        Filter::Phase(phases) => {
            let phases: Vec<_> = Phase::ALL
                .into_iter()
                .filter(|phase| phases.contains(phase))
                .collect();
            match phases.len() {
                0 => Meaning::Nothing,
                3 => Meaning::Everything,
                _ => Meaning::Depends(Test::Phase(phases)),
            }
        }
    }
}

impl Meaning {
    fn not(self) -> Self {
        match self {
            Self::Everything => Self::Nothing,
            Self::Nothing => Self::Everything,
            Self::Depends(test) => Self::Depends(Test::Not(Box::new(test))),
        }
    }
}

fn among(column: &'static str, ranges: Vec<(i64, i64)>) -> Meaning {
    match ranges.as_slice() {
        [] => Meaning::Nothing,
        [(i64::MIN, i64::MAX)] => Meaning::Everything,
        _ => Meaning::Depends(Test::Int(column, ranges)),
    }
}

fn named(values: &[String]) -> Meaning {
    if values.is_empty() {
        Meaning::Nothing
    } else {
        // None twice: the number of values in a statement is bounded, and repetition is free for a caller.
        let mut values = values.to_vec();
        values.sort_unstable();
        values.dedup();
        Meaning::Depends(Test::Name(values))
    }
}

fn clamp(ranges: &Ranges, last: i64) -> Vec<(i64, i64)> {
    ranges
        .iter()
        .filter(|(from, _)| *from <= last)
        .map(|(from, to)| (from, Ord::min(to, last)))
        .collect()
}

/// The column of a sort.
pub(super) fn sort_column(field: SortField) -> &'static str {
    match field {
        SortField::Number => "number",
        SortField::Name => "name",
        SortField::Phase => "phase",
        SortField::Start => "start_at",
        SortField::End => "end_at",
        SortField::Created => "created_at",
        SortField::Updated => "updated_at",
    }
}

/// Whether an index may be used for a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Index {
    Use,
    /// The column is written so that the planner can neither seek nor sort by it: which index a statement uses
    /// is decided here, where the sizes are known.
    Hide,
}

/// What databases spell differently.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialect {
    /// The function that says where a text is found in another, 0 for nowhere.
    pub(crate) position: &'static str,
    /// What hides a column from the planner when written before it; nothing where the planner knows the sizes
    /// itself.
    pub(crate) hide: &'static str,
}

pub(super) fn column(name: &'static str, index: Index, dialect: Dialect) -> Expr {
    match index {
        Index::Hide if !dialect.hide.is_empty() => Expr::cust(format!("{}{name}", dialect.hide)),
        _ => Expr::col(name),
    }
}

/// That a folded text holds what is searched for.
pub(super) fn found(search: &Search, dialect: Dialect) -> Condition {
    let found = |column: &'static str| {
        Func::cust(Alias::new(dialect.position))
            .arg(Expr::col(column))
            .arg(search.needle())
            .gt(0_i64)
    };
    let mut any = Condition::any();
    if search.name {
        any = any.add(found("name_folded"));
    }
    if search.description {
        any = any.add(found("description_folded"));
    }
    any
}

/// The phase as a number.
fn phase(phases: Phases, index: Index, dialect: Dialect) -> Expr {
    let Phases::Derived(now) = phases else {
        return column("phase", index, dialect);
    };
    let expired = Condition::any()
        .add(Expr::col("enabled").eq(0_i64))
        .add(Expr::col("revoked_at").is_not_null())
        .add(Expr::col("end_at").lte(now.seconds()));
    Expr::case(expired, phase_code(Phase::Expired))
        .case(
            Expr::col("start_at").gt(now.seconds()),
            phase_code(Phase::Pending),
        )
        .finally(phase_code(Phase::Active))
        .into()
}

/// Statements about the keys of one collection.
pub(super) struct Statements {
    pub(super) owned: Owned,
    pub(super) phases: Phases,
    pub(super) dialect: Dialect,
}

/// Which way a list is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Walk {
    /// From its start.
    Forward,
    /// From its end.
    Backward,
}

impl Statements {
    /// Every condition as SQL. A database's expression tree has a bounded depth, so long unions are grouped.
    fn condition(&self, test: &Test, index: Index) -> Condition {
        match test {
            Test::Int(name, ranges) => {
                let points: Vec<i64> = ranges
                    .iter()
                    .filter(|(from, to)| from == to)
                    .map(|(from, _)| *from)
                    .collect();
                let spans: Vec<_> = ranges.iter().filter(|(from, to)| from != to).collect();
                let mut any = Condition::any();
                match points.as_slice() {
                    [] => {}
                    [point] => any = any.add(column(name, index, self.dialect).eq(*point)),
                    _ => any = any.add(column(name, index, self.dialect).is_in(points)),
                }
                for group in spans.chunks(50) {
                    let mut spans = Condition::any();
                    for (from, to) in group {
                        spans = spans.add(column(name, index, self.dialect).between(*from, *to));
                    }
                    any = any.add(spans);
                }
                any
            }
            Test::Name(values) => match values.as_slice() {
                [value] => column("name", index, self.dialect)
                    .eq(value.as_str())
                    .into_condition(),
                _ => column("name", index, self.dialect)
                    .is_in(values.clone())
                    .into_condition(),
            },
            Test::Phase(among) => {
                let codes: Vec<_> = among.iter().map(|p| phase_code(*p)).collect();
                let column = phase(self.phases, index, self.dialect);
                match codes.as_slice() {
                    [code] => column.eq(*code).into_condition(),
                    _ => column.is_in(codes).into_condition(),
                }
            }
            Test::Search(search) => found(search, self.dialect),
            Test::Tied(name, value) => column(name, index, self.dialect)
                .eq(scalar((**value).clone()))
                .into_condition(),
            Test::From(sort, value) => {
                let column = column(sort_column(sort.field), index, self.dialect);
                let value = Expr::val((**value).clone());
                if sort.descending {
                    column.lte(value).into_condition()
                } else {
                    column.gte(value).into_condition()
                }
            }
            Test::Not(test) => self.condition(test, index).not(),
        }
    }

    fn select(&self, tests: &[(&Test, Index)]) -> SelectStatement {
        let mut select = Query::select();
        select
            .from(TABLE)
            .and_where(Expr::col("owner").eq(self.owned.owner))
            .and_where(Expr::col("origin").eq(self.owned.origin));
        for (test, index) in tests {
            select.cond_where(self.condition(test, *index));
        }
        select
    }

    fn order(&self, select: &mut SelectStatement, sort: &[Sort], walk: Walk, index: Index) {
        for sort in sort {
            let by = match sort.field {
                SortField::Phase => phase(self.phases, index, self.dialect),
                field => column(sort_column(field), index, self.dialect),
            };
            let order = if sort.descending == (walk == Walk::Backward) {
                Order::Asc
            } else {
                Order::Desc
            };
            select.order_by_expr(by, order);
        }
    }

    /// How many keys pass.
    pub(super) fn count(&self, tests: &[(&Test, Index)]) -> SelectStatement {
        let mut select = self.select(tests);
        select.expr(Func::count(Expr::cust("*")));
        select
    }

    /// How many keys pass, counted no further than `most`.
    pub(super) fn count_to(&self, tests: &[(&Test, Index)], most: u64) -> SelectStatement {
        let mut rows = self.select(tests);
        rows.expr(Expr::col("number")).limit(most);
        count_rows(rows)
    }

    /// How many keys pass, and what the first of them has in the column of `sort`.
    pub(super) fn count_and_first(&self, tests: &[(&Test, Index)], sort: Sort) -> SelectStatement {
        let mut select = self.count(tests);
        let value = column(sort_column(sort.field), Index::Hide, self.dialect);
        select.expr(if sort.descending {
            Func::max(value)
        } else {
            Func::min(value)
        });
        select
    }

    /// How many of the first `most` keys in `sort` pass, counted from the first that passes `from`.
    pub(super) fn count_in_window(
        &self,
        from: &[(&Test, Index)],
        tests: &[(&Test, Index)],
        sort: &[Sort],
        most: u64,
    ) -> SelectStatement {
        let mut window = self.select(from);
        window.columns(WINDOW_COLUMNS).limit(most);
        self.order(&mut window, sort, Walk::Forward, Index::Use);
        let mut select = Query::select();
        select
            .expr(Func::count(Expr::cust("*")))
            .from_subquery(window, Alias::new("w"));
        for (test, _) in tests {
            select.cond_where(self.condition(test, Index::Use));
        }
        select
    }

    /// The decimal ids of the keys that pass, in the order of `sort`.
    pub(super) fn numbers(
        &self,
        tests: &[(&Test, Index)],
        sort: &[Sort],
        walk: Walk,
        index: Index,
    ) -> SelectStatement {
        let mut select = self.select(tests);
        select.expr(Expr::col("number"));
        self.order(&mut select, sort, walk, index);
        select
    }

    /// The same, of the keys that `candidates` finds.
    pub(super) fn numbers_among(
        &self,
        candidates: SelectStatement,
        tests: &[(&Test, Index)],
        sort: &[Sort],
    ) -> SelectStatement {
        let mut select = self.numbers(tests, sort, Walk::Forward, Index::Hide);
        select.and_where(Expr::col("number").in_subquery(candidates));
        select
    }

    /// That a key has the leading value of the key at place `offset` of `sort`.
    pub(super) fn tied(&self, sort: Sort, offset: u64) -> Test {
        let column = sort_column(sort.field);
        let mut value = self.select(&[]);
        value.expr(Expr::col(column)).limit(1).offset(offset);
        self.order(&mut value, &[sort], Walk::Forward, Index::Use);
        Test::Tied(column, Box::new(value))
    }

    /// How many keys come before all those with that leading value.
    pub(super) fn count_before(&self, sort: Sort, tied: &Test) -> SelectStatement {
        let mut select = self.count(&[]);
        if let Test::Tied(column, value) = tied {
            let value = scalar((**value).clone());
            let column = Expr::col(*column);
            select.and_where(if sort.descending {
                column.gt(value)
            } else {
                column.lt(value)
            });
        }
        select
    }
}

pub(super) fn scalar(value: SelectStatement) -> Expr {
    Expr::SubQuery(
        None,
        Box::new(sea_query::SubQueryStatement::SelectStatement(value)),
    )
}

/// What the conditions read.
const WINDOW_COLUMNS: [&str; 11] = [
    "number",
    "phase",
    "start_at",
    "end_at",
    "created_at",
    "updated_at",
    "name",
    "name_folded",
    "description_folded",
    "enabled",
    "revoked_at",
];

/// How many rows `rows` has.
pub(super) fn count_rows(rows: SelectStatement) -> SelectStatement {
    let mut select = Query::select();
    select
        .expr(Func::count(Expr::cust("*")))
        .from_subquery(rows, Alias::new("found"));
    select
}

/// The test of a search.
pub(super) fn search(search: &Search) -> Test {
    Test::Search(search.clone())
}
