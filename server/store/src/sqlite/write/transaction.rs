//! The transaction that the changes of a group share.

use std::ops::Deref;

use bitting_core::secret::Digest;
use rusqlite::Connection;

use crate::Changed;

/// An open transaction, and what its changes make of presented credentials. Whatever undoes it forgets both.
pub(in crate::sqlite) struct Transaction<'a> {
    connection: &'a Connection,
    changed: Changed,
}

impl<'a> Transaction<'a> {
    pub(in crate::sqlite) fn new(connection: &'a Connection) -> Self {
        Self {
            connection,
            changed: Changed::default(),
        }
    }

    /// Notes that a presented secret leads to something else from now on.
    pub(super) fn changed_secret(&mut self, digest: Digest) {
        self.changed.secrets.push(digest);
    }

    /// Notes that a member was switched on or off, or removed.
    pub(super) fn changed_people(&mut self) {
        self.changed.people = true;
    }

    /// What was noted.
    pub(in crate::sqlite) fn into_changed(self) -> Changed {
        self.changed
    }
}

impl Deref for Transaction<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}
