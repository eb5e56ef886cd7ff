//! The contracts, as far as tests read them: their rules and their lists of error codes.

use std::{collections::BTreeSet, fs, path::Path, sync::LazyLock};

use bitting_api::operations::Surface;

/// An error code of a contract's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The code as it is written.
    pub name: String,
    /// The status that it comes with.
    pub status: u16,
    /// The members of its details; none where they are null.
    pub details: BTreeSet<String>,
}

/// The text of a surface's contract.
pub fn text(surface: Surface) -> String {
    let name = format!("../server/api/contracts/{}.md", surface.name());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The numbers of a surface's rules, as the names of tests spell them: `o3a`, `f12`, `k20`.
pub fn rules(surface: Surface) -> BTreeSet<String> {
    let rules: BTreeSet<_> = text(surface).lines().filter_map(rule).collect();
    assert!(
        rules.len() > 10,
        "the headings of the contract are read: {rules:?}"
    );
    rules
}

/// The number of a rule, from its heading: `### O3a: …`.
fn rule(line: &str) -> Option<String> {
    let (number, _) = line.strip_prefix("### ")?.split_once(':')?;
    let digits = number.get(1..)?.trim_end_matches(char::is_lowercase);
    let is_rule = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_rule.then(|| number.to_lowercase())
}

/// The codes that a surface's errors may have; none for a surface whose errors have none.
pub fn codes(surface: Surface) -> &'static [Code] {
    static FELDERA: LazyLock<Vec<Code>> = LazyLock::new(|| read_codes(Surface::Feldera, [1, 0, 3]));
    static KEYS: LazyLock<Vec<Code>> = LazyLock::new(|| read_codes(Surface::Keys, [0, 1, 2]));
    match surface {
        Surface::Ocamba => &[],
        Surface::Feldera => &FELDERA,
        Surface::Keys => &KEYS,
    }
}

/// The codes in the first table that has them, by the places of the columns code, status and details.
fn read_codes(surface: Surface, [code, status, details]: [usize; 3]) -> Vec<Code> {
    let text = text(surface);
    let is_heading = |line: &str| line.contains("| `error_code` |") && line.contains("| status |");
    let table = text.lines().skip_while(|line| !is_heading(line)).skip(2);
    let codes: Vec<_> = table
        .take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
            Code {
                name: cells[code].trim_matches('`').to_owned(),
                status: cells[status].parse().expect("a status"),
                details: names(cells[details]),
            }
        })
        .collect();
    assert!(codes.len() > 10, "the table of codes is read: {codes:?}");
    codes
}

/// The names in what stands in backticks.
fn names(cell: &str) -> BTreeSet<String> {
    let quoted = cell.split('`').skip(1).step_by(2);
    quoted
        .flat_map(|text| text.split(|c: char| !c.is_ascii_lowercase() && c != '_'))
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_from_their_headings() {
        assert_eq!(rule("### O3a: routing").as_deref(), Some("o3a"));
        assert_eq!(rule("### F12: names").as_deref(), Some("f12"));
        for no in ["## Create: x", "### Notes", "### Errors: x", "F12: x"] {
            assert_eq!(rule(no), None, "{no}");
        }
        for surface in Surface::ALL {
            assert!(rules(surface).len() > 10, "{surface:?}");
        }
    }

    #[test]
    fn codes_are_read_with_their_details() {
        let code = |surface, name: &str| {
            let found = codes(surface).iter().find(|code| code.name == name);
            let code = found.unwrap_or_else(|| panic!("{name} is not read"));
            let details: Vec<_> = code.details.iter().map(String::as_str).collect();
            (code.status, details.join(" "))
        };
        let keys = |name| code(Surface::Keys, name);
        assert_eq!(
            keys("insufficient_role"),
            (403, "actual required".to_owned())
        );
        assert_eq!(keys("internal"), (500, String::new()));
        let feldera = |name| code(Surface::Feldera, name);
        assert_eq!(
            feldera("TooLongName"),
            (400, "length maximum name".to_owned())
        );
        assert_eq!(feldera("DuplicateName"), (409, String::new()));
        assert_eq!(
            feldera("InsufficientPermissions"),
            (403, "actual required".to_owned())
        );
    }
}
