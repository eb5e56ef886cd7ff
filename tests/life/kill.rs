//! `kill -9`: what was acknowledged is there afterwards.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex},
};

use bitting_tests::{Answer, Connection, KEYS, Request, binary::Process};
use serde_json::Value;
use tempfile::tempdir;
use tokio::{sync::Semaphore, task::JoinSet};

use super::{accepts, root_key, text};

const ROUNDS: usize = 4;
const CLIENTS: usize = 8;
/// How many acknowledgements a round waits for before it kills.
const ACKNOWLEDGED: u32 = 160;

/// What one client was told.
#[derive(Default)]
struct Journal {
    /// The keys that exist, by id, each with its name and secret.
    keys: BTreeMap<String, (String, String)>,
    /// Those that were deleted.
    gone: Vec<String>,
    /// The key that a request is under way for, of which either may be true.
    under_way: Option<String>,
}

/// Makes keys, rolls every third and deletes every fifth, until the server is gone.
async fn client(
    address: SocketAddr,
    root: String,
    me: String,
    journal: Arc<Mutex<Journal>>,
    told: Arc<Semaphore>,
) {
    let mut connection = Connection::open(address).await;
    for round in 0.. {
        let name = format!("{me}-{round}");
        let create = Request::post(KEYS).json(format!(r#"{{"name":"{name}"}}"#));
        let Some(made) = ask(&mut connection, create, &root).await else {
            return;
        };
        let made = made.expect(201).json();
        let id = text(&made, "id").to_owned();
        let secret = text(&made, "secret").to_owned();
        note(&journal, &told, |journal| {
            journal.keys.insert(id.clone(), (name.clone(), secret));
        });
        let item = format!("{KEYS}/{id}");
        if round % 3 == 0 {
            lock(&journal).under_way = Some(id.clone());
            let roll = Request::post(format!("{item}/roll"));
            let Some(rolled) = ask(&mut connection, roll, &root).await else {
                return;
            };
            let secret = text(&rolled.expect(200).json(), "secret").to_owned();
            note(&journal, &told, |journal| {
                journal.keys.insert(id.clone(), (name.clone(), secret));
                journal.under_way = None;
            });
        }
        if round % 5 == 0 {
            lock(&journal).under_way = Some(id.clone());
            let Some(deleted) = ask(&mut connection, Request::delete(&item), &root).await else {
                return;
            };
            deleted.expect(204);
            note(&journal, &told, |journal| {
                journal.keys.remove(&id);
                journal.gone.push(id.clone());
                journal.under_way = None;
            });
        }
    }
}

async fn ask(connection: &mut Connection, request: Request, root: &str) -> Option<Answer> {
    let request = request.bearer(root);
    connection.send(&request.bytes()).await;
    connection.answer(request.method()).await
}

fn lock(journal: &Mutex<Journal>) -> std::sync::MutexGuard<'_, Journal> {
    journal.lock().expect("no client panicked")
}

fn note(journal: &Mutex<Journal>, told: &Semaphore, write: impl FnOnce(&mut Journal)) {
    write(&mut lock(journal));
    told.add_permits(1);
}

/// Every key, by id.
async fn all(server: &Process, root: &str) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    for page in 1.. {
        let request = Request::get(format!("{KEYS}?page={page},1000")).bearer(root);
        let answer = server.send(&request).await.expect(200).json();
        let items = answer["items"].as_array().expect("items");
        found.extend(
            items
                .iter()
                .map(|item| (text(item, "id").to_owned(), item.clone())),
        );
        if items.is_empty() {
            assert_eq!(
                answer["total"],
                found.len(),
                "the total is that of the items"
            );
            break;
        }
    }
    found
}

/// Serves, works, kills in the middle of the work; what the clients were told.
async fn round(data: &Path, number: usize) -> Vec<Journal> {
    let mut server = Process::serve(data, &[]);
    let root = root_key(data);
    let told = Arc::new(Semaphore::new(0));
    let journals: Vec<_> = (0..CLIENTS)
        .map(|_| Arc::<Mutex<Journal>>::default())
        .collect();
    let mut clients = JoinSet::new();
    for (me, journal) in journals.iter().enumerate() {
        let me = format!("{number}-{me}");
        let (journal, told) = (Arc::clone(journal), Arc::clone(&told));
        clients.spawn(client(server.address, root.clone(), me, journal, told));
    }
    told.acquire_many(ACKNOWLEDGED)
        .await
        .expect("open")
        .forget();
    server.kill();
    while let Some(ended) = clients.join_next().await {
        ended.expect("a client met only good answers");
    }
    journals
        .into_iter()
        .map(|journal| std::mem::take(&mut *lock(&journal)))
        .collect()
}

#[tokio::test]
async fn what_was_acknowledged_before_a_kill_is_true_after_it() {
    let data = tempdir().expect("a directory");
    let mut journals = Vec::new();
    for number in 0..ROUNDS {
        journals.extend(round(data.path(), number).await);
        let mut server = Process::serve(data.path(), &[]);
        let root = root_key(data.path());
        let found = all(&server, &root).await;
        let mut known = 0;
        for journal in &journals {
            for (id, (name, secret)) in &journal.keys {
                if journal.under_way.as_ref() == Some(id) {
                    continue;
                }
                let key = found.get(id).unwrap_or_else(|| panic!("key {id} is lost"));
                assert_eq!(text(key, "name"), name);
                assert_eq!(text(key, "secret"), secret, "key {id}");
                known += 1;
            }
            for id in &journal.gone {
                assert!(!found.contains_key(id), "key {id} is back");
            }
        }
        // At most one request of each client was under way when the server was killed.
        let most = known + CLIENTS * (number + 1);
        assert!(
            (known..=most).contains(&found.len()),
            "{known} {}",
            found.len()
        );
        for journal in &journals {
            if let Some((_, (_, secret))) = journal.keys.iter().next() {
                let known = found.values().any(|key| key["secret"] == secret.as_str());
                assert_eq!(accepts(&server, secret).await, known);
            }
        }
        assert!(server.stop().status.success());
    }
}

#[tokio::test]
async fn a_kill_while_a_new_server_starts_leaves_one_that_starts_again() {
    let data = tempdir().expect("a directory");
    let mut server = Process::serve(data.path(), &[]);
    server.kill();
    let mut server = Process::serve(data.path(), &[]);
    let root = root_key(data.path());
    assert!(
        accepts(&server, &root).await,
        "the root key that was written is the one that works"
    );
    assert!(server.stop().status.success());
}
