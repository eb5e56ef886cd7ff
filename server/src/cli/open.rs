//! Opening the store that a command works on.

use std::path::{Path, PathBuf};

use bitting_core::{
    Clock, KeyId, KeyName, Origin,
    audit::Trail,
    secret::{MasterKey, Minted, PlainSecret},
};
use bitting_store::{
    DataDirectory, DirectoryError, FirstKey, Lock, NewMasterKey, Options, RootKey, SqliteStore,
};

use super::{Failure, config::DataArgs};
use crate::system::{OsEntropy, SystemClock};

const DEFAULT_DATA: &str = "./bitting-data";
/// Where the first root key's secret is written, in the data directory.
pub(super) const ROOT_KEY: &str = "root.key";
/// Where the server that has a store is found while it runs, in the data directory. Only its owner can write there:
/// what it names is sent the root key.
pub(super) const URL: &str = "url";

/// A store that is open for this process alone.
pub(super) struct Opened {
    pub(super) path: PathBuf,
    pub(super) directory: DataDirectory,
    pub(super) master: MasterKey,
    pub(super) store: SqliteStore,
    /// Held for as long as the store is used.
    pub(super) lock: Lock,
}

/// Whether a command makes a store where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    Make,
    Refuse,
}

/// The data directory that `args` name.
pub(super) fn data_path(args: &DataArgs) -> PathBuf {
    let data = args.data.as_deref();
    data.unwrap_or(Path::new(DEFAULT_DATA)).to_owned()
}

/// Opens the store that `args` name, for writing.
pub(super) fn open(args: &DataArgs, missing: Missing) -> Result<Opened, Failure> {
    let path = data_path(args);
    open_unless_in_use(args, missing)?.ok_or_else(|| DirectoryError::InUse { path }.into())
}

/// The same; `None` if another process has it open.
pub(super) fn open_unless_in_use(
    args: &DataArgs,
    missing: Missing,
) -> Result<Option<Opened>, Failure> {
    if let Some(url) = &args.database {
        let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
        return Err(Failure(format!(
            "--database: this version keeps its data in the embedded database only (a {scheme:?} URL was \
             given); leave --database out and name a directory with --data"
        )));
    }
    let path = data_path(args);
    let directory = match missing {
        Missing::Make => DataDirectory::open(&path)?,
        Missing::Refuse => DataDirectory::existing(&path)?,
    };
    let lock = match directory.lock() {
        Err(DirectoryError::InUse { .. }) => return Ok(None),
        lock => lock?,
    };
    let (master, new) = directory.master_key(args.master_key.as_deref(), &OsEntropy)?;
    let store = SqliteStore::open(&directory.database(), &master, Options::default())?;
    new.map(NewMasterKey::keep).transpose()?;
    Ok(Some(Opened {
        path,
        directory,
        master,
        store,
        lock,
    }))
}

/// What is recorded of the command `request`.
pub(super) fn trail(request: &str) -> Trail {
    Trail {
        at_millis: SystemClock.now_millis(),
        request: request.to_owned(),
        remote: String::new(),
    }
}

/// A new root key called `name`, made by the command `request`, and its secret.
pub(super) fn root_key(name: &str, request: &str) -> Result<(RootKey, PlainSecret), Failure> {
    let minted = Minted::new(&Origin::Keys.format(), &SystemClock, &OsEntropy, None);
    let key = RootKey {
        id: KeyId::mint(&SystemClock, &OsEntropy),
        name: KeyName::new(name.to_owned())?,
        secret: minted.stored,
        now: SystemClock.now(),
        trail: trail(request),
    };
    Ok((key, minted.plain))
}

/// What an empty store begins with, and the secret of its root key.
pub(super) fn first_key(request: &str) -> Result<(FirstKey, PlainSecret), Failure> {
    let (key, secret) = root_key("root", request)?;
    let first = FirstKey {
        company: "First company".to_owned(),
        member: "First member".to_owned(),
        key,
    };
    Ok((first, secret))
}
