//! What is different, for people.

use std::fmt::Write as _;

use similar::TextDiff;

use super::file::State;

/// More lines than anybody reads in a log.
const LINES_MAX: usize = 120;

/// A unified difference from what is there to what is to be.
pub(super) fn between(path: &str, state: &State, wanted: &str) -> String {
    let there = match state {
        State::Stale(text) => text.as_str(),
        State::Missing => return "  there is no such file\n".to_owned(),
        State::Current => return String::new(),
    };
    let diff = TextDiff::from_lines(there, wanted);
    let text = diff
        .unified_diff()
        .context_radius(2)
        .header(
            &format!("{path} (committed)"),
            &format!("{path} (generated)"),
        )
        .to_string();
    shorten(&text)
}

fn shorten(text: &str) -> String {
    let lines = text.lines().count();
    let mut out = String::new();
    for line in text.lines().take(LINES_MAX) {
        out.push_str(line);
        out.push('\n');
    }
    if lines > LINES_MAX {
        // Writing to a string does not fail.
        let _ = writeln!(out, "… and {} more lines", lines - LINES_MAX);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stale(text: &str) -> State {
        State::Stale(text.to_owned())
    }

    #[test]
    fn a_difference_names_both_sides_and_the_lines() {
        let text = between("openapi/x.json", &stale("a\nb\n"), "a\nc\n");
        for line in ["openapi/x.json (committed)", "-b", "+c"] {
            assert!(text.contains(line), "{text}");
        }
    }

    #[test]
    fn a_long_difference_is_cut_and_says_so() {
        let wanted = "x\n".repeat(1_000);
        let text = between("p", &stale(""), &wanted);
        assert_eq!(text.lines().count(), LINES_MAX + 1);
        assert!(text.ends_with("more lines\n"), "{text}");
    }

    #[test]
    fn a_missing_file_is_said_to_be_missing() {
        assert!(between("p", &State::Missing, "x").contains("no such file"));
    }
}
