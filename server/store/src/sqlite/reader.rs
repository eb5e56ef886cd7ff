//! Threads that read, each with a connection of its own.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use crossbeam_channel::{Receiver, Sender};
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::connection::{self, Cache};
use crate::StoreError;

type Job = Box<dyn FnOnce(&Connection) + Send>;

/// A pool of reading threads.
pub(super) struct Readers {
    jobs: std::sync::Mutex<Option<Sender<Job>>>,
}

impl Readers {
    pub(super) fn start(
        name: &str,
        path: &Path,
        threads: usize,
        cache: Cache,
    ) -> Result<Self, StoreError> {
        let (jobs, queue) = crossbeam_channel::unbounded::<Job>();
        for index in 0..threads.max(1) {
            let connection = connection::open_reader(path, cache)?;
            let queue = queue.clone();
            std::thread::Builder::new()
                .name(format!("{name}-{index}"))
                .spawn(move || serve(&queue, &connection))
                .map_err(StoreError::Thread)?;
        }
        Ok(Self {
            jobs: std::sync::Mutex::new(Some(jobs)),
        })
    }

    /// Runs `read` on one of the threads. Work whose caller has gone away is skipped.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            if !reply.is_closed() {
                let _ = reply.send(read(connection));
            }
        });
        self.sender()
            .ok_or(StoreError::Closed)?
            .send(job)
            .map_err(|_| StoreError::Closed)?;
        // The answer's other end is dropped unused by a read that panicked, and by nothing else.
        answer.await.map_err(|_| StoreError::Panicked)?
    }

    /// Lets the threads end once their queue is empty.
    pub(super) fn stop(&self) {
        drop(self.jobs.lock().map(|mut jobs| jobs.take()));
    }

    fn sender(&self) -> Option<Sender<Job>> {
        self.jobs.lock().ok().and_then(|jobs| jobs.clone())
    }
}

fn serve(queue: &Receiver<Job>, connection: &Connection) {
    while let Ok(job) = queue.recv() {
        // A panic in one read must not take the thread away from every later one.
        let _ = catch_unwind(AssertUnwindSafe(|| job(connection)));
    }
}
