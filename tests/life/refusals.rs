//! A server that cannot start says why in one line, and what to do about it.

use std::{fs, net::TcpListener, path::Path, process::Output};

use bitting_tests::binary::{Process, run, run_json};
use rusqlite::Connection;
use tempfile::tempdir;

use super::create;

/// Asserts that a command failed with one line that has each of `words`.
#[track_caller]
pub(super) fn assert_refused(output: &Output, words: &[&str]) {
    assert!(!output.status.success(), "{output:?}");
    assert!(
        output.status.code().is_some_and(|code| code != 101),
        "it panicked: {output:?}"
    );
    assert!(output.stdout.is_empty(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(said.lines().count(), 1, "not one line: {said}");
    assert!(said.starts_with("bitting: "), "{said}");
    for word in words {
        assert!(said.contains(word), "{word:?} is not in {said}");
    }
}

pub(super) fn serve(data: &Path, more: &[&str]) -> Output {
    let data = data.to_str().expect("text");
    let mut arguments = vec!["serve", "--data", data];
    // Given twice, it would be the mistake that is found.
    if !more.contains(&"--listen") {
        arguments.extend(["--listen", "127.0.0.1:0"]);
    }
    arguments.extend(more);
    run(&arguments)
}

#[test]
fn a_second_process_on_one_directory_is_refused() {
    let data = tempdir().expect("a directory");
    let path = data.path().to_str().expect("text");
    let mut server = Process::serve(data.path(), &[]);
    assert_refused(&serve(data.path(), &[]), &[path, "in use", "--data"]);
    assert_refused(&run(&["init", "--data", path]), &[path, "in use"]);
    let root_key = run(&["root-key", "create", "--data", path]);
    assert_refused(&root_key, &[path, "in use"]);
    assert!(server.stop().status.success());
    // The lock is gone with the process that had it.
    let mut server = Process::serve(data.path(), &[]);
    assert!(server.stop().status.success());
}

#[test]
fn a_port_in_use_is_named() {
    let data = tempdir().expect("a directory");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let path = data.path().to_str().expect("text");
    let output = run(&["serve", "--data", path, "--listen", &address]);
    assert_refused(&output, &[&address, "in use", "--listen"]);
}

#[test]
fn bad_flags_are_named() {
    let data = tempdir().expect("a directory");
    for (flags, words) in [
        (&["--listen", "nonsense"][..], &["--listen", "nonsense"][..]),
        (&["--nonsense"], &["--nonsense"]),
        (&["--seal-secrets", "maybe"], &["--seal-secrets", "maybe"]),
        (&["--ocamba-rate", "10"], &["--ocamba-rate", "10"]),
        (&["--ocamba-rate", "0/1s"], &["--ocamba-rate"]),
        (&["--ocamba-page-size", "0"], &["page size 0"]),
        (&["--ocamba-page-size", "2000"], &["2000", "1000"]),
        (&["--ocamba-page-max", "-1"], &["-1"]),
        (&["--log-level", "loud"], &["--log-level", "loud"]),
        (&["--cors-origin", "*"], &["*", "origin"]),
        (
            &["--cors-origin", "https://a.example/"],
            &["https://a.example/"],
        ),
        (
            &["--config", "/nowhere/bitting.toml"],
            &["/nowhere/bitting.toml"],
        ),
        (&["--database", "mysql://x"], &["--database", "mysql"]),
        (&["extra"], &["extra"]),
    ] {
        assert_refused(&serve(data.path(), flags), words);
    }
    assert_refused(&run(&["nonsense"]), &["nonsense"]);
    let written = fs::read_dir(data.path()).expect("the directory").count();
    assert_eq!(written, 0, "something was made before the flags were read");
}

#[test]
fn a_mistake_in_the_configuration_file_is_named() {
    let data = tempdir().expect("a directory");
    for (text, words) in [
        ("lissten = '127.0.0.1:0'", &["lissten"][..]),
        ("listen = 5", &["listen"]),
        ("listen = 'x'\n\n\n[[[", &["bitting.toml"]),
        ("ocamba_rate = '10'", &["ocamba_rate", "10"]),
    ] {
        let file = data.path().join("bitting.toml");
        fs::write(&file, text).expect("it is written");
        let file = file.to_str().expect("text");
        let below = data.path().join("data");
        let output = run(&[
            "serve",
            "--data",
            below.to_str().expect("text"),
            "--config",
            file,
        ]);
        assert_refused(&output, words);
    }
}

#[test]
fn a_directory_that_cannot_be_used_is_named() {
    let data = tempdir().expect("a directory");
    let file = data.path().join("file");
    fs::write(&file, "x").expect("a file");
    let below = file.join("below");
    assert_refused(&serve(&file, &[]), &[file.to_str().expect("text")]);
    assert_refused(&serve(&below, &[]), &[below.to_str().expect("text")]);
    assert_refused(&serve(Path::new("/proc/nowhere"), &[]), &["/proc/nowhere"]);
}

#[tokio::test]
async fn a_missing_or_wrong_master_key_is_refused_while_secrets_are_sealed() {
    let data = tempdir().expect("a directory");
    let mut server = Process::serve(data.path(), &[]);
    create(&server, &super::root_key(data.path()), "sealed").await;
    assert!(server.stop().status.success());
    let kept = data.path().join("master.key");
    let aside = data.path().join("aside.key");
    let text = |path: &Path| path.to_str().expect("text").to_owned();

    fs::rename(&kept, &aside).expect("moved");
    // Without the file a new key would be made, which opens nothing.
    assert_refused(&serve(data.path(), &[]), &["master"]);
    let missing = data.path().join("missing.key");
    let output = serve(data.path(), &["--master-key", &text(&missing)]);
    assert_refused(&output, &["master key", &text(&missing)]);
    let wrong = data.path().join("wrong.key");
    fs::write(&wrong, format!("{}\n", "0".repeat(64))).expect("written");
    let output = serve(data.path(), &["--master-key", &text(&wrong)]);
    assert_refused(&output, &["--master-key"]);
    fs::write(&wrong, "no key\n").expect("written");
    let output = serve(data.path(), &["--master-key", &text(&wrong)]);
    assert_refused(&output, &["master key", &text(&wrong)]);

    let mut server = Process::serve(data.path(), &["--master-key", &text(&aside)]);
    assert!(server.stop().status.success());
}

#[test]
fn a_database_that_is_none_or_newer_is_refused_and_left_alone() {
    let data = tempdir().expect("a directory");
    let path = data.path().to_str().expect("text");
    run_json(&["init", "--data", path]);
    let file = data.path().join("bitting.db");
    let database = Connection::open(&file).expect("the database");
    database
        .pragma_update(None, "user_version", 999)
        .expect("a version");
    drop(database);
    assert_refused(&serve(data.path(), &[]), &["bitting.db", "999", "newer"]);

    let garbage = b"this is no database, whatever its name".repeat(100);
    fs::write(&file, &garbage).expect("written");
    assert_refused(&serve(data.path(), &[]), &["database"]);
    assert!(
        fs::read(&file).expect("the file") == garbage,
        "it was overwritten"
    );
}
