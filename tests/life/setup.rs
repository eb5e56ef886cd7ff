//! `init` and `root-key create`.

use std::path::Path;

use bitting_tests::{
    Answer, KEYS, Request,
    binary::{Process, run, run_json},
};
use rusqlite::Connection;
use tempfile::tempdir;
use uuid::Uuid;

use super::{accepts, create, text};

/// How much there is of everything.
fn counts(data: &Path) -> Vec<i64> {
    let database = Connection::open(data.join("bitting.db")).expect("the database");
    ["company", "member", "api_key", "secret", "audit"]
        .map(|table| {
            let sql = format!("SELECT count(*) FROM {table}");
            database
                .query_row(&sql, [], |row| row.get(0))
                .expect("a count")
        })
        .into()
}

#[test]
fn init_prints_one_json_object_with_four_strings_and_nothing_else() {
    let data = tempdir().expect("a directory");
    let path = data.path().to_str().expect("text");
    let output = run(&["init", "--data", path]);
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{output:?}"
    );
    let printed = String::from_utf8(output.stdout).expect("text");
    assert_eq!(printed.lines().count(), 1, "{printed:?}");
    assert!(printed.ends_with('\n'));
    assert_eq!(
        Answer::members(&printed),
        ["company_id", "member_id", "key_id", "secret"]
    );
    let made: serde_json::Value = serde_json::from_str(&printed).expect("JSON");
    for id in ["company_id", "member_id"] {
        assert!(
            text(&made, id).parse::<u64>().is_ok_and(|id| id > 0),
            "{made}"
        );
    }
    let id = Uuid::parse_str(text(&made, "key_id")).expect("a UUID");
    assert_eq!(id.get_version_num(), 7);
    assert!(text(&made, "secret").starts_with("bit_"), "{made}");
    assert_eq!(counts(data.path()), [1, 1, 1, 1, 1]);
}

#[test]
fn init_twice_fails_and_changes_nothing() {
    let data = tempdir().expect("a directory");
    let path = data.path().to_str().expect("text");
    run_json(&["init", "--data", path]);
    let before = counts(data.path());
    let output = run(&["init", "--data", path]);
    assert!(!output.status.success());
    assert!(output.stdout.is_empty(), "{output:?}");
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("already initialised"), "{said}");
    assert_eq!(counts(data.path()), before);
}

#[test]
fn root_key_create_needs_an_initialised_store() {
    let data = tempdir().expect("a directory");
    let output = run(&[
        "root-key",
        "create",
        "--data",
        data.path().to_str().expect("text"),
    ]);
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("bitting init"), "{said}");
}

#[tokio::test]
async fn root_key_create_lets_somebody_in_who_lost_every_key() {
    let data = tempdir().expect("a directory");
    let path = data.path().to_str().expect("text");
    let first = run_json(&["init", "--data", path]);
    let second = run_json(&["root-key", "create", "--data", path]);
    assert_eq!(second["company_id"], first["company_id"]);
    assert_eq!(second["member_id"], first["member_id"]);
    assert_ne!(second["key_id"], first["key_id"]);
    assert_ne!(second["secret"], first["secret"]);

    let mut server = Process::serve(data.path(), &[]);
    for made in [&first, &second] {
        assert!(accepts(&server, text(made, "secret")).await);
        let key = create(&server, text(made, "secret"), "x").await;
        assert_eq!(key["company_id"], first["company_id"]);
    }
    // Neither root key was made on this surface.
    let list = Request::get(KEYS).bearer(text(&second, "secret"));
    assert_eq!(server.send(&list).await.expect(200).json()["total"], 2);

    let output = run(&["root-key", "create", "--data", path]);
    assert!(
        !output.status.success(),
        "a store in use is another's to write"
    );
    assert!(server.stop().status.success());
}
