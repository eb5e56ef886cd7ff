//! What a principal may do, from nothing to everything.

use std::{fmt, str::FromStr};

/// A role; each includes the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Describes and revokes itself, and can be presented for verification.
    None,
    /// Verifies keys of its company.
    Verify,
    /// Reads its member's keys.
    Read,
    /// Changes its member's keys.
    Write,
    /// Administers its company.
    Admin,
    /// Administers the instance.
    Root,
}

impl Role {
    /// Every role, the weakest first.
    pub const ALL: [Self; 6] = [
        Self::None,
        Self::Verify,
        Self::Read,
        Self::Write,
        Self::Admin,
        Self::Root,
    ];

    /// The role's name, as the wire, the documents and the store spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Verify => "verify",
            Self::Read => "read",
            Self::Write => "write",
            Self::Admin => "admin",
            Self::Root => "root",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|role| role.name() == text)
            .ok_or_else(|| {
                format!("no role is called {text:?}: none, verify, read, write, admin, root")
            })
    }
}
