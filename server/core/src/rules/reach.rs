//! The rule for which keys a caller can touch.

use crate::{Origin, Principal, Reach};

/// The keys made on `surface`, which is a drop-in one, that `by` can touch there: on `ocamba` those of its own
/// member (O8), on `feldera` all of its company's (F6). Any other key does not exist for it.
pub fn reach(by: &Principal, surface: Origin) -> Reach {
    Reach {
        company: by.company,
        owner: (surface != Origin::Feldera).then_some(by.member),
        origin: Some(surface),
    }
}
