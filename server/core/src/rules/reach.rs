//! The rule for which keys a caller can touch.

use crate::{Origin, Principal, Reach, Role};

/// The keys made on `surface`, which is a drop-in one, that `by` can touch there: on `ocamba` those of its own
/// member (O8), on `feldera` all of its company's (F6). Any other key does not exist for it.
pub fn reach(by: &Principal, surface: Origin) -> Reach {
    Reach {
        company: Some(by.company),
        owner: (surface != Origin::Feldera).then_some(by.member),
        origin: Some(surface),
    }
}

/// The keys that `by` can touch on Bitting's own API, whichever surface they were made on: its member's; an
/// admin its company's; root all (K7).
pub fn reach_anywhere(by: &Principal) -> Reach {
    Reach {
        company: (by.role < Role::Root).then_some(by.company),
        owner: (by.role < Role::Admin).then_some(by.member),
        origin: None,
    }
}
