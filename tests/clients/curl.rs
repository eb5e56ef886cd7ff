//! `client/recipes/curl.md`.

use std::{fs, os::unix::fs::PermissionsExt as _, process::Command};

use bitting_tests::{
    recipe,
    tools::{CURL, JQ},
};
use tempfile::{TempDir, tempdir};

use super::{assert_runs, assert_tells_what_is_wrong, wrong_name};

const RECIPE: &str = "client/recipes/curl.md";

/// A command that runs `program` in `directory`.
fn shell(program: &str, directory: &TempDir) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", program]).current_dir(directory.path());
    shell
}

#[tokio::test]
async fn the_recipe_for_curl_runs() {
    let test = "clients::curl";
    if !CURL.is_there(test) || !JQ.is_there(test) {
        return;
    }
    let directory = tempdir().expect("a directory");
    let program = recipe::block(RECIPE, "sh");
    // The key of the program that only verifies.
    let verifier = recipe::block(RECIPE, "shell");
    // Which role it has, and that it can verify itself and do no more.
    let check = r#"
        printf 'Authorization: Bearer %s\nContent-Type: application/json\n' "$(cat shop.key)" > "$files/headers"
        test "$(member "$(call /v1/whoami)" .role)" = verify
        test "$(verify "$(cat shop.key)")" = insufficient_scope
        ! call /v1/keys 2> /dev/null
        test "$(jq --raw-output .error_code "$files/answer")" = insufficient_role
    "#;
    let all = format!("{program}{verifier}{check}");
    assert_runs(shell(&all, &directory), RECIPE).await;
    let secret = fs::metadata(directory.path().join("shop.key")).expect("a file");
    assert_eq!(secret.permissions().mode() & 0o077, 0, "others can read it");

    assert_tells_what_is_wrong(shell(&wrong_name(&program), &directory)).await;
}
