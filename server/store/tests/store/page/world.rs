//! A store and its model, which change together.

use bitting_core::{KeyNumber, KeyRef, MemberId, Origin, Reach, secret::MasterKey};
use bitting_store::{Delete, Options, PageQuery, SqliteStore, Store, StoredKey, Tuning, Use};

use super::{
    dice::{Dice, any_key},
    model::{Model, expected},
};
use crate::{
    changes::{NOW, at, member, new_company, new_member, only, root, trail, within},
    fixture::{Fixed, Fixture},
};

pub(crate) struct World {
    pub(crate) fixture: Fixture,
    pub(crate) store: SqliteStore,
    pub(crate) dice: Dice,
    pub(crate) members: Vec<(i64, MemberId)>,
    model: Model,
    made: u128,
}

impl World {
    pub(crate) async fn new(seed: u64, few: u64) -> Self {
        let fixture = Fixture::new().await;
        let company = fixture.store.create_company(new_company("other", None));
        let second = company.await.unwrap().company.id;
        let mut members = vec![(1, member(1))];
        for of in [root().company, second] {
            let made = fixture.store.create_member(new_member(of, None)).await;
            members.push((of.get(), made.unwrap().id));
        }
        fixture.store.close().await.unwrap();
        let options = Options {
            tuning: Tuning {
                few,
                handful: 3,
                windows: [1, 2, few],
                ..Tuning::default()
            },
            ..Options::default()
        };
        let master = MasterKey::generate(&Fixed(1)).0;
        let store = SqliteStore::open(&fixture.database(), &master, options).unwrap();
        let mut world = Self {
            fixture,
            store,
            dice: Dice(seed),
            members,
            model: Model::new(),
            made: 0,
        };
        let reach = within(Origin::Keys).into();
        let first = KeyNumber::new(1).unwrap();
        let first = world.store.key(reach, KeyRef::Number(first)).await;
        world.model.insert(1, first.unwrap().unwrap());
        world
    }

    pub(crate) async fn add(&mut self) {
        self.made += 1;
        let new = any_key(&mut self.dice, self.made, &self.members);
        let (key, secret) = (new.key.clone(), new.secret.digest.tag());
        let number = self.store.create(new).await.unwrap();
        let mut stored = StoredKey {
            number,
            key,
            secret: None,
            last_used: None,
        };
        if self.dice.one_in(2) {
            let at = at(self.dice.time());
            stored.last_used = Some(at);
            let used = Use {
                key: number,
                secret,
                at,
            };
            self.store.record_uses(only(vec![used])).await.unwrap();
        }
        self.model.insert(number.get(), stored);
    }

    /// Removes any key but the first.
    pub(crate) async fn remove(&mut self) {
        let numbers: Vec<_> = self.model.keys().copied().filter(|n| *n > 1).collect();
        if numbers.is_empty() {
            return;
        }
        let number = self.dice.pick(&numbers);
        let delete = Delete {
            within: Reach {
                company: None,
                owner: None,
                origin: None,
            },
            key: KeyRef::Number(KeyNumber::new(number).unwrap()),
            by: root(),
            now: at(NOW),
            trail: trail(),
        };
        self.store.delete(delete).await.unwrap();
        self.model.remove(&number);
    }

    /// Asks for all pages of a list, while keys come and go.
    pub(crate) async fn walk(&mut self, mut query: PageQuery) -> usize {
        let mut now = self.dice.time();
        let mut last: Option<StoredKey> = None;
        let mut shown = 0;
        loop {
            let wanted = expected(&self.model, &query, last.as_ref(), now);
            let page = self.store.page(query.clone(), at(now)).await.unwrap();
            let numbers: Vec<_> = page.iter().map(|key| key.number.get()).collect();
            assert_eq!(numbers, wanted, "{query:?} at {now}");
            for key in &page {
                assert_eq!(key, &self.model[&key.number.get()]);
            }
            shown += page.len();
            let Some(end) = page.last() else {
                return shown;
            };
            query.after = Some(end.position(query.order));
            last = Some(end.clone());
            if self.dice.one_in(3) {
                self.add().await;
            }
            if self.dice.one_in(3) {
                self.remove().await;
            }
            if self.dice.one_in(3) {
                now = self.dice.time();
            }
        }
    }
}
