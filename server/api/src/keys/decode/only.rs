//! Queries that have no other parameters than those that are known, each of them once.

use bitting_core::{Field, Violation};

use crate::{
    decode::{Once, excerpt},
    wire::parameters,
};

/// The parameters with these names; what is wrong with the query is noted in `found`. One of another name is wrong: it
/// was probably misspelt, and would be ignored otherwise.
pub(super) fn only<'q, const N: usize>(
    query: &'q str,
    names: [&'static str; N],
    found: &mut Vec<Violation>,
) -> [Once<'q>; N] {
    let mut once = names.map(Once::new);
    let mut unknown = None;
    for parameter in parameters(query) {
        if !once.iter_mut().any(|one| one.take(&parameter, found)) {
            unknown.get_or_insert(parameter.name);
        }
    }
    if let Some(name) = unknown {
        let (name, known) = (excerpt(&name), names.join(", "));
        let reason = format!("must not have the parameter `{name}`: there are {known}");
        found.push(Violation::new(Field::Parameter("query"), reason));
    }
    once
}
