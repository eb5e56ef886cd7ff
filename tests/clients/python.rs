//! `client/recipes/python.md`.

use std::{fs, process::Command};

use bitting_tests::{packages, recipe};
use tempfile::tempdir;

use super::{assert_runs, assert_tells_what_is_wrong, document, run, succeed, told, wrong_name};

const RECIPE: &str = "client/recipes/python.md";

#[tokio::test]
async fn the_recipe_for_python_runs() {
    let Some(programs) = packages::python("python-client", "clients::python") else {
        return;
    };
    let directory = tempdir().expect("a directory");
    let mut generate = Command::new(programs.join("openapi-python-client"));
    // It formats what it makes with a program that it looks for.
    generate.env("PATH", packages::before_path(&programs));
    generate
        .current_dir(directory.path())
        .args(["generate", "--meta", "none", "--path"]);
    generate
        .arg(document())
        .args(["--output-path", "bitting_keys"]);
    let output = run(generate).await;
    assert!(output.status.success(), "{}", told(&output));
    // It says what it leaves out of what it cannot read.
    let said = told(&output);
    assert!(
        !said.contains("WARNING") && !said.contains("ignored"),
        "{said}"
    );

    // What the document does not name gets a number for a name.
    let models = fs::read_dir(directory.path().join("bitting_keys/models")).expect("models");
    for model in models {
        let name = model
            .expect("a file")
            .file_name()
            .into_string()
            .expect("text");
        let stem = name.trim_end_matches(".py");
        assert!(
            !stem.ends_with(|last: char| last.is_ascii_digit()),
            "{name}"
        );
    }

    let program = directory.path().join("key_lifecycle.py");
    let text = recipe::block(RECIPE, "python");
    fs::write(&program, &text).expect("a file");
    let python = programs.join("python");
    let mut compile = Command::new(&python);
    compile
        .args(["-m", "compileall", "-q", "bitting_keys"])
        .current_dir(directory.path());
    succeed(compile).await;
    let run = || {
        let mut python = Command::new(&python);
        python.arg(&program);
        python
    };
    assert_runs(run(), RECIPE).await;
    fs::write(&program, wrong_name(&text)).expect("a file");
    assert_tells_what_is_wrong(run()).await;
}
