//! A watch that holds the writer where it is told of a commit, until the test lets it go on.

use std::{
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};

use bitting_store::{Changed, SqliteStore, Store, Watch};
use tokio::sync::mpsc as tokio_mpsc;

struct Gate {
    told: tokio_mpsc::UnboundedSender<Changed>,
    go: Mutex<mpsc::Receiver<()>>,
}

impl Watch for Gate {
    fn committed(&self, changed: &Changed) {
        // A test that is over holds nobody.
        if self.told.send(changed.clone()).is_ok() {
            let _ = self.go.lock().unwrap().recv();
        }
    }
}

/// The test's end of a gate.
pub(crate) struct Held {
    told: tokio_mpsc::UnboundedReceiver<Changed>,
    go: mpsc::Sender<()>,
}

impl Held {
    /// Holds the writer of `store` at every commit that the watch is told of.
    pub(crate) fn new(store: &SqliteStore) -> Self {
        let (told, hears) = tokio_mpsc::unbounded_channel();
        let (go, waits) = mpsc::channel();
        store.watch(Arc::new(Gate {
            told,
            go: Mutex::new(waits),
        }));
        Self { told: hears, go }
    }

    /// Waits for the writer to be held, and says with what.
    pub(crate) async fn held(&mut self) -> Changed {
        // Of what is never told a test must not wait for ever.
        let told = tokio::time::timeout(Duration::from_secs(10), self.told.recv());
        told.await.unwrap().unwrap()
    }

    /// What the watch was told besides, if it was.
    pub(crate) fn more(&mut self) -> Option<Changed> {
        self.told.try_recv().ok()
    }

    /// Lets the writer go on.
    pub(crate) fn go(&self) {
        self.go.send(()).unwrap();
    }
}
