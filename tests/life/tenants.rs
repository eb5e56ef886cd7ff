//! `company create` and `member create`: on a store at rest, and through the server that has it.

use std::{path::Path, process::Output};

use bitting_tests::{
    Answer, Request,
    binary::{Process, command, run, run_json},
};
use rusqlite::Connection;
use serde_json::Value;
use tempfile::{TempDir, tempdir};

use super::{accepts, refusals::assert_refused, text};

fn at(data: &Path, arguments: &[&str]) -> Output {
    let data = data.to_str().expect("text");
    run(&[arguments, &["--data", data]].concat())
}

fn made(output: &Output) -> Value {
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    let printed = String::from_utf8(output.stdout.clone()).expect("text");
    assert_eq!(printed.lines().count(), 1, "{printed:?}");
    assert_eq!(
        Answer::members(&printed),
        ["company_id", "member_id", "key_id", "secret"]
    );
    serde_json::from_str(&printed).expect("JSON")
}

fn initialised() -> TempDir {
    let data = tempdir().expect("a directory");
    run_json(&["init", "--data", data.path().to_str().expect("text")]);
    data
}

/// The role of a key in the database.
fn role(data: &Path, key: &Value) -> String {
    let id = uuid::Uuid::parse_str(text(key, "key_id")).expect("a UUID");
    let database = Connection::open(data.join("bitting.db")).expect("the database");
    let sql = "SELECT role FROM api_key WHERE id = ?1";
    database
        .query_row(sql, [id.as_bytes()], |row| row.get(0))
        .expect("the key")
}

#[tokio::test]
async fn they_work_on_a_store_at_rest() {
    let data = initialised();
    let company = made(&at(data.path(), &["company", "create", "Acme"]));
    assert_eq!(text(&company, "company_id"), "2");
    let id = text(&company, "company_id");
    let member = made(&at(
        data.path(),
        &["member", "create", "--company", id, "Ann"],
    ));
    assert_eq!(text(&member, "company_id"), "2");
    let reader = made(&at(
        data.path(),
        &["member", "create", "--company", id, "Bob", "--role", "read"],
    ));
    let roles = [&company, &member, &reader].map(|key| role(data.path(), key));
    assert_eq!(roles, ["admin", "write", "read"]);
    let server = Process::serve(data.path(), &[]);
    for key in [&company, &member, &reader] {
        assert!(text(key, "secret").starts_with("bit_"));
        assert!(accepts(&server, text(key, "secret")).await);
    }
}

#[tokio::test]
async fn they_ask_the_server_that_has_the_store() {
    let data = tempdir().expect("a directory");
    let mut server = Process::serve(data.path(), &[]);
    let company = made(&at(data.path(), &["company", "create", "Acme"]));
    let id = text(&company, "company_id").to_owned();
    let member = made(&at(
        data.path(),
        &[
            "member",
            "create",
            "--company",
            &id,
            "Ann",
            "--role",
            "verify",
        ],
    ));
    assert!(accepts(&server, text(&company, "secret")).await);
    assert!(accepts(&server, text(&member, "secret")).await);
    assert_eq!(role(data.path(), &member), "verify");

    let foreign = at(
        data.path(),
        &["member", "create", "--company", "999", "Ann"],
    );
    assert_refused(&foreign, &["999", "company create"]);
    assert!(server.stop().status.success());
    assert!(!data.path().join("url").exists());
}

#[test]
fn what_is_wrong_is_told_in_one_line_and_nothing_is_made() {
    let data = initialised();
    let path = data.path();
    let unknown = at(path, &["member", "create", "--company", "7", "Ann"]);
    assert_refused(&unknown, &["7", "company"]);
    let role = [
        "member",
        "create",
        "--company",
        "1",
        "Ann",
        "--role",
        "king",
    ];
    assert_refused(&at(path, &role), &["king", "admin"]);
    assert_refused(&at(path, &["company", "create", " "]), &["empty"]);
    let empty = tempdir().expect("a directory");
    assert_refused(
        &at(empty.path(), &["company", "create", "Acme"]),
        &["no store", "bitting init"],
    );
    let remote = ["company", "create", "Acme", "--url", "http://192.0.2.1"];
    assert_refused(&at(path, &remote), &["--url", "https"]);
    let nobody = ["company", "create", "Acme", "--url", "http://127.0.0.1:1"];
    let mut command = command(&nobody);
    command.env("BITTING_TOKEN", "bit_nothing");
    let output = command.output().expect("the binary runs");
    assert_refused(&output, &["127.0.0.1:1", "--url"]);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("bit_nothing"));
    let database = Connection::open(path.join("bitting.db")).expect("the database");
    let count = |table: &str| -> i64 {
        let sql = format!("SELECT count(*) FROM {table}");
        database
            .query_row(&sql, [], |row| row.get(0))
            .expect("a count")
    };
    assert_eq!((count("company"), count("member")), (1, 1));
}

#[tokio::test]
async fn a_key_that_may_not_is_told_so() {
    let data = tempdir().expect("a directory");
    let server = Process::serve(data.path(), &[]);
    let company = made(&at(data.path(), &["company", "create", "Acme"]));
    let url = format!("http://{}", server.address);
    let with = |token: &str, arguments: &[&str]| {
        let mut command = command(&[arguments, &["--url", &url]].concat());
        command.env("BITTING_TOKEN", token);
        command.output().expect("the binary runs")
    };
    let admin = text(&company, "secret");
    // An admin makes members of its own company, and neither companies nor members of others.
    made(&with(admin, &["member", "create", "--company", "2", "Ann"]));
    let first = with(admin, &["member", "create", "--company", "1", "Ann"]);
    assert_refused(&first, &["no company 1"]);
    let another = with(admin, &["company", "create", "Other"]);
    assert_refused(&another, &["refused", "BITTING_TOKEN"]);
    let above = [
        "member",
        "create",
        "--company",
        "2",
        "Ann",
        "--role",
        "root",
    ];
    assert_refused(&with(admin, &above), &["refused"]);
    assert_refused(
        &with("bit_nothing", &["company", "create", "Other"]),
        &["refused", "BITTING_TOKEN"],
    );
    let request = Request::get("/v1/companies").bearer(admin);
    assert_eq!(server.send(&request).await.status, 403);
}
