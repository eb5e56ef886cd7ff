//! The real binary with many keys and little memory: every key is answered right, from the first request on.

use std::{collections::BTreeMap, net::SocketAddr, path::Path, sync::Arc};

use bitting_core::{
    Clock, Key, KeyDraft, KeyId, KeyName, MemberId, Origin, Principal, Reason, Role, Scopes, Via,
    audit::{Action, Record, Trail},
    rules::{self, NewKey},
    secret::{MasterKey, Minted},
};
use bitting_server::{OsEntropy, SystemClock};
use bitting_store::{Create, Options, SqliteStore, Store};
use bitting_tests::{
    Connection, Request,
    binary::{Process, run_json},
};
use serde_json::{Value, json};
use tempfile::tempdir;
use tokio::task::JoinSet;

use super::{
    refusals::{assert_refused, serve},
    text,
};

const KEYS: usize = 20_000;
/// How many changes wait for the store at once: it makes them in one write.
const AT_ONCE: usize = 1_000;
/// The least memory that the binary takes.
const LEAST: &str = "1048576";

/// A secret, and what a verification finds of it.
type Known = (String, &'static str);

/// What the key at a place is made to be.
fn expected(place: usize) -> &'static str {
    match place % 10 {
        3 => "revoked",
        7 => "disabled",
        _ => "valid",
    }
}

fn key(by: &Principal, place: usize) -> Key {
    let new = NewKey {
        id: KeyId::mint(&SystemClock, &OsEntropy),
        origin: Origin::Keys,
        now: SystemClock.now(),
    };
    let name = KeyName::new(format!("key {place}")).expect("a name");
    let mut key = rules::create(by, new, KeyDraft::new(name)).expect("a key");
    key.enabled = expected(place) != "disabled";
    if expected(place) == "revoked" {
        let reason = Reason::new("seeded".to_owned()).expect("a reason");
        key = rules::revoke(by, &key, Some(reason), new.now).expect("revoked");
    }
    key
}

fn create(by: &Principal, place: usize) -> (Create, Known) {
    let key = key(by, place);
    let minted = Minted::new(&key.format(), &SystemClock, &OsEntropy, None);
    let record = Record {
        trail: Trail {
            at_millis: SystemClock.now_millis(),
            request: "seed".to_owned(),
            remote: String::new(),
        },
        action: Action::KeyCreated,
        company: key.company,
        actor: None,
        member: None,
        keys: vec![key.id],
    };
    let known = (minted.plain.expose().to_owned(), expected(place));
    let create = Create {
        key,
        secret: minted.stored,
        record,
    };
    (create, known)
}

/// Makes a store with many keys: the secret of its root key, and those of all others.
async fn seed(data: &Path) -> (String, Vec<Known>) {
    let made = run_json(&["init", "--data", data.to_str().expect("text")]);
    let number = |name| text(&made, name).parse::<i64>().expect("a number");
    let by = Principal {
        company: bitting_core::CompanyId::new(number("company_id")).expect("an id"),
        member: MemberId::new(number("member_id")).expect("an id"),
        role: Role::Root,
        scopes: Scopes::default(),
        via: Via::Key(KeyId::mint(&SystemClock, &OsEntropy)),
    };
    let master = std::fs::read_to_string(data.join("master.key")).expect("the master key");
    let master = MasterKey::parse(&master).expect("a master key");
    let database = data.join("bitting.db");
    let store = SqliteStore::open(&database, &master, Options::default());
    let store = Arc::new(store.expect("the store opens"));
    let mut known = Vec::new();
    for from in (0..KEYS).step_by(AT_ONCE) {
        let mut changes = JoinSet::new();
        for place in from..from + AT_ONCE {
            let (create, key) = create(&by, place);
            known.push(key);
            let store = Arc::clone(&store);
            changes.spawn(async move { store.create(create).await.expect("a key is made") });
        }
        changes.join_all().await;
    }
    store.close().await.expect("the store closes");
    (text(&made, "secret").to_owned(), known)
}

fn unknown() -> Known {
    let minted = Minted::new(&Origin::Keys.format(), &SystemClock, &OsEntropy, None);
    (minted.plain.expose().to_owned(), "not_found")
}

/// Asks about keys, many at once, on one connection; how often each answer came.
async fn assert_right(address: SocketAddr, root: &str, known: &[Known]) -> BTreeMap<String, usize> {
    let mut connection = Connection::open(address).await;
    let mut found = BTreeMap::new();
    for known in known.chunks(100) {
        let keys: Vec<Value> = known.iter().map(|(key, _)| json!({"key": key})).collect();
        let request = Request::post("/v1/verify/batch").bearer(root);
        let request = request.json(json!({"keys": keys}).to_string());
        connection.send(&request.bytes()).await;
        let answer = connection.answer("POST").await.expect("an answer");
        let answer = answer.expect(200).json();
        let results = answer["results"].as_array().expect("results");
        assert_eq!(results.len(), known.len());
        for (result, (_, expected)) in results.iter().zip(known) {
            assert_eq!(text(result, "code"), *expected, "{result}");
            *found.entry((*expected).to_owned()).or_default() += 1;
        }
    }
    found
}

/// Asks about some keys one by one.
async fn assert_right_at_once(server: &Process, root: &str, known: &[Known]) {
    let mut connection = Connection::open(server.address).await;
    for (key, expected) in known {
        let request = Request::post("/v1/verify").bearer(root);
        let request = request.json(json!({"key": key}).to_string());
        connection.send(&request.bytes()).await;
        let answer = connection.answer("POST").await.expect("an answer");
        assert_eq!(text(&answer.expect(200).json(), "code"), *expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_key_of_many_is_answered_right_from_the_first_request_with_any_memory() {
    let data = tempdir().expect("a directory");
    let (root, known) = seed(data.path()).await;
    // From everywhere, and among them keys that are none.
    let mut some: Vec<_> = known.iter().step_by(371).cloned().collect();
    for place in (0..some.len()).rev().step_by(3) {
        some.insert(place, unknown());
    }
    for arguments in [&[][..], &["--cache-bytes", LEAST]] {
        let mut server = Process::serve(data.path(), arguments);
        assert_right_at_once(&server, &root, &some).await;
        // Twice: the second time, what was pushed out comes back.
        for _ in 0..2 {
            let found = assert_right(server.address, &root, &known).await;
            let counts: Vec<_> = ["valid", "revoked", "disabled"]
                .map(|code| found[code])
                .into();
            assert_eq!(counts, [KEYS / 10 * 8, KEYS / 10, KEYS / 10]);
        }
        assert_right_at_once(&server, &root, &some).await;
        let ended = server.stop();
        assert!(ended.status.success(), "{ended:?}");
        let mut lines = ended.errors.lines();
        // A walk that the end cut off tells nothing.
        if let Some(line) = lines.find(|line| line.contains("keys in memory")) {
            assert_held(line, arguments.is_empty());
        }
    }
}

/// Asserts what the line in the log tells of the walk through all keys, which either all fit or do not.
fn assert_held(line: &str, all: bool) {
    let line: Value = serde_json::from_str(line).expect("JSON");
    // And one more: the root key.
    let there = KEYS as u64 + 1;
    assert_eq!(line["secrets"], there, "{line}");
    let remembered = line["remembered"].as_u64().expect("a number");
    if all {
        assert_eq!(remembered, there, "{line}");
    } else {
        assert!(remembered < there, "they do not all fit: {line}");
        assert!(line["bytes"].as_u64() <= LEAST.parse().ok(), "{line}");
    }
}

#[test]
fn too_little_memory_is_refused_in_one_line() {
    let data = tempdir().expect("a directory");
    for bytes in ["0", "1", "1048575"] {
        let output = serve(data.path(), &["--cache-bytes", bytes]);
        assert_refused(&output, &["--cache-bytes", bytes, LEAST]);
    }
    for bytes in ["", "much", "1.5"] {
        let output = serve(data.path(), &["--cache-bytes", bytes]);
        assert_refused(&output, &["--cache-bytes", bytes]);
    }
    let written = std::fs::read_dir(data.path()).expect("the directory");
    assert_eq!(written.count(), 0);
}
