//! Whether a running server does what its published documents say: Schemathesis asks it, as whoever has only the document
//! would. What it may ask and what is excepted is in `tests/tools/schemathesis`.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use bitting_api::operations::Surface;
use bitting_tests::{
    Request,
    binary::{Process, run_json},
    document::Document,
    packages,
};
use serde_json::json;
use tempfile::tempdir;

#[tokio::test]
async fn the_server_does_what_the_document_of_keys_says() {
    ask(Surface::Keys).await;
}

#[tokio::test]
async fn the_server_does_what_the_document_of_ocamba_says() {
    ask(Surface::Ocamba).await;
}

#[tokio::test]
async fn the_server_does_what_the_document_of_feldera_says() {
    ask(Surface::Feldera).await;
}

async fn ask(surface: Surface) {
    let test = format!("conformance of {}", surface.name());
    let Some(programs) = packages::python("schemathesis", &test) else {
        return;
    };
    let scratch = tempdir().expect("a temporary directory");
    let data = scratch.path().join("data");
    let root = run_json(&["init", "--data", data.to_str().expect("text")]);
    let text = |member: &str| root[member].as_str().expect("a text").to_owned();
    let (secret, key) = (text("secret"), text("key_id"));
    let server = Process::serve(&data, &[]);
    let base = format!("http://{}", server.address);

    let output = Command::new(programs.join("schemathesis"))
        .args([
            "--config-file",
            &file("tools/schemathesis/schemathesis.toml"),
        ])
        .arg("run")
        .arg(file(&format!("../openapi/{}.json", surface.name())))
        .args(["--url", &base, "--no-color"])
        .env(
            "SCHEMATHESIS_HOOKS",
            file("tools/schemathesis/exceptions.py"),
        )
        .env("BITTING_CALLER", &secret)
        .env("BITTING_KEY", key)
        .env("BITTING_SPENT", spare(&server, &secret).await)
        // What it and Python write beside what they read has no place in the tree.
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .current_dir(scratch.path())
        .stdin(Stdio::null())
        .output()
        .expect("it runs");
    let told = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}\n{errors}");

    // It would be as content with a document of which it understood nothing.
    let operations = Document::of(surface).operations().len();
    assert!(told.contains(&format!("Tested: {operations}\n")), "{told}");
    for phase in ["Examples", "Coverage", "Fuzzing", "Stateful"] {
        assert!(told.contains(&format!("✅ {phase}\n")), "{phase}:\n{told}");
    }
    // And with a server that refuses its caller.
    let whoami = Request::get("/v1/whoami").bearer(&secret);
    server.send(&whoami).await.expect(200);
}

/// A key that can be done without.
async fn spare(server: &Process, secret: &str) -> String {
    let body = json!({"name": "spare", "role": "verify"}).to_string();
    let request = Request::post("/v1/keys").bearer(secret).json(body);
    let made = server.send(&request).await.expect(201).json();
    made["secret"].as_str().expect("a secret").to_owned()
}

fn file(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    path.to_str().expect("a path of text").to_owned()
}
