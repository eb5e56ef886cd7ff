//! The one table of operations: who may do each, what it takes and how it can be refused.
//!
//! The server's handler authorises by it, the documents say it, and the tests walk it. An operation that is
//! not here has no handler, and one whose document differs from its row fails a test.

use bitting_core::Role;

use crate::ocamba;

/// A surface: a set of paths with one document and one error dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Surface {
    /// Bitting's own API.
    Keys,
    /// Personal API keys.
    Ocamba,
    /// Named API keys.
    Feldera,
}

/// Who may do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody; no credential is looked at.
    Public,
    /// Whoever presents an active API key, whatever its role. A login token is not one.
    AnyKey,
    /// Whoever has this role or a stronger one.
    Role(Role),
}

impl Access {
    /// Whether a principal with `role` may.
    pub fn permits(self, role: Role) -> bool {
        match self {
            Self::Public | Self::AnyKey => true,
            Self::Role(weakest) => role >= weakest,
        }
    }
}

/// An operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its id in the document, and the name of the trait's method.
    pub id: &'static str,
    /// The surface it belongs to.
    pub surface: Surface,
    /// Its method.
    pub method: &'static str,
    /// Its path, as the document shows it.
    pub path: &'static str,
    /// Who may do it.
    pub access: Access,
    /// Whether it takes a body.
    pub body: bool,
    /// The status of its success.
    pub success: u16,
    /// The statuses that it can be refused with, ascending. 405 is the path's and not the operation's.
    pub refusals: &'static [u16],
    /// Whether its success can carry a secret (O33).
    pub reveals: bool,
}

/// Every operation of every surface.
pub const OPERATIONS: &[&Operation] = &[
    &ocamba::operations::KEY_CREATE,
    &ocamba::operations::KEY_LIST,
    &ocamba::operations::KEY_VIEW,
    &ocamba::operations::KEY_UPDATE,
    &ocamba::operations::KEY_DELETE,
    &ocamba::operations::KEY_ROLL,
    &ocamba::operations::KEY_VALIDATE,
];

/// The operations of one surface.
pub fn of(surface: Surface) -> impl Iterator<Item = &'static Operation> {
    OPERATIONS
        .iter()
        .copied()
        .filter(move |operation| operation.surface == surface)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_operations_of_a_surface_share_an_id_or_a_place() {
        let ids: BTreeSet<_> = OPERATIONS.iter().map(|o| (o.surface as u8, o.id)).collect();
        let places: BTreeSet<_> = OPERATIONS.iter().map(|o| (o.path, o.method)).collect();
        assert_eq!(ids.len(), OPERATIONS.len());
        assert_eq!(places.len(), OPERATIONS.len());
    }

    #[test]
    fn every_row_is_consistent() {
        for o in OPERATIONS {
            let refuses = |status| o.refusals.contains(&status);
            assert!(o.refusals.is_sorted(), "{}", o.id);
            assert_eq!(refuses(401), o.access != Access::Public, "{}", o.id);
            assert_eq!(
                refuses(403),
                matches!(o.access, Access::Role(_)),
                "{}",
                o.id
            );
            for status in [400, 408, 413, 415] {
                assert!(!o.body || refuses(status), "{} {status}", o.id);
            }
            for status in [408, 413, 415] {
                assert!(o.body || !refuses(status), "{} {status}", o.id);
            }
            for status in [429, 500, 503] {
                assert!(refuses(status), "{} {status}", o.id);
            }
            assert_eq!(refuses(404), o.path.contains('{'), "{}", o.id);
        }
    }

    #[test]
    fn access_is_by_the_weakest_role_that_may() {
        assert!(Access::AnyKey.permits(Role::None));
        assert!(!Access::Role(Role::Write).permits(Role::Read));
        assert!(Access::Role(Role::Write).permits(Role::Write));
        assert!(Access::Role(Role::Write).permits(Role::Root));
    }
}
