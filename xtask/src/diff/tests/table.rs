//! Mutations of the fixture and what each means to consumers.

mod answers;
mod operations;
mod requests;
mod shared;

use super::mutation::Edit;
use crate::diff::Class;

/// A mutation: what it is, how it is made, what it means, and words that a consumer is told.
pub(super) type Row = (&'static str, Edit, Class, &'static str);

/// All of them.
pub(super) fn rows() -> impl Iterator<Item = &'static Row> {
    let tables = [
        operations::ROWS,
        requests::ROWS,
        answers::ROWS,
        shared::ROWS,
    ];
    tables.into_iter().flatten()
}
