//! The recipes for consumers, run as they stand in `client/recipes`: each makes a key of a live server, verifies it,
//! rotates it, revokes it, and meets a refusal, with a client that is made from the published document.

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
async fn assert_runs(mut command: Command, path: &str) {
    let server = Server::start().await;
    command.env("BITTING_URL", format!("http://{}", server.address));
    command.env("BITTING_TOKEN", server.caller(Role::Admin).await);
    let output = run(command).await;
    assert!(output.status.success(), "{}", told(&output));
    let printed = String::from_utf8(output.stdout).expect("text");
    assert_eq!(printed, recipe::block(path, "text"));
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
