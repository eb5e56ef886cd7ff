//! The one thread that writes.
//!
//! Changes that arrive while a commit is under way wait for the next, which carries them all: at many
//! connections the cost of making a change durable is shared. A caller is answered after the commit that
//! carries its change, never before; and after the watch was told of it, so that what is kept in memory never
//! outlives an acknowledged change.

mod change;
mod notice;

use std::{
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use bitting_core::audit;
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};
use rusqlite::Connection;
use tokio::sync::{Semaphore, oneshot};

pub(super) use self::notice::Watcher;
use self::{
    change::{Change, Fault, Made, Pending},
    notice::Notice,
};
use super::{
    connection::{self, Cache},
    write::{self, Transaction},
};
use crate::StoreError;

/// The page cache of the writing thread.
const CACHE: Cache = Cache::mib(64);
/// How many changes may wait; further callers wait before they queue.
const QUEUE: usize = 4_096;
/// How long a buffered record waits for a change to travel with.
const BUFFER_FOR: Duration = Duration::from_secs(1);
/// How many records may be buffered: no more are taken while the database cannot be written.
const BUFFER_MAX: usize = 4_096;
/// How many of them make the writer write them at once.
const FLUSH_AT: usize = 512;

enum Job {
    Change(Box<dyn Change>),
    Flush,
    Stop(oneshot::Sender<()>),
}

/// The way to the writing thread.
pub(super) struct Writer {
    jobs: Sender<Job>,
    room: Arc<Semaphore>,
    buffer: Arc<Mutex<Vec<audit::Record>>>,
}

impl Writer {
    pub(super) fn start(path: &Path, group: usize, watcher: Watcher) -> Result<Self, StoreError> {
        let connection = connection::open(path, CACHE)?;
        let (jobs, queue) = crossbeam_channel::unbounded();
        let buffer = Arc::new(Mutex::new(Vec::new()));
        let mut thread = Thread {
            connection,
            queue,
            group: group.max(1),
            buffer: Arc::clone(&buffer),
            notice: Notice::new(watcher),
        };
        std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || thread.serve())
            .map_err(StoreError::Thread)?;
        Ok(Self {
            jobs,
            room: Arc::new(Semaphore::new(QUEUE)),
            buffer,
        })
    }

    /// Makes a change and waits until it is durable. Dropped before it is queued, nothing happens; after,
    /// the change is made all the same.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        make: impl Fn(&mut Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let permit = Arc::clone(&self.room)
            .acquire_owned()
            .await
            .map_err(|_| StoreError::Closed)?;
        let (reply, answer) = oneshot::channel();
        let pending = Pending::new(make, reply, permit);
        self.jobs
            .send(Job::Change(Box::new(pending)))
            .map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Takes a record that may wait for the next commit; whether there was room for it.
    pub(super) fn buffer(&self, record: audit::Record) -> bool {
        let Ok(mut buffer) = self.buffer.lock() else {
            return false;
        };
        if buffer.len() >= BUFFER_MAX {
            return false;
        }
        buffer.push(record);
        if buffer.len().is_multiple_of(FLUSH_AT) {
            return self.jobs.send(Job::Flush).is_ok();
        }
        true
    }

    /// Writes what is queued and buffered, and ends the thread.
    pub(super) async fn stop(&self) -> Result<(), StoreError> {
        self.room.close();
        let (reply, done) = oneshot::channel();
        self.jobs
            .send(Job::Stop(reply))
            .map_err(|_| StoreError::Closed)?;
        done.await.map_err(|_| StoreError::Closed)
    }
}

struct Thread {
    connection: Connection,
    queue: Receiver<Job>,
    group: usize,
    buffer: Arc<Mutex<Vec<audit::Record>>>,
    notice: Notice,
}

impl Thread {
    fn serve(&mut self) {
        loop {
            let first = match self.queue.recv_timeout(BUFFER_FOR) {
                Ok(job) => Some(job),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => {
                    self.commit(Vec::new());
                    return;
                }
            };
            let (changes, stop) = self.gather(first);
            self.commit(changes);
            if let Some(reply) = stop {
                // Once more, for records that the last commit gave back.
                self.commit(Vec::new());
                // The log is folded into the database, so that the file alone is a whole backup.
                let _ = self
                    .connection
                    .pragma_update(None, "wal_checkpoint", "truncate");
                let _ = reply.send(());
                return;
            }
        }
    }

    /// The changes that are waiting, up to a group, and whether the thread is to end after them.
    fn gather(&self, first: Option<Job>) -> (Vec<Box<dyn Change>>, Option<oneshot::Sender<()>>) {
        let mut changes = Vec::new();
        let mut next = first;
        while let Some(job) = next {
            match job {
                Job::Change(change) => changes.push(change),
                Job::Flush => {}
                Job::Stop(reply) => return (changes, Some(reply)),
            }
            if changes.len() >= self.group {
                break;
            }
            next = self.queue.try_recv().ok();
        }
        (changes, None)
    }

    /// Makes the changes and writes the buffered records in one transaction, then answers.
    ///
    /// There is no savepoint round each change: the text index writes itself out at every one, which would
    /// take most of what a group saves. Where a change fails half-way, which only a fault of the database or
    /// of ours makes it do, the group is undone and each of its changes is made alone.
    fn commit(&mut self, mut changes: Vec<Box<dyn Change>>) {
        let records = match self.buffer.lock() {
            Ok(mut buffer) => std::mem::take(&mut *buffer),
            Err(_) => Vec::new(),
        };
        if changes.is_empty() && records.is_empty() {
            self.notice.catch_up();
            return;
        }
        let recorded = !records.is_empty();
        let mut outcome = self.transact(&mut changes, &records);
        if !matches!(outcome, Ok(Made::Whole) | Err(Fault::Untold)) {
            self.give_back(records);
        }
        if matches!(outcome, Err(Fault::NotDurable(_))) && recorded && !changes.is_empty() {
            // Whatever may be wrong with a record must not stop changes from being made.
            outcome = self.transact(&mut changes, &[]);
        }
        match outcome {
            Ok(Made::Part) => {
                for change in changes {
                    self.commit_alone(change);
                }
            }
            outcome => {
                for change in changes {
                    change.answer(outcome.as_ref().map(|_| ()));
                }
            }
        }
    }

    fn commit_alone(&mut self, change: Box<dyn Change>) {
        let mut group = [change];
        let outcome = self.transact(&mut group, &[]);
        let [change] = group;
        // What was made in part was undone; its own error says why.
        change.answer(outcome.as_ref().map(|_| ()));
    }

    /// Keeps records for the next commit, which may succeed.
    fn give_back(&self, records: Vec<audit::Record>) {
        if let Ok(mut buffer) = self.buffer.lock() {
            buffer.splice(0..0, records);
        }
    }

    /// Makes a group, commits it and tells the watch, or leaves no trace of it.
    fn transact(
        &mut self,
        changes: &mut [Box<dyn Change>],
        records: &[audit::Record],
    ) -> Result<Made, Fault> {
        // A refusal too may rest on a change that the watch was not told of: "no such key" of one that memory
        // still has.
        if !changes.is_empty() && !self.notice.catch_up() {
            let cause = "what is kept in memory was not told of earlier changes";
            return Err(Fault::NotDurable(cause.to_owned()));
        }
        let connection = &self.connection;
        let mut transaction = Transaction::new(connection);
        let made = fill(&mut transaction, changes, records);
        if !matches!(made, Ok(Made::Whole)) {
            undo(connection);
            return made.map_err(Fault::from);
        }
        let committed = statement(connection, "COMMIT");
        if committed.is_err() {
            undo(connection);
        }
        // Of a commit that failed, too: what it says is not proof, and to forget too much is safe.
        let told = self.notice.tell(transaction.into_changed());
        committed?;
        if told {
            Ok(Made::Whole)
        } else {
            Err(Fault::Untold)
        }
    }
}

/// Begins a transaction, and makes a group in it up to the first change that fails.
fn fill(
    transaction: &mut Transaction<'_>,
    changes: &mut [Box<dyn Change>],
    records: &[audit::Record],
) -> Result<Made, StoreError> {
    statement(transaction, "BEGIN IMMEDIATE")?;
    for change in changes {
        if change.make(transaction) == Made::Part {
            return Ok(Made::Part);
        }
    }
    for record in records {
        write::audit::write(transaction, record)?;
    }
    Ok(Made::Whole)
}

fn undo(connection: &Connection) {
    // Nothing to undo where the transaction did not begin, or was undone by the database itself.
    let _ = statement(connection, "ROLLBACK");
}

fn statement(connection: &Connection, sql: &str) -> Result<(), StoreError> {
    connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}

#[cfg(test)]
mod tests;
