//! `client/recipes/typescript.md`.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
};

use bitting_tests::{packages, recipe};
use tempfile::{TempDir, tempdir};

use super::{
    assert_does_not_compile, assert_runs, assert_tells_what_is_wrong, document, succeed, wrong_name,
};

const RECIPE: &str = "client/recipes/typescript.md";
/// What the recipe calls its program.
const PROGRAM: &str = "main.ts";

/// A directory with the packages and the generated types, as the recipe makes one.
struct Project {
    directory: TempDir,
    /// The recipe's lines that compile the program and run it.
    lines: String,
}

impl Project {
    async fn new(packages: &Path) -> Self {
        let [generate, compile] = &recipe::blocks(RECIPE, "sh")[..] else {
            panic!("{RECIPE} has the lines that generate, and those that compile and run");
        };
        let project = Self {
            directory: tempdir().expect("a directory"),
            lines: compile.clone(),
        };
        symlink(packages.join("node_modules"), project.path("node_modules")).expect("a link");
        fs::copy(document(), project.path("keys.json")).expect("a file");
        let package = recipe::block(RECIPE, "json");
        fs::write(project.path("package.json"), package).expect("a file");
        // The lines before it get the packages and the document, which are here.
        let start = generate.find("npx openapi-typescript");
        let generate = &generate[start.expect("the recipe generates")..];
        succeed(project.shell(generate)).await;
        project
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn shell(&self, lines: &str) -> Command {
        let mut shell = Command::new("bash");
        shell
            .args(["-ec", lines])
            .current_dir(self.directory.path())
            // What is not here is not fetched.
            .env("npm_config_offline", "true");
        shell
    }

    /// A command that does with `program` what the recipe says.
    fn run(&self, program: &str) -> Command {
        fs::write(self.path(PROGRAM), program).expect("a file");
        self.shell(&self.lines)
    }

    /// A command that checks `program` more strictly than the recipe does.
    fn check(&self, program: &str) -> Command {
        fs::write(self.path(PROGRAM), program).expect("a file");
        let compile = self.lines.lines().find(|line| line.contains("tsc "));
        let compile = compile.expect("the recipe compiles");
        let strict = "--noEmit --exactOptionalPropertyTypes --noUncheckedIndexedAccess";
        self.shell(&format!("{compile} {strict}"))
    }
}

#[tokio::test]
async fn the_recipe_for_typescript_compiles_strictly_and_runs() {
    let Some(packages) = packages::npm("typescript", "clients::typescript") else {
        return;
    };
    let project = Project::new(&packages).await;
    let program = recipe::block(RECIPE, "ts");
    assert_runs(project.run(&program), RECIPE).await;
    assert_tells_what_is_wrong(project.run(&wrong_name(&program))).await;

    // The lines about a form follow the program, and print nothing.
    let with_form = format!("{program}{}", recipe::block(RECIPE, "typescript"));
    succeed(project.check(&with_form)).await;
    assert_runs(project.run(&with_form), RECIPE).await;

    // What is not in the document does not compile.
    let mistakes = [
        (r#"name: "nightly-export""#, r#"nam: "nightly-export""#),
        ("overlap_seconds: 60", r#"overlap_seconds: "60""#),
        ("{ name, description,", "{ name,"),
        ("/revoke", "/revok"),
        ("rotated.secret", "rotated.secre"),
    ];
    assert_does_not_compile(&program, &mistakes, PROGRAM, |text| project.check(text)).await;
}
