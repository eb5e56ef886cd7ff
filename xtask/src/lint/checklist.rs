#![allow(clippy::unwrap_used)]
//! What `openapi/CHECKLIST.md` says holds each of its points is there.

use std::{fs, path::Path};

use super::{ignores, outside, rules};
use crate::workspace;

const FILE: &str = "openapi/CHECKLIST.md";

/// A row of the table: the number of the point, and what holds it.
fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
    let cells = text.lines().map(|line| line.split('|').collect::<Vec<_>>());
    cells
        .filter_map(|cells| {
            let number = cells.get(1)?.trim().parse().ok()?;
            let quoted = cells.get(3)?.split('`').skip(1).step_by(2);
            Some((number, quoted.map(str::to_owned).collect()))
        })
        .collect()
}

/// The text of every source of ours in `directory`.
fn sources(directory: &Path, out: &mut String) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !matches!(name.as_str(), "node_modules" | "snapshots" | "target") {
                sources(&path, out);
            }
        } else if path.extension().is_some_and(|end| end == "rs") {
            out.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_point_is_held_by_something_that_is_there() {
    let root = workspace::root();
    let rows = rows(&fs::read_to_string(root.join(FILE)).unwrap());
    let ignored = ignores::read(&root).unwrap().ignore;
    let mut text = String::new();
    for directory in ["server", "client", "tests", "xtask"] {
        sources(&root.join(directory), &mut text);
    }
    let is_there = |name: &str| {
        rules::rules().any(|rule| rule.name == name)
            || outside::LINTERS.iter().any(|linter| linter.name == name)
            || ignored.iter().any(|ignore| ignore.rule == name)
            || text.contains(&format!("fn {name}("))
    };
    for (number, holders) in &rows {
        assert!(!holders.is_empty(), "point {number} is held by nothing");
        for name in holders {
            assert!(is_there(name), "point {number}: there is no {name}");
        }
    }
    let numbers: Vec<_> = rows.iter().map(|(number, _)| *number).collect();
    assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
    assert!(numbers.len() > 30, "{numbers:?}");
}

/// Where the checklist and a contract or the design differ, those win: each such point is listed with its reason.
#[test]
fn every_deviation_is_of_a_point_and_by_a_rule_that_is_there() {
    let root = workspace::root();
    let rows = rows(&fs::read_to_string(root.join(FILE)).unwrap());
    let contracts: String = ["keys", "ocamba", "feldera"]
        .map(|name| format!("server/api/contracts/{name}.md"))
        .map(|path| fs::read_to_string(root.join(path)).unwrap())
        .concat();
    let deviations = ignores::read(&root).unwrap().deviation;
    assert!(!deviations.is_empty());
    for ignores::Deviation { point, by, reason } in deviations {
        assert!(rows.iter().any(|(number, _)| *number == point), "{point}");
        let known = by == "design" || contracts.contains(&format!("### {by}:"));
        assert!(known, "point {point}: no contract has a rule {by}");
        assert!(reason.ends_with('.'), "point {point} has no reason");
    }
}
