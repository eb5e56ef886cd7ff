//! The stores that are listed, each with its server.

use std::{fs, path::Path};

use super::{
    load::{self, LARGE_TOKEN, SMALL_TOKEN},
    shape::Shape,
};
use crate::{Failure, http::Connection, server::Server, setting::Setting};

/// Raised when what is loaded changes.
const EDITION: u32 = 1;
const MIGRATIONS: &str = "../server/store/src/sqlite/migrations";
const PREFIX: &str = "lists-";

/// A store with its server and connections to it.
pub(super) struct Listed {
    pub(super) shape: Shape,
    pub(super) server: Server,
    large: Connection,
    small: Connection,
}

impl Listed {
    /// A connection of the member with many keys, or of the one with few.
    pub(super) fn connection(&mut self, is_small: bool) -> &mut Connection {
        if is_small {
            &mut self.small
        } else {
            &mut self.large
        }
    }
}

/// Stores of these sizes, loaded where they are not there from an earlier run, and served.
pub(super) fn open(setting: &Setting, sizes: &[u64]) -> Result<Vec<Listed>, Failure> {
    let edition = edition()?;
    forget_others(setting, &edition)?;
    let mut stores = Vec::with_capacity(sizes.len());
    for size in sizes {
        let name = format!("{edition}-{size}");
        let directory = setting.directory(&name);
        if load::read(&directory).is_none() {
            eprintln!("bench: loading {size} keys into {}", directory.display());
            let directory = setting.fresh(&name)?;
            let mut load = setting.own_everywhere()?;
            load.arg("load")
                .arg("--data")
                .arg(&directory)
                .args(["--size", &size.to_string()]);
            if !load.status()?.success() {
                return Err("the store could not be loaded".into());
            }
        }
        let shape = load::read(&directory).ok_or("a loaded store does not say what it holds")?;
        let server = Server::start(setting, &directory, &[])?;
        let large = Connection::open(server.address, server.token(LARGE_TOKEN)?)?;
        let small = Connection::open(server.address, server.token(SMALL_TOKEN)?)?;
        stores.push(Listed {
            shape,
            server,
            large,
            small,
        });
    }
    Ok(stores)
}

/// A name for what is in a store: another schema or other keys have another one.
fn edition() -> Result<String, Failure> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join(MIGRATIONS);
    let mut files: Vec<_> = fs::read_dir(directory)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    // FNV-1a: nobody attacks this.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        for byte in fs::read(file)? {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(format!("{PREFIX}{hash:016x}-{EDITION}"))
}

/// Removes stores of other editions: they are large.
fn forget_others(setting: &Setting, edition: &str) -> Result<(), Failure> {
    for entry in fs::read_dir(setting.directory(""))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(PREFIX) && !name.starts_with(edition) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}
