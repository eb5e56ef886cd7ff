//! `client/recipes/go.md`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use bitting_api::operations::Surface;
use bitting_tests::{document::Document, packages, recipe};
use serde_json::json;
use tempfile::{TempDir, tempdir};

use super::{
    assert_does_not_compile, assert_runs, assert_tells_what_is_wrong, document, run, succeed, told,
    wrong_name,
};

const RECIPE: &str = "client/recipes/go.md";
const TEST: &str = "clients::go";

/// Reads a key that was made, and prints what the reader knows of it.
const READER: &str = r#"package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"

	"example.com/keylifecycle/bitting"
)

func main() {
	var made bitting.KeyCreated
	if err := json.Unmarshal([]byte(os.Args[1]), &made); err != nil {
		log.Fatal(err)
	}
	fmt.Println(made.Secret)
}
"#;

/// A module with the client that the recipe generates.
struct Module {
    directory: TempDir,
    /// Where the programs of Go are.
    go: PathBuf,
}

impl Module {
    async fn new(generator: &Path, go: PathBuf) -> Self {
        let module = Self {
            directory: tempdir().expect("a directory"),
            go,
        };
        let file = |name: &str| module.directory.path().join(name);
        fs::write(
            file("go.mod"),
            "module example.com/keylifecycle\n\ngo 1.24\n",
        )
        .expect("a file");
        fs::copy(document(), file("keys.json")).expect("a file");
        // The lines before it get the program and the document, which are here.
        let lines = recipe::block(RECIPE, "sh");
        let start = lines.find("openapi-generator-cli generate");
        let mut generate = Command::new("bash");
        generate
            .args(["-ec", &lines[start.expect("the recipe generates")..]])
            .env("PATH", packages::before_path(generator))
            .current_dir(module.directory.path());
        let output = run(generate).await;
        assert!(output.status.success(), "{}", told(&output));
        module
    }

    fn go(&self, arguments: &[&str]) -> Command {
        let mut go = Command::new(self.go.join("go"));
        let cache = packages::target().join("tools/go-cache");
        go.args(arguments)
            .current_dir(self.directory.path())
            // What the machine's owner has set for Go is not ours, and nothing is fetched.
            .env("HOME", self.directory.path())
            .env_remove("XDG_CONFIG_HOME")
            .env("GOCACHE", cache)
            .envs([
                ("GOENV", "off"),
                ("GOFLAGS", ""),
                ("GOPROXY", "off"),
                ("GOTOOLCHAIN", "local"),
                ("CGO_ENABLED", "0"),
            ]);
        go
    }

    /// A command that compiles `program` as `name`.
    fn compile(&self, program: &str, name: &str) -> Command {
        let directory = self.directory.path().join("cmd").join(name);
        fs::create_dir_all(&directory).expect("a directory");
        fs::write(directory.join("main.go"), program).expect("a file");
        self.go(&["build", "-o", name, &format!("./cmd/{name}")])
    }

    fn program(&self, name: &str) -> Command {
        Command::new(self.directory.path().join(name))
    }
}

#[tokio::test]
async fn the_recipe_for_go_compiles_and_runs() {
    let Some(generator) = packages::python("openapi-generator", TEST) else {
        return;
    };
    let Some(go) = packages::python("go", TEST) else {
        return;
    };
    let module = Module::new(&generator, go).await;
    let program = recipe::block(RECIPE, "go");
    succeed(module.compile(&program, "lifecycle")).await;
    succeed(module.go(&["vet", "./cmd/..."])).await;
    assert_runs(module.program("lifecycle"), RECIPE).await;
    succeed(module.compile(&wrong_name(&program), "refused")).await;
    assert_tells_what_is_wrong(module.program("refused")).await;

    // What is not in the document does not compile.
    let mistakes = [
        (r#"Name: "nightly-export""#, r#"Nam: "nightly-export""#),
        ("PtrInt32(60)", r#"PtrInt32("60")"#),
        ("IfMatch(version)", "IfMatch(read)"),
        ("KeyRevoke(ctx", "KeyRevok(ctx"),
        ("rotated.Secret", "rotated.Secre"),
    ];
    let compile = |text: &str| module.compile(text, "wrong");
    assert_does_not_compile(&program, &mistakes, "main.go", compile).await;

    // A later version of the server answers more than this client knows.
    let mut later = Document::of(Surface::Keys).example("key_create", 201);
    later["later"] = json!({ "than": "this client" });
    later["key"]["later"] = json!(1);
    succeed(module.compile(READER, "reader")).await;
    let mut reader = module.program("reader");
    reader.arg(later.to_string());
    let output = run(reader).await;
    assert!(output.status.success(), "{}", told(&output));
    let secret = later["secret"].as_str().expect("a secret");
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), secret);
}
