//! The codes of errors: each surface's closed list (K4, F2), and which operation can answer which.
//!
//! The documents' texts, their `x-error-codes` and the pages of the codes are written from it, and the wire tests hold
//! every answer to it. Personal API keys have none: there the code is the status (O2).

use crate::{
    feldera,
    keys::types::ErrorCode,
    operations::{Access, Operation, Surface},
};

/// A code of a surface's errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The code as it is written.
    pub name: &'static str,
    /// The status that it comes with.
    pub status: u16,
    /// The members of `details`; none where it is null.
    pub details: &'static [&'static str],
    /// The cause, and what to do next.
    pub meaning: &'static str,
    /// Which operations can answer it.
    pub reach: Reach,
}

/// Which operations can answer a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Every one that can be refused with its status.
    Status,
    /// Every one that needs a role.
    Role,
    /// Those whose row names it ([`Operation::codes`]).
    Row,
}

impl Code {
    /// Whether `operation` can answer it.
    pub fn is_of(&self, operation: &Operation) -> bool {
        match self.reach {
            Reach::Status => operation.refusals.contains(&self.status),
            Reach::Role => matches!(operation.access, Access::Role(_)),
            Reach::Row => operation.codes.contains(&self.name),
        }
    }
}

/// The codes of a surface, in the order in which its document lists them.
pub fn of(surface: Surface) -> Vec<Code> {
    match surface {
        Surface::Keys => ErrorCode::ALL.map(ErrorCode::code).into(),
        Surface::Feldera => feldera::CODES.into(),
        Surface::Ocamba => Vec::new(),
    }
}

/// A surface's codes as a Markdown table.
pub(crate) fn table(surface: Surface) -> String {
    let heading = "| `error_code` | status | `details` | meaning |\n| --- | --- | --- | --- |";
    let lines = of(surface).into_iter().map(|code| {
        let details = match code.details {
            [] => "null".to_owned(),
            members => format!("`{}`", members.join("`, `")),
        };
        let Code {
            name,
            status,
            meaning,
            ..
        } = code;
        format!("| `{name}` | {status} | {details} | {meaning} |")
    });
    std::iter::once(heading.to_owned())
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::{self, OPERATIONS};

    #[test]
    fn every_status_of_a_row_has_a_code_and_every_code_of_a_row_its_status() {
        for operation in OPERATIONS {
            let codes = of(operation.surface);
            if codes.is_empty() {
                continue;
            }
            let name = operation.id;
            for status in operation.refusals {
                let mut answered = codes.iter().filter(|code| code.is_of(operation));
                let has = answered.any(|code| code.status == *status);
                assert!(has, "{name} has no code for {status}");
            }
            for code in codes.iter().filter(|code| code.is_of(operation)) {
                let has = operation.refusals.contains(&code.status);
                assert!(has, "{name} is not refused with {code:?}");
            }
            for named in operation.codes {
                let row = |code: &&Code| code.reach == Reach::Row && code.name == *named;
                assert!(codes.iter().any(|code| row(&code)), "{name}: {named}");
            }
        }
    }

    #[test]
    fn a_meaning_is_a_sentence_with_a_cause_and_a_next_step_and_a_code_is_plain() {
        for surface in Surface::ALL {
            for code in of(surface) {
                assert!(code.meaning.ends_with('.'), "{code:?}");
                assert!(code.meaning.contains(": "), "{code:?}");
                let plain = |b: u8| b.is_ascii_alphabetic() || b == b'_';
                assert!(code.name.bytes().all(plain), "{code:?}");
            }
        }
    }

    #[test]
    fn a_surface_has_a_code_once() {
        for surface in Surface::ALL {
            let mut names: Vec<_> = of(surface).iter().map(|code| code.name).collect();
            names.sort_unstable();
            let all = names.len();
            names.dedup();
            assert_eq!(names.len(), all);
        }
        assert!(operations::of(Surface::Ocamba).all(|operation| operation.codes.is_empty()));
    }
}
