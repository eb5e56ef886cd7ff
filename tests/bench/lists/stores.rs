//! The stores that are listed, each with its server.

use super::{
    load::{self, LARGE_TOKEN, SMALL_TOKEN},
    shape::Shape,
};
use crate::{Failure, http::Connection, kept::Kept, server::Server, setting::Setting};

const STORES: Kept = Kept {
    prefix: "lists-",
    edition: 1,
    arguments: |directory, size| {
        vec![
            "load".into(),
            "--data".into(),
            directory.into(),
            "--size".into(),
            size.to_string().into(),
        ]
    },
    is_whole: |directory| load::read(directory).is_some(),
};

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
    let mut stores = Vec::with_capacity(sizes.len());
    for size in sizes {
        let directory = STORES.directory(setting, *size)?;
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
