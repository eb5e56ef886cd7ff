//! The README's quickstart, taken from its text.

use std::fs;

use crate::workspace;

/// Where the server is started.
const RUN: &str = "## Run it";
/// Where it is tried, in this order and in one shell.
const TRY: [&str; 4] = [
    "## Try it",
    "## Verify keys",
    "## Moving in",
    "## Companies and members",
];
/// Where it is tried with TLS and login tokens; these lines start what they need themselves.
const SECURE: &str = "## TLS and login tokens";

/// A block of shell lines and what the README says that they print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// The lines.
    pub(super) script: String,
    /// What they print; nothing where the README shows nothing.
    pub(super) expected: Option<String>,
}

/// What the README says to do.
#[derive(Debug)]
pub(super) struct Quickstart {
    /// Runs the server.
    pub(super) serve: Step,
    /// Tries it.
    pub(super) steps: Vec<Step>,
    /// Runs and tries another, with TLS and login tokens.
    pub(super) secure: Vec<Step>,
}

pub(super) fn quickstart() -> Result<Quickstart, String> {
    let path = workspace::root().join("README.md");
    let text = fs::read_to_string(&path)
        .map_err(|cause| format!("cannot read {}: {cause}", path.display()))?;
    let mut run = steps(section(&text, RUN)?)?;
    let (Some(serve), true) = (run.pop(), run.is_empty()) else {
        return Err(format!(
            "README.md: {RUN:?} must have exactly one block of shell lines"
        ));
    };
    let some = |heading: &str| match steps(section(&text, heading)?)? {
        none if none.is_empty() => Err(format!(
            "README.md: {heading:?} has no block of shell lines"
        )),
        steps => Ok(steps),
    };
    let mut tried = Vec::new();
    for heading in TRY {
        tried.extend(some(heading)?);
    }
    Ok(Quickstart {
        serve,
        steps: tried,
        secure: some(SECURE)?,
    })
}

/// The part of `text` below `heading`, up to the next heading of its level.
fn section<'a>(text: &'a str, heading: &str) -> Result<&'a str, String> {
    let missing = || format!("README.md has no section {heading:?}");
    let start = text.find(&format!("\n{heading}\n")).ok_or_else(missing)?;
    let body = &text[start + heading.len() + 2..];
    Ok(body.find("\n## ").map_or(body, |end| &body[..end]))
}

/// The steps of a section: every `sh` block, with the `json` or `text` block that follows it, if one does.
fn steps(section: &str) -> Result<Vec<Step>, String> {
    let mut steps: Vec<Step> = Vec::new();
    let mut lines = section.lines();
    while let Some(line) = lines.next() {
        let Some(language) = line.strip_prefix("```") else {
            continue;
        };
        let body: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
        let body = body.join("\n");
        match (language, steps.last_mut()) {
            ("sh", _) => steps.push(Step {
                script: body,
                expected: None,
            }),
            (
                "json" | "text",
                Some(Step {
                    expected: expected @ None,
                    ..
                }),
            ) => {
                *expected = Some(body);
            }
            _ => {
                return Err(format!(
                    "README.md: the quickstart has a block of {language:?} that belongs to no line before it; \
                     it takes \"sh\", and after it \"json\" or \"text\" for what it prints"
                ));
            }
        }
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn blocks_are_paired_with_what_they_print() {
        let text = "# x\n\n## Run it\n\n```sh\na\n```\n\n```text\nb\nc\n```\nor\n```sh\nd\n```\n\n## Next\n";
        let found = steps(section(text, RUN).unwrap()).unwrap();
        let step = |script: &str, expected: Option<&str>| Step {
            script: script.to_owned(),
            expected: expected.map(str::to_owned),
        };
        assert_eq!(found, [step("a", Some("b\nc")), step("d", None)]);
    }

    #[test]
    fn the_readme_has_a_quickstart() {
        quickstart().unwrap();
    }
}
