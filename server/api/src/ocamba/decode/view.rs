//! Which members an answer shows: `fields` and `view` (O30, O31).

use bitting_core::{Refusal, Violation};

use super::{Once, names, unless_wrong, wrong};
use crate::{
    ocamba::{Member, Projection},
    wire::{Parameter, parameters},
};

/// The query of a view.
pub fn view(query: &str) -> Result<Projection, Refusal> {
    let mut found = Vec::new();
    let mut shown = Shown::new();
    for parameter in parameters(query) {
        shown.take(&parameter, &mut found);
    }
    let projection = shown.projection(&mut found);
    unless_wrong(found, projection)
}

/// `fields` and `view` of a query.
pub(super) struct Shown<'q> {
    fields: Once<'q>,
    view: Once<'q>,
}

impl<'q> Shown<'q> {
    pub(super) fn new() -> Self {
        Self {
            fields: Once::new("fields"),
            view: Once::new("view"),
        }
    }

    /// Takes `parameter` if it is one of the two.
    pub(super) fn take(&mut self, parameter: &Parameter<'q>, found: &mut Vec<Violation>) -> bool {
        self.fields.take(parameter, found) || self.view.take(parameter, found)
    }

    /// What they say together. With `fields`, the value of `view` is not looked at (O31); that it is given
    /// twice, or is no text, is still wrong.
    pub(super) fn projection(&self, found: &mut Vec<Violation>) -> Projection {
        let Some(fields) = self.fields.value() else {
            return match self.view.value() {
                None | Some("default") => Projection::DEFAULT,
                Some("full") => Projection::FULL,
                Some(_) => {
                    found.push(wrong("view", "must be default or full"));
                    Projection::DEFAULT
                }
            };
        };
        let members: Option<Vec<_>> = names(fields).map(Member::named).collect();
        members.map_or_else(
            || {
                let all = Member::ALL.map(Member::name).join(", ");
                let reason = format!("must be one or more of {all}, divided by commas");
                found.push(wrong("fields", reason));
                Projection::DEFAULT
            },
            Projection::of,
        )
    }
}
