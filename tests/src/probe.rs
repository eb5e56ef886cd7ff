//! A store that can be told to fail, to panic, or to wait at a step until a test lets it go on.

use std::{
    collections::HashMap,
    pin::pin,
    sync::{Arc, Mutex, PoisonError},
    task::Poll,
};

use bitting_core::{
    Collection, Company, CompanyId, KeyNumber, KeyRef, Member, MemberId, Owner, Reach, Timestamp,
    audit,
    query::KeyQuery,
    secret::Digest,
    usage::{Counted, Hour, Span, Subject},
};
use bitting_store::{
    AuditEntry, AuditQuery, CompanyCreate, CompanyMade, CompanyUpdate, Create, Credential, Delete,
    FirstKey, Import, Imported, Initialised, KeptAnswer, KeyList, KnownSecret, LiveSecret,
    LoginCreate, LoginSeek, LoginState, MemberCreate, MemberUpdate, NamedKey, Once, PageQuery,
    Replace, Retire, Revoke, Roll, RootKey, Rotate, Seal, Seek, SetLimits, Store, StoreError,
    StoredKey, Update, Uses, Watch,
};
use tokio::sync::Semaphore;

/// What is asked of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// The look-up of a presented secret.
    Credential,
    /// The look-up of a key.
    Key,
    /// A list.
    List,
    /// A new key.
    Create,
    /// Keys that are brought from elsewhere.
    Import,
    /// The first use of one that was known by a foreign digest.
    Adopt,
    /// A change of settings.
    Update,
    /// Other settings in place of a key's.
    Replace,
    /// What verification found.
    Usage,
    /// Other limits in place of a key's.
    Limit,
    /// A revocation.
    Revoke,
    /// A page of keys of every kind.
    Page,
    /// The look-up of a member's company.
    Owner,
    /// The walk through every credential, and the count before it.
    Credentials,
    /// A record of uses.
    Uses,
    /// A new secret.
    Roll,
    /// A new secret beside the old ones.
    Rotate,
    /// The secrets of a key.
    Secrets,
    /// The look-up of an answer that is kept.
    Answered,
    /// The end of a secret before its time.
    Retire,
    /// A deletion.
    Delete,
    /// The list of a company's named keys.
    NamedList,
    /// A new company.
    CompanyCreate,
    /// The list of companies.
    CompanyList,
    /// The look-up of a company.
    Company,
    /// A change to a company.
    CompanyUpdate,
    /// A new member.
    MemberCreate,
    /// The list of a company's members.
    MemberList,
    /// The look-up of a member.
    Member,
    /// A change to a member.
    MemberUpdate,
    /// The look-up of whom a login token is for.
    Login,
    /// The member that a login token makes.
    LoginCreate,
    /// The question whether the database can be read.
    Check,
    /// The list of audit records.
    Audit,
    /// A record that secrets were shown. Whatever its fault, there is no room for it.
    Shown,
}

/// When, round a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The store has not been asked.
    Before,
    /// The store was asked and has not answered.
    During,
    /// The store has answered.
    After,
}

/// How a step goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The database holds what it cannot hold: a fault of ours, 500.
    Corrupt,
    /// A change could not be made durable: for now, 503.
    NotDurable,
    /// The database says so itself: for now, 503.
    DiskFull,
    /// The code panics.
    Panic,
}

/// A request that waits at a step.
#[derive(Clone, Debug)]
pub struct Held(Arc<Gates>);

#[derive(Debug)]
struct Gates {
    reached: Semaphore,
    released: Semaphore,
    left: Semaphore,
}

impl Held {
    /// Waits until a request has come to the step.
    pub async fn reached(&self) {
        pass(&self.0.reached).await;
    }

    /// Lets it go on.
    pub fn release(&self) {
        self.0.released.add_permits(1);
    }

    /// Waits until the request has gone from the step, whether it went on or was dropped there.
    pub async fn left(&self) {
        pass(&self.0.left).await;
    }

    async fn wait(&self) {
        struct Leaving<'a>(&'a Semaphore);
        impl Drop for Leaving<'_> {
            fn drop(&mut self) {
                self.0.add_permits(1);
            }
        }
        let _leaving = Leaving(&self.0.left);
        self.0.reached.add_permits(1);
        pass(&self.0.released).await;
    }
}

async fn pass(gate: &Semaphore) {
    gate.acquire()
        .await
        .expect("the gate is never closed")
        .forget();
}

#[derive(Clone, Debug)]
enum Plan {
    Fail(Step, Fault),
    Hold(Step, Moment, Held),
}

/// What a probed store is told, and what was asked of it.
#[derive(Debug, Default)]
pub struct Probe {
    plan: Mutex<Option<Plan>>,
    asked: Mutex<HashMap<Step, usize>>,
}

impl Probe {
    /// From now on `step` fails.
    pub fn fail(&self, step: Step, fault: Fault) {
        self.plan(Some(Plan::Fail(step, fault)));
    }

    /// The next request that comes to this moment of `step` waits there.
    pub fn hold(&self, step: Step, moment: Moment) -> Held {
        let held = Held(Arc::new(Gates {
            reached: Semaphore::new(0),
            released: Semaphore::new(0),
            left: Semaphore::new(0),
        }));
        self.plan(Some(Plan::Hold(step, moment, held.clone())));
        held
    }

    /// From now on everything goes well.
    pub fn clear(&self) {
        self.plan(None);
    }

    /// How often the store was asked for `step`.
    pub fn count(&self, step: Step) -> usize {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.get(&step).copied().unwrap_or_default()
    }

    fn note(&self, step: Step) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        *asked.entry(step).or_default() += 1;
    }

    fn plan(&self, plan: Option<Plan>) {
        *self.plan.lock().unwrap_or_else(PoisonError::into_inner) = plan;
    }

    fn fault(&self, step: Step) -> Option<Fault> {
        match &*self.plan.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(Plan::Fail(at, fault)) if *at == step => Some(*fault),
            _ => None,
        }
    }

    async fn pause(&self, step: Step, moment: Moment) {
        let held = {
            let mut plan = self.plan.lock().unwrap_or_else(PoisonError::into_inner);
            match &*plan {
                Some(Plan::Hold(at, when, held)) if (*at, *when) == (step, moment) => {
                    let held = held.clone();
                    *plan = None;
                    Some(held)
                }
                _ => None,
            }
        };
        if let Some(held) = held {
            held.wait().await;
        }
    }
}

/// A store behind a probe.
pub(crate) struct Probed {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) probe: Arc<Probe>,
}

impl Probed {
    async fn step<T>(
        &self,
        step: Step,
        work: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        self.probe.note(step);
        match self.probe.fault(step) {
            None => {}
            Some(Fault::Corrupt) => return Err(StoreError::Corrupt { column: "test" }),
            Some(Fault::NotDurable) => return Err(StoreError::NotDurable("disk full".to_owned())),
            Some(Fault::DiskFull) => {
                let full = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL);
                return Err(rusqlite::Error::SqliteFailure(full, None).into());
            }
            Some(Fault::Panic) => panic!("a probe told the store to panic"),
        }
        self.probe.pause(step, Moment::Before).await;
        let mut work = pin!(work);
        // Polled once, the work is on its way to the store's own threads.
        let first = std::future::poll_fn(|context| Poll::Ready(work.as_mut().poll(context))).await;
        self.probe.pause(step, Moment::During).await;
        let answer = match first {
            Poll::Ready(answer) => answer,
            Poll::Pending => work.await,
        };
        self.probe.pause(step, Moment::After).await;
        answer
    }
}

#[async_trait::async_trait]
impl Store for Probed {
    async fn credential(&self, digest: Digest) -> Result<Option<Credential>, StoreError> {
        self.step(Step::Credential, self.store.credential(digest))
            .await
    }

    async fn key(&self, within: Reach, key: KeyRef) -> Result<Option<StoredKey>, StoreError> {
        self.step(Step::Key, self.store.key(within, key)).await
    }

    async fn named_keys(&self, company: CompanyId) -> Result<Vec<NamedKey>, StoreError> {
        self.step(Step::NamedList, self.store.named_keys(company))
            .await
    }

    async fn list(
        &self,
        within: Collection,
        query: KeyQuery,
        now: Timestamp,
    ) -> Result<KeyList, StoreError> {
        self.step(Step::List, self.store.list(within, query, now))
            .await
    }

    async fn create(&self, new: Create) -> Result<KeyNumber, StoreError> {
        self.step(Step::Create, self.store.create(new)).await
    }

    async fn answered(&self, once: Once) -> Result<Option<KeptAnswer>, StoreError> {
        self.step(Step::Answered, self.store.answered(once)).await
    }

    async fn create_once(
        &self,
        new: Create,
        once: Once,
        seal: Seal,
    ) -> Result<KeptAnswer, StoreError> {
        self.step(Step::Create, self.store.create_once(new, once, seal))
            .await
    }

    async fn rotate_once(
        &self,
        rotate: Rotate,
        once: Once,
        seal: Seal,
    ) -> Result<KeptAnswer, StoreError> {
        self.step(Step::Rotate, self.store.rotate_once(rotate, once, seal))
            .await
    }

    async fn forget_answers(&self, now: Timestamp) -> Result<bool, StoreError> {
        self.store.forget_answers(now).await
    }

    async fn update(&self, update: Update) -> Result<(), StoreError> {
        self.step(Step::Update, self.store.update(update)).await
    }

    async fn roll(&self, roll: Roll) -> Result<StoredKey, StoreError> {
        self.step(Step::Roll, self.store.roll(roll)).await
    }

    async fn rotate(&self, rotate: Rotate) -> Result<StoredKey, StoreError> {
        self.step(Step::Rotate, self.store.rotate(rotate)).await
    }

    async fn secrets(
        &self,
        within: Reach,
        key: KeyRef,
        now: Timestamp,
    ) -> Result<Option<Vec<LiveSecret>>, StoreError> {
        self.step(Step::Secrets, self.store.secrets(within, key, now))
            .await
    }

    async fn retire(&self, retire: Retire) -> Result<(), StoreError> {
        self.step(Step::Retire, self.store.retire(retire)).await
    }

    async fn delete(&self, delete: Delete) -> Result<(), StoreError> {
        self.step(Step::Delete, self.store.delete(delete)).await
    }

    async fn credentials(&self, after: i64, limit: usize) -> Result<Vec<KnownSecret>, StoreError> {
        self.step(Step::Credentials, self.store.credentials(after, limit))
            .await
    }

    async fn credential_of(
        &self,
        digest: Digest,
        foreign: Digest,
    ) -> Result<Option<(Credential, bool)>, StoreError> {
        self.step(Step::Credential, self.store.credential_of(digest, foreign))
            .await
    }

    fn has_foreign(&self) -> bool {
        self.store.has_foreign()
    }

    async fn adopt(&self, foreign: Digest, digest: Digest) -> Result<(), StoreError> {
        self.step(Step::Adopt, self.store.adopt(foreign, digest))
            .await
    }

    async fn import(&self, import: Import) -> Result<Vec<Imported>, StoreError> {
        self.step(Step::Import, self.store.import(import)).await
    }

    async fn count_secrets(&self) -> Result<u64, StoreError> {
        self.step(Step::Credentials, self.store.count_secrets())
            .await
    }

    async fn record_uses(&self, uses: Uses) -> Result<(), StoreError> {
        self.step(Step::Uses, self.store.record_uses(uses)).await
    }

    async fn fold_usage(&self, hours: Hour, days: Hour) -> Result<(), StoreError> {
        self.store.fold_usage(hours, days).await
    }

    async fn usage(&self, subject: Subject, span: Span) -> Result<Vec<Counted>, StoreError> {
        self.step(Step::Usage, self.store.usage(subject, span))
            .await
    }

    async fn page(&self, query: PageQuery, now: Timestamp) -> Result<Vec<StoredKey>, StoreError> {
        self.step(Step::Page, self.store.page(query, now)).await
    }

    async fn replace(&self, replace: Replace) -> Result<StoredKey, StoreError> {
        self.step(Step::Replace, self.store.replace(replace)).await
    }

    async fn limit(&self, limit: SetLimits) -> Result<StoredKey, StoreError> {
        self.step(Step::Limit, self.store.limit(limit)).await
    }

    async fn revoke(&self, revoke: Revoke) -> Result<StoredKey, StoreError> {
        self.step(Step::Revoke, self.store.revoke(revoke)).await
    }

    async fn owner(&self, member: MemberId) -> Result<Option<Owner>, StoreError> {
        self.step(Step::Owner, self.store.owner(member)).await
    }

    async fn audit(&self, query: AuditQuery) -> Result<Vec<AuditEntry>, StoreError> {
        self.step(Step::Audit, self.store.audit(query)).await
    }

    fn record_shown(&self, record: audit::Record) -> bool {
        self.probe.fault(Step::Shown).is_none() && self.store.record_shown(record)
    }

    async fn is_initialised(&self) -> Result<bool, StoreError> {
        self.store.is_initialised().await
    }

    async fn initialise(&self, first: FirstKey) -> Result<Initialised, StoreError> {
        self.store.initialise(first).await
    }

    async fn create_root_key(&self, key: RootKey) -> Result<Initialised, StoreError> {
        self.store.create_root_key(key).await
    }

    async fn create_company(&self, new: CompanyCreate) -> Result<CompanyMade, StoreError> {
        self.step(Step::CompanyCreate, self.store.create_company(new))
            .await
    }

    async fn companies(&self, seek: Seek) -> Result<Vec<Company>, StoreError> {
        self.step(Step::CompanyList, self.store.companies(seek))
            .await
    }

    async fn company(&self, id: CompanyId) -> Result<Option<Company>, StoreError> {
        self.step(Step::Company, self.store.company(id)).await
    }

    async fn create_member(&self, new: MemberCreate) -> Result<Member, StoreError> {
        self.step(Step::MemberCreate, self.store.create_member(new))
            .await
    }

    async fn members(
        &self,
        company: CompanyId,
        seek: Seek,
    ) -> Result<Option<Vec<Member>>, StoreError> {
        self.step(Step::MemberList, self.store.members(company, seek))
            .await
    }

    async fn member(
        &self,
        company: CompanyId,
        member: MemberId,
    ) -> Result<Option<Member>, StoreError> {
        self.step(Step::Member, self.store.member(company, member))
            .await
    }

    async fn update_company(&self, update: CompanyUpdate) -> Result<Option<Company>, StoreError> {
        self.step(Step::CompanyUpdate, self.store.update_company(update))
            .await
    }

    async fn update_member(&self, update: MemberUpdate) -> Result<Option<Member>, StoreError> {
        self.step(Step::MemberUpdate, self.store.update_member(update))
            .await
    }

    async fn login(&self, seek: LoginSeek) -> Result<LoginState, StoreError> {
        self.step(Step::Login, self.store.login(seek)).await
    }

    async fn create_login(&self, new: LoginCreate) -> Result<LoginState, StoreError> {
        self.step(Step::LoginCreate, self.store.create_login(new))
            .await
    }

    fn watch(&self, watch: Arc<dyn Watch>) {
        self.store.watch(watch);
    }

    async fn check(&self) -> Result<(), StoreError> {
        self.step(Step::Check, self.store.check()).await
    }

    async fn close(&self) -> Result<(), StoreError> {
        self.store.close().await
    }
}
