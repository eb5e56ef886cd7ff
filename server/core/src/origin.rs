//! Which surface a key was made on.

use crate::{Denial, KeyName, Refusal, Role, secret::Format};

/// The surface that made a key; the key keeps its origin's rules on every other surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Bitting's own API.
    Keys,
    /// Personal API keys.
    Ocamba,
    /// Named API keys.
    Feldera,
}

impl Origin {
    /// Every origin.
    pub const ALL: [Self; 3] = [Self::Keys, Self::Ocamba, Self::Feldera];

    /// The origin's name, as the documents and the store spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Keys => "keys",
            Self::Ocamba => "ocamba",
            Self::Feldera => "feldera",
        }
    }

    /// The format of new secrets of keys made here.
    pub fn format(self) -> Format {
        match self {
            Self::Keys => Format::default(),
            Self::Ocamba => Format::Hex,
            Self::Feldera => Format::Alphanumeric,
        }
    }

    /// The role of a new key whose request names none (O8a, F15).
    pub fn default_role(self, creator: Role) -> Role {
        match self {
            Self::Keys => Role::None,
            Self::Ocamba => Role::Write.min(creator),
            Self::Feldera => Role::Write,
        }
    }

    /// Whether sealed copies of secrets of keys made here may be kept (F11).
    pub(crate) fn seals(self) -> bool {
        self != Self::Feldera
    }

    /// Refuses a role that keys made here cannot have, whoever grants it (F15).
    pub(crate) fn admits_role(self, role: Role) -> Result<(), Refusal> {
        match self {
            Self::Feldera if !matches!(role, Role::Read | Role::Write) => {
                Err(Refusal::Forbidden(Denial::RoleNotMintable))
            }
            Self::Keys | Self::Ocamba | Self::Feldera => Ok(()),
        }
    }

    /// Refuses a name that keys made here cannot have (F12).
    pub(crate) fn admits_name(self, name: &KeyName) -> Result<(), Refusal> {
        match self {
            Self::Feldera => KeyName::plain(name.as_str().to_owned())
                .map(drop)
                .map_err(Refusal::InvalidName),
            Self::Keys | Self::Ocamba => Ok(()),
        }
    }
}
