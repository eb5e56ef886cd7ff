//! Making keys for a store without a server.

use std::path::Path;

use bitting_core::{
    Clock, CompanyId, Key, KeyDraft, KeyId, KeyName, MemberId, Origin, Principal, Role, Scopes,
    Timestamp, Via,
    audit::{Action, Record, Trail},
    rules::{self, NewKey},
    secret::{MasterKey, Minted, PlainSecret},
};
use bitting_server::{OsEntropy, SystemClock};
use bitting_store::{
    Create, DataDirectory, FirstKey, Initialised, NewMasterKey, Options, RootKey, SqliteStore,
    Store,
};

use crate::Failure;

/// The store in the directory `data`, made where there is none, with its directory and master key.
pub(crate) fn open(
    data: &Path,
    options: Options,
) -> Result<(DataDirectory, SqliteStore, MasterKey), Failure> {
    let directory = DataDirectory::open(data)?;
    let (master, new) = directory.master_key(None, &OsEntropy)?;
    let store = SqliteStore::open(&directory.database(), &master, options)?;
    new.map(NewMasterKey::keep).transpose()?;
    Ok((directory, store, master))
}

/// The trail of whatever is made here: as long as that of a request.
pub(crate) fn trail() -> Trail {
    Trail {
        at_millis: SystemClock.now_millis(),
        request: "00000000-0000-4000-8000-000000000000".to_owned(),
        remote: "127.0.0.1".to_owned(),
    }
}

/// Gives an empty store its first company, member and root key.
pub(crate) async fn initialise(store: &SqliteStore) -> Result<(Initialised, PlainSecret), Failure> {
    let minted = Minted::new(&Origin::Keys.format(), &SystemClock, &OsEntropy, None);
    let key = RootKey {
        id: KeyId::mint(&SystemClock, &OsEntropy),
        name: KeyName::new("root".to_owned())?,
        secret: minted.stored,
        now: SystemClock.now(),
        trail: trail(),
    };
    let first = FirstKey {
        company: "Bench".to_owned(),
        member: "Bench".to_owned(),
        key,
    };
    Ok((store.initialise(first).await?, minted.plain))
}

/// Whoever makes keys for `member`.
pub(crate) fn principal(company: CompanyId, member: MemberId) -> Principal {
    Principal {
        company,
        member,
        role: Role::Root,
        scopes: Scopes::default(),
        via: Via::Key(KeyId::mint(&SystemClock, &OsEntropy)),
    }
}

/// A key as the server would make it, ready for the store.
pub(crate) fn create(
    by: &Principal,
    origin: Origin,
    created: Timestamp,
    draft: KeyDraft,
    master: &MasterKey,
) -> Result<(Create, PlainSecret), Failure> {
    let key = key(by, origin, created, draft)?;
    let seal = key.recoverable.then_some((master, key.company, key.id));
    let minted = Minted::new(&origin.format(), &SystemClock, &OsEntropy, seal);
    let record = Record {
        trail: trail(),
        action: Action::KeyCreated,
        company: key.company,
        actor: Some(by.clone()),
        member: None,
        keys: vec![key.id],
    };
    Ok((
        Create {
            key,
            secret: minted.stored,
            record,
        },
        minted.plain,
    ))
}

/// The same without a secret.
pub(crate) fn key(
    by: &Principal,
    origin: Origin,
    created: Timestamp,
    draft: KeyDraft,
) -> Result<Key, Failure> {
    let new = NewKey {
        id: KeyId::mint(&SystemClock, &OsEntropy),
        origin,
        now: created,
    };
    rules::create(by, new, draft)
        .map_err(|refusal| format!("the benchmark's own key is refused: {refusal:?}").into())
}
