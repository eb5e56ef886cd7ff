//! When a key was last used: told soon, written seldom, and never earlier than before (K53).

use std::time::{Duration, Instant};

use bitting_core::Role;
use bitting_tests::{
    Answer, Planted, Request, Seed, Server,
    binary::Process,
    probe::{Fault, Step},
};
use serde_json::{Value, json};
use tempfile::tempdir;

use super::{root_key, text, verified::code};

/// How often uses are written, in seconds.
const EVERY: u64 = 5;

async fn view(server: &Server, key: &Planted, admin: &str) -> Answer {
    let request = Request::get(format!("/v1/keys/{}", key.id)).bearer(admin);
    server.send(&request).await.expect(200)
}

async fn last_used(server: &Server, key: &Planted, admin: &str) -> Value {
    view(server, key, admin).await.json()["last_used_at"].take()
}

#[tokio::test]
async fn a_use_is_told_after_it_was_written_and_changes_nothing_else() {
    let mut server = Server::start().await;
    let admin = server.caller(Role::Admin).await;
    let [verified, presented, refused] = [
        server.personal("verified").await,
        server.personal("presented").await,
        server.plant(Seed::personal("refused").disabled()).await,
    ];
    let bound = Seed::personal("bound").addresses(&["192.0.2.1"]);
    let bound = server.plant(bound).await;
    let tag = |answer: &Answer| answer.header("etag").expect("a version").to_owned();
    let before = view(&server, &verified, &admin).await;
    assert_eq!(before.json()["last_used_at"], Value::Null);

    assert_eq!(code(&server, &verified.secret, &admin).await, "valid");
    assert!(server.accepts(&presented.secret).await);
    let found = code(&server, &refused.secret, &admin).await;
    assert_eq!(found, "disabled");
    assert!(!server.accepts(&refused.secret).await);
    let found = code(&server, &bound.secret, &admin).await;
    assert_eq!(found, "address_not_allowed");
    let body = json!({"key": verified.secret, "scopes": ["more"]});
    let more = Request::post("/v1/verify").json(body.to_string());
    server.clock.advance(10);
    let answer = server.send(&more.bearer(&admin)).await.expect(200).json();
    assert_eq!(text(&answer, "code"), "insufficient_scope");

    server.restart().await;
    let after = view(&server, &verified, &admin).await;
    // Of the question that it was good for, and not of the later one.
    assert_eq!(after.json()["last_used_at"], "2024-08-09T13:05:50Z");
    assert_eq!(after.json()["updated_at"], before.json()["updated_at"]);
    assert_eq!(tag(&after), tag(&before), "use changed the version");
    let used = last_used(&server, &presented, &admin).await;
    assert_eq!(used, "2024-08-09T13:05:50Z");
    for key in [&refused, &bound] {
        assert_eq!(last_used(&server, key, &admin).await, Value::Null);
    }
}

#[tokio::test]
async fn the_last_use_never_moves_back() {
    let mut server = Server::start().await;
    let admin = server.caller(Role::Admin).await;
    let key = server.personal("x").await;
    let uses = [
        ("2024-08-09 13:05:50", "2024-08-09T13:05:50Z"),
        ("2024-08-09 12:00:00", "2024-08-09T13:05:50Z"),
        ("2024-08-09 14:00:00", "2024-08-09T14:00:00Z"),
        ("2024-08-09 13:59:59", "2024-08-09T14:00:00Z"),
    ];
    // Across restarts, what was written stands against the earlier use; within one, what is in memory does.
    for (now, expected) in uses {
        server.clock.set(now);
        assert_eq!(code(&server, &key.secret, &admin).await, "valid");
        server.restart().await;
        assert_eq!(last_used(&server, &key, &admin).await, expected);
    }
    for now in ["2024-08-10 10:00:00", "2024-08-10 09:00:00"] {
        server.clock.set(now);
        assert_eq!(code(&server, &key.secret, &admin).await, "valid");
    }
    server.restart().await;
    let used = last_used(&server, &key, &admin).await;
    assert_eq!(used, "2024-08-10T10:00:00Z");
}

#[tokio::test]
async fn uses_are_not_written_one_by_one() {
    let mut server = Server::start().await;
    let began = Instant::now();
    let admin = server.caller(Role::Admin).await;
    let keys = [server.personal("x").await, server.personal("y").await];
    for _ in 0..500 {
        for key in &keys {
            server.clock.advance(1);
            assert_eq!(code(&server, &key.secret, &admin).await, "valid");
        }
    }
    let writes = server.probe.count(Step::Uses);
    let at_most = began.elapsed().as_secs() / EVERY + 1;
    assert!(writes as u64 <= at_most, "{writes} writes, not {at_most}");
    server.restart().await;
    for (key, expected) in keys.iter().zip(["13:22:29", "13:22:30"]) {
        let used = last_used(&server, key, &admin).await;
        assert_eq!(used, format!("2024-08-09T{expected}Z"));
    }
}

/// What is told of uses is less than what is told of keys: a disk that is full keeps nobody out.
#[tokio::test]
async fn verification_goes_on_where_uses_cannot_be_written() {
    let mut server = Server::start().await;
    let admin = server.caller(Role::Admin).await;
    let key = server.personal("x").await;
    server.probe.fail(Step::Uses, Fault::DiskFull);
    assert_eq!(code(&server, &key.secret, &admin).await, "valid");
    server.restart().await;
    assert!(server.log.text().contains("uses of keys were not written"));
    server.probe.clear();
    assert_eq!(last_used(&server, &key, &admin).await, Value::Null);
    server.clock.advance(1);
    assert_eq!(code(&server, &key.secret, &admin).await, "valid");
    server.restart().await;
    let used = last_used(&server, &key, &admin).await;
    assert_eq!(used, "2024-08-09T13:05:51Z", "a later use is written");
    server.assert_log_tells_no_secret();
}

/// The real binary, whose clock is the machine's: what was told is there after it was killed.
#[tokio::test]
async fn a_kill_loses_no_use_that_was_told() {
    let data = tempdir().expect("a directory");
    let mut server = Process::serve(data.path(), &[]);
    let root = root_key(data.path());
    let create = Request::post("/v1/keys").json(r#"{"name":"x"}"#);
    let answer = server.send(&create.bearer(&root)).await;
    let made = answer.expect(201).json();
    let (id, secret) = (text(&made["key"], "id"), text(&made, "secret"));
    let body = json!({"key": secret}).to_string();
    let verify = Request::post("/v1/verify").json(body).bearer(&root);
    let view = Request::get(format!("/v1/keys/{id}")).bearer(&root);
    let answer = server.send(&verify).await.expect(200).json();
    assert_eq!(text(&answer, "code"), "valid");
    // It is told without another use, and without an end of the server.
    let told = async {
        loop {
            let key = server.send(&view).await.expect(200).json();
            if let Some(used) = key["last_used_at"].as_str() {
                return used.to_owned();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let told = tokio::time::timeout(Duration::from_secs(60), told).await;
    let told = told.expect("a use is written while the server runs");
    // This one may be lost; the one before it must not be.
    server.send(&verify).await.expect(200);
    server.kill();

    let server = Process::serve(data.path(), &[]);
    let key = server.send(&view).await.expect(200).json();
    assert!(text(&key, "last_used_at") >= told.as_str(), "{key} {told}");
    let answer = server.send(&verify).await.expect(200).json();
    assert_eq!(text(&answer, "code"), "valid");
}
