//! `client/recipes/typescript.md`.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
};

use bitting_tests::{packages, recipe};
use tempfile::{TempDir, tempdir};

use super::{assert_runs, document, run, succeed, told};

const RECIPE: &str = "client/recipes/typescript.md";
const PROGRAM: &str = "key_lifecycle.ts";

/// A directory with the packages and the generated types, as the recipe makes one.
struct Project(TempDir);

impl Project {
    async fn new(packages: &Path) -> Self {
        let project = Self(tempdir().expect("a directory"));
        symlink(packages.join("node_modules"), project.path("node_modules")).expect("a link");
        fs::write(project.path("package.json"), r#"{"type":"module"}"#).expect("a file");
        let mut generate = project.tool("openapi-typescript");
        generate.arg(document());
        generate.args(["--default-non-nullable=false", "--output", "keys.d.ts"]);
        succeed(generate).await;
        project
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn tool(&self, name: &str) -> Command {
        let mut tool = Command::new(self.path("node_modules/.bin").join(name));
        tool.current_dir(self.0.path());
        tool
    }

    /// A command that checks `program` strictly and compiles it.
    fn compile(&self, program: &str) -> Command {
        fs::write(self.path(PROGRAM), program).expect("a file");
        let mut tsc = self.tool("tsc");
        tsc.args([
            "--strict",
            "--exactOptionalPropertyTypes",
            "--noUncheckedIndexedAccess",
        ]);
        tsc.args([
            "--target", "es2022", "--module", "nodenext", "--outDir", "out",
        ]);
        tsc.args(["--types", "node", PROGRAM]);
        tsc
    }
}

#[tokio::test]
async fn the_recipe_for_typescript_compiles_strictly_and_runs() {
    let Some(packages) = packages::npm("typescript", "clients::typescript") else {
        return;
    };
    let project = Project::new(&packages).await;
    let program = recipe::block(RECIPE, "ts");
    succeed(project.compile(&program)).await;
    let mut node = Command::new("node");
    node.arg(project.path("out/key_lifecycle.js"));
    assert_runs(node, RECIPE).await;

    // What is not in the document does not compile.
    for (right, wrong) in [
        (r#"name: "nightly-export""#, r#"nam: "nightly-export""#),
        ("overlap_seconds: 60", r#"overlap_seconds: "60""#),
        ("/revoke", "/revok"),
        ("rotated.secret", "rotated.secre"),
    ] {
        assert!(program.contains(right), "the recipe has no {right}");
        let output = run(project.compile(&program.replace(right, wrong))).await;
        assert!(!output.status.success(), "{wrong} compiles");
        assert!(told(&output).contains(PROGRAM), "{}", told(&output));
    }
}
