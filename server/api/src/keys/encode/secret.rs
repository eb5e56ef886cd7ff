//! A key's secrets in answers (K90 to K93).

use bitting_core::{SecretId, Timestamp, secret::PlainSecret};

use crate::keys::types;

/// What is shown of a secret.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'s> {
    /// Its id.
    pub id: SecretId,
    /// Its last characters.
    pub hint: &'s str,
    /// When it was made.
    pub created: Timestamp,
    /// When it stops working before its key does.
    pub retires: Option<Timestamp>,
    /// When it was last used, as far as that is known.
    pub last_used: Option<Timestamp>,
}

/// A key that was just rotated, with its new secret; `last_used` is when one of the old ones was that still work.
pub fn key_rotated(
    key: &bitting_core::Key,
    last_used: Option<Timestamp>,
    id: SecretId,
    secret: &PlainSecret,
    now: Timestamp,
) -> types::KeyRotated {
    types::KeyRotated {
        key: super::key(key, last_used, now),
        secret_id: id.0,
        secret: secret.into(),
    }
}

/// The secret of a recoverable key.
pub fn key_revealed(id: SecretId, secret: &PlainSecret) -> types::KeyRevealed {
    types::KeyRevealed {
        secret_id: id.0,
        secret: secret.into(),
    }
}

/// The secrets of a key.
pub fn key_secrets<'s>(secrets: impl IntoIterator<Item = Shown<'s>>) -> types::KeySecrets {
    let item = |secret: Shown<'_>| types::KeySecret {
        id: secret.id.0,
        hint: secret.hint.to_owned(),
        created_at: secret.created.into(),
        retires_at: secret.retires.map(types::UtcTime::from).into(),
        last_used_at: secret.last_used.map(types::UtcTime::from).into(),
    };
    types::KeySecrets {
        items: secrets.into_iter().map(item).collect(),
    }
}
