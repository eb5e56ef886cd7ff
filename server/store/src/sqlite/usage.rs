//! Reading what verification found.

use std::collections::BTreeMap;

use bitting_core::{
    Verdict,
    usage::{Counted, Hour, Interval, Span, Subject},
};
use rusqlite::{Connection, params};

use super::write::tally::{day, subject, verdict};
use crate::StoreError;

/// Each hour by itself, so that what other subjects did in it is not read.
const HOURS: &str = "WITH RECURSIVE span (hour) AS (
        SELECT ?2 WHERE ?2 < ?3 UNION ALL SELECT hour + 1 FROM span WHERE hour + 1 < ?3)
    SELECT u.hour, u.outcome, u.count FROM span
    CROSS JOIN usage_hour u ON u.hour = span.hour AND u.subject = ?1";
const DAYS: &str = "WITH RECURSIVE span (day) AS (
        SELECT ?2 WHERE ?2 < ?3 UNION ALL SELECT day + 1 FROM span WHERE day + 1 < ?3)
    SELECT u.day * 24, u.outcome, u.count FROM span
    CROSS JOIN usage_day u ON u.day = span.day AND u.subject = ?1";

/// What was counted, by interval, the earliest first; intervals in which nothing was are left out.
pub(super) fn usage(
    connection: &Connection,
    of: Subject,
    span: Span,
) -> Result<Vec<Counted>, StoreError> {
    let mut counted: BTreeMap<(Hour, Verdict), u64> = BTreeMap::new();
    let mut read = |sql, from: i64, to: i64| -> Result<(), StoreError> {
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![subject(of), from, to])?;
        while let Some(row) = rows.next()? {
            let hour = Hour(row.get(0)?).floor(span.interval);
            let Some(verdict) = verdict(row.get(1)?) else {
                return Err(StoreError::Corrupt { column: "outcome" });
            };
            let count: i64 = row.get(2)?;
            *counted.entry((hour, verdict)).or_default() += u64::try_from(count).unwrap_or(0);
        }
        Ok(())
    };
    read(HOURS, span.from.0, span.to.0)?;
    if span.interval == Interval::Day {
        read(DAYS, day(span.from), day(span.to))?;
    }
    let mut found: Vec<Counted> = Vec::new();
    for ((start, verdict), count) in counted {
        if found.last().is_none_or(|last| last.start != start) {
            let counts = Vec::new();
            found.push(Counted { start, counts });
        }
        if let Some(last) = found.last_mut() {
            last.counts.push((verdict, count));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::sqlite::explain;

    #[test]
    fn each_hour_and_each_day_is_looked_up_by_itself() {
        let database = explain::database();
        for (sql, table, unit) in [(HOURS, "u", "hour"), (DAYS, "u", "day")] {
            let plan = explain::steps(&database, sql, params![1, 1, 2]).unwrap();
            let search = format!("SEARCH {table} USING PRIMARY KEY ({unit}=? AND subject=?)");
            assert!(plan.ends_with(&search), "{plan}");
        }
    }
}
