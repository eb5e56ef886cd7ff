//! What can go wrong in a store.

use std::path::PathBuf;

use bitting_core::Refusal;
use rusqlite::ErrorCode;

use crate::DirectoryError;

/// Why a store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The rules are against it; nothing was changed.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The store already has its first company, member and key.
    #[error("the store is already initialised; nothing was changed")]
    AlreadyInitialised,
    /// The store has no company yet.
    #[error("the store is not initialised; run `bitting init` first")]
    NotInitialised,
    /// The database was written by a newer Bitting.
    #[error(
        "{path} has schema version {found}, but this binary knows versions up to {known}; \
         run the newer binary that wrote it"
    )]
    Newer {
        /// The database.
        path: PathBuf,
        /// The version it has.
        found: i64,
        /// The newest version this binary knows.
        known: i64,
    },
    /// Sealed secrets exist that the given master key cannot open.
    #[error(
        "the store holds secrets sealed under master key {expected}, but the key given is {given}; \
         pass the file that the store was used with as --master-key"
    )]
    MasterKey {
        /// The id of the key that the store was used with.
        expected: String,
        /// The id of the key that was given.
        given: String,
    },
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
    /// The database cannot keep a write-ahead log where it is.
    #[error(
        "the file system of {path} cannot hold a write-ahead log; put --data on a local disk",
        path = path.display()
    )]
    NoLog {
        /// The database.
        path: PathBuf,
    },
    /// A file of the store cannot be used.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// A thread cannot be started.
    #[error("cannot start a thread: {0}")]
    Thread(std::io::Error),
    /// A read panicked; a fault of ours.
    #[error("a read failed in a way that it must not")]
    Panicked,
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// A row holds what no version of Bitting writes.
    #[error("the database holds an impossible value in {column}; restore it from a backup")]
    Corrupt {
        /// The column.
        column: &'static str,
    },
    /// Writing the group that a change was part of failed; the change was most likely not made.
    #[error("the change could not be made durable: {0}")]
    NotDurable(String),
    /// The change was made, but the [`Watch`](crate::Watch) failed when it was told of it.
    #[error("the change was made, but what is kept in memory could not be told of it")]
    Untold,
}

impl StoreError {
    /// Whether the same may succeed later, without anybody mending the request or the program.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Closed | Self::NotDurable(_) | Self::Untold => true,
            Self::Database(cause) => matches!(
                cause.sqlite_error_code(),
                Some(
                    ErrorCode::DiskFull
                        | ErrorCode::SystemIoFailure
                        | ErrorCode::DatabaseBusy
                        | ErrorCode::DatabaseLocked
                        | ErrorCode::ReadOnly
                        | ErrorCode::CannotOpen
                        | ErrorCode::OutOfMemory
                )
            ),
            _ => false,
        }
    }

    /// Whether the rules, and not the database, are against a change: a refusal comes before the change has
    /// written anything, so that nothing is there to be undone.
    pub(crate) fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Refused(_) | Self::AlreadyInitialised | Self::NotInitialised
        )
    }
}

impl From<Refusal> for StoreError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
