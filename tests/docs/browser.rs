//! The page in a headless Chromium, driven by `tests/tools/docs`.

use std::{
    env,
    io::Write,
    process::{Command, Stdio},
};

use bitting_api::operations::Surface;
use bitting_core::Role;
use bitting_tests::{
    Server,
    document::Document,
    packages,
    tools::{CHROMIUM, FIND_CHROMIUM},
};
use serde_json::{Value, json};

/// What the viewer tries although its page forbids it, and can do without.
const LISTED: &[&str] = &[
    // A library in it asks whether it may compile what checks schemas, and interprets them when it may not.
    "script-src eval",
];

/// What `page.mjs` saw at the page of `server`, where it typed in `token`.
async fn visit(server: &Server, token: &str) -> Option<Value> {
    let test = "docs";
    if !CHROMIUM.is_there(test) {
        return None;
    }
    let directory = packages::npm("docs", test)?;
    let chromium = CHROMIUM.text(&["-c", FIND_CHROMIUM]).await;
    let mut node = Command::new("node");
    node.args([
        "page.mjs",
        &format!("http://{}", server.address),
        chromium.trim(),
    ])
    // Where to put pictures of it, for whoever wants to look.
    .args(env::var("BITTING_PICTURES").ok())
    .current_dir(directory)
    .stdin(Stdio::piped())
    .stdout(Stdio::piped())
    .stderr(Stdio::piped());
    let token = token.to_owned();
    let output = tokio::task::spawn_blocking(move || {
        let mut child = node.spawn().expect("node starts");
        let mut input = child.stdin.take().expect("a pipe");
        input.write_all(token.as_bytes()).expect("it reads");
        drop(input);
        child.wait_with_output().expect("it ends")
    });
    let output = output.await.expect("no panic");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    Some(serde_json::from_slice(&output.stdout).expect("a JSON object"))
}

fn texts(value: &Value) -> Vec<&str> {
    let items = value.as_array().expect("a list").iter();
    items.map(|item| item.as_str().expect("a text")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_finds_every_operation_and_makes_a_key_and_nothing_is_kept_or_sent_elsewhere() {
    let server = Server::start().await;
    let token = server.caller(Role::Admin).await;
    let Some(seen) = visit(&server, &token).await else {
        return;
    };

    for surface in Surface::ALL {
        let operations = Document::of(surface).operations().into_iter();
        let mut operations: Vec<_> = operations.map(|operation| operation.id).collect();
        operations.sort();
        let mut headings = texts(&seen["headings"][surface.name()]);
        headings.sort_unstable();
        assert_eq!(headings, operations, "{surface:?}");
    }

    assert_eq!(seen["made"]["status"], 201, "{seen:#}");
    let made = seen["made"]["body"]["secret"].as_str().expect("a secret");
    assert!(server.accepts(made).await, "a key that works");

    assert!(texts(&seen["elsewhere"]).is_empty(), "{seen:#}");
    assert!(texts(&seen["errors"]).is_empty(), "{seen:#}");
    let mut violations = texts(&seen["violations"]);
    violations.retain(|violation| !LISTED.contains(violation));
    assert!(violations.is_empty(), "{violations:?}");

    assert!(texts(&seen["faults"]).is_empty(), "{}", seen["faults"]);
    assert!(seen["tabs"].as_u64() < Some(40), "{}", seen["tabs"]);

    let behind = &seen["behind"];
    assert_eq!(
        (&behind["url"], &behind["status"]),
        (&json!("/v1/whoami"), &json!(200))
    );

    let stored = seen["stored"].as_str().expect("what is stored");
    assert!(
        !stored.contains(&token) && !stored.contains(made),
        "{stored}"
    );
    assert_eq!(
        seen["typed"], "",
        "the page is opened again without the key"
    );

    let dark = seen["dark"].as_str().expect("a colour");
    let dark = dark.trim_start_matches("rgb(").split(',').next();
    let dark: u8 = dark.and_then(|red| red.parse().ok()).expect("a colour");
    assert!(dark < 64, "{}", seen["dark"]);
    assert!(
        seen["overflow"].as_i64() <= Some(0),
        "wider than a telephone"
    );
}
