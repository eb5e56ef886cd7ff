//! What a comparison found.

use std::fmt::Write as _;

use serde_json::{Value, json};

/// What a change means to whoever uses the document. The worst is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Class {
    /// Words and examples: nobody has to do anything.
    Documentation,
    /// There is more than there was: what worked goes on working.
    Additive,
    /// Something that worked, or code that compiled against a generated client, may not do so any more.
    Breaking,
}

impl Class {
    /// From the worst to the most harmless.
    pub(crate) const ALL: [Self; 3] = [Self::Breaking, Self::Additive, Self::Documentation];

    /// In a word.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Documentation => "documentation",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        }
    }

    /// As a heading.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Documentation => "Documentation",
            Self::Additive => "Additive",
            Self::Breaking => "Breaking",
        }
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// What it means.
    pub(crate) class: Class,
    /// The rule that found it, for programs.
    pub(crate) rule: &'static str,
    /// Where it is, in words: an operation or a shared component, then the way to what changed.
    pub(crate) place: String,
    /// The operations that reach a shared component, each with what it uses it for.
    pub(crate) uses: Vec<String>,
    /// What a consumer is told.
    pub(crate) sentence: String,
    /// The JSON pointers that it accounts for, with whatever is below them.
    pub(super) pointers: Vec<String>,
}

impl Change {
    /// For programs.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "class": self.class.name(),
            "rule": self.rule,
            "place": self.place,
            "uses": self.uses,
            "sentence": self.sentence,
            "pointers": self.pointers,
        })
    }

    /// In one line.
    pub(crate) fn line(&self) -> String {
        let mut line = self.place.clone();
        if !line.is_empty() {
            line.push_str(": ");
        }
        line.push_str(&self.sentence);
        if !self.uses.is_empty() {
            // Writing to a string does not fail.
            let _ = write!(line, " ({})", self.users());
        }
        line
    }

    /// The operations, by what they use it for.
    fn users(&self) -> String {
        let mut purposes: Vec<(&str, Vec<&str>)> = Vec::new();
        for used in &self.uses {
            let (purpose, operation) = used.split_once(" of ").unwrap_or((used, ""));
            match purposes.iter_mut().find(|(other, _)| *other == purpose) {
                Some((_, operations)) => operations.push(operation),
                None => purposes.push((purpose, vec![operation])),
            }
        }
        let told = purposes
            .into_iter()
            .map(|(purpose, operations)| match operations.as_slice() {
                [""] => purpose.to_owned(),
                operations => format!("{purpose} of {}", super::words::some_of(operations)),
            });
        told.collect::<Vec<_>>().join("; ")
    }
}
