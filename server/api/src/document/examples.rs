//! Examples of bodies, as they crossed the wire: `cargo xtask generate` takes them from the snapshots of the tests.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::operations::Surface;

/// The examples of one document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    requests: Map<String, Value>,
    answers: Map<String, Value>,
    refusals: Map<String, Value>,
}

impl Examples {
    /// Reads the text of a file of examples.
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// Those that are committed.
    pub fn committed(surface: Surface) -> Result<Self, serde_json::Error> {
        Self::read(match surface {
            Surface::Keys => include_str!("keys/examples.json"),
            Surface::Ocamba => include_str!("ocamba/examples.json"),
            Surface::Feldera => include_str!("feldera/examples.json"),
        })
    }

    /// Of the body that an operation takes.
    pub(super) fn requests(&self, id: &str) -> Vec<(String, Value)> {
        named(&self.requests, id)
    }

    /// Of the body that it answers.
    pub(super) fn answers(&self, id: &str) -> Vec<(String, Value)> {
        named(&self.answers, id)
    }

    /// Of the body of a status that refuses.
    pub(super) fn refusals(&self, code: u16) -> Vec<(String, Value)> {
        named(&self.refusals, &code.to_string())
    }
}

fn named(examples: &Map<String, Value>, of: &str) -> Vec<(String, Value)> {
    let found = examples.get(of).and_then(Value::as_object);
    let found = found.into_iter().flatten();
    found
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}
