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
mod watch;

pub use directory::{DataDirectory, DirectoryError, Lock, NewMasterKey};
pub use error::StoreError;
pub use list::Tuning;
pub use model::{
    AuditEntry, AuditPosition, AuditQuery, CompanyCreate, CompanyMade, CompanyUpdate, Create,
    Credential, Delete, FirstKey, FirstMember, GrantedKey, Import, ImportKey, Imported,
    Initialised, KEYS_A_ROW, KeptAnswer, KeyList, KnownSecret, LiveSecret, LoginCreate, LoginSeek,
    LoginState, MemberCreate, MemberUpdate, NamedKey, Once, Order, OrderField, PageQuery, Position,
    PositionValue, QuotaId, Replace, Retire, Revoke, Roll, RootKey, Rotate, Seal, Seek, SetLimits,
    Spent, StoredKey, StoredSecret, Update, Use, Uses,
};
pub use sqlite::{Options, SqliteStore};
pub use watch::{Changed, Watch};

use bitting_core::{
    Collection, Company, CompanyId, KeyNumber, KeyRef, Member, MemberId, Owner, Reach, Timestamp,
    audit,
    query::KeyQuery,
    secret::Digest,
    usage::{Counted, Hour, Span, Subject},
};

/// Where keys live. Every method may be dropped half-way by a caller that went away: a change is then
/// either applied whole or not at all.
#[async_trait::async_trait]
pub trait Store: Send + Sync + 'static {
    /// The key that a presented secret belongs to, whatever its status.
    async fn credential(&self, digest: Digest) -> Result<Option<Credential>, StoreError>;

    /// The same of a secret that may have been brought from elsewhere, in one read: by its own digest, or else by the
    /// foreign one, and whether it was that.
    async fn credential_of(
        &self,
        digest: Digest,
        foreign: Digest,
    ) -> Result<Option<(Credential, bool)>, StoreError>;

    /// Whether there may be secrets that are known by foreign digests. Asked of memory.
    fn has_foreign(&self) -> bool;

    /// Has a secret that is known by a foreign digest known by its own from now on. No change to its key, and none at
    /// all if it is known so by now.
    async fn adopt(&self, foreign: Digest, digest: Digest) -> Result<(), StoreError>;

    /// Adds keys with the secrets that they have elsewhere: what became of each, in order.
    async fn import(&self, import: Import) -> Result<Vec<Imported>, StoreError>;

    /// Credentials by ascending number of their keys, of keys above `after` only (0 for all): at least `limit`
    /// of them, unless there are fewer, and every secret of each key. Whoever walks over all of them goes on
    /// after the last one's number, until none is left.
    async fn credentials(&self, after: i64, limit: usize) -> Result<Vec<KnownSecret>, StoreError>;

    /// About how many credentials there are, without counting them: as many as keys. A key with more than one
    /// secret counts once.
    async fn count_secrets(&self) -> Result<u64, StoreError>;

    /// Records when secrets were used. An earlier time never replaces a later one, and of a secret that is gone
    /// nothing is recorded. No change to a key: neither its version nor what its secret leads to depends on it.
    /// Of quotas, those are recorded that were not set anew meanwhile; what verification found is added to what was
    /// found before.
    async fn record_uses(&self, uses: Uses) -> Result<(), StoreError>;

    /// Folds some of the usage of hours before `hours` into that of their days, and forgets some of that of days before
    /// `days`: a bounded amount, so that nobody has to wait for it.
    async fn fold_usage(&self, hours: Hour, days: Hour) -> Result<(), StoreError>;

    /// What verification found, as far as it is recorded.
    async fn usage(&self, subject: Subject, span: Span) -> Result<Vec<Counted>, StoreError>;

    /// A key within reach.
    async fn key(&self, within: Reach, key: KeyRef) -> Result<Option<StoredKey>, StoreError>;

    /// The keys of the origin `feldera` of a company, ordered by name (F20).
    async fn named_keys(&self, company: CompanyId) -> Result<Vec<NamedKey>, StoreError>;

    /// The keys of a collection that `query` asks for, as they are at `now`.
    async fn list(
        &self,
        within: Collection,
        query: KeyQuery,
        now: Timestamp,
    ) -> Result<KeyList, StoreError>;

    /// One page of the keys within reach, in any order, with what the clock says of them at `now`.
    async fn page(&self, query: PageQuery, now: Timestamp) -> Result<Vec<StoredKey>, StoreError>;

    /// Adds a key and its secret.
    async fn create(&self, new: Create) -> Result<KeyNumber, StoreError>;

    /// The answer to the same request, if it was done before. Of another request under the same name nothing is
    /// said here: that is for the change to refuse.
    async fn answered(&self, once: Once) -> Result<Option<KeptAnswer>, StoreError>;

    /// Adds a key and its secret, unless the same request did before; the answer.
    async fn create_once(
        &self,
        new: Create,
        once: Once,
        seal: Seal,
    ) -> Result<KeptAnswer, StoreError>;

    /// Gives a key a new secret, unless the same request did before; the answer.
    async fn rotate_once(
        &self,
        rotate: Rotate,
        once: Once,
        seal: Seal,
    ) -> Result<KeptAnswer, StoreError>;

    /// Forgets some of the answers that are older than they are kept; whether there may be more.
    async fn forget_answers(&self, now: Timestamp) -> Result<bool, StoreError>;

    /// Changes a key's settings.
    async fn update(&self, update: Update) -> Result<(), StoreError>;

    /// Puts other settings in place of a key's; the key as it is afterwards.
    async fn replace(&self, replace: Replace) -> Result<StoredKey, StoreError>;

    /// Puts other limits and another quota in place of a key's; the key as it is afterwards.
    async fn limit(&self, limit: SetLimits) -> Result<StoredKey, StoreError>;

    /// Revokes a key for good; the key as it is afterwards. One that was revoked before stays as it was.
    async fn revoke(&self, revoke: Revoke) -> Result<StoredKey, StoreError>;

    /// Replaces a key's secrets by one new one; the key as it is afterwards.
    async fn roll(&self, roll: Roll) -> Result<StoredKey, StoreError>;

    /// Gives a key a new secret beside the old ones, which stop working at once or after an overlap; the key as it is
    /// afterwards.
    async fn rotate(&self, rotate: Rotate) -> Result<StoredKey, StoreError>;

    /// The secrets of a key that work at `now`: the one that stays first, then the newest first. `None` where there is
    /// no such key within reach.
    async fn secrets(
        &self,
        within: Reach,
        key: KeyRef,
        now: Timestamp,
    ) -> Result<Option<Vec<LiveSecret>>, StoreError>;

    /// Ends a secret of a key before its time.
    async fn retire(&self, retire: Retire) -> Result<(), StoreError>;

    /// Deletes a key.
    async fn delete(&self, delete: Delete) -> Result<(), StoreError>;

    /// Records that secrets were shown. Buffered: written with the next change, or within a second. `false`:
    /// there is no room, because the database cannot be written; then nothing may be shown.
    fn record_shown(&self, record: audit::Record) -> bool;

    /// Records of the audit log, the latest first. One of secrets that were shown is there within a second.
    async fn audit(&self, query: AuditQuery) -> Result<Vec<AuditEntry>, StoreError>;

    /// Whether the store has its first company, member and key.
    async fn is_initialised(&self) -> Result<bool, StoreError>;

    /// Makes the first company, member and root key; refused with [`StoreError::AlreadyInitialised`] when
    /// they exist.
    async fn initialise(&self, first: FirstKey) -> Result<Initialised, StoreError>;

    /// Makes another root key for the oldest member of the oldest company.
    async fn create_root_key(&self, key: RootKey) -> Result<Initialised, StoreError>;

    /// Makes a company.
    async fn create_company(&self, new: CompanyCreate) -> Result<CompanyMade, StoreError>;

    /// Companies, by ascending id.
    async fn companies(&self, seek: Seek) -> Result<Vec<Company>, StoreError>;

    /// A company.
    async fn company(&self, id: CompanyId) -> Result<Option<Company>, StoreError>;

    /// Changes a company's settings, or removes it; the company as it is afterwards, and none that was removed.
    async fn update_company(&self, update: CompanyUpdate) -> Result<Option<Company>, StoreError>;

    /// Makes a member.
    async fn create_member(&self, new: MemberCreate) -> Result<Member, StoreError>;

    /// The members of a company by ascending id; `None` where there is no such company.
    async fn members(
        &self,
        company: CompanyId,
        seek: Seek,
    ) -> Result<Option<Vec<Member>>, StoreError>;

    /// A member of a company.
    async fn member(
        &self,
        company: CompanyId,
        member: MemberId,
    ) -> Result<Option<Member>, StoreError>;

    /// Which company a member belongs to, whichever that is.
    async fn owner(&self, member: MemberId) -> Result<Option<Owner>, StoreError>;

    /// Changes a member's settings, or removes it; the member as it is afterwards, and none that was removed.
    async fn update_member(&self, update: MemberUpdate) -> Result<Option<Member>, StoreError>;

    /// What is known of whom a login token is for.
    async fn login(&self, seek: LoginSeek) -> Result<LoginState, StoreError>;

    /// Makes the member that a login token is for, unless it is known by now; what is known afterwards, which
    /// is never [`LoginState::New`].
    async fn create_login(&self, new: LoginCreate) -> Result<LoginState, StoreError>;

    /// Has `watch` told of every commit from now on.
    fn watch(&self, watch: std::sync::Arc<dyn Watch>);

    /// Whether the database can be read.
    async fn check(&self) -> Result<(), StoreError>;

    /// Writes what is buffered and closes the store; every later call fails.
    async fn close(&self) -> Result<(), StoreError>;
}
