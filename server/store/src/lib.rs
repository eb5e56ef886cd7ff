//! Persistence for Bitting: the [`Store`] interface and what stands behind it.
//!
//! A store applies the rules of `bitting-core` to what it holds: whatever reads before it writes (an
//! update, a roll, a delete) reads, decides and writes in one transaction, with its audit record.
#![warn(clippy::unwrap_used, clippy::expect_used)]

mod directory;
mod error;
mod list;
mod model;
mod sqlite;

pub use directory::{DataDirectory, DirectoryError, Lock, NewMasterKey};
pub use error::StoreError;
pub use list::Tuning;
pub use model::{
    Create, Credential, Delete, FirstKey, Initialised, KeyList, Roll, RootKey, StoredKey,
    StoredSecret, Update,
};
pub use sqlite::{Options, SqliteStore};

use bitting_core::{Collection, KeyNumber, Timestamp, audit, query::KeyQuery, secret::Digest};

/// Where keys live. Every method may be dropped half-way by a caller that went away: a change is then
/// either applied whole or not at all.
#[async_trait::async_trait]
pub trait Store: Send + Sync + 'static {
    /// The key that a presented secret belongs to, whatever its status.
    async fn credential(&self, digest: Digest) -> Result<Option<Credential>, StoreError>;

    /// A key of a collection.
    async fn key(
        &self,
        within: Collection,
        number: KeyNumber,
    ) -> Result<Option<StoredKey>, StoreError>;

    /// The keys of a collection that `query` asks for, as they are at `now`.
    async fn list(
        &self,
        within: Collection,
        query: KeyQuery,
        now: Timestamp,
    ) -> Result<KeyList, StoreError>;

    /// Adds a key and its secret.
    async fn create(&self, new: Create) -> Result<KeyNumber, StoreError>;

    /// Changes a key's settings.
    async fn update(&self, update: Update) -> Result<(), StoreError>;

    /// Replaces a key's secrets by one new one; the key as it is afterwards.
    async fn roll(&self, roll: Roll) -> Result<StoredKey, StoreError>;

    /// Deletes a key.
    async fn delete(&self, delete: Delete) -> Result<(), StoreError>;

    /// Records that secrets were shown. Buffered: written with the next change, or within a second. `false`:
    /// there is no room, because the database cannot be written; then nothing may be shown.
    fn record_shown(&self, record: audit::Record) -> bool;

    /// Whether the store has its first company, member and key.
    async fn is_initialised(&self) -> Result<bool, StoreError>;

    /// Makes the first company, member and root key; refused with [`StoreError::AlreadyInitialised`] when
    /// they exist.
    async fn initialise(&self, first: FirstKey) -> Result<Initialised, StoreError>;

    /// Makes another root key for the oldest member of the oldest company.
    async fn create_root_key(&self, key: RootKey) -> Result<Initialised, StoreError>;

    /// Writes what is buffered and closes the store; every later call fails.
    async fn close(&self) -> Result<(), StoreError>;
}
