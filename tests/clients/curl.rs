//! `client/recipes/curl.md`.

use std::process::Command;

use bitting_tests::{
    recipe,
    tools::{CURL, JQ},
};

use super::assert_runs;

const RECIPE: &str = "client/recipes/curl.md";

#[tokio::test]
async fn the_recipe_for_curl_runs() {
    let test = "clients::curl";
    if !CURL.is_there(test) || !JQ.is_there(test) {
        return;
    }
    let mut shell = Command::new("sh");
    shell.args(["-euc", &recipe::block(RECIPE, "sh")]);
    assert_runs(shell, RECIPE).await;
}
