//! How fast keys are loaded, and what pages of them cost: `cargo run --release -p bitting-store --example bulk --
//! DIRECTORY KEYS`.
#![allow(clippy::unwrap_used, clippy::cast_precision_loss)]

use std::{path::Path, time::Instant};

use bitting_core::{
    AllowedAddresses, CompanyId, Key, KeyId, KeyName, KeyNumber, KeyRef, MemberId, Metadata,
    Origin, Reach, Role, Scope, Scopes, SecretId, Status, Timestamp,
    audit::Trail,
    query::Search,
    secret::{Digest, MasterKey, Secret},
};
use bitting_store::{
    FirstKey, Options, Order, OrderField, PageQuery, RootKey, SqliteStore, Store, Use,
};
use uuid::Uuid;

const BATCH: u64 = 50_000;

struct Zero;

impl bitting_core::Entropy for Zero {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(0);
    }
}

fn trail() -> Trail {
    Trail {
        at_millis: 0,
        request: "bulk".into(),
        remote: String::new(),
    }
}

fn now() -> Timestamp {
    Timestamp::from_seconds(1_700_000_000).unwrap()
}

fn secret(index: u64) -> Secret {
    Secret {
        id: SecretId(Uuid::from_u128(u128::from(index))),
        digest: Digest::of(&format!("secret {index}")),
        hint: "abcd".into(),
        created: now(),
        retires: None,
        sealed: None,
    }
}

fn key(index: u64) -> (Key, Secret) {
    // Spread over the names as a hash is, so that no index gets them in order.
    let spread = index.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let company = CompanyId::new(1).unwrap();
    let member = MemberId::new(1).unwrap();
    let scopes = ["read:a", "write:b"].map(|scope| Scope::new(scope.into()).unwrap());
    let key = Key {
        id: KeyId(Uuid::from_u128(
            u128::from(index) << 64 | u128::from(spread),
        )),
        company,
        owner: member,
        issuer: member,
        origin: Origin::Keys,
        name: KeyName::new(format!("service {:08x}", spread >> 32)).unwrap(),
        description: None,
        role: Role::None,
        scopes: Scopes::new(scopes).unwrap(),
        start: now(),
        end: None,
        created: now(),
        updated: now(),
        enabled: true,
        revoked: None,
        recoverable: false,
        metadata: Metadata::default(),
        addresses: AllowedAddresses::default(),
        prefix: None,
    };
    (key, secret(index))
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let directory = arguments.next().unwrap();
    let count: u64 = arguments.next().unwrap().parse().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(run(Path::new(&directory), count));
}

async fn run(directory: &Path, count: u64) {
    let (master, _) = MasterKey::generate(&Zero);
    let path = directory.join("bitting.db");
    let store = SqliteStore::open(&path, &master, Options::default()).unwrap();
    let first = FirstKey {
        company: "c".into(),
        member: "m".into(),
        key: RootKey {
            id: KeyId(Uuid::from_u128(u128::MAX)),
            name: KeyName::new("root".into()).unwrap(),
            secret: secret(u64::MAX),
            now: now(),
            trail: trail(),
        },
    };
    store.initialise(first).await.unwrap();
    let live = count.min(100_000);
    let mut next = 0;
    while next < live {
        let end = (next + BATCH).min(live);
        let batch: Vec<_> = (next..end).map(key).collect();
        let started = Instant::now();
        store.bulk_create(batch, trail()).await.unwrap();
        let rate = (end - next) as f64 / started.elapsed().as_secs_f64();
        println!("to {end} in batches: {rate:.0} keys/s");
        next = end;
    }
    store.close().await.unwrap();
    drop(store);
    let begun = Instant::now();
    let keys = (live..count).map(|index| {
        if (index - live).is_multiple_of(500_000) {
            println!("at {index} after {:?}", begun.elapsed());
        }
        if index + 1 == count {
            println!("all added after {:?}", begun.elapsed());
        }
        key(index)
    });
    let loaded = SqliteStore::load(&path, keys, &trail()).unwrap();
    let rate = loaded as f64 / begun.elapsed().as_secs_f64();
    println!("{loaded} loaded: {rate:.0} keys/s");
    let size = std::fs::metadata(&path).unwrap().len();
    println!("{} MB", size / 1_000_000);
    let store = SqliteStore::open(&path, &master, Options::default()).unwrap();
    pages(&store).await;
    walk(&store).await;
    uses(&store, count).await;
}

fn query(field: OrderField, descending: bool) -> PageQuery {
    PageQuery {
        within: Reach {
            company: None,
            owner: None,
            origin: None,
        },
        company: None,
        owner: None,
        origin: None,
        status: None,
        scope: None,
        search: None,
        expires_before: None,
        last_used_before: None,
        order: Order { field, descending },
        after: None,
        limit: 20,
    }
}

/// Pages from the middle of every order, of everything, a company and a member; and what filters cost that
/// nothing or little passes.
async fn pages(store: &SqliteStore) {
    let middle = KeyRef::Id(key(50_000).0.id);
    let reach = query(OrderField::Name, false).within;
    let middle = store.key(reach, middle).await.unwrap().unwrap();
    let places = [
        ("all", None, None),
        ("company", CompanyId::new(1), None),
        ("owner", None, MemberId::new(1)),
    ];
    let fields = [
        OrderField::Created,
        OrderField::Updated,
        OrderField::Name,
        OrderField::Expires,
    ];
    for (place, company, owner) in places {
        for field in fields {
            let asked = PageQuery {
                company,
                owner,
                ..query(field, true)
            };
            let filters = [
                ("page", asked.clone()),
                (
                    "none revoked",
                    PageQuery {
                        status: Some(Status::Revoked),
                        ..asked.clone()
                    },
                ),
                (
                    "common search",
                    PageQuery {
                        search: Search::new("service", true, true),
                        ..asked.clone()
                    },
                ),
                (
                    "rarer search",
                    PageQuery {
                        search: Search::new("abcd", true, true),
                        ..asked.clone()
                    },
                ),
            ];
            for (name, filtered) in filters {
                let after = Some(middle.position(filtered.order));
                let after = after.filter(|_| name == "page");
                let asked = PageQuery { after, ..filtered };
                let _warm = store.page(asked.clone(), now()).await.unwrap();
                let started = Instant::now();
                let found = store.page(asked, now()).await.unwrap().len();
                println!(
                    "{place} {field:?} {name}: {found} in {:?}",
                    started.elapsed()
                );
            }
        }
    }
}

/// Every credential, as memory is filled.
async fn walk(store: &SqliteStore) {
    let started = Instant::now();
    let (mut after, mut count) = (0, 0_u64);
    loop {
        let some = store.credentials(after, 20_000).await.unwrap();
        let Some(last) = some.last() else { break };
        after = last.credential.number.get();
        count += some.len() as u64;
    }
    println!("{count} credentials in {:?}", started.elapsed());
}

/// Uses of keys here and there, the first of each and then again.
async fn uses(store: &SqliteStore, count: u64) {
    for name in ["first", "again"] {
        let uses: Vec<_> = (0..50_000)
            .map(|step: u64| step.wrapping_mul(7_919_993) % count)
            .map(|index| Use {
                key: KeyNumber::new(i64::try_from(index + 2).unwrap()).unwrap(),
                secret: secret(index).id,
                at: now(),
            })
            .collect();
        let started = Instant::now();
        store.record_uses(uses).await.unwrap();
        println!("50000 uses, {name}: {:?}", started.elapsed());
    }
}
