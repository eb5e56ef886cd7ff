//! `client/recipes/rust.md`.

use std::{fs, path::Path, process::Command};

use bitting_tests::{packages::target, recipe};

use super::{assert_runs, succeed};

const RECIPE: &str = "client/recipes/rust.md";
const EXAMPLE: &str = "../client/examples/key_lifecycle.rs";

#[tokio::test]
async fn the_recipe_for_rust_runs() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join(EXAMPLE);
    let example = fs::read_to_string(example).expect("the example is there");
    assert_eq!(
        recipe::block(RECIPE, "rust"),
        example,
        "the recipe is not the example"
    );

    let mut cargo = Command::new(env!("CARGO"));
    // With the tests' package beside it, so that what they share is not built twice.
    cargo.args([
        "build",
        "--quiet",
        "--package=bitting-client",
        "--package=bitting-tests",
    ]);
    cargo
        .args(["--example=key_lifecycle", "--target-dir"])
        .arg(target());
    succeed(cargo).await;
    assert_runs(
        Command::new(target().join("debug/examples/key_lifecycle")),
        RECIPE,
    )
    .await;
}
