//! The query of a member's deletion (K45).

use bitting_core::{MemberId, Refusal};

use super::{key_list::id, page::unknown_parameter};
use crate::{
    decode::{Once, unless_wrong, wrong},
    wire::parameters,
};

/// Who gets the keys of a member that is deleted. A parameter that was misspelt is refused: it would be ignored otherwise.
pub fn new_owner(query: &str) -> Result<Option<MemberId>, Refusal> {
    let mut found = Vec::new();
    let mut owner = Once::new("new_owner");
    let mut unknown = None;
    for parameter in parameters(query) {
        if !owner.take(&parameter, &mut found) {
            unknown.get_or_insert(parameter.name);
        }
    }
    if let Some(name) = unknown {
        found.push(unknown_parameter(&name, &["new_owner"]));
    }
    let new_owner = owner.raw().and_then(|text| {
        id(text)
            .map_err(|reason| found.push(wrong("new_owner", reason)))
            .ok()
    });
    unless_wrong(found, new_owner)
}
