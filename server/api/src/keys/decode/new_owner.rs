//! The query of a member's deletion (K45).

use bitting_core::{MemberId, Refusal};

use super::{key_list::id, only::only};
use crate::decode::{unless_wrong, wrong};

/// Who gets the keys of a member that is deleted. A parameter that was misspelt is refused: it would be ignored otherwise.
pub fn new_owner(query: &str) -> Result<Option<MemberId>, Refusal> {
    let mut found = Vec::new();
    let [owner] = only(query, ["new_owner"], &mut found);
    let new_owner = owner.raw().and_then(|text| {
        id(text)
            .map_err(|reason| found.push(wrong("new_owner", reason)))
            .ok()
    });
    unless_wrong(found, new_owner)
}
