#![allow(clippy::unwrap_used)]
//! Named after the rules of the contract.

use bitting_core::{
    Field, KeyChange, KeyDraft, Timestamp,
    query::{KeyQuery, Page, Search, Sort, SortField},
};

use super::*;
use crate::ocamba::{Member, Projection};

mod bodies;
mod queries;

/// The names of what was wrong, in the order in which it was found.
fn blamed<T: std::fmt::Debug>(result: Result<T, Refusal>) -> Vec<String> {
    let Err(Refusal::Invalid(violations)) = result else {
        panic!("expected Invalid, got {result:?}");
    };
    assert!(!violations.is_empty());
    violations
        .iter()
        .map(|violation| match violation.field {
            Field::Parameter(name) => name.to_owned(),
            field => format!("{field:?}"),
        })
        .collect()
}

#[test]
fn o32_only_a_canonical_id_is_the_id_of_anything() {
    assert_eq!(key_number("1001").map(KeyNumber::get), Ok(1001));
    for segment in [
        "",
        "007",
        "+7",
        "-7",
        "0",
        "7.0",
        "abc",
        "validate",
        "9223372036854775808",
    ] {
        assert_eq!(key_number(segment), Err(Refusal::NotFound), "{segment}");
    }
}
