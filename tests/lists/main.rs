//! Lists against a naive model: whatever is asked, the store answers what a plain walk over all keys would
//! (O40-O46), whichever way it finds the answer, and whichever way the clock moves.

mod ask;
mod keys;
mod model;

use bitting_api::ocamba::decode;
use bitting_core::{Timestamp, secret::MasterKey};
use bitting_store::{DataDirectory, Options, SqliteStore, Store, Tuning};
use proptest::prelude::*;

use crate::{ask::Ask, keys::Facts};

/// A size at which every way of finding a page is taken by a few dozen keys.
const TINY: Tuning = Tuning {
    few: 3,
    windows: [4, 8, 16],
    lookup: 2,
    handful: 1,
    far: 4,
};

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn o46_a_list_is_what_a_plain_walk_finds(
        keys in prop::collection::vec(keys::facts(), 0..80),
        asks in prop::collection::vec(ask::ask(), 30),
    ) {
        check(Tuning::default(), &keys, &asks)?;
        check(TINY, &keys, &asks)?;
    }
}

/// Asks a store that holds `keys` everything in `asks`.
fn check(tuning: Tuning, keys: &[Facts], asks: &[Ask]) -> Result<(), TestCaseError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    runtime.block_on(async {
        let directory = tempfile::tempdir().expect("a temporary directory is made");
        let data = DataDirectory::open(directory.path()).expect("a data directory opens");
        let (master, _) = MasterKey::generate(&keys::Zeros);
        let options = Options {
            tuning,
            lookup_threads: 1,
            list_threads: 1,
            ..Options::default()
        };
        let store = SqliteStore::open(&data.database(), &master, options).expect("a store opens");
        let stored = keys::fill(&store, keys).await;
        for ask in asks {
            let now = Timestamp::from_seconds(keys::NOW + ask.clock).expect("a time in range");
            let text = ask.render();
            let (query, _) = decode::list(&text, 20, 1000)
                .map_err(|refusal| TestCaseError::fail(format!("{text}: {refusal:?}")))?;
            let list = store
                .list(keys::collection(), query, now)
                .await
                .expect("a list is found");
            let numbers: Vec<_> = list.keys.iter().map(|key| key.number.get()).collect();
            let expected = model::answer(&stored, ask, now.seconds());
            prop_assert_eq!(
                (list.total, numbers),
                expected,
                "{} at {:?} with {:?}",
                text,
                now,
                tuning
            );
        }
        store.close().await.expect("a store closes");
        Ok(())
    })
}
