//! Who is asking.

use std::fmt;

use crate::{CompanyId, KeyId, MemberId, Role, Scopes};

/// How a principal proved who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// With an API key.
    Key(KeyId),
    /// With a login token.
    Token {
        /// The token's issuer.
        issuer: String,
        /// The token's subject.
        subject: String,
    },
}

impl fmt::Display for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(id) => write!(f, "key {id}"),
            Self::Token { issuer, subject } => write!(f, "token {issuer} {subject}"),
        }
    }
}

/// An authenticated caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// The company it belongs to.
    pub company: CompanyId,
    /// The member it acts for.
    pub member: MemberId,
    /// What it may do.
    pub role: Role,
    /// The scopes of the key it presented; a login token has none.
    pub scopes: Scopes,
    /// How it proved who it is.
    pub via: Via,
}
