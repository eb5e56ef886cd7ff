//! K100: requests that are sent again and done once.

use bitting_core::Role;
use bitting_tests::{
    Answer,
    Class::{BadInput, Refused, Success},
    Request, Seed, Server, Setup,
    probe::{Fault, Step},
};

use super::{OWN, blamed, counts, item, secrets, text, verdict, with};

/// A create, called `name`.
pub(super) fn create(token: &str, name: &str, body: &str) -> Request {
    Request::post(OWN)
        .bearer(token)
        .header("idempotency-key", name)
        .json(body)
}

/// A rotation of the key at `path`, called `name`.
pub(super) fn rotate(token: &str, name: &str, path: &str) -> Request {
    Request::post(format!("{path}/rotate"))
        .bearer(token)
        .header("idempotency-key", name)
        .json(r#"{"overlap_seconds":60}"#)
}

/// An answer but for what is of its own request.
pub(super) fn told(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let own = |name: &str| ["date", "x-request-id"].contains(&name);
    let headers = answer.headers.iter().filter(|(name, _)| !own(name));
    let headers = headers.cloned().collect();
    (answer.status, headers, answer.text().to_owned())
}

/// How many answers are kept.
fn kept(server: &Server) -> i64 {
    let count = "SELECT count(*) FROM once WHERE answer IS NOT NULL";
    let database = server.database();
    let count = database.query_row(count, [], |row| row.get(0));
    count.expect("a count")
}

#[tokio::test]
async fn k100_a_key_is_made_once_and_told_twice() {
    let (server, token) = with(Role::Write).await;
    let body = r#"{"name":"x","expires_in_seconds":60,"description":"a \"b\"\nc"}"#;
    let request = create(&token, "8e03978e-40d5-43e8-bc93-6894a57f9324", body);
    let first = server
        .record("key_create", Success, "k100_first", &request)
        .await;
    let first = first.expect(201);
    assert_eq!(first.header("cache-control"), Some("no-store"), "K8");
    let before = counts(&server);
    // What the clock and others did meanwhile does not show.
    server.clock.advance(3_600);
    let path = first.header("location").expect("a location").to_owned();
    let second = server
        .record("key_create", Success, "k100_again", &request)
        .await;
    assert_eq!(told(&first), told(&second));
    assert_ne!(first.request_id(), second.request_id());
    assert_eq!(counts(&server), before, "nothing more was made");
    // As it is without the header.
    let plain = Request::post(OWN).bearer(&token).json(body);
    let plain = server.send(&plain).await.expect(201);
    let names = |answer: &Answer| -> Vec<_> {
        let headers = answer.headers.iter();
        let mut names: Vec<_> = headers.map(|(name, _)| name.clone()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&plain), names(&first));
    assert_eq!(Answer::members(plain.text()), Answer::members(first.text()));
    assert_ne!(plain.header("location"), Some(&*path));
}

#[tokio::test]
async fn k100_a_key_is_rotated_once_and_told_twice() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x")).await;
    let request = rotate(&token, "\"r1\"", &item(&key));
    let first = server
        .record("key_rotate", Success, "k100_first", &request)
        .await;
    let first = first.expect(200);
    server.clock.advance(30);
    let second = server
        .record("key_rotate", Success, "k100_again", &request)
        .await;
    assert_eq!(told(&first), told(&second));
    let secret = text(&first.json(), "secret").to_owned();
    assert_eq!(verdict(&server, &token, &secret).await, "valid");
    let listed = secrets(&server, &token, &key).await;
    assert_eq!(listed.len(), 2, "there is one new secret");
    assert_eq!(listed[1]["retires_at"], "2024-08-09T13:06:50Z", "no later");
}

/// Whoever comes second waits, and is told what the first was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn k100_of_many_at_once_one_is_done() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x")).await;
    for (request, made) in [
        (create(&token, "c", r#"{"name":"y"}"#), 1),
        (rotate(&token, "r", &item(&key)), 0),
    ] {
        let (_, _, before) = counts(&server);
        let send = || server.send(&request);
        let (a, b, c, d) = tokio::join!(send(), send(), send(), send());
        assert!(a.status < 300, "{a:?}");
        for other in [b, c, d] {
            assert_eq!(told(&a), told(&other));
        }
        assert_eq!(counts(&server).2, before + made);
    }
    assert_eq!(secrets(&server, &token, &key).await.len(), 2);
}

/// A second request that looked for the answer before the first was done.
#[tokio::test]
async fn k100_one_that_came_too_early_to_find_the_answer_finds_it_after_all() {
    let (server, token) = with(Role::Write).await;
    let request = create(&token, "c", r#"{"name":"y"}"#);
    let held = server
        .probe
        .hold(Step::Create, bitting_tests::probe::Moment::Before);
    let first = async {
        held.reached().await;
        let first = server.send(&request).await;
        held.release();
        first
    };
    let (late, first) = tokio::join!(server.send(&request), first);
    assert_eq!(told(&first), told(&late));
    assert_eq!(first.status, 201);
}

#[tokio::test]
async fn k100_a_name_is_ones_own_and_for_one_operation() {
    let (server, token) = with(Role::Write).await;
    let other = server.caller(Role::Write).await;
    let key = server.plant(Seed::own("x")).await;
    let body = r#"{"name":"y"}"#;
    let (mine, theirs) = (create(&token, "n", body), create(&other, "n", body));
    let mine = server.send(&mine).await.expect(201);
    let theirs = server.send(&theirs).await.expect(201);
    assert_ne!(mine.header("location"), theirs.header("location"));
    server
        .send(&rotate(&token, "n", &item(&key)))
        .await
        .expect(200);
}

#[tokio::test]
async fn k100_what_was_refused_is_not_remembered() {
    let (server, token) = with(Role::Write).await;
    for (body, status) in [
        (r#"{"nam":"y"}"#, 400),
        (r#"{"name":"y","role":"root"}"#, 403),
        (r#"{"name":"y"}"#, 201),
    ] {
        let request = create(&token, "n", body);
        server.send(&request).await.expect(status);
    }
    assert_eq!(kept(&server), 1);
}

#[tokio::test]
async fn k100_what_is_no_name_is_400() {
    let (server, token) = with(Role::Write).await;
    let before = counts(&server);
    let long = "x".repeat(256);
    let form = "Idempotency-Key must have 1 to 255 visible ASCII characters";
    for (outcome, name) in [
        ("k100_empty", ""),
        ("k100_space", "a b"),
        ("k100_not_ascii", "é"),
        ("k100_too_long", &long),
    ] {
        let request = create(&token, name, r#"{"name":"y"}"#);
        let answer = server
            .record("key_create", BadInput, outcome, &request)
            .await;
        assert_eq!(blamed(&answer.expect(400)), [form], "{outcome}");
    }
    let key = server.plant(Seed::own("x")).await;
    let twice = rotate(&token, "a", &item(&key)).header("idempotency-key", "a");
    let answer = server
        .record("key_rotate", BadInput, "k100_twice", &twice)
        .await;
    let once = "Idempotency-Key must be given only once";
    assert_eq!(blamed(&answer.expect(400)), [once]);
    assert_eq!(counts(&server).2, before.2 + 1);
    assert_eq!(kept(&server), 0);
}

#[tokio::test]
async fn k100_without_sealed_copies_there_is_no_such_header() {
    let server = Setup::default().unsealed().start().await;
    let token = server.caller(Role::Write).await;
    let key = server.plant(Seed::own("x")).await;
    for (operation, request) in [
        ("key_create", create(&token, "n", r#"{"name":"y"}"#)),
        ("key_rotate", rotate(&token, "n", &item(&key))),
    ] {
        let answer = server
            .record(operation, Refused, "k100_sealing_off", &request)
            .await;
        let reason =
            "Idempotency-Key must not be given: this server keeps no sealed copies of secrets";
        assert_eq!(blamed(&answer.expect(400)), [reason]);
    }
    assert_eq!(kept(&server), 0);
}

/// What is in the database opens nothing.
#[tokio::test]
async fn k100_an_answer_is_kept_sealed() {
    let (server, token) = with(Role::Write).await;
    let request = create(&token, "n", r#"{"name":"unmistakable"}"#);
    let made = server.send(&request).await.expect(201).json();
    let answer: Vec<u8> = server
        .database()
        .query_row("SELECT answer FROM once", [], |row| row.get(0))
        .expect("an answer");
    let has = |needle: &str| answer.windows(needle.len()).any(|w| w == needle.as_bytes());
    assert!(!has(text(&made, "secret")) && !has("unmistakable"));
    server.assert_log_tells_no_secret();
}

#[tokio::test]
async fn k100_a_fault_in_the_look_up_of_an_answer_does_nothing() {
    let (server, token) = with(Role::Write).await;
    let before = counts(&server);
    let request = create(&token, "n", r#"{"name":"y"}"#);
    for (outcome, step, fault, status) in [
        ("k100_500", Step::Answered, Fault::Corrupt, 500),
        ("k100_503", Step::Answered, Fault::NotDurable, 503),
        ("k100_create_503", Step::Create, Fault::NotDurable, 503),
    ] {
        server.probe.fail(step, fault);
        let answer = server
            .record("key_create", Refused, outcome, &request)
            .await;
        answer.expect(status);
    }
    server.probe.clear();
    assert_eq!(counts(&server), before);
    server.send(&request).await.expect(201);
}
