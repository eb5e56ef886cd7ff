//! The plans of what is asked of companies and members.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::sqlite::explain;

#[test]
fn a_page_of_members_is_sought_in_the_index_of_their_company_and_not_sorted() {
    let plan = explain::steps(&explain::database(), MEMBERS, [1, 7, 20]).unwrap();
    assert_eq!(
        plan,
        "SEARCH m USING INDEX member_by_company (company=? AND rowid>?); \
         SEARCH l USING COVERING INDEX login_by_member (member=?) LEFT-JOIN"
    );
}

#[test]
fn whom_a_login_token_is_for_is_looked_up_by_primary_keys() {
    let plan = explain::steps(&explain::database(), LOGIN, (1, "i", "s")).unwrap();
    assert_eq!(
        plan,
        "SEARCH c USING INTEGER PRIMARY KEY (rowid=?); \
         SEARCH l USING PRIMARY KEY (company=? AND issuer=? AND subject=?) LEFT-JOIN; \
         SEARCH m USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN"
    );
}

#[test]
fn a_member_that_is_removed_is_looked_for_through_indexes() {
    let database = explain::database();
    let company = crate::sqlite::write::company::REMOVAL;
    for sql in crate::sqlite::write::member::REMOVAL
        .into_iter()
        .chain(company)
    {
        let plan = explain::steps(&database, sql, [1]).unwrap();
        assert!(plan.starts_with("SEARCH"), "{sql}: {plan}");
    }
}
