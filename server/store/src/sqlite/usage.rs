//! Reading what verification found.

use std::collections::BTreeMap;

use bitting_core::{
    CompanyId, KeyNumber, Verdict,
    usage::{Counted, Hour, Interval, Span, Subject},
};
use rusqlite::{Connection, params};

use super::{
    runs::{self, COUNTS},
    write::tally::{day, verdict},
};
use crate::StoreError;

/// Each hour by itself, so that what others did in it is not read.
const HOURS: &str = "WITH RECURSIVE span (hour) AS (
        SELECT ?2 WHERE ?2 < ?3 UNION ALL SELECT hour + 1 FROM span WHERE hour + 1 < ?3)
    SELECT u.hour, u.outcome, u.count FROM span
    CROSS JOIN company_usage_hour u ON u.hour = span.hour AND u.company = ?1";
const DAYS: &str = "WITH RECURSIVE span (day) AS (
        SELECT ?2 WHERE ?2 < ?3 UNION ALL SELECT day + 1 FROM span WHERE day + 1 < ?3)
    SELECT u.day * 24, u.outcome, u.count FROM span
    CROSS JOIN company_usage_day u ON u.day = span.day AND u.company = ?1";
/// The same of a run of keys.
const RUN_HOURS: &str = "WITH RECURSIVE span (hour) AS (
        SELECT ?2 WHERE ?2 < ?3 UNION ALL SELECT hour + 1 FROM span WHERE hour + 1 < ?3)
    SELECT span.hour, u.counts FROM span
    CROSS JOIN key_usage_hour u ON u.id = (span.hour << 36) + ?1";
const RUN_DAYS: &str = "WITH RECURSIVE span (day) AS (
        SELECT ?2 WHERE ?2 < ?3 UNION ALL SELECT day + 1 FROM span WHERE day + 1 < ?3)
    SELECT span.day * 24, u.counts FROM span
    CROSS JOIN key_usage_day u ON u.id = (span.day << 36) + ?1";

/// What was counted, by interval, the earliest first; intervals in which nothing was are left out.
pub(super) fn usage(
    connection: &Connection,
    of: Subject,
    span: Span,
) -> Result<Vec<Counted>, StoreError> {
    let mut sums = Sums {
        interval: span.interval,
        counted: BTreeMap::new(),
    };
    let hours = (span.from.0, span.to.0);
    let days = (day(span.from), day(span.to));
    match of {
        Subject::Company(company) => {
            sums.add_company(connection, HOURS, company, hours)?;
            if span.interval == Interval::Day {
                sums.add_company(connection, DAYS, company, days)?;
            }
        }
        Subject::Key(key) => {
            sums.add_key(connection, RUN_HOURS, key, hours)?;
            if span.interval == Interval::Day {
                sums.add_key(connection, RUN_DAYS, key, days)?;
            }
        }
    }
    Ok(sums.end())
}

/// What was counted so far.
struct Sums {
    interval: Interval,
    counted: BTreeMap<(Hour, Verdict), u64>,
}

impl Sums {
    fn add(&mut self, hour: i64, outcome: i64, count: u64) -> Result<(), StoreError> {
        let Some(verdict) = verdict(outcome) else {
            return Err(StoreError::Corrupt { column: "outcome" });
        };
        let start = Hour(hour).floor(self.interval);
        let sum = self.counted.entry((start, verdict)).or_default();
        *sum = sum.saturating_add(count);
        Ok(())
    }

    fn add_company(
        &mut self,
        connection: &Connection,
        sql: &str,
        company: CompanyId,
        (from, to): (i64, i64),
    ) -> Result<(), StoreError> {
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![company.get(), from, to])?;
        while let Some(row) = rows.next()? {
            let (hour, outcome, count): (i64, i64, i64) = row.try_into()?;
            self.add(hour, outcome, u64::try_from(count).unwrap_or(0))?;
        }
        Ok(())
    }

    fn add_key(
        &mut self,
        connection: &Connection,
        sql: &str,
        key: KeyNumber,
        (from, to): (i64, i64),
    ) -> Result<(), StoreError> {
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![runs::run_of(key), from, to])?;
        while let Some(row) = rows.next()? {
            let hour: i64 = row.get(0)?;
            let counts: Vec<u8> = row.get(1)?;
            for ([_, outcome], count) in runs::entries(COUNTS, &counts, runs::place_of(key))? {
                self.add(hour, outcome.into(), count)?;
            }
        }
        Ok(())
    }

    fn end(self) -> Vec<Counted> {
        let mut found: Vec<Counted> = Vec::new();
        for ((start, verdict), count) in self.counted {
            if found.last().is_none_or(|last| last.start != start) {
                let counts = Vec::new();
                found.push(Counted { start, counts });
            }
            if let Some(last) = found.last_mut() {
                last.counts.push((verdict, count));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::sqlite::explain;

    #[test]
    fn each_hour_and_each_day_is_looked_up_by_itself() {
        let database = explain::database();
        let searches = [
            (HOURS, "PRIMARY KEY (hour=? AND company=?)"),
            (DAYS, "PRIMARY KEY (day=? AND company=?)"),
            (RUN_HOURS, "INTEGER PRIMARY KEY (rowid=?)"),
            (RUN_DAYS, "INTEGER PRIMARY KEY (rowid=?)"),
        ];
        for (sql, search) in searches {
            let plan = explain::steps(&database, sql, params![1, 1, 2]).unwrap();
            assert!(
                plan.ends_with(&format!("SEARCH u USING {search}")),
                "{plan}"
            );
        }
    }
}
