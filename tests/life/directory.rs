//! The data directory: nobody but its owner reads it.

#![cfg(unix)]

use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

use bitting_tests::binary::{Process, binary};
use tempfile::tempdir;

use super::{create, root_key};

fn mode(path: &Path) -> u32 {
    fs::metadata(path)
        .expect("it is there")
        .permissions()
        .mode()
        & 0o7777
}

#[tokio::test]
async fn the_directory_is_0700_and_every_file_in_it_0600() {
    let parent = tempdir().expect("a directory");
    let data = parent.path().join("a/b");
    // The most generous mask there is: modes must not depend on it.
    let mut command = Command::new("sh");
    command
        .args([
            "-c",
            "umask 000; exec \"$0\" serve --data \"$1\" --listen 127.0.0.1:0",
        ])
        .arg(binary())
        .arg(&data);
    let mut server = Process::start(command);
    create(&server, &root_key(&data), "x").await;
    assert_eq!(mode(&data), 0o700);
    let mut seen = Vec::new();
    for entry in fs::read_dir(&data).expect("the directory") {
        let path = entry.expect("an entry").path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        let name = path.file_name().and_then(|name| name.to_str());
        seen.push(name.expect("text").to_owned());
    }
    seen.sort_unstable();
    let expected = [
        "bitting.db",
        "bitting.db-shm",
        "bitting.db-wal",
        "lock",
        "master.key",
        "root.key",
        "url",
    ];
    assert_eq!(seen, expected);
    assert!(server.stop().status.success());
}

#[tokio::test]
async fn after_the_end_the_database_is_one_file() {
    let data = tempdir().expect("a directory");
    let mut server = Process::serve(data.path(), &[]);
    create(&server, &root_key(data.path()), "x").await;
    assert!(server.stop().status.success());
    let log = data.path().join("bitting.db-wal");
    let rest = fs::metadata(&log).map_or(0, |log| log.len());
    assert_eq!(
        rest, 0,
        "a copy of the database alone would lack what is in the log"
    );
}

#[test]
fn a_directory_that_others_may_read_is_closed_to_them() {
    let data = tempdir().expect("a directory");
    let open = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
    };
    open(data.path(), 0o755);
    let mut server = Process::serve(data.path(), &[]);
    assert!(server.stop().status.success());
    assert_eq!(mode(data.path()), 0o700);

    for name in ["bitting.db", "master.key", "lock"] {
        open(&data.path().join(name), 0o644);
    }
    open(data.path(), 0o777);
    let mut server = Process::serve(data.path(), &[]);
    assert_eq!(mode(data.path()), 0o700);
    for name in ["bitting.db", "master.key", "lock"] {
        assert_eq!(mode(&data.path().join(name)), 0o600, "{name}");
    }
    assert!(server.stop().status.success());
}

/// A file that somebody put where a secret is about to be written keeps neither its mode nor its owner's eye on it.
#[test]
fn a_file_planted_in_the_way_of_a_secret_is_not_written_to() {
    let data = tempdir().expect("a directory");
    for name in ["root.new", "master.new"] {
        let planted = data.path().join(name);
        fs::write(&planted, "planted").expect("a file");
        fs::set_permissions(&planted, fs::Permissions::from_mode(0o666)).expect("a mode");
    }
    // Held open, as whoever planted it would.
    let held = fs::File::open(data.path().join("root.new")).expect("a file");
    let mut server = Process::serve(data.path(), &[]);
    for name in ["root.key", "master.key"] {
        assert_eq!(mode(&data.path().join(name)), 0o600, "{name}");
    }
    let read = std::io::read_to_string(held).expect("text");
    assert_eq!(read, "planted", "the secret went into the planted file");
    assert!(server.stop().status.success());
}
