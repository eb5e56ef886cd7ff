//! The recipes for consumers, run as they stand in `client/recipes`: each makes a key of a live server, verifies it,
//! updates it, rotates it, revokes it, and meets a refusal, with a client that is made from the published document.

mod curl;
mod go;
mod lists;
mod python;
mod rust;
mod typescript;

use std::{
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use bitting_core::Role;
use bitting_tests::{Server, recipe};

/// The published document.
fn document() -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/keys.json");
    path.canonicalize().expect("the document is there")
}

/// Runs `command` as a recipe says, against a server of its own, and asserts that it prints what the recipe says.
async fn assert_runs(command: Command, path: &str) {
    let output = run_against_server(command).await;
    assert!(output.status.success(), "{}", told(&output));
    let printed = String::from_utf8(output.stdout).expect("text");
    assert_eq!(printed, recipe::block(path, "text"));
}

/// Runs `command`, a recipe's program with [`wrong_name`], and asserts that it ends badly and tells what is wrong.
async fn assert_tells_what_is_wrong(command: Command) {
    let output = run_against_server(command).await;
    assert!(!output.status.success(), "{}", told(&output));
    let said = String::from_utf8_lossy(&output.stderr);
    for part in ["invalid_request", "name", "must not be empty"] {
        assert!(said.contains(part), "no {part}: {}", told(&output));
    }
}

/// Asserts that `program` does not compile with any of `mistakes`, each what is right and what is wrong in its place, and
/// that `file` is blamed for it.
async fn assert_does_not_compile(
    program: &str,
    mistakes: &[(&str, &str)],
    file: &str,
    compile: impl Fn(&str) -> Command,
) {
    for (right, wrong) in mistakes {
        assert!(program.contains(right), "the recipe has no {right}");
        let output = run(compile(&program.replace(right, wrong))).await;
        assert!(!output.status.success(), "{wrong} compiles");
        assert!(told(&output).contains(file), "{}", told(&output));
    }
}

/// A recipe's program that makes a key of a name that the server refuses.
fn wrong_name(program: &str) -> String {
    let name = r#""nightly-export""#;
    assert!(program.contains(name), "the recipe has no {name}");
    program.replace(name, r#"" ""#)
}

/// Runs a command to its end, against a server of its own.
async fn run_against_server(mut command: Command) -> Output {
    let server = Server::start().await;
    command.env("BITTING_URL", format!("http://{}", server.address));
    command.env("BITTING_TOKEN", server.caller(Role::Admin).await);
    run(command).await
}

/// Runs a command to its end, while the server that it talks to goes on.
async fn run(mut command: Command) -> Output {
    command.stdin(Stdio::null());
    let output = tokio::task::spawn_blocking(move || command.output()).await;
    output.expect("no panic").expect("the program runs")
}

/// Runs a command that must end well.
async fn succeed(command: Command) {
    let output = run(command).await;
    assert!(output.status.success(), "{}", told(&output));
}

fn told(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!(
        "{}\n{}\n{}",
        output.status,
        text(&output.stdout),
        text(&output.stderr)
    )
}
