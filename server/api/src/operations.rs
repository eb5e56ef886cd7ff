//! The one table of operations: who may do each, what it takes and how it can be refused.
//!
//! The server's handler authorises by it, the documents say it, and the tests walk it. An operation that is
//! not here has no handler, and one whose document differs from its row fails a test.

use std::sync::LazyLock;

use bitting_core::Role;

use crate::{feldera, keys, ocamba};

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

impl Surface {
    /// Every surface, in the order in which their documents are published.
    pub const ALL: [Self; 3] = [Self::Keys, Self::Ocamba, Self::Feldera];

    /// The surface's name, as its document, its contract and its module of the client are called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Keys => "keys",
            Self::Ocamba => "ocamba",
            Self::Feldera => "feldera",
        }
    }

    /// After how many seconds what cannot be done now (503) may be tried again, where the surface says so (K4): long
    /// enough for a busy disk or an issuer that starts, and short for whoever waits. The others have no such header (O4,
    /// F2).
    pub const fn retry_unavailable(self) -> Option<u64> {
        match self {
            Self::Keys => Some(5),
            Self::Ocamba | Self::Feldera => None,
        }
    }
}

/// Who may do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody; no credential is looked at.
    Public,
    /// Whoever presents an active API key, whatever its role. A login token is not one.
    AnyKey,
    /// Whoever presents an active API key, whatever its role, or a login token.
    Any,
    /// Whoever has this role or a stronger one.
    Role(Role),
    /// Whoever presents a key, as a bearer token or in the header `X-API-Key`, that is good for what the query asks:
    /// the operation is that judgement (K122 to K125). It takes no other credential, and no role.
    Presented,
}

impl Access {
    /// Whether a principal with `role` may.
    pub fn permits(self, role: Role) -> bool {
        match self {
            Self::Public | Self::AnyKey | Self::Any | Self::Presented => true,
            Self::Role(weakest) => role >= weakest,
        }
    }
}

/// An operation.
#[expect(
    clippy::struct_excessive_bools,
    reason = "a row of a table, each column by its name"
)]
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
    /// Whether it is asked so often that the log tells only of those that are refused.
    pub frequent: bool,
    /// Whether it takes a body.
    pub body: bool,
    /// The status of its success.
    pub success: u16,
    /// The statuses that it can be refused with, ascending. 405 is the path's and not the operation's.
    pub refusals: &'static [u16],
    /// Its error codes, of those that not every operation answers with their status ([`crate::codes::Reach::Row`]).
    pub codes: &'static [&'static str],
    /// Whether its success can carry a secret (O33).
    pub reveals: bool,
    /// Whether its success has an entity tag, the version of what it shows (K54).
    pub tagged: bool,
}

impl Operation {
    /// A row to fill in: one that takes no body, cannot be refused and answers 200.
    pub(crate) const fn blank(surface: Surface) -> Self {
        Self {
            id: "",
            surface,
            method: "",
            path: "",
            access: Access::Public,
            frequent: false,
            body: false,
            success: 200,
            refusals: &[],
            codes: &[],
            reveals: false,
            tagged: false,
        }
    }
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
    &feldera::operations::KEY_CREATE,
    &feldera::operations::KEY_LIST,
    &feldera::operations::KEY_VIEW,
    &feldera::operations::KEY_DELETE,
    &feldera::operations::CONFIG_VIEW,
    &feldera::operations::CLUSTER_HEALTH_VIEW,
    &feldera::operations::LOGIN_CONFIG_VIEW,
    &feldera::operations::HEALTH_VIEW,
    &keys::operations::COMPANY_CREATE,
    &keys::operations::COMPANY_LIST,
    &keys::operations::COMPANY_VIEW,
    &keys::operations::COMPANY_UPDATE,
    &keys::operations::COMPANY_DELETE,
    &keys::operations::MEMBER_CREATE,
    &keys::operations::MEMBER_LIST,
    &keys::operations::MEMBER_VIEW,
    &keys::operations::MEMBER_UPDATE,
    &keys::operations::MEMBER_DELETE,
    &keys::operations::KEY_CREATE,
    &keys::operations::KEY_LIST,
    &keys::operations::KEY_VIEW,
    &keys::operations::COMPANY_USAGE,
    &keys::operations::KEY_USAGE,
    &keys::operations::KEY_UPDATE,
    &keys::operations::KEY_LIMITS_UPDATE,
    &keys::operations::KEY_DELETE,
    &keys::operations::KEY_REVOKE,
    &keys::operations::KEY_IMPORT,
    &keys::operations::KEY_ROTATE,
    &keys::operations::SECRET_LIST,
    &keys::operations::SECRET_RETIRE,
    &keys::operations::KEY_REVEAL,
    &keys::operations::AUDIT_LIST,
    &keys::operations::KEY_VERIFY,
    &keys::operations::KEY_VERIFY_BATCH,
    &keys::operations::INTROSPECT,
    &keys::operations::FORWARD_AUTH,
    &keys::operations::WHOAMI,
    &keys::operations::SELF_REVOKE,
];

/// The operations of one surface.
pub fn of(surface: Surface) -> impl Iterator<Item = &'static Operation> {
    OPERATIONS
        .iter()
        .copied()
        .filter(move |operation| operation.surface == surface)
}

/// The methods of the resource that the documents show at `path`, for a 405's `Allow`. None where there is no
/// such path.
pub fn allowed_methods(path: &str) -> &'static [&'static str] {
    /// The order in which they are named.
    const ORDER: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    static ALLOWED: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
        let has = |path, method| {
            OPERATIONS
                .iter()
                .any(|o| (o.path, o.method) == (path, method))
        };
        let methods = |path| ORDER.into_iter().filter(|m| has(path, *m)).collect();
        OPERATIONS
            .iter()
            .map(|operation| (operation.path, methods(operation.path)))
            .collect()
    });
    let found = ALLOWED.iter().find(|(allowed, _)| *allowed == path);
    found.map_or(&[], |(_, methods)| methods)
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
            let name = format!("{:?} {}", o.surface, o.id);
            let refuses = |status| o.refusals.contains(&status);
            assert!(o.refusals.is_sorted(), "{name}");
            let public = o.access == Access::Public;
            assert_eq!(refuses(401), !public, "{name}");
            // A login token may have a role that is none, which a key cannot (F61).
            // And a presented key can be good, and not for what is asked (K125).
            let by_role = matches!(o.access, Access::Role(_) | Access::Any | Access::Presented);
            assert_eq!(refuses(403), by_role, "{name}");
            assert_eq!(refuses(404), o.path.contains('{'), "{name}");
            assert!(!o.body || refuses(400), "{name}");
            for status in [408, 413, 415] {
                assert_eq!(refuses(status), o.body, "{name} {status}");
            }
            // Personal API keys have rate limits (O10), and keys have where they are presented (K125).
            let limited = o.surface == Surface::Ocamba || o.access == Access::Presented;
            assert_eq!(refuses(429), limited, "{name}");
            assert!(refuses(500), "{name}");
            // Whoever authenticates asks the store.
            assert!(public || refuses(503), "{name}");
            assert!([200, 201, 204].contains(&o.success), "{name}");
        }
    }

    #[test]
    fn allow_names_the_methods_that_the_table_has() {
        for o in OPERATIONS {
            assert!(allowed_methods(o.path).contains(&o.method), "{}", o.path);
        }
        assert_eq!(
            allowed_methods(ocamba::operations::COLLECTION),
            ["GET", "POST"]
        );
        assert_eq!(
            allowed_methods(ocamba::operations::ITEM),
            ["GET", "PATCH", "DELETE"]
        );
        assert_eq!(allowed_methods(feldera::operations::KEY), ["GET", "DELETE"]);
        assert_eq!(allowed_methods("/"), [""; 0]);
    }

    #[test]
    fn access_is_by_the_weakest_role_that_may() {
        assert!(Access::AnyKey.permits(Role::None));
        assert!(Access::Any.permits(Role::None));
        assert!(!Access::Role(Role::Write).permits(Role::Read));
        assert!(Access::Role(Role::Write).permits(Role::Write));
        assert!(Access::Role(Role::Write).permits(Role::Root));
    }
}
