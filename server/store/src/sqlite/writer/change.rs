//! One change of a group, and the caller who waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::{OwnedSemaphorePermit, oneshot};

use crate::{StoreError, sqlite::write::Transaction};

/// One change in a group.
pub(super) trait Change: Send {
    /// Makes the change in the open transaction.
    fn make(&mut self, transaction: &mut Transaction<'_>) -> Made;
    /// Answers the caller, after the commit.
    fn answer(self: Box<Self>, committed: Result<(), &Fault>);
}

/// How a change went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Made {
    /// It was made, or refused before it wrote anything.
    Whole,
    /// It may have been made in part.
    Part,
}

/// Why no change of a group is answered by what it came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The group was not committed.
    NotDurable(String),
    /// It was committed, and the watch was not told.
    Untold,
}

impl From<StoreError> for Fault {
    fn from(cause: StoreError) -> Self {
        Self::NotDurable(cause.to_string())
    }
}

impl From<&Fault> for StoreError {
    fn from(fault: &Fault) -> Self {
        match fault {
            Fault::NotDurable(cause) => Self::NotDurable(cause.clone()),
            Fault::Untold => Self::Untold,
        }
    }
}

/// A change whose caller waits.
pub(super) struct Pending<F, T> {
    make: F,
    result: Option<Result<T, StoreError>>,
    reply: oneshot::Sender<Result<T, StoreError>>,
    /// Held until the change is answered, so that the queue stays bounded even when callers go away.
    _permit: OwnedSemaphorePermit,
}

impl<F, T> Pending<F, T> {
    pub(super) fn new(
        make: F,
        reply: oneshot::Sender<Result<T, StoreError>>,
        permit: OwnedSemaphorePermit,
    ) -> Self {
        Self {
            make,
            result: None,
            reply,
            _permit: permit,
        }
    }
}

impl<T, F> Change for Pending<F, T>
where
    T: Send,
    F: Fn(&mut Transaction<'_>) -> Result<T, StoreError> + Send,
{
    fn make(&mut self, transaction: &mut Transaction<'_>) -> Made {
        let written = transaction.total_changes();
        // A panic in one change must not take the writer, and with it every later change, away.
        let result = catch_unwind(AssertUnwindSafe(|| (self.make)(transaction)));
        let made = match &result {
            Ok(Ok(_)) => Made::Whole,
            Ok(Err(error)) if error.is_refusal() && transaction.total_changes() == written => {
                Made::Whole
            }
            Ok(Err(_)) | Err(_) => Made::Part,
        };
        self.result = result.ok();
        made
    }

    fn answer(self: Box<Self>, committed: Result<(), &Fault>) {
        let result = match (self.result, committed) {
            // First: what was decided in a group that was not committed may rest on changes that were not
            // made, a refusal too.
            (_, Err(fault)) => Err(fault.into()),
            (Some(done), Ok(())) => done,
            // It panicked, and was undone.
            (None, Ok(())) => Err(StoreError::NotDurable("the change failed".to_owned())),
        };
        let _ = self.reply.send(result);
    }
}
