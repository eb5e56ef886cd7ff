//! The page of a code.

use std::fmt;

use bitting_api::{codes::Code, operations::Surface};

use super::{again, seen::Answer};

pub(super) struct Page<'c> {
    pub(super) surface: Surface,
    pub(super) code: &'c Code,
    /// The ids of those that can answer it.
    pub(super) operations: Vec<&'static str>,
    pub(super) example: Option<Answer>,
}

impl fmt::Display for Page<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Code {
            name,
            status,
            details,
            meaning,
            ..
        } = self.code;
        let document = self.surface.name();
        writeln!(f, "# `{name}`\n\n{meaning}\n")?;
        writeln!(f, "| | |\n| --- | --- |")?;
        writeln!(f, "| document | [{document}.json](../../{document}.json) |")?;
        writeln!(f, "| status | {status} |")?;
        let details = match details {
            [] => "null".to_owned(),
            members => format!("an object with `{}`", members.join("`, `")),
        };
        writeln!(f, "| `details` | {details} |")?;
        if let Some(headers) = headers(self.surface, *status) {
            writeln!(f, "| headers | {headers} |")?;
        }
        writeln!(f, "| send it again? | {} |", again::after(*status).advice)?;
        writeln!(f, "| answered by | {} |", self.answered_by())?;
        let Some(Answer { operation, body }) = &self.example else {
            return Ok(());
        };
        let to = operation.map_or_else(
            || "to a method that the path does not have".to_owned(),
            |operation| format!("to `{operation}`"),
        );
        writeln!(f, "\nAn example, answered {to}:\n\n```json\n{body:#}\n```")
    }
}

impl Page<'_> {
    fn answered_by(&self) -> String {
        if self.code.status == 405 {
            return "every path, for the methods that it does not have".to_owned();
        }
        if self.operations.is_empty() {
            return "no operation of this version".to_owned();
        }
        format!("`{}`", self.operations.join("`, `"))
    }
}

/// The headers that matter to whoever reads the status.
fn headers(surface: Surface, status: u16) -> Option<&'static str> {
    match status {
        401 => Some("`WWW-Authenticate: Bearer`"),
        405 => Some("`Allow`: the methods that the path has"),
        429 => Some("`Retry-After`: seconds"),
        503 if surface.retry_unavailable().is_some() => Some("`Retry-After`: seconds"),
        _ => None,
    }
}
