//! A watch that fails.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use bitting_core::audit::Action;
use bitting_store::{Changed, Store, StoreError, Watch};

use crate::{
    changes::{create, create_named, secrets},
    fixture::Fixture,
};

/// Panics while it is broken, and remembers what it was told when it is not.
#[derive(Default)]
struct Fails {
    broken: AtomicBool,
    told: Mutex<Vec<Changed>>,
}

impl Watch for Fails {
    fn committed(&self, changed: &Changed) {
        assert!(!self.broken.load(Ordering::SeqCst), "as the test wants it");
        self.told.lock().unwrap().push(changed.clone());
    }
}

#[tokio::test]
async fn a_watch_that_panics_is_told_again_before_anything_else_is_changed() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let watch = Arc::new(Fails::default());
    store.watch(watch.clone());
    watch.broken.store(true, Ordering::SeqCst);
    let untold = store.create(create(1, "one")).await;
    assert!(matches!(untold, Err(StoreError::Untold)), "{untold:?}");
    // What memory may say is out of date, a refusal too could rest on what it was not told.
    for new in [create(2, "two"), create_named(1, "a")] {
        let refused = store.create(new).await;
        assert!(
            matches!(refused, Err(StoreError::NotDurable(_))),
            "{refused:?}"
        );
    }
    assert!(fixture.works("one").await);
    assert!(!fixture.works("two").await);

    watch.broken.store(false, Ordering::SeqCst);
    store.create(create(2, "two")).await.unwrap();
    let told = watch.told.lock().unwrap().clone();
    assert_eq!(told, [secrets(&["one"]), secrets(&["two"])]);
}

#[tokio::test]
async fn records_are_written_once_whatever_becomes_of_the_watch() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let watch = Arc::new(Fails::default());
    store.watch(watch.clone());
    watch.broken.store(true, Ordering::SeqCst);
    let shown = || {
        let mut record = create(1, "").record;
        record.action = Action::SecretsShown;
        assert!(store.record_shown(record));
    };
    shown();
    let untold = store.create(create(1, "one")).await;
    assert!(matches!(untold, Err(StoreError::Untold)), "{untold:?}");
    shown();
    let refused = store.create(create(2, "two")).await;
    assert!(
        matches!(refused, Err(StoreError::NotDurable(_))),
        "{refused:?}"
    );
    store.close().await.unwrap();
    let done = fixture.done();
    let shown = done.iter().filter(|done| done.starts_with("secrets_shown"));
    assert_eq!(shown.count(), 2, "{done:?}");
    let made = done.iter().filter(|done| done.starts_with("key_created"));
    assert_eq!(made.count(), 1, "{done:?}");
}
