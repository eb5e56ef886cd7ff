//! The README tells which test holds which invariant, and tells the truth.

use std::{collections::BTreeSet, fs};

use crate::workspace::root;

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// The part below `heading`.
fn section<'a>(text: &'a str, heading: &str) -> &'a str {
    let start = text.find(&format!("\n## {heading}\n"));
    let start = start.unwrap_or_else(|| panic!("README.md has no section {heading:?}"));
    let body = &text[start + 1..];
    body.find("\n## ").map_or(body, |end| &body[..end])
}

/// What stands in backticks and looks like the name of a test: words joined by underscores.
fn names(text: &str) -> BTreeSet<String> {
    let quoted = text.split('`').skip(1).step_by(2);
    let is_name = |word: &&str| {
        word.matches('_').count() > 2 && word.chars().all(|c| c == '_' || c.is_ascii_lowercase())
    };
    quoted.filter(is_name).map(str::to_owned).collect()
}

#[test]
fn the_readme_names_the_test_that_holds_each_invariant() {
    let mut held = BTreeSet::new();
    for entry in fs::read_dir(root().join("tests/architecture")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let name = (line == "#[test]").then(|| lines.next()).flatten();
            let name = name.and_then(|line| line.strip_prefix("fn ")?.strip_suffix("() {"));
            held.extend(name.map(str::to_owned));
        }
    }
    // These are about the README and not about the architecture.
    held.retain(|name| !name.starts_with("the_readme_"));
    let text = readme();
    assert_eq!(names(section(&text, "Architecture")), held);
}

#[test]
fn the_readme_has_one_command_that_runs_and_one_that_tests() {
    let text = readme();
    let blocks = |heading: &str| {
        let section = section(&text, heading).to_owned();
        let blocks = section.split("\n```sh\n").skip(1);
        blocks
            .filter_map(|block| Some(block.split_once("\n```")?.0.to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(blocks("Run it"), ["cargo run --release -- serve"]);
    assert_eq!(blocks("Test it"), ["cargo xtask test"]);
}

#[test]
fn the_readme_maps_what_is_there() {
    let text = readme();
    let map = section(&text, "The tree");
    let (_, map) = map.split_once("```text\n").unwrap();
    let (map, _) = map.split_once("```").unwrap();
    let mut parents: Vec<&str> = Vec::new();
    for line in map.lines() {
        let depth = (line.len() - line.trim_start().len()) / 2;
        let name = line.split_whitespace().next().unwrap_or_default();
        parents.truncate(depth);
        parents.push(name);
        let path = root().join(parents.concat());
        assert!(
            path.exists(),
            "the README's map shows {}, which is not there",
            path.display()
        );
    }
}
