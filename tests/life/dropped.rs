//! A connection that is dropped in the middle of a request: the request is done whole or not at all.

use std::time::Duration;

use bitting_core::Role;
use bitting_tests::{
    Connection, KEYS, Planted, Request, Server,
    probe::{
        Held,
        Moment::{self, After, Before, During},
        Step,
    },
};

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Became {
    Undone,
    Whole,
}

use Became::{Undone, Whole};

/// Sends `request` and drops the connection when it has come to where it is held. The request is gone, and what
/// it gave the store to do is done, when this returns.
pub(super) async fn drop_at(server: &Server, held: Held, request: &Request) {
    let guard = Duration::from_secs(60);
    let mut connection = Connection::open(server.address).await;
    connection.send(&request.bytes()).await;
    let reached = tokio::time::timeout(guard, held.reached()).await;
    reached.expect("the request comes to the step");
    drop(connection);
    let left = tokio::time::timeout(guard, held.left()).await;
    left.expect("the request is dropped with its connection");
    // The store's writer does one thing after the other: when this is done, so is whatever came before it.
    server.caller(Role::None).await;
}

async fn assert_well(server: &Server, token: &str) {
    let request = Request::post(KEYS)
        .bearer(token)
        .json(r#"{"name":"after"}"#);
    server.send(&request).await.expect(201);
    let request = Request::get(KEYS).bearer(token);
    server.send(&request).await.expect(200);
    assert!(!server.log.text().contains("panicked"));
    server.assert_log_tells_no_secret();
}

fn item(key: &Planted) -> String {
    format!("{KEYS}/{}", key.number)
}

#[tokio::test]
async fn o70_a_roll_that_is_dropped_is_whole_or_undone() {
    for (step, moment, became) in [
        (Step::Credential, Before, Undone),
        (Step::Credential, During, Undone),
        (Step::Credential, After, Undone),
        (Step::Key, Before, Undone),
        (Step::Key, During, Undone),
        (Step::Key, After, Undone),
        (Step::Roll, Before, Undone),
        (Step::Roll, During, Whole),
        (Step::Roll, After, Whole),
    ] {
        let server = Server::start().await;
        let token = server.caller(Role::Write).await;
        let key = server.personal("x").await;
        let held = server.probe.hold(step, moment);
        let roll = Request::post(item(&key) + "/roll").bearer(&token);
        drop_at(&server, held, &roll).await;

        let view = Request::get(item(&key)).bearer(&token);
        let shown = server.send(&view).await.expect(200).json();
        let secret = shown["secret"].as_str().expect("a secret").to_owned();
        let whole = secret != key.secret;
        assert_eq!(whole, became == Whole, "{step:?} {moment:?}");
        assert_eq!(
            server.accepts(&key.secret).await,
            !whole,
            "{step:?} {moment:?}"
        );
        assert!(
            server.accepts(&secret).await,
            "{step:?} {moment:?}: what is shown works"
        );
        let updated = shown["update_time"] == "2024-08-09 13:05:50";
        assert_eq!(updated, whole, "{step:?} {moment:?}");
        assert_eq!(audited(&server, "key_rolled"), i64::from(whole));
        assert_well(&server, &token).await;
    }
}

#[tokio::test]
async fn o60_a_delete_that_is_dropped_is_whole_or_undone() {
    for (step, moment, became) in [
        (Step::Credential, Before, Undone),
        (Step::Credential, During, Undone),
        (Step::Credential, After, Undone),
        (Step::Delete, Before, Undone),
        (Step::Delete, During, Whole),
        (Step::Delete, After, Whole),
    ] {
        let server = Server::start().await;
        let token = server.caller(Role::Write).await;
        let key = server.personal("x").await;
        let held = server.probe.hold(step, moment);
        drop_at(&server, held, &Request::delete(item(&key)).bearer(&token)).await;

        let view = Request::get(item(&key)).bearer(&token);
        let whole = server.send(&view).await.status == 404;
        assert_eq!(whole, became == Whole, "{step:?} {moment:?}");
        assert_eq!(
            server.accepts(&key.secret).await,
            !whole,
            "{step:?} {moment:?}"
        );
        let list = Request::get(KEYS).bearer(&token);
        let total = server.send(&list).await.expect(200).json()["total"].clone();
        assert_eq!(total, u64::from(!whole), "{step:?} {moment:?}");
        assert_eq!(audited(&server, "key_deleted"), i64::from(whole));
        assert_well(&server, &token).await;
    }
}

#[tokio::test]
async fn a_create_and_an_update_that_are_dropped_are_whole_or_undone() {
    for (moment, became) in [(Before, Undone), (During, Whole), (After, Whole)] {
        let (server, token, key) = planted().await;
        let held = server.probe.hold(Step::Create, moment);
        let create = Request::post(KEYS).bearer(&token).json(r#"{"name":"new"}"#);
        drop_at(&server, held, &create).await;
        let list = Request::get(format!("{KEYS}?name=new")).bearer(&token);
        let total = server.send(&list).await.expect(200).json()["total"].clone();
        assert_eq!(total, u64::from(became == Whole), "create {moment:?}");

        let held = server.probe.hold(Step::Update, moment);
        let update = Request::patch(item(&key))
            .bearer(&token)
            .json(r#"{"name":"y"}"#);
        drop_at(&server, held, &update).await;
        let view = Request::get(item(&key)).bearer(&token);
        let name = server.send(&view).await.expect(200).json()["name"].clone();
        assert_eq!(name == "y", became == Whole, "update {moment:?}");
        assert_well(&server, &token).await;
    }
}

async fn planted() -> (Server, String, Planted) {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    let key = server.personal("x").await;
    (server, token, key)
}

fn audited(server: &Server, action: &str) -> i64 {
    server
        .database()
        .query_row(
            "SELECT count(*) FROM audit WHERE action = ?1",
            [action],
            |row| row.get(0),
        )
        .expect("a count")
}

/// Neither the path nor the query of a request is to be logged: people put secrets into both. A request that is
/// dropped is logged by Dropshot as well.
#[tokio::test]
async fn what_a_dropped_request_asked_for_is_not_in_the_log() {
    for (step, moment) in MOMENTS {
        let (server, token, key) = planted().await;
        for target in [
            format!("{KEYS}?q={}", key.secret),
            format!("{KEYS}/1?access_token={}", key.secret),
        ] {
            let step = if target.contains("/1?") {
                Step::Key
            } else {
                step
            };
            let held = server.probe.hold(step, moment);
            drop_at(&server, held, &Request::get(target).bearer(&token)).await;
        }
        server.assert_log_tells_no_secret();
        let log = server.log.text();
        let told = log.matches("request dropped by its client").count();
        assert_eq!(told, 2, "but that it was dropped is: {log}");
    }
}

const MOMENTS: [(Step, Moment); 2] = [(Step::List, Before), (Step::List, After)];
