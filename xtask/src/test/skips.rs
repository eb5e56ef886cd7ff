//! What was skipped for want of a tool.
//!
//! A test that lacks one appends a line, `SKIPPED <test>: needs <tool>; install it with <line>`, to the file
//! that `BITTING_SKIPS` names, and passes.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    process::Command,
};

/// The variable that names the file.
const VARIABLE: &str = "BITTING_SKIPS";

/// The file of one run.
pub(super) struct Skips(PathBuf);

/// A line of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Skip {
    test: String,
    needs: String,
    remedy: String,
}

impl Skips {
    /// An empty file in `directory`.
    pub(super) fn start(directory: &Path) -> io::Result<Self> {
        // Absolute: each test runs in the directory of its package.
        let path = std::path::absolute(directory.join("skips.txt"))?;
        fs::write(&path, "")?;
        Ok(Self(path))
    }

    /// Has the tests that `command` runs write there.
    pub(super) fn tell(&self, command: &mut Command) {
        command.env(VARIABLE, &self.0);
    }

    /// Adds a line.
    pub(super) fn add(&self, test: &str, needs: &str, remedy: &str) -> io::Result<()> {
        let mut file = OpenOptions::new().append(true).open(&self.0)?;
        writeln!(
            file,
            "SKIPPED {test}: needs {needs}; install it with {remedy}"
        )
    }

    /// What was skipped, each test once.
    pub(super) fn read(&self) -> io::Result<Vec<Skip>> {
        let text = fs::read_to_string(&self.0)?;
        let mut skips: Vec<Skip> = Vec::new();
        for skip in text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(parse)
        {
            if !skips.contains(&skip) {
                skips.push(skip);
            }
        }
        Ok(skips)
    }
}

/// A line, taken apart; one of another form is kept whole, because a skip must not get lost.
fn parse(line: &str) -> Skip {
    let parts = line.strip_prefix("SKIPPED ").and_then(|rest| {
        let (test, rest) = rest.split_once(": needs ")?;
        let (needs, remedy) = rest.split_once("; install it with ")?;
        Some((test, needs, remedy))
    });
    let (test, needs, remedy) = parts.unwrap_or((line, "?", "?"));
    Skip {
        test: test.to_owned(),
        needs: needs.to_owned(),
        remedy: remedy.to_owned(),
    }
}

/// Prints the table.
pub(super) fn print(skips: &[Skip]) {
    if skips.is_empty() {
        println!("nothing was skipped");
        return;
    }
    let width = |column: fn(&Skip) -> &String, title: &str| {
        let widest = skips.iter().map(|skip| column(skip).chars().count()).max();
        widest.unwrap_or(0).max(title.len())
    };
    let (test, needs) = (
        width(|skip| &skip.test, "skipped"),
        width(|skip| &skip.needs, "needs"),
    );
    println!("{:<test$}  {:<needs$}  install it with", "skipped", "needs");
    for skip in skips {
        println!(
            "{:<test$}  {:<needs$}  {}",
            skip.test, skip.needs, skip.remedy
        );
    }
    println!();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_taken_apart() {
        let skip =
            parse("SKIPPED life::php: needs php; install it with sudo apt-get install php-cli");
        assert_eq!(skip.test, "life::php");
        assert_eq!(skip.needs, "php");
        assert_eq!(skip.remedy, "sudo apt-get install php-cli");
    }

    #[test]
    fn a_line_of_another_form_is_not_lost() {
        assert_eq!(parse("no php here").test, "no php here");
    }
}
