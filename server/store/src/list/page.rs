//! Pages that follow each other, for every database.
//!
//! A page is a walk along the index of its order, in one direction, from where the page before ended: how far into
//! the list that is costs nothing. Keys that are alike in the order follow by their decimal ids in the direction of
//! the walk, so that one index serves both directions. What few pass is gathered through another index and sorted;
//! and where a walk finds too little for long, all keys of the place are read in the order of their table instead,
//! which is far cheaper for each, and the first that pass are kept.

mod condition;
mod place;
mod statement;

use bitting_core::Timestamp;

use self::statement::{Statements, Stretch};
use super::{Candidates, Database, Tuning};
use crate::{OrderField, PageQuery, StoreError};

/// The decimal ids of the keys of a page, in order.
pub(crate) fn page(
    database: &mut dyn Database,
    query: &PageQuery,
    now: Timestamp,
    tuning: Tuning,
) -> Result<Vec<i64>, StoreError> {
    let fits = |position: &crate::Position| position.fits(query.order);
    if query.limit == 0 || !query.after.as_ref().is_none_or(fits) {
        return Ok(Vec::new());
    }
    let Ok(statements) = Statements::new(query, now, database.dialect()) else {
        return Ok(Vec::new());
    };
    let most = tuning.few + 1;
    if let Some(search) = &query.search {
        match database.candidates(search, most, tuning.handful)? {
            Some(Candidates::These(numbers)) if numbers.is_empty() => return Ok(Vec::new()),
            Some(candidates) => return database.integers(&statements.among(candidates)),
            None => {}
        }
    }
    if query.expires_before.is_some() && query.order.field != OrderField::Expires {
        let count = database.integers(&statements.count_ending(most))?;
        if count
            .first()
            .is_some_and(|count| count.unsigned_abs() < most)
        {
            return database.integers(&statements.gather());
        }
    }
    let stretches: &[Stretch] = match (&query.after, query.order.field) {
        (None, _) => &[Stretch::Whole],
        (Some(_), OrderField::Created) => &[Stretch::Beyond],
        (Some(_), _) => &[Stretch::Tied, Stretch::Beyond],
    };
    let mut numbers = Vec::new();
    for stretch in stretches {
        let wanted = query.limit.saturating_sub(numbers.len());
        if wanted == 0 {
            break;
        }
        // What is tied follows in the order of the table, however much of it there is.
        let window = if *stretch != Stretch::Tied && statements.may_be_long() {
            let [.., window] = tuning.windows;
            database.integers(&statements.at(*stretch, window))?
        } else {
            Vec::new()
        };
        let until = window.first().copied();
        let found = database.integers(&statements.walk(*stretch, wanted, until))?;
        if until.is_some() && found.len() < wanted {
            return database.integers(&statements.scan());
        }
        numbers.extend(found);
    }
    Ok(numbers)
}
