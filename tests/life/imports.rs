//! `import` (K130 to K134): from each recipe's export, on a store at rest and through the server that has it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use bitting_tests::{
    NAMED_KEYS, Request,
    binary::{Process, command, run, run_json},
    tools::JQ,
};
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use super::{accepts, refusals::assert_refused, root_key, text};

/// The recipes, and the secrets of the keys in their exports.
const RECIPES: [(&str, &[&str]); 4] = [
    ("unkey", &["uk_3ZpV8xQ1rT5wYbN7cLkJmHde"]),
    (
        "better-auth",
        &["proj_QkzVnRtYwPbGhJmXcLsDfAqZxEuIoTrWvNyKiHgBlMpSjCdFaQeRtUwXzVbNmLkJ"],
    ),
    ("django", &["gPtxPdsV.6pNyZVHsm4p2pdXfcSTXjPTYzQ2aNaBb"]),
    (
        "feldera",
        &[
            "apikey:aB3dE6gHkL9mN2pQaB3dE6gHkL9mN2pQaB3dE6gHkL9mN2pQaB3dE6gHkL9mN2pQ\
           aB3dE6gHkL9mN2pQaB3dE6gHkL9mN2pQaB3dE6gHkL9mN2pQaB3dE6gHkL9mN2pQ",
        ],
    ),
];
const SECRET: &str = "old_key_4eC39HqLyjWDarjtT1zdp7dc";

/// The block of the recipes that is marked so.
fn block(mark: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/recipes/moving-in.md");
    let text = fs::read_to_string(path).expect("the recipes are there");
    let fence = format!("```{mark}\n");
    let (_, block) = text
        .split_once(&fence)
        .unwrap_or_else(|| panic!("no block {mark}"));
    block.split_once("```").expect("a block ends").0.to_owned()
}

/// A store, and a file of keys for it.
struct Scene {
    directory: TempDir,
}

impl Scene {
    fn new() -> Self {
        Self {
            directory: tempdir().expect("a directory"),
        }
    }

    fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    fn initialised() -> Self {
        let scene = Self::new();
        run_json(&["init", "--data", scene.data().to_str().expect("text")]);
        scene
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.directory.path().join(name);
        fs::write(&path, bytes).expect("a file");
        path.to_str().expect("text").to_owned()
    }

    fn import(&self, lines: impl AsRef<[u8]>, more: &[&str]) -> Output {
        let file = self.write("keys.jsonl", lines);
        let data = self.data();
        let arguments = ["import", &file, "--data", data.to_str().expect("text")];
        run(&[&arguments, more].concat())
    }
}

/// What a run printed that imported something.
fn counts(output: &Output) -> [u64; 3] {
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(text.lines().count(), 1, "{output:?}");
    let printed: Value = serde_json::from_str(&text).expect("one JSON object");
    ["created", "duplicate", "invalid"].map(|name| printed[name].as_u64().expect("a count"))
}

fn done(output: &Output) -> [u64; 3] {
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{output:?}"
    );
    counts(output)
}

fn key(n: usize) -> String {
    json!({ "name": format!("k{n}"), "secret": format!("{SECRET}-{n}") }).to_string() + "\n"
}

#[tokio::test]
async fn k132_every_recipe_brings_keys_that_verify() {
    if !JQ.is_there("every_recipe_brings_keys_that_verify") {
        return;
    }
    let scene = Scene::initialised();
    let mut expected = Vec::new();
    for (recipe, secrets) in RECIPES {
        let export = scene.write("export.json", block(&format!("json {recipe}")));
        let program = block(&format!("jq {recipe}"));
        let lines = JQ.text(&["-c", &program, &export]).await;
        let [created, duplicate, invalid] = done(&scene.import(&lines, &["--owner", "1"]));
        assert_eq!((duplicate, invalid), (0, 0), "{recipe}");
        assert_eq!(created, lines.lines().count() as u64, "{recipe}");
        expected.extend_from_slice(secrets);
    }
    let server = Process::serve(&scene.data(), &[]);
    // The named key may write, and so ask.
    let asker = RECIPES[3].1[0];
    for secret in &expected {
        assert!(accepts(&server, secret).await, "{secret}");
        let body = json!({ "key": secret }).to_string();
        let verify = Request::post("/v1/verify").bearer(asker).json(body);
        let told = server.send(&verify).await.expect(200).json();
        assert_eq!(told["code"], "valid", "{secret}");
        assert!(text(&told["key"]["metadata"], "imported_from").len() > 4);
    }
    let told = async |secret: &str| {
        let whoami = Request::get("/v1/whoami").bearer(secret);
        server.send(&whoami).await.expect(200).json()
    };
    let unkey = told(RECIPES[0].1[0]).await;
    assert_eq!(unkey["scopes"], json!(["reports.read", "reports.write"]));
    assert_eq!(
        (&unkey["metadata"]["plan"], &unkey["starts_at"]),
        (&json!("pro"), &json!("2024-05-01T10:00:00Z"))
    );
    let better = told(RECIPES[1].1[0]).await;
    assert_eq!(
        better["scopes"],
        json!(["files:read", "files:write", "users:read"])
    );
    assert_eq!(better["expires_at"], "2030-01-01T08:30:00Z");
    assert_eq!(told(RECIPES[2].1[0]).await["name"], "remote-service");
    let listed = Request::get(NAMED_KEYS).bearer(RECIPES[3].1[0]);
    let listed = server.send(&listed).await.expect(200).json();
    assert_eq!(
        (&listed[0]["name"], &listed[0]["role"]),
        (&json!("ingest"), &json!("write"))
    );
}

#[tokio::test]
async fn k130_a_file_goes_through_the_server_that_has_the_store() {
    let scene = Scene::new();
    let server = Process::serve(&scene.data(), &[]);
    let lines: String = (0..1_200).map(key).collect();
    assert_eq!(done(&scene.import(&lines, &[])), [1_200, 0, 0]);
    assert!(accepts(&server, &format!("{SECRET}-1199")).await);
    // Once more, and from where it may have stopped.
    assert_eq!(done(&scene.import(&lines, &[])), [0, 1_200, 0]);
    assert_eq!(
        done(&scene.import(&lines, &["--from-line", "1101"])),
        [0, 100, 0]
    );
    // Metadata stay as they were spelt.
    let exact = format!(
        r#"{{"name":"m","secret":"{SECRET}","metadata":{{"z":1.50,"a":1e2}},"owner_id":null}}"#
    );
    assert_eq!(done(&scene.import(&exact, &["--owner", "1"])), [1, 0, 0]);
    let whoami = Request::get("/v1/whoami").bearer(SECRET);
    let told = server.send(&whoami).await.expect(200);
    assert!(
        told.text().contains(r#""metadata":{"z":1.50,"a":1e2}"#),
        "{}",
        told.text()
    );
    // What the key of the command may not is told of each line.
    let root = root_key(&scene.data());
    let member = Request::post("/v1/companies")
        .bearer(&root)
        .json(r#"{"name":"Acme"}"#);
    let admin = server.send(&member).await.expect(201).json();
    let file = scene.write(
        "root.jsonl",
        key(5_000).replace("{\"", "{\"role\":\"root\",\""),
    );
    let url = format!("http://{}", server.address);
    let mut as_admin = command(&["import", &file, "--url", &url]);
    as_admin.env("BITTING_TOKEN", text(&admin["key"], "secret"));
    let output = as_admin.output().expect("the binary runs");
    assert_eq!(counts(&output), [0, 0, 1]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        !output.status.success() && said.starts_with("bitting: line 1: role must not be above"),
        "{said}"
    );
    let mut as_nobody = command(&["import", &file, "--url", &url]);
    as_nobody.env("BITTING_TOKEN", format!("{SECRET}-7"));
    let output = as_nobody.output().expect("the binary runs");
    assert_refused(
        &output,
        &[
            "stopped at line 1",
            "refused",
            "BITTING_TOKEN",
            "--from-line 1",
        ],
    );
    assert!(!String::from_utf8_lossy(&output.stderr).contains(SECRET));
}

/// Each is named by its line, its member and its rule, and nothing is imported of a file that has one.
#[test]
fn k130_of_a_file_with_a_wrong_line_nothing_is_imported() {
    let scene = Scene::initialised();
    let (good, long) = (key(0), "[".repeat(100_000));
    for (line, words) in [
        (&b"{\"name\":\"x\",\"secret\":\"sk_li"[..], "line 3: body must be valid JSON"),
        (b"{\"name\":\"x\"}", "line 3: secret is required"),
        (b"{\"name\":\"x\",\"secret\":\"short\"}", "line 3: secret must have at least 8 different"),
        (b"{\"nam\":\"x\",\"secret\":\"old_key_4eC39HqLyjWDarjtT1zdp7dd\"}", "the member `nam`"),
        (
            b"{\"name\":\"x\",\"secret\":\"old_key_4eC39HqLyjWDarjtT1zdp7dd\",\"expires_in_seconds\":1e400}",
            "line 3: expires_in_seconds must be a whole number",
        ),
        (b"\xff\xfe{}", "line 3: body must be valid JSON"),
        (b"[1,2]", "line 3: body must be a JSON object"),
        (b"null", "line 3: body must be a JSON object"),
        (long.as_bytes(), "line 3: must have at most 65536 bytes"),
    ] {
        let lines = [good.as_bytes(), b"\n", line, b"\n", key(1).as_bytes()].concat();
        let output = scene.import(lines, &["--owner", "1"]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
        assert!(said.contains(words), "{words}: {said}");
        assert!(said.contains("nothing was imported: 1 line"), "{said}");
    }
    // Whose they are has to be said where nobody asks.
    let output = scene.import(&good, &[]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("line 1: owner_id is required"));
    let nobodys = scene.import(&good, &["--owner", "9"]);
    assert_eq!(counts(&nobodys), [0, 0, 1]);
    assert_eq!(
        done(&scene.import(&good, &["--owner", "1"])),
        [1, 0, 0],
        "none was there"
    );
    assert_refused(&scene.import("", &["--from-line", "x"]), &["--from-line"]);
    let data = scene.data();
    let missing = [
        "import",
        "/nowhere.jsonl",
        "--data",
        data.to_str().expect("text"),
    ];
    assert_refused(&run(&missing), &["/nowhere.jsonl"]);
}
