//! What the embedded store does on which thread.

use std::sync::{Arc, atomic::Ordering};

use bitting_core::{
    Collection, Company, CompanyId, KeyNumber, KeyRef, Member, MemberId, Owner, Reach, Timestamp,
    audit,
    query::KeyQuery,
    secret::Digest,
    usage::{Counted, Hour, Span, Subject},
};

use super::{
    SqliteStore, audit as log, credential, find, named, once, page, row, secrets, tenant, usage,
    write,
};
use crate::{
    AuditEntry, AuditQuery, CompanyCreate, CompanyMade, CompanyUpdate, Create, Credential, Delete,
    FirstKey, Import, Imported, Initialised, KeptAnswer, KeyList, KnownSecret, LiveSecret,
    LoginCreate, LoginSeek, LoginState, MemberCreate, MemberUpdate, NamedKey, Once, PageQuery,
    Replace, Retire, Revoke, Roll, RootKey, Rotate, Seal, Seek, SetLimits, Store, StoreError,
    StoredKey, Update, Uses, Watch,
};

#[async_trait::async_trait]
impl Store for SqliteStore {
    async fn credential(&self, digest: Digest) -> Result<Option<Credential>, StoreError> {
        self.lookups
            .run(move |connection| credential::credential(connection, &digest))
            .await
    }

    async fn credential_of(
        &self,
        digest: Digest,
        foreign: Digest,
    ) -> Result<Option<(Credential, bool)>, StoreError> {
        self.lookups
            .run(move |connection| credential::credential_of(connection, &digest, &foreign))
            .await
    }

    fn has_foreign(&self) -> bool {
        self.foreign.load(Ordering::Acquire)
    }

    async fn adopt(&self, foreign: Digest, digest: Digest) -> Result<(), StoreError> {
        self.writer
            .run(move |transaction| write::import::adopt(transaction, foreign, digest))
            .await
    }

    async fn import(&self, import: Import) -> Result<Vec<Imported>, StoreError> {
        // Before the first of them can be presented.
        if import.keys.iter().any(|key| key.foreign) {
            self.foreign.store(true, Ordering::Release);
        }
        self.writer
            .run(move |transaction| write::import::import(transaction, &import))
            .await
    }

    async fn credentials(&self, after: i64, limit: usize) -> Result<Vec<KnownSecret>, StoreError> {
        self.walks
            .run(move |connection| credential::credentials(connection, after, limit))
            .await
    }

    async fn count_secrets(&self) -> Result<u64, StoreError> {
        self.lookups.run(credential::count).await
    }

    async fn record_uses(&self, mut uses: Uses) -> Result<(), StoreError> {
        // In the order of the tables, whose pages are then each gone through once.
        uses.secrets.sort_unstable();
        uses.tallies.sort_unstable();
        self.writer
            .run(move |transaction| {
                write::quota::record(transaction, &uses.quotas)?;
                write::usage::record(transaction, &uses.secrets)?;
                write::tally::record(transaction, &uses.tallies)
            })
            .await
    }

    async fn fold_usage(&self, hours: Hour, days: Hour) -> Result<(), StoreError> {
        self.writer
            .run(move |transaction| write::tally::fold(transaction, hours, days))
            .await
    }

    async fn usage(&self, subject: Subject, span: Span) -> Result<Vec<Counted>, StoreError> {
        self.lists
            .run(move |connection| usage::usage(connection, subject, span))
            .await
    }

    async fn key(&self, within: Reach, key: KeyRef) -> Result<Option<StoredKey>, StoreError> {
        self.lookups
            .run(move |connection| row::stored_key(connection, within, &key))
            .await
    }

    async fn named_keys(&self, company: CompanyId) -> Result<Vec<NamedKey>, StoreError> {
        self.lists
            .run(move |connection| named::named_keys(connection, company))
            .await
    }

    async fn list(
        &self,
        within: Collection,
        query: KeyQuery,
        now: Timestamp,
    ) -> Result<KeyList, StoreError> {
        let query = Arc::new(query);
        if let find::Answer::List(list) =
            self.find(within, &query, now, find::Phases::Stored).await?
        {
            return Ok(list);
        }
        // Some key's phase ended since it was stored. A bounded number is brought up to date, which nearly
        // always is all; where more are due, or the clock went back, this read derives every phase itself.
        // A read needs no write to be right: whatever keeps the writer from it, phases can be derived.
        if self.refresh(within, now).await.is_err() {
            return self.derived(within, &query, now).await;
        }
        match self.find(within, &query, now, find::Phases::Stored).await? {
            find::Answer::List(list) => Ok(list),
            find::Answer::Stale => self.derived(within, &query, now).await,
        }
    }

    async fn page(&self, query: PageQuery, now: Timestamp) -> Result<Vec<StoredKey>, StoreError> {
        let tuning = self.tuning;
        self.lists
            .run(move |connection| page::page(connection, &query, now, tuning))
            .await
    }

    async fn create(&self, new: Create) -> Result<KeyNumber, StoreError> {
        self.writer
            .run(move |transaction| write::key::create(transaction, &new))
            .await
    }

    async fn answered(&self, once: Once) -> Result<Option<KeptAnswer>, StoreError> {
        self.lookups
            .run(move |connection| once::answered(connection, &once))
            .await
    }

    async fn create_once(
        &self,
        new: Create,
        once: Once,
        seal: Seal,
    ) -> Result<KeptAnswer, StoreError> {
        self.writer
            .run(move |transaction| write::once::create(transaction, &new, &once, &seal))
            .await
    }

    async fn rotate_once(
        &self,
        rotate: Rotate,
        once: Once,
        seal: Seal,
    ) -> Result<KeptAnswer, StoreError> {
        self.writer
            .run(move |transaction| write::once::rotate(transaction, &rotate, &once, &seal))
            .await
    }

    async fn forget_answers(&self, now: Timestamp) -> Result<bool, StoreError> {
        self.writer
            .run(move |transaction| write::once::forget(transaction, now))
            .await
    }

    async fn update(&self, update: Update) -> Result<(), StoreError> {
        self.writer
            .run(move |transaction| write::key::update(transaction, &update))
            .await
    }

    async fn replace(&self, replace: Replace) -> Result<StoredKey, StoreError> {
        self.writer
            .run(move |transaction| write::settings::replace(transaction, &replace))
            .await
    }

    async fn limit(&self, limit: SetLimits) -> Result<StoredKey, StoreError> {
        self.writer
            .run(move |transaction| write::settings::limit(transaction, &limit))
            .await
    }

    async fn revoke(&self, revoke: Revoke) -> Result<StoredKey, StoreError> {
        self.writer
            .run(move |transaction| write::settings::revoke(transaction, &revoke))
            .await
    }

    async fn roll(&self, roll: Roll) -> Result<StoredKey, StoreError> {
        self.writer
            .run(move |transaction| write::key::roll(transaction, &roll))
            .await
    }

    async fn rotate(&self, rotate: Rotate) -> Result<StoredKey, StoreError> {
        self.writer
            .run(move |transaction| write::rotate::rotate(transaction, &rotate))
            .await
    }

    async fn secrets(
        &self,
        within: Reach,
        key: KeyRef,
        now: Timestamp,
    ) -> Result<Option<Vec<LiveSecret>>, StoreError> {
        self.lookups
            .run(move |connection| secrets::live(connection, within, &key, now))
            .await
    }

    async fn retire(&self, retire: Retire) -> Result<(), StoreError> {
        self.writer
            .run(move |transaction| write::rotate::retire(transaction, &retire))
            .await
    }

    async fn delete(&self, delete: Delete) -> Result<(), StoreError> {
        self.writer
            .run(move |transaction| write::key::delete(transaction, &delete))
            .await
    }

    fn record_shown(&self, record: audit::Record) -> bool {
        self.writer.buffer(record)
    }

    async fn audit(&self, query: AuditQuery) -> Result<Vec<AuditEntry>, StoreError> {
        self.lists
            .run(move |connection| log::list(connection, &query))
            .await
    }

    async fn is_initialised(&self) -> Result<bool, StoreError> {
        self.lookups.run(write::init::is_initialised).await
    }

    async fn initialise(&self, first: FirstKey) -> Result<Initialised, StoreError> {
        self.writer
            .run(move |transaction| write::init::initialise(transaction, &first))
            .await
    }

    async fn create_root_key(&self, key: RootKey) -> Result<Initialised, StoreError> {
        self.writer
            .run(move |transaction| write::init::create_root_key(transaction, &key))
            .await
    }

    async fn create_company(&self, new: CompanyCreate) -> Result<CompanyMade, StoreError> {
        self.writer
            .run(move |transaction| write::tenant::create_company(transaction, &new))
            .await
    }

    async fn companies(&self, seek: Seek) -> Result<Vec<Company>, StoreError> {
        self.lists
            .run(move |connection| tenant::companies(connection, seek))
            .await
    }

    async fn company(&self, id: CompanyId) -> Result<Option<Company>, StoreError> {
        self.lookups
            .run(move |connection| tenant::company(connection, id))
            .await
    }

    async fn create_member(&self, new: MemberCreate) -> Result<Member, StoreError> {
        self.writer
            .run(move |transaction| write::tenant::create_member(transaction, &new))
            .await
    }

    async fn members(
        &self,
        company: CompanyId,
        seek: Seek,
    ) -> Result<Option<Vec<Member>>, StoreError> {
        self.lists
            .run(move |connection| tenant::members(connection, company, seek))
            .await
    }

    async fn member(
        &self,
        company: CompanyId,
        member: MemberId,
    ) -> Result<Option<Member>, StoreError> {
        self.lookups
            .run(move |connection| tenant::member(connection, company, member))
            .await
    }

    async fn owner(&self, member: MemberId) -> Result<Option<Owner>, StoreError> {
        self.lookups
            .run(move |connection| tenant::owner(connection, member))
            .await
    }

    async fn update_company(&self, update: CompanyUpdate) -> Result<Option<Company>, StoreError> {
        self.writer
            .run(move |transaction| write::company::update(transaction, &update))
            .await
    }

    async fn update_member(&self, update: MemberUpdate) -> Result<Option<Member>, StoreError> {
        self.writer
            .run(move |transaction| write::member::update(transaction, &update))
            .await
    }

    async fn login(&self, seek: LoginSeek) -> Result<LoginState, StoreError> {
        self.lookups
            .run(move |connection| tenant::login(connection, &seek))
            .await
    }

    async fn create_login(&self, new: LoginCreate) -> Result<LoginState, StoreError> {
        self.writer
            .run(move |transaction| write::login::create(transaction, &new))
            .await
    }

    fn watch(&self, watch: Arc<dyn Watch>) {
        self.watcher.set(watch);
    }

    async fn check(&self) -> Result<(), StoreError> {
        // Any read that goes to the file will do.
        self.is_initialised().await.map(drop)
    }

    async fn close(&self) -> Result<(), StoreError> {
        self.lookups.stop();
        self.lists.stop();
        self.walks.stop();
        self.writer.stop().await
    }
}
