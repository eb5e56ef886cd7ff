//! What of a key has to be looked at to tell whether it is wanted. No index is used for any of it: which index a page
//! is found through is decided by its place and its order.

use bitting_core::{Status, Timestamp};
use sea_query::{Condition, Expr, ExprTrait, Func, IntoCondition, Query, SelectStatement};

use super::super::{
    Dialect,
    statement::{Index, TABLE, column, found},
};
use crate::PageQuery;

/// Has `select` find only what passes: every condition but those on place, position and end.
pub(super) fn conditions(
    select: &mut SelectStatement,
    query: &PageQuery,
    now: Timestamp,
    dialect: Dialect,
) {
    if let Some(status) = query.status {
        select.cond_where(is(status, now, dialect));
    }
    if let Some(scope) = &query.scope {
        let scopes = Expr::cust("' ' || scopes || ' '");
        let at = Func::cust(dialect.position)
            .arg(scopes)
            .arg(format!(" {scope} "));
        select.and_where(Expr::from(at).gt(0_i64));
    }
    if let Some(search) = &query.search {
        select.cond_where(found(search, dialect));
    }
    if let Some(since) = query.last_used_before {
        // Keys share the rows that tell of their uses, 256 of them one.
        let number = || Expr::col((TABLE, "number"));
        let last = Func::cust("last_use").arg(Expr::col("uses")).arg(number());
        let mut uses = Query::select();
        uses.expr(Expr::val(1_i64))
            .from("last_use")
            .and_where(Expr::col("run").eq(number().right_shift(8_i64)))
            .and_where(Expr::from(last).gte(since.seconds()));
        select.and_where(Expr::not_exists(uses));
    }
}

/// That `status` is the first that holds.
fn is(status: Status, now: Timestamp, dialect: Dialect) -> Condition {
    let now = now.seconds();
    let hidden = |name| column(name, Index::Hide, dialect);
    let revoked = hidden("revoked_at").is_not_null();
    if status == Status::Revoked {
        return revoked.into_condition();
    }
    let kept = Condition::all().add(hidden("revoked_at").is_null());
    if status == Status::Disabled {
        return kept.add(hidden("enabled").eq(0_i64));
    }
    let on = kept.add(hidden("enabled").ne(0_i64));
    if status == Status::Expired {
        return on.add(hidden("end_at").lte(now));
    }
    let good = on.add(hidden("end_at").gt(now));
    if status == Status::Pending {
        good.add(hidden("start_at").gt(now))
    } else {
        good.add(hidden("start_at").lte(now))
    }
}
