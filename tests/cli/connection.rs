//! Which server is asked, with what, and what is said when that does not work.

use std::fs;

use bitting_tests::binary::run;
use tempfile::tempdir;

use super::{Bench, assert_fails, stdout};

#[test]
fn the_server_is_found_by_its_directory_or_named() {
    let bench = Bench::new();
    let url =
        fs::read_to_string(bench.data.path().join("url")).expect("the server tells where it is");
    let url = url.trim();
    let root = bench.data.path().join("root.key");
    let root = root.to_str().expect("text");
    let (_, weak) = bench.key("weak");
    let token = [("BITTING_TOKEN", weak.as_str())];
    // A flag beats the environment.
    let named = [
        "company",
        "list",
        "--url",
        url,
        "--token-file",
        root,
        "--data",
        "/nowhere",
    ];
    let output = bench.run_with(&named, &token, "");
    assert!(output.status.success(), "{output:?}");
    assert!(stdout(&output).contains("First company"), "{output:?}");
    let output = bench.run_with(&["company", "list"], &token, "");
    assert_fails(&output, 1, &["403"]);
    let output = bench.run_with(
        &["whoami", "--data", "/nowhere"],
        &[("BITTING_URL", url), token[0]],
        "",
    );
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_server_that_is_not_there_is_told_with_the_remedy() {
    let data = tempdir().expect("a directory");
    let path = data.path().to_str().expect("text");
    let nothing = run(&["keys", "list", "--data", path]);
    assert_fails(&nothing, 1, &[path, "bitting serve", "--url", "--data"]);
    let token = data.path().join("root.key");
    fs::write(&token, "hunter2\n").expect("a file");
    // Nobody listens on the port of tcpmux.
    let refused = run(&[
        "keys",
        "list",
        "--data",
        path,
        "--url",
        "http://127.0.0.1:1",
    ]);
    assert_fails(
        &refused,
        1,
        &["nothing answers at http://127.0.0.1:1", "--url"],
    );
    let plain = run(&["keys", "list", "--data", path, "--url", "http://h.example"]);
    assert_fails(&plain, 1, &["--url", "https"]);
    let file = run(&[
        "keys",
        "list",
        "--url",
        "http://127.0.0.1:1",
        "--token-file",
        "/nowhere",
    ]);
    assert_fails(&file, 1, &["--token-file", "/nowhere"]);
}

#[test]
fn a_mistake_in_an_argument_is_one_line() {
    let bench = Bench::new();
    for (arguments, words) in [
        (&["keys", "create"][..], &["--name"][..]),
        (&["keys", "list", "--limit", "0"], &["--limit", "1..=1000"]),
        (&["keys", "view", "x"], &["less than 36 characters"]),
        (&["keys", "make"], &["make"]),
    ] {
        assert_fails(&bench.run(arguments), 2, words);
    }
    // A segment that leads elsewhere.
    assert_fails(
        &bench.run(&["company", "view", ".."]),
        1,
        &["\"..\" is no company"],
    );
}
