#![allow(clippy::unwrap_used)]

use bitting_api::operations::Surface;
use semver::Version;
use serde_json::{Value, json};

use super::{Archive, Bump, Gate, prepare};
use crate::diff;

/// A document that was changed by `change`, under the version `version`.
fn with(version: &str, change: impl Fn(&mut Value)) -> String {
    let document = bitting_api::document::document(Surface::Feldera).unwrap();
    let mut value: Value = serde_json::from_str(&document.text).unwrap();
    value["info"]["version"] = version.into();
    change(&mut value);
    value.to_string()
}

fn nothing(_: &mut Value) {}

fn words(document: &mut Value) {
    document["info"]["description"] = "Other words.".into();
}

fn more(document: &mut Value) {
    document["components"]["schemas"]["More"] = serde_json::json!({"type": "string"});
}

fn less(document: &mut Value) {
    document["paths"]
        .as_object_mut()
        .unwrap()
        .remove("/healthz")
        .unwrap();
}

/// What the gate says of a document of this version that was released as 1.2.3 before the change.
fn fault(version: &str, change: impl Fn(&mut Value)) -> Option<String> {
    let (old, new) = (with("1.2.3", nothing), with(version, change));
    let changes = diff::compare(("old", &old), ("new", &new)).unwrap();
    Gate::of(Surface::Feldera, &old, &new, &changes)
        .unwrap()
        .fault()
}

#[test]
fn a_version_goes_as_far_as_the_change_calls_for() {
    for (change, next, too_near) in [
        (words as fn(&mut Value), "1.2.4", ["1.2.3", "1.2.2"]),
        (more, "1.3.0", ["1.2.3", "1.2.4"]),
        (less, "2.0.0", ["1.2.4", "1.3.0"]),
    ] {
        assert_eq!(fault(next, change), None, "{next}");
        assert_eq!(fault("3.0.0", change), None);
        for version in too_near {
            let told = fault(version, change).unwrap();
            assert!(
                told.contains(&format!(
                    "set \"feldera\" to \"{next}\" in openapi/versions.json"
                )),
                "{told}"
            );
        }
    }
    assert_eq!(fault("1.2.3", nothing), None);
    assert!(
        fault("1.2.4", nothing)
            .unwrap()
            .contains("give it 1.2.3 again")
    );
}

#[test]
fn the_worst_change_decides() {
    let all = |document: &mut Value| {
        words(document);
        more(document);
        less(document);
    };
    assert!(
        fault("1.3.0", all)
            .unwrap()
            .contains("a new major version, 2.0.0")
    );
    assert_eq!(
        Bump::of(diff::Class::Documentation).next(&Version::new(0, 1, 0)),
        Version::new(0, 1, 1)
    );
}

#[test]
fn a_released_document_stays_as_it_was_released() {
    let scratch = tempfile::tempdir().unwrap();
    let archive = Archive::at(scratch.path());
    let version = Version::new(1, 2, 3);
    assert_eq!(archive.faults(), Ok(vec![]));
    let text = with("1.2.3", nothing);
    archive.file(Surface::Feldera, &version, &text).unwrap();
    assert_eq!(archive.faults(), Ok(vec![]));
    assert_eq!(
        archive.newest(Surface::Feldera).unwrap().unwrap().text,
        text
    );

    let again = archive.file(Surface::Feldera, &version, "{}").unwrap_err();
    assert!(again.contains("never overwritten"), "{again}");

    let path = scratch.path().join("feldera/1.2.3.json");
    let fault = || archive.faults().unwrap().join("\n");
    std::fs::write(&path, with("1.2.3", words)).unwrap();
    assert!(
        fault().contains("1.2.3.json is not what was released"),
        "{}",
        fault()
    );
    std::fs::rename(&path, scratch.path().join("feldera/1.2.4.json")).unwrap();
    assert!(
        fault().contains("1.2.4.json is not in openapi/released/SHA256SUMS"),
        "{}",
        fault()
    );
    assert!(
        fault().contains("says of itself that it is 1.2.3"),
        "{}",
        fault()
    );
    assert!(
        fault().contains("1.2.3.json was released and is gone"),
        "{}",
        fault()
    );
    std::fs::rename(
        scratch.path().join("feldera/1.2.4.json"),
        scratch.path().join("feldera/x.json"),
    )
    .unwrap();
    assert!(
        archive
            .faults()
            .unwrap_err()
            .contains("is not called after a version")
    );
}

#[test]
fn the_newest_is_the_one_of_the_highest_version() {
    let scratch = tempfile::tempdir().unwrap();
    let archive = Archive::at(scratch.path());
    for version in [
        Version::new(1, 10, 0),
        Version::new(1, 9, 0),
        Version::new(1, 2, 0),
    ] {
        archive
            .file(
                Surface::Feldera,
                &version,
                &with(&version.to_string(), nothing),
            )
            .unwrap();
    }
    let newest = archive.newest(Surface::Feldera).unwrap().unwrap();
    assert_eq!(newest.version, Version::new(1, 10, 0));
    assert!(archive.newest(Surface::Keys).unwrap().is_none());
}

#[test]
fn a_release_is_refused_for_nothing_and_for_too_little_and_writes_what_changed() {
    let scratch = tempfile::tempdir().unwrap();
    let archive = Archive::at(scratch.path());
    let document = bitting_api::document::document(Surface::Feldera).unwrap();
    let one = Version::new(1, 0, 0);
    let first = prepare(&archive, &document, &one).unwrap();
    assert!(first.text.ends_with("}\n") && first.text.contains("\"version\": \"1.0.0\""));
    archive.file(Surface::Feldera, &one, &first.text).unwrap();
    archive.log(Surface::Feldera, &first.entry).unwrap();

    let refused = |version: &Version| {
        prepare(&archive, &document, version)
            .err()
            .unwrap()
            .to_string()
    };
    assert!(refused(&Version::new(1, 1, 0)).contains("nothing changed"));

    // Before, there was a path more.
    let scratch = tempfile::tempdir().unwrap();
    let archive = Archive::at(scratch.path());
    let before = with("1.0.0", |document| {
        let paths = document["paths"].as_object_mut().unwrap();
        let gone = serde_json::json!({"get": {"operationId": "gone_view", "responses": {}}});
        paths.insert("/gone".to_owned(), gone);
    });
    archive.file(Surface::Feldera, &one, &before).unwrap();
    archive.log(Surface::Feldera, &first.entry).unwrap();
    let told = prepare(&archive, &document, &Version::new(1, 9, 0))
        .err()
        .unwrap()
        .to_string();
    assert!(
        told.contains("calls for a new major version, 2.0.0"),
        "{told}"
    );
    let second = prepare(&archive, &document, &Version::new(2, 0, 0)).unwrap();
    archive.log(Surface::Feldera, &second.entry).unwrap();
    let log = std::fs::read_to_string(scratch.path().join("feldera/CHANGELOG.md")).unwrap();
    let (new, old) = (log.find("## 2.0.0").unwrap(), log.find("## 1.0.0").unwrap());
    assert!(
        new < old && log.contains("### Breaking\n\n- gone_view: GET /gone is gone\n"),
        "{log}"
    );
    archive.feed(Surface::Feldera, &first.feed).unwrap();
    archive.feed(Surface::Feldera, &second.feed).unwrap();
    let feed = std::fs::read_to_string(scratch.path().join("feldera/CHANGELOG.jsonl")).unwrap();
    let lines: Vec<Value> = feed
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let gone = lines.iter().find(|line| line["class"] == "breaking");
    let gone = gone.unwrap();
    assert_eq!(
        (&gone["version"], &gone["since"]),
        (&json!("2.0.0"), &json!("1.0.0"))
    );
    assert_eq!(gone["sentence"], "GET /gone is gone");
    // It is no document, and is not taken for one.
    assert_eq!(
        archive.newest(Surface::Feldera).unwrap().unwrap().version,
        one
    );
}

/// The same as `cargo xtask diff --check`, as a test of its own.
#[test]
fn no_document_changed_more_than_its_version_says() {
    let archive = Archive::here();
    assert_eq!(archive.faults(), Ok(vec![]));
    for document in bitting_api::document::documents().unwrap() {
        let Some(released) = archive.newest(document.surface).unwrap() else {
            continue;
        };
        let changes =
            diff::compare((&released.path(), &released.text), ("now", &document.text)).unwrap();
        let gate = Gate::of(document.surface, &released.text, &document.text, &changes).unwrap();
        assert_eq!(gate.fault(), None);
    }
}
