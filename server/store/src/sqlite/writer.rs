//! The one thread that writes.
//!
//! Changes that arrive while a commit is under way wait for the next, which carries them all: at many
//! connections the cost of making a change durable is shared. A caller is answered after the commit that
//! carries its change, never before.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use bitting_core::audit;
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};
use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::{connection, write};
use crate::StoreError;

/// How many changes may wait; further callers wait before they queue.
const QUEUE: usize = 4_096;
/// How long a buffered record waits for a change to travel with.
const BUFFER_FOR: Duration = Duration::from_secs(1);
/// How many buffered records make the writer write them at once.
const BUFFER_MAX: usize = 4_096;

/// One change in a group.
trait Change: Send {
    /// Makes the change in the open transaction. `Err` undoes this change and no other.
    fn make(&mut self, connection: &Connection) -> Result<(), ()>;
    /// Answers the caller, after the commit.
    fn answer(self: Box<Self>, committed: Result<(), &str>);
}

enum Job {
    Change(Box<dyn Change>),
    Flush,
    Stop(oneshot::Sender<()>),
}

struct Pending<F, T> {
    make: Option<F>,
    result: Option<Result<T, StoreError>>,
    reply: oneshot::Sender<Result<T, StoreError>>,
    /// Held until the change is answered, so that the queue stays bounded even when callers go away.
    _permit: OwnedSemaphorePermit,
}

impl<T, F> Change for Pending<F, T>
where
    T: Send,
    F: FnOnce(&Connection) -> Result<T, StoreError> + Send,
{
    fn make(&mut self, connection: &Connection) -> Result<(), ()> {
        let Some(make) = self.make.take() else {
            return Err(());
        };
        let result = make(connection);
        let made = result.as_ref().map(|_| ()).map_err(|_| ());
        self.result = Some(result);
        made
    }

    fn answer(self: Box<Self>, committed: Result<(), &str>) {
        let result = match (self.result, committed) {
            (Some(Err(refused)), _) => Err(refused),
            (_, Err(cause)) => Err(StoreError::NotDurable(cause.to_owned())),
            (Some(done), Ok(())) => done,
            // It panicked, and was undone.
            (None, Ok(())) => Err(StoreError::NotDurable("the change failed".to_owned())),
        };
        let _ = self.reply.send(result);
    }
}

/// The way to the writing thread.
pub(super) struct Writer {
    jobs: Sender<Job>,
    room: Arc<Semaphore>,
    buffer: Arc<Mutex<Vec<audit::Record>>>,
}

impl Writer {
    pub(super) fn start(path: &Path, group: usize) -> Result<Self, StoreError> {
        let connection = connection::open(path)?;
        let (jobs, queue) = crossbeam_channel::unbounded();
        let buffer = Arc::new(Mutex::new(Vec::new()));
        let mut thread = Thread {
            connection,
            queue,
            group: group.max(1),
            buffer: Arc::clone(&buffer),
        };
        std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || thread.serve())
            .map_err(|error| StoreError::NotDurable(error.to_string()))?;
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
        make: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let permit = Arc::clone(&self.room)
            .acquire_owned()
            .await
            .map_err(|_| StoreError::Closed)?;
        let (reply, answer) = oneshot::channel();
        let pending = Pending {
            make: Some(make),
            result: None,
            reply,
            _permit: permit,
        };
        self.jobs
            .send(Job::Change(Box::new(pending)))
            .map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Takes a record that may wait for the next commit.
    pub(super) fn buffer(&self, record: audit::Record) {
        let Ok(mut buffer) = self.buffer.lock() else {
            return;
        };
        buffer.push(record);
        if buffer.len() == BUFFER_MAX {
            let _ = self.jobs.send(Job::Flush);
        }
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
    fn commit(&self, mut changes: Vec<Box<dyn Change>>) {
        let records = match self.buffer.lock() {
            Ok(mut buffer) => std::mem::take(&mut *buffer),
            Err(_) => Vec::new(),
        };
        if changes.is_empty() && records.is_empty() {
            return;
        }
        let committed = self.transact(&mut changes, &records);
        if let Err(error) = &committed {
            let _ = self.statement("ROLLBACK");
            // The records are kept for the next commit, which may succeed.
            if let Ok(mut buffer) = self.buffer.lock()
                && buffer.len() < BUFFER_MAX
            {
                buffer.splice(0..0, records);
            }
            let cause = error.to_string();
            for change in changes {
                change.answer(Err(&cause));
            }
        } else {
            for change in changes {
                change.answer(Ok(()));
            }
        }
    }

    fn transact(
        &self,
        changes: &mut [Box<dyn Change>],
        records: &[audit::Record],
    ) -> Result<(), StoreError> {
        self.statement("BEGIN IMMEDIATE")?;
        for change in changes {
            self.statement("SAVEPOINT change")?;
            // A panic in one change must not take the writer, and with it every later change, away.
            let made = catch_unwind(AssertUnwindSafe(|| change.make(&self.connection)));
            if !matches!(made, Ok(Ok(()))) {
                self.statement("ROLLBACK TO change")?;
            }
            self.statement("RELEASE change")?;
        }
        for record in records {
            write::audit::write(&self.connection, record)?;
        }
        self.statement("COMMIT")?;
        Ok(())
    }

    fn statement(&self, sql: &str) -> Result<(), StoreError> {
        self.connection.prepare_cached(sql)?.execute([])?;
        Ok(())
    }
}
