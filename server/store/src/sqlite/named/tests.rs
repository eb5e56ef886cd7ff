//! The plans of what is asked of named keys.
#![allow(clippy::unwrap_used)]

use bitting_core::Origin;

use super::*;
use crate::sqlite::{explain, row};

#[test]
fn the_list_of_named_keys_is_one_walk_along_an_index_that_has_all_of_it() {
    let plan = explain::steps(&explain::database(), LIST, [1]).unwrap();
    assert_eq!(
        plan,
        "SEARCH k USING COVERING INDEX api_key_named_list (company=?)"
    );
}

#[test]
fn a_key_is_found_by_its_name_in_one_search() {
    let database = explain::database();
    for sql in [TAKEN, row::BY_NAME] {
        let plan = explain::steps(&database, sql, (1, "a")).unwrap();
        // Of the two indexes either will do.
        let plan = plan.replace("api_key_named_list", "api_key_named");
        assert!(
            plan.contains("api_key_named (company=? AND name=?)"),
            "{plan}"
        );
    }
}

#[test]
fn the_condition_says_feldera() {
    let expected = format!("k.origin = {}", row::origin_code(Origin::Feldera));
    assert_eq!(is_named!(), expected);
}
