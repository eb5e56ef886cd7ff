//! The command line for the operations of the `keys` surface: the real binary, against a live server.

mod completions;
mod connection;
mod keys;
mod others;
mod verify;

use std::{
    io::Write as _,
    process::{Output, Stdio},
};

use bitting_tests::binary::{Process, command};
use serde_json::Value;
use tempfile::{TempDir, tempdir};

/// A server on a store of its own, for commands that find it by its directory.
struct Bench {
    /// Stopped before its directory goes.
    _server: Process,
    data: TempDir,
}

impl Bench {
    fn new() -> Self {
        let data = tempdir().expect("a directory");
        let server = Process::serve(data.path(), &[]);
        Self {
            _server: server,
            data,
        }
    }

    fn data(&self) -> &str {
        self.data.path().to_str().expect("text")
    }

    /// Runs a command to its end.
    fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, &[], "")
    }

    /// The same with variables of the environment and something on standard input.
    fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)], input: &str) -> Output {
        let mut command = command(arguments);
        command.env("BITTING_DATA", self.data());
        command.envs(variables.iter().copied());
        command.stdin(Stdio::piped());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        let mut pipe = child.stdin.take().expect("a pipe");
        // Whoever does not read it has closed it.
        let _ = pipe.write_all(input.as_bytes());
        drop(pipe);
        child.wait_with_output().expect("it ends")
    }

    /// What a command prints that succeeds.
    fn text(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        stdout(&output)
    }

    /// The answer that a command prints.
    fn json(&self, arguments: &[&str]) -> Value {
        let text = self.text(&[arguments, &["--json"]].concat());
        serde_json::from_str(&text).expect("JSON")
    }

    /// Makes a key: its id and its secret.
    fn key(&self, name: &str) -> (String, String) {
        let made = self.json(&["keys", "create", "--name", name]);
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        (text(&made["key"]["id"]), text(&made["secret"]))
    }
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

/// Asserts that a command failed with one line that has each of `words`, and says nothing else.
#[track_caller]
fn assert_fails(output: &Output, code: i32, words: &[&str]) {
    assert_eq!(output.status.code(), Some(code), "{output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
    let said = stderr(output);
    assert_eq!(said.lines().count(), 1, "not one line: {said}");
    assert!(said.starts_with("bitting: "), "{said}");
    for word in words {
        assert!(said.contains(word), "{word:?} is not in {said}");
    }
}
