//! `cargo xtask lint`: whether the published documents are as good as we want them.
//!
//! Our own rules need nothing but cargo. Redocly, Spectral and OpenAPI Generator look at the documents too where they
//! are installed. What is let pass is in `openapi/lint.toml`, each entry with its reason; one that lets nothing pass any
//! more is a finding itself.

mod access;
mod examples;
mod finding;
mod ignores;
mod info;
mod inputs;
mod operations;
mod outside;
mod responses;
mod rules;
mod schemas;
mod secrets;
mod subject;
mod words;

use std::{collections::BTreeSet, error::Error, fs, path::Path, process::ExitCode};

use bitting_api::operations::Surface;

use self::{
    finding::Finding,
    ignores::Ignore,
    outside::{LINTERS, Outcome},
    subject::Subject,
};
use crate::workspace;

/// What the command takes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Run our own rules alone.
    #[arg(long)]
    own: bool,
    /// List our own rules.
    #[arg(long)]
    rules: bool,
}

/// A linter that could not be run.
pub(crate) struct Missing {
    /// What it is called.
    pub(crate) linter: &'static str,
    /// What it needs.
    pub(crate) needs: String,
    /// How to get that.
    pub(crate) remedy: String,
}

/// Looks at the documents and tells what was found.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn Error>> {
    if arguments.rules {
        for rule in rules::rules() {
            println!("{:<24} {}", rule.name, rule.asks);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let (good, missing) = check(arguments.own)?;
    for Missing {
        linter,
        needs,
        remedy,
    } in missing
    {
        println!("{linter} was not run: it needs {needs}; install it with {remedy}");
    }
    Ok(if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Whether all is well, and which linters could not be run.
pub(crate) fn check(own_only: bool) -> Result<(bool, Vec<Missing>), Box<dyn Error>> {
    let root = workspace::root();
    let all = ignores::read(&root)?.ignore;
    let subjects = Surface::ALL.map(|surface| read(&root, surface));
    let mut answers = Vec::new();
    let mut own = Vec::new();
    for subject in subjects {
        let (surface, text) = subject?;
        own.extend(rules::findings(surface, &text)?);
        let subject = Subject::read(surface, &text)?;
        let sent = subject.sent();
        let only: BTreeSet<_> = subject.answered().difference(&sent).cloned().collect();
        answers.push((surface, only));
    }
    let is_answer = |finding: &Finding| is_answer(finding, &answers);

    let mut good = settle("own rules", own, &all, None, is_answer);
    let mut missing = Vec::new();
    for linter in LINTERS.iter().filter(|_| !own_only) {
        match linter.run(&root)? {
            Outcome::Findings(found) => {
                good &= settle(linter.name, found, &all, Some(linter.name), is_answer);
            }
            Outcome::Missing { needs, remedy } => missing.push(Missing {
                linter: linter.name,
                needs,
                remedy,
            }),
        }
    }
    Ok((good, missing))
}

fn read(root: &Path, surface: Surface) -> Result<(Surface, String), String> {
    let name = format!("openapi/{}.json", surface.name());
    let text = fs::read_to_string(root.join(&name)).map_err(|cause| format!("{name}: {cause}"))?;
    Ok((surface, text))
}

/// Prints what is left of `found`; whether nothing is.
fn settle(
    linter: &str,
    found: Vec<Finding>,
    all: &[Ignore],
    prefix: Option<&str>,
    is_answer: impl Fn(&Finding) -> bool,
) -> bool {
    let of: Vec<_> = all.iter().filter(|ignore| ignore.is_of(prefix)).collect();
    let total = found.len();
    let (left, idle) = ignores::apply(found, &of, is_answer);
    for finding in &left {
        println!("{finding}");
    }
    for ignore in &idle {
        let rule = &ignore.rule;
        println!(
            "{}: an entry for {rule} lets nothing pass any more: remove it",
            ignores::FILE
        );
    }
    println!(
        "{linter:<18} {} finding(s), {} let pass with a reason",
        left.len(),
        total - left.len()
    );
    left.is_empty() && idle.is_empty()
}

/// Whether a finding is about what is answered and never sent.
fn is_answer(finding: &Finding, answers: &[(Surface, BTreeSet<String>)]) -> bool {
    let mut parts = finding.place.split('/').skip(1);
    match (parts.next(), parts.next(), parts.next()) {
        (Some("components"), Some("schemas"), Some(name)) => answers
            .iter()
            .any(|(surface, only)| *surface == finding.surface && only.contains(name)),
        (Some("components"), Some("headers" | "responses"), _) => true,
        _ => finding.place.contains("/responses/"),
    }
}

#[cfg(test)]
mod checklist;
#[cfg(test)]
mod tests;
