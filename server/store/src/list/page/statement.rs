//! The statements of a page.

use bitting_core::Timestamp;
use sea_query::{
    Condition, Expr, ExprTrait, Order as Direction, Query, SelectStatement, UnionType, Value,
};

use super::super::{
    Candidates, Dialect,
    statement::{Index, TABLE, column, count_rows, scalar},
};
use super::{
    condition::conditions,
    place::{Nowhere, Place},
};
use crate::{OrderField, PageQuery, Position, PositionValue};

/// A stretch of the list. A database finds the start of each in its index; where keys are tied, it would look for
/// the start of both together along all that are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// All of it: there is no position.
    Whole,
    /// What is like the position in the order and comes after it.
    Tied,
    /// What is beyond everything like the position.
    Beyond,
}

/// What the key at `position` has in the field of its order.
fn value(position: &Position) -> Value {
    match &position.value {
        PositionValue::Int(value) => (*value).into(),
        PositionValue::Text(value) => value.as_str().into(),
    }
}

/// Statements about the keys that a query asks for.
pub(super) struct Statements<'q> {
    query: &'q PageQuery,
    now: Timestamp,
    dialect: Dialect,
    place: Place,
}

impl<'q> Statements<'q> {
    pub(super) fn new(
        query: &'q PageQuery,
        now: Timestamp,
        dialect: Dialect,
    ) -> Result<Self, Nowhere> {
        Ok(Self {
            query,
            now,
            dialect,
            place: Place::of(query)?,
        })
    }

    fn conditions(&self, select: &mut SelectStatement) {
        for (name, value) in &self.place.besides {
            select.and_where(column(name, Index::Hide, self.dialect).eq(*value));
        }
        conditions(select, self.query, self.now, self.dialect);
    }

    /// Whether keys have to be looked at to tell which pass, and those that do may be few and far between: the
    /// order of the walk is not that of the table, and a long one is dear.
    pub(super) fn may_be_long(&self) -> bool {
        let query = self.query;
        let looks = query.status.is_some()
            || query.scope.is_some()
            || query.search.is_some()
            || query.last_used_before.is_some()
            || self.place.besides.iter().any(|(name, _)| *name == "origin");
        looks && self.column() != "number"
    }

    /// The key that so many others of a stretch come before, whichever of them pass.
    pub(super) fn at(&self, stretch: Stretch, before: u64) -> SelectStatement {
        let mut select = self.union(stretch, None, |_| {});
        self.order(&mut select, Index::Use, 1);
        select.offset(before);
        select
    }

    /// Up to `limit` keys of a stretch of the list, along the index of its order, no further than the key `until`
    /// and those like it.
    pub(super) fn walk(
        &self,
        stretch: Stretch,
        limit: usize,
        until: Option<i64>,
    ) -> SelectStatement {
        let mut select = self.union(stretch, until, |select| self.conditions(select));
        self.order(&mut select, Index::Use, limit);
        select
    }

    /// A stretch of the list, of every part of the place.
    fn union(
        &self,
        stretch: Stretch,
        until: Option<i64>,
        conditions: impl Fn(&mut SelectStatement),
    ) -> SelectStatement {
        let descending = self.query.order.descending;
        // Of two bounds on one side the planner would take either: the nearer one alone bounds the walk.
        let bounded = match stretch {
            Stretch::Whole => until.is_some() && !descending,
            Stretch::Tied => true,
            Stretch::Beyond => until.is_some() || descending,
        };
        let ends = if bounded || self.query.order.field != OrderField::Expires {
            Index::Hide
        } else {
            Index::Use
        };
        let mut parts = self.place.parts().into_iter().map(|part| {
            let mut select = self.select(part);
            conditions(&mut select);
            self.stretch(&mut select, stretch);
            self.ending(&mut select, ends);
            if let Some(until) = until {
                let mut last = Query::select();
                last.expr(Expr::col(self.column()))
                    .from(TABLE)
                    .and_where(Expr::col("number").eq(until));
                let column = Expr::col(self.column());
                select.and_where(if descending {
                    column.gte(scalar(last))
                } else {
                    column.lte(scalar(last))
                });
            }
            select
        });
        let mut select = parts.next().unwrap_or_else(Query::select);
        for part in parts {
            select.union(UnionType::All, part);
        }
        select
    }

    /// The page, of what passes every condition, through the index of ends.
    pub(super) fn gather(&self) -> SelectStatement {
        self.sorted(Index::Use)
    }

    /// The page, of what passes every condition, read in the order of the table.
    pub(super) fn scan(&self) -> SelectStatement {
        let mut select = self.sorted(Index::Hide);
        if !self.place.columns().is_empty() {
            // Every number is; of the indexes of the place this leaves the planner the one that has them in order.
            select.and_where(Expr::col("number").gt(0_i64));
        }
        select
    }

    fn sorted(&self, ends: Index) -> SelectStatement {
        let mut select = self.select(self.place.whole());
        self.conditions(&mut select);
        self.after(&mut select);
        self.ending(&mut select, ends);
        self.order(&mut select, Index::Hide, self.query.limit);
        select
    }

    /// The page, of the candidates that pass every condition.
    pub(super) fn among(&self, candidates: Candidates) -> SelectStatement {
        // Each candidate is looked up; the place is looked at as any condition is.
        let mut select = self.select(Condition::all());
        self.conditions(&mut select);
        self.after(&mut select);
        for (name, values) in self.place.columns() {
            select.and_where(column(name, Index::Hide, self.dialect).is_in(values));
        }
        self.ending(&mut select, Index::Hide);
        self.order(&mut select, Index::Hide, self.query.limit);
        match candidates {
            Candidates::These(numbers) => select.and_where(Expr::col("number").is_in(numbers)),
            Candidates::Found(found) => select.and_where(Expr::col("number").in_subquery(*found)),
        };
        select
    }

    /// How many keys of the place end before the time asked for, counted no further than `most`.
    pub(super) fn count_ending(&self, most: u64) -> SelectStatement {
        let mut rows = Query::select();
        rows.expr(Expr::col("number"))
            .from(TABLE)
            .cond_where(self.place.whole())
            .limit(most);
        self.ending(&mut rows, Index::Use);
        count_rows(rows)
    }

    /// The keys of a part of the place.
    fn select(&self, part: Condition) -> SelectStatement {
        let mut select = Query::select();
        select.expr(Expr::col("number")).from(TABLE);
        if self.column() != "number" {
            select.expr(Expr::col(self.column()));
        }
        select.cond_where(part);
        select
    }

    fn column(&self) -> &'static str {
        match self.query.order.field {
            OrderField::Created => "number",
            OrderField::Updated => "updated_at",
            OrderField::Name => "name",
            OrderField::Expires => "end_at",
        }
    }

    /// What is in a stretch of the list, as an index has it.
    fn stretch(&self, select: &mut SelectStatement, stretch: Stretch) {
        let Some(position) = &self.query.after else {
            return;
        };
        let leading = self.column();
        let number = position.number.get();
        match stretch {
            Stretch::Whole => {}
            Stretch::Tied => {
                select.and_where(Expr::col(leading).eq(value(position)));
                select.and_where(self.beyond(Expr::col("number"), number.into()));
            }
            Stretch::Beyond if leading == "number" => {
                select.and_where(self.beyond(Expr::col(leading), number.into()));
            }
            Stretch::Beyond => {
                select.and_where(self.beyond(Expr::col(leading), value(position)));
            }
        }
    }

    /// What comes after the position asked for, of few keys, which no index has in order.
    fn after(&self, select: &mut SelectStatement) {
        let Some(position) = &self.query.after else {
            return;
        };
        let hidden = |name| column(name, Index::Hide, self.dialect);
        let number = Value::from(position.number.get());
        let later = self.beyond(hidden("number"), number);
        if self.column() == "number" {
            select.and_where(later);
            return;
        }
        let tied = Condition::all()
            .add(hidden(self.column()).eq(value(position)))
            .add(later);
        let beyond = self.beyond(hidden(self.column()), value(position));
        select.cond_where(Condition::any().add(beyond).add(tied));
    }

    /// That `column` is beyond `value` in the direction of the order.
    fn beyond(&self, column: Expr, value: Value) -> Expr {
        if self.query.order.descending {
            column.lt(value)
        } else {
            column.gt(value)
        }
    }

    /// That a key ends before the time asked for. No end is later than every time.
    fn ending(&self, select: &mut SelectStatement, index: Index) {
        if let Some(before) = self.query.expires_before {
            select.and_where(column("end_at", index, self.dialect).lt(before.seconds()));
        }
    }

    fn order(&self, select: &mut SelectStatement, index: Index, limit: usize) {
        let direction = if self.query.order.descending {
            Direction::Desc
        } else {
            Direction::Asc
        };
        if self.column() != "number" {
            let leading = column(self.column(), index, self.dialect);
            select.order_by_expr(leading, direction.clone());
        }
        let number = column("number", index, self.dialect);
        select
            .order_by_expr(number, direction)
            .limit(u64::try_from(limit).unwrap_or(u64::MAX));
    }
}
