//! Answers with error codes in the wire snapshots.

use std::{collections::BTreeMap, error::Error, fs, path::Path};

use bitting_api::{
    codes::Code,
    operations::{self, Surface},
};
use serde_json::Value;

use super::super::examples::{Exchange, Fake};

/// Where the snapshots of methods that a path does not have are: they are no operation's.
const METHODS: &str = "methods";

/// The first answer with each code.
pub(super) struct Seen(BTreeMap<String, Answer>);

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
    /// Whose it is; none if it is no operation's.
    pub(super) operation: Option<&'static str>,
    /// Its body.
    pub(super) body: Value,
}

impl Seen {
    /// Reads the snapshots of a surface, in the order of its operations and of their names.
    pub(super) fn read(root: &Path, surface: Surface) -> Result<Self, Box<dyn Error>> {
        let directory = root.join(format!("tests/wire/{}/snapshots", surface.name()));
        let mut seen = BTreeMap::new();
        let operations = operations::of(surface).map(|operation| Some(operation.id));
        for operation in operations.chain([None]) {
            let of = directory.join(operation.unwrap_or(METHODS));
            let mut paths: Vec<_> = fs::read_dir(&of)
                .map_err(|cause| format!("{}: {cause}", of.display()))?
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<Result<_, _>>()?;
            paths.sort();
            for path in paths {
                // There are exchanges to show that a body is not JSON.
                let Ok(exchange) = Exchange::read(&fs::read_to_string(&path)?) else {
                    continue;
                };
                let Some(body) = exchange.answer else {
                    continue;
                };
                if let Some(code) = body["error_code"].as_str() {
                    seen.entry(code.to_owned())
                        .or_insert_with(|| Answer { operation, body });
                }
            }
        }
        Ok(Self(seen))
    }

    /// An answer with `code`, with nothing in it that looks like a secret. None if no test meets one.
    pub(super) fn of(&self, code: &Code) -> Option<Answer> {
        let answer = self.0.get(code.name)?.clone();
        Some(Answer {
            body: Fake::default().value(answer.body),
            ..answer
        })
    }
}
