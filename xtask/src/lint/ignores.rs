//! What is found and let pass, each with its reason: `openapi/lint.toml`.

use std::{error::Error, fs, path::Path};

use bitting_api::operations::Surface;
use serde::Deserialize;

use super::finding::Finding;

/// The file, from the root of the repository.
pub(super) const FILE: &str = "openapi/lint.toml";

/// The file's form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// Findings to let pass.
    #[serde(default)]
    pub(super) ignore: Vec<Ignore>,
    /// Points of the checklist that are not met to the letter.
    #[serde(default)]
    pub(super) deviation: Vec<Deviation>,
}

/// A point of the checklist that is not met to the letter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Deviation {
    /// The point.
    pub(super) point: u32,
    /// The rule of a contract that wants it otherwise, or `design`.
    pub(super) by: String,
    /// Why.
    pub(super) reason: String,
}

/// Findings to let pass.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ignore {
    /// The rule that finds them.
    pub(super) rule: String,
    /// The document, all of them if it is left out.
    surface: Option<String>,
    /// Where: JSON pointers, in which `*` stands for anything. Anywhere, if there are none.
    #[serde(default, rename = "where")]
    places: Vec<String>,
    /// Only what is answered and never sent.
    #[serde(default)]
    answers_only: bool,
    /// Why.
    reason: String,
}

impl Ignore {
    fn covers(&self, finding: &Finding, is_answer: impl Fn(&Finding) -> bool) -> bool {
        let surface = self.surface.as_deref();
        self.rule == finding.rule
            && surface.is_none_or(|name| name == finding.surface.name())
            && (self.places.is_empty() || self.places.iter().any(|p| matches(p, &finding.place)))
            && (!self.answers_only || is_answer(finding))
    }

    /// Whether what it lets pass is found by a linter called `linter`; `None` is our own.
    pub(super) fn is_of(&self, linter: Option<&str>) -> bool {
        self.rule.split_once('/').map(|(linter, _)| linter) == linter
    }
}

/// Reads the file. An entry without a reason is none.
pub(super) fn read(root: &Path) -> Result<File, Box<dyn Error>> {
    let text = fs::read_to_string(root.join(FILE)).map_err(|cause| format!("{FILE}: {cause}"))?;
    parse(&text)
}

fn parse(text: &str) -> Result<File, Box<dyn Error>> {
    let file: File = toml::from_str(text).map_err(|cause| format!("{FILE}: {cause}"))?;
    for ignore in &file.ignore {
        let known = |name: &String| Surface::ALL.iter().any(|surface| surface.name() == name);
        if !ignore.surface.iter().all(known) {
            return Err(format!("{FILE}: {} names no surface of ours", ignore.rule).into());
        }
        has_reason(&ignore.rule, &ignore.reason)?;
    }
    for Deviation { point, by, reason } in &file.deviation {
        has_reason(&format!("point {point} ({by})"), reason)?;
    }
    Ok(file)
}

fn has_reason(entry: &str, reason: &str) -> Result<(), String> {
    if reason.trim().is_empty() {
        return Err(format!("{FILE}: {entry} has no reason"));
    }
    Ok(())
}

/// What is left of `findings`, and the entries of `ignores` that cover nothing.
pub(super) fn apply<'i>(
    findings: Vec<Finding>,
    ignores: &[&'i Ignore],
    is_answer: impl Fn(&Finding) -> bool,
) -> (Vec<Finding>, Vec<&'i Ignore>) {
    let mut idle = ignores.to_vec();
    let mut left = Vec::new();
    for finding in findings {
        let covering: Vec<_> = ignores
            .iter()
            .filter(|ignore| ignore.covers(&finding, &is_answer))
            .collect();
        idle.retain(|ignore| {
            !covering
                .iter()
                .any(|covers| std::ptr::eq(*ignore, **covers))
        });
        if covering.is_empty() {
            left.push(finding);
        }
    }
    (left, idle)
}

/// Whether `place` is as `pattern`, in which `*` stands for anything.
fn matches(pattern: &str, place: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == place,
        Some((start, rest)) => place.strip_prefix(start).is_some_and(|place| {
            let ends = (0..=place.len()).filter(|end| place.is_char_boundary(*end));
            ends.into_iter().any(|end| matches(rest, &place[end..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn finding(rule: &str, place: &str) -> Finding {
        Finding {
            surface: Surface::Keys,
            rule: rule.to_owned(),
            place: place.to_owned(),
            message: String::new(),
        }
    }

    #[test]
    fn an_entry_covers_its_rule_at_its_place_and_says_if_it_covers_nothing() {
        let text = "[[ignore]]\nrule = 'a'\nwhere = ['/paths/*/get']\nreason = 'r'\n\
                    [[ignore]]\nrule = 'b'\nsurface = 'ocamba'\nreason = 'r'\n";
        let ignores = parse(text).unwrap().ignore;
        let ignores: Vec<_> = ignores.iter().collect();
        let found = vec![
            finding("a", "/paths/~1v1/get"),
            finding("a", "/paths/~1v1/put"),
            finding("b", "/paths"),
        ];
        let (left, idle) = apply(found, &ignores, |_| false);
        let places: Vec<_> = left.iter().map(|f| f.place.as_str()).collect();
        assert_eq!(places, ["/paths/~1v1/put", "/paths"]);
        let idle: Vec<_> = idle.iter().map(|ignore| ignore.rule.as_str()).collect();
        assert_eq!(idle, ["b"]);
    }

    #[test]
    fn an_entry_for_answers_covers_nothing_else() {
        let text = "[[ignore]]\nrule = 'a'\nanswers_only = true\nreason = 'r'\n";
        let ignores = parse(text).unwrap().ignore;
        let ignores: Vec<_> = ignores.iter().collect();
        assert_eq!(apply(vec![finding("a", "")], &ignores, |_| true).0, []);
        assert_eq!(
            apply(vec![finding("a", "")], &ignores, |_| false).0.len(),
            1
        );
    }

    #[test]
    fn an_entry_has_a_reason_and_a_surface_of_ours() {
        assert!(parse("[[ignore]]\nrule = 'a'\n").is_err());
        assert!(parse("[[deviation]]\npoint = 1\nby = 'K1'\nreason = ' '\n").is_err());
        assert!(parse("[[ignore]]\nrule = 'a'\nreason = ' '\n").is_err());
        assert!(parse("[[ignore]]\nrule = 'a'\nsurface = 'x'\nreason = 'r'\n").is_err());
    }
}
