//! `bitting verify`, which is told a key and tells whether it is good.

use std::fs;

use super::{Bench, assert_fails, stderr, stdout};

#[test]
fn a_good_key_is_0_and_another_is_3() {
    let bench = Bench::new();
    let (id, secret) = bench.key("n");
    let good = bench.run_with(&["verify"], &[], &format!("{secret}\n"));
    assert_eq!(good.status.code(), Some(0), "{good:?}");
    let said = stdout(&good);
    assert!(said.contains("valid") && said.contains(&id), "{said}");

    let lacks = bench.run_with(&["verify", "--scopes", "reports:read"], &[], &secret);
    assert_eq!(lacks.status.code(), Some(3), "{lacks:?}");
    assert!(stdout(&lacks).contains("insufficient_scope"), "{lacks:?}");
    assert!(lacks.stderr.is_empty(), "{lacks:?}");

    let unknown = bench.run_with(&["verify", "--json"], &[], "no such key");
    assert_eq!(unknown.status.code(), Some(3), "{unknown:?}");
    assert!(
        stdout(&unknown).starts_with(r#"{"valid":false,"code":"malformed""#),
        "{unknown:?}"
    );

    // Whoever cannot ask is told otherwise.
    let stranger = bench.run_with(&["verify"], &[("BITTING_TOKEN", "nobody")], &secret);
    assert_fails(
        &stranger,
        1,
        &["401", "BITTING_TOKEN", "--token-file", "[request "],
    );
}

#[test]
fn the_key_comes_from_a_file_standard_input_or_an_argument() {
    let bench = Bench::new();
    let (_, secret) = bench.key("n");
    let file = bench.data.path().join("presented");
    fs::write(&file, format!("{secret}\n")).expect("a file");
    let file = file.to_str().expect("text");
    for arguments in [["verify", "--key-file", file], ["verify", "--key", &secret]] {
        assert_eq!(
            bench.run(&arguments).status.code(),
            Some(0),
            "{arguments:?}"
        );
    }
    let output = bench.run_with(&["verify", "--key-file", "-"], &[], &secret);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_fails(
        &bench.run(&["verify"]),
        1,
        &["no key was given", "--key-file"],
    );
    assert_fails(
        &bench.run(&["verify", "--key-file", "/nowhere"]),
        1,
        &["/nowhere"],
    );
}

#[test]
fn many_are_asked_about_at_once_and_one_bad_one_is_told() {
    let bench = Bench::new();
    let (_, secret) = bench.key("n");
    let ask = |keys: &[&str]| {
        let keys: Vec<_> = keys
            .iter()
            .map(|key| format!(r#"{{"key":"{key}"}}"#))
            .collect();
        let body = format!(r#"{{"keys":[{}]}}"#, keys.join(","));
        bench.run_with(&["verify-batch", "--body", "-"], &[], &body)
    };
    let good = ask(&[&secret, &secret]);
    assert_eq!(good.status.code(), Some(0), "{good:?}");
    assert_eq!(stdout(&good).lines().count(), 3, "{good:?}");
    assert_eq!(ask(&[&secret, "x"]).status.code(), Some(3));
}

#[test]
fn a_token_is_introspected() {
    let bench = Bench::new();
    let (id, secret) = bench.key("n");
    let active = bench.run_with(&["introspect"], &[], &secret);
    assert_eq!(active.status.code(), Some(0), "{active:?}");
    assert!(stdout(&active).contains(&id), "{active:?}");
    let not = bench.run_with(&["introspect"], &[], "a&b=c d");
    assert_eq!(not.status.code(), Some(3), "{not:?}");
    assert_eq!(stderr(&not), "");
}
