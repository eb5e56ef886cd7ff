//! What a linter finds.

use std::fmt;

use bitting_api::operations::Surface;

/// Something that is not as a rule wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// The document.
    pub(super) surface: Surface,
    /// The rule, with the linter's name before it unless it is our own: `redocly/…`, `spectral/…`.
    pub(super) rule: String,
    /// Where, as a JSON pointer.
    pub(super) place: String,
    /// What is wrong.
    pub(super) message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            surface,
            rule,
            place,
            message,
        } = self;
        write!(
            f,
            "openapi/{}.json#{place}\n  {rule}: {message}",
            surface.name()
        )
    }
}

/// What the rules find in one document.
pub(super) struct Report {
    surface: Surface,
    rule: &'static str,
    findings: Vec<Finding>,
}

impl Report {
    pub(super) fn new(surface: Surface) -> Self {
        Self {
            surface,
            rule: "",
            findings: Vec::new(),
        }
    }

    /// What is found from now on is `rule`'s.
    pub(super) fn begin(&mut self, rule: &'static str) {
        self.rule = rule;
    }

    /// Notes something.
    pub(super) fn find(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.findings.push(Finding {
            surface: self.surface,
            rule: self.rule.to_owned(),
            place: place.into(),
            message: message.into(),
        });
    }

    /// Notes something unless it is `good`.
    pub(super) fn check(
        &mut self,
        good: bool,
        place: impl Into<String>,
        message: impl Into<String>,
    ) {
        if !good {
            self.find(place, message);
        }
    }

    pub(super) fn findings(self) -> Vec<Finding> {
        self.findings
    }
}
